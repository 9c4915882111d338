"""Private calendars: the address of somebody's dates, and what stands in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import Q
from django.utils.timezone import localdate

from miteinander.community.models import Body, Seat
from miteinander.core.calendars import Entry
from miteinander.core.models import Membership
from miteinander.core.standing import Role
from miteinander.process.models import AgendaItem, CalendarAddress, ForeignDate, Meeting
from miteinander.process.queries.dates import entry_of

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing

SALT = "miteinander.calendar"
KEPT = timedelta(days=366)
"""So far back a private calendar reaches."""
MOST = 500


def token_of(address: CalendarAddress) -> str:
    """The secret part of an address: it can be shown again, and is not in the database."""
    return signing.Signer(salt=SALT, sep="~").sign(f"{address.pk}-{address.nonce}")


def calendar_at(municipality: Municipality, token: str) -> CalendarAddress | None:
    """The calendar under an address; None where it is forged, or has been renewed since."""
    try:
        named = signing.Signer(salt=SALT, sep="~").unsign(token)
    except signing.BadSignature:
        return None
    pk, _dash, nonce = named.partition("-")
    rows = CalendarAddress.objects.filter(
        pk=pk, nonce=nonce, person__municipality=municipality
    ).select_related("person", "body")
    return rows.first()


def calendars_of(standing: Standing) -> list[tuple[Body | None, CalendarAddress | None]]:
    """One line for all own dates, and one for each body one sits in: two queries."""
    made = {
        row.body_id: row
        for row in CalendarAddress.objects.filter(person=standing.person).select_related("body")
    }
    bodies = Body.objects.filter(pk__in=[seat.body for seat in standing.seats]).order_by("title")
    return [(None, made.get(None)), *((body, made.get(body.pk)) for body in bodies)]


def entries_of(address: CalendarAddress, *, at: datetime) -> list[Entry]:
    """The dates of a private calendar: those of own bodies, and those one was invited to.

    Four queries. Who lost a seat keeps what they were invited to, and nothing else; a
    coordination sees every meeting, as in the workspace. No names of people stand in it.
    """
    person, day = address.person, localdate(at)
    seats = Seat.objects.filter(Q(holder=person) | Q(deputy=person)).select_related("body")
    sits = [seat.body_id for seat in seats if seat.in_term(day)]
    invited = Q(attendances__person=person, attendances__invited_at__isnull=False)
    own = Q(body__in=sits) | invited
    if _coordinates(address):
        own = Q()
    rows = (
        Meeting.objects.filter(own, municipality=person.municipality_id)
        .filter(happened_on__gte=day - KEPT, precision="day")
        .select_related("municipality", "body")
        .distinct()
        .order_by("-happened_on", "-pk")
    )
    if address.body_id is not None:
        rows = rows.filter(body=address.body_id)
    meetings = list(rows[:MOST])
    points: dict[int, list[AgendaItem]] = {}
    for point in AgendaItem.objects.filter(meeting__in=meetings).order_by("position", "pk"):
        points.setdefault(point.meeting_id, []).append(point)
    return [
        entry_of(meeting, agenda=points.get(meeting.pk, ()), is_inside=True) for meeting in meetings
    ]


def known_dates(municipality: Municipality) -> dict[str, Meeting]:
    """Meetings that came from another calendar, by the name that they have there: one query."""
    rows = ForeignDate.objects.filter(municipality=municipality).select_related("meeting")
    return {row.uid: row.meeting for row in rows}


def _coordinates(address: CalendarAddress) -> bool:
    person = address.person
    if person.user_id is None:
        return False
    return Membership.objects.filter(
        user=person.user_id, municipality=person.municipality_id, role=Role.COORDINATOR
    ).exists()
