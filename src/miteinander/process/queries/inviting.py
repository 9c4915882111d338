"""Who is to be invited to a meeting, who was, and what they said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from miteinander.community.models import Person
from miteinander.community.queries import reachable, seats_of
from miteinander.core import outbox
from miteinander.core.clock import moment
from miteinander.core.sight import sees_all
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.dates import clocks_of
from miteinander.process.queries.files import files_of_meeting
from miteinander.process.queries.mailing import REMINDER, Recipient, key_of
from miteinander.process.states import AttendanceState

if TYPE_CHECKING:
    from miteinander.community.models import Body, Seat
    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.process.models import MeetingFile


@dataclass(frozen=True, slots=True)
class Answers:
    """How an invitation stands, in numbers (desk of a meeting)."""

    asked: int
    coming: int
    declined: int
    silent: int
    not_asked: int
    """On the list, but no mail went out (no address, no consent): they need a letter."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody whom the body's seats, or the coordination, bring to a meeting."""

    person: Person
    seat: Seat | None
    as_deputy: bool
    is_reachable: bool
    row: Attendance | None
    """Their row, once they are on the list."""

    @property
    def is_asked(self) -> bool:
        return self.row is not None and self.row.invited_at is not None

    @property
    def has_registered(self) -> bool:
        """They said by themselves what they want to say: no invitation goes to them."""
        return (
            self.row is not None
            and self.row.invited_at is None
            and self.row.state != AttendanceState.SILENT
        )

    @property
    def is_ready(self) -> bool:
        """Whether the next invitation reaches them."""
        return self.is_reachable and not self.is_asked and not self.has_registered


def called_to(body: Body, day: date) -> list[tuple[Seat, Person, bool]]:
    """Each seat in term with its holder, or its deputy while the holder is absent: one query.

    Whoever fills several seats is called once, for the first.
    """
    called: dict[int, tuple[Seat, Person, bool]] = {}
    for seat in seats_of(body):
        if not seat.in_term(day):
            continue
        as_deputy = seat.holder_is_absent(day)
        person = seat.deputy if as_deputy else seat.holder
        if person is not None:
            called.setdefault(person.pk, (seat, person, as_deputy))
    return list(called.values())


def invitees_of(meeting: Meeting) -> list[Invitee]:
    """Everybody whom an invitation would reach or miss, seats first, then guests: three queries."""
    day = meeting.happened_on
    rows = {row.person_id: row for row in attendances_of(meeting) if row.person_id is not None}
    called = called_to(meeting.body, day) if day is not None else []
    by_seat = {person.pk for _seat, person, _as_deputy in called}
    # Whoever was called once stays on the list: a deputy, or somebody who left the body since.
    further = [row for pk, row in rows.items() if pk not in by_seat]
    mailable = reached({*by_seat, *(row.person_id for row in further if row.person_id)})
    found = [
        Invitee(person, seat, as_deputy, person.pk in mailable, rows.get(person.pk))
        for seat, person, as_deputy in called
    ]
    for row in further:
        assert row.person is not None, "only rows of people are looked at"
        as_deputy = row.seat is not None and row.seat.deputy_id == row.person_id
        found.append(Invitee(row.person, row.seat, as_deputy, row.person.pk in mailable, row))
    return found


def reached(people: Iterable[int]) -> set[int]:
    """Which of these people may be written to by mail: one query."""
    rows = reachable(Person.objects.filter(pk__in=list(people)))
    return set(rows.values_list("pk", flat=True))


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Everybody around a meeting, by function, with whoever they are: one query."""
    return (
        Attendance.objects.filter(meeting=meeting)
        .select_related("person", "seat", "organisation")
        .order_by("seat__position", "function", "pk")
    )


def rows_in(municipality: Municipality) -> QuerySet[Attendance]:
    """Rows of the municipality's meetings (one is looked up by its number through these)."""
    return Attendance.objects.filter(meeting__municipality=municipality).select_related(
        "meeting__municipality", "meeting__body", "meeting__process", "person", "seat"
    )


@dataclass(frozen=True, slots=True)
class Planning:
    """What the desk of a meeting shows of its planning."""

    answers: Answers
    own: Attendance | None
    files: list[MeetingFile]
    clocks: list[time | None]
    """When each point of the agenda is up."""


def planning_of(meeting: Meeting, standing: Standing) -> Planning:
    """Gather what the desk shows beside minutes and tasks: four queries."""
    points = list(meeting.agenda.order_by("position", "pk").values_list("minutes", flat=True))
    return Planning(
        answers=answers_to(meeting),
        own=own_invitation(meeting, standing),
        files=files_of_meeting(meeting, standing),
        clocks=clocks_of(meeting, points),
    )


def answers_to(meeting: Meeting) -> Answers:
    """Count the answers: one query."""
    asked = Q(invited_at__isnull=False)
    counted = Attendance.objects.filter(meeting=meeting).aggregate(
        asked=Count("pk", filter=asked),
        coming=Count("pk", filter=asked & Q(state=AttendanceState.COMING)),
        declined=Count("pk", filter=asked & Q(state=AttendanceState.DECLINED)),
        silent=Count("pk", filter=asked & Q(state=AttendanceState.SILENT)),
        not_asked=Count("pk", filter=Q(invited_at=None, state=AttendanceState.SILENT)),
    )
    return Answers(**counted)


def own_invitation(meeting: Meeting, standing: Standing) -> Attendance | None:
    """The invitation of whoever is signed in."""
    if standing.person is None:
        return None
    rows = Attendance.objects.filter(
        meeting=meeting, person=standing.person, invited_at__isnull=False
    )
    return rows.select_related("meeting", "seat").first()


def invitation_of_link(municipality: Municipality, meeting: int, row: int) -> Attendance | None:
    """The row that a signed link names; None once the person has been forgotten."""
    found = (
        Attendance.objects.filter(
            pk=row, meeting=meeting, meeting__municipality=municipality, invited_at__isnull=False
        )
        .select_related(
            "meeting__body", "meeting__process", "meeting__municipality", "person", "seat"
        )
        .first()
    )
    if found is None or (found.person is not None and not found.person.email):
        return None
    return found


def recipients(rows: Iterable[Attendance]) -> list[Recipient]:
    """Of some rows those that may be written to, with address and language: one query."""
    rows = list(rows)
    mailable = reached(row.person_id for row in rows if row.person_id is not None)
    found = []
    for row in rows:
        if row.person is not None:
            if row.person.pk in mailable:
                found.append(Recipient(row, row.person.email, row.person.language))
        elif row.email:
            found.append(Recipient(row, row.email, row.language))
    return found


# --- what waits ----------------------------------------------------------------------------------


def invitations_to_answer(municipality: Municipality, standing: Standing) -> list[Attendance]:
    """Own invitations without an answer, the nearest first (*Heute*): one query."""
    if standing.person is None or not sees_all(municipality, standing):
        return []
    rows = Attendance.objects.filter(
        person=standing.person,
        meeting__municipality=municipality,
        meeting__happened_on__gte=localdate(standing.at),
        meeting__cancelled_on=None,
        invited_at__isnull=False,
        state=AttendanceState.SILENT,
    )
    return list(rows.select_related("meeting").order_by("meeting__happened_on", "pk"))


def meetings_uninvited(municipality: Municipality, *, until: date, day: date) -> QuerySet[Meeting]:
    """Meetings of the next days to which nobody was invited (*Heute* of the coordination)."""
    return (
        Meeting.objects.filter(
            municipality=municipality,
            happened_on__gte=day,
            happened_on__lte=until,
            precision="day",
            cancelled_on=None,
        )
        .exclude(attendances__invited_at__isnull=False)
        .filter(body__seats__isnull=False)
        .distinct()
        .order_by("happened_on", "pk")
    )


def meetings_to_remind(at: datetime) -> list[Meeting]:
    """Meetings whose reminder is due, in every town: at most `remind_days` ahead, and not over."""
    today = localdate(at)
    rows = (
        Meeting.objects.filter(
            happened_on__gte=today, cancelled_on=None, remind_days__gt=0, precision="day"
        )
        .filter(attendances__invited_at__isnull=False)
        .select_related("municipality", "body", "process__lead_office")
        .distinct()
    )
    return [
        meeting
        for meeting in rows
        if meeting.happened_on is not None
        and (meeting.happened_on - today).days <= meeting.remind_days
        and (meeting.begins is None or meeting.begins > at)
    ]


def reminders_missing(at: datetime) -> bool:
    """Whether there is a reminder to write; only reads."""
    return any(recipients(reminders_due(meeting, at)) for meeting in meetings_to_remind(at))


def reminders_due(meeting: Meeting, at: datetime) -> list[Attendance]:
    """Those who were invited before today, have not said no, and have no reminder yet."""
    rows = attendances_of(meeting).filter(
        invited_at__lt=moment(localdate(at), time.min),
        state__in=[AttendanceState.SILENT, AttendanceState.COMING],
    )
    keys = {key_of(REMINDER, row, meeting.happened_on): row for row in rows}
    known = outbox.known(keys)
    return [row for key, row in keys.items() if key not in known]


def deputies_to_call(at: datetime) -> list[tuple[Meeting, Seat]]:
    """Seats whose holder is absent on the day of a meeting, while the deputy was not asked yet."""
    meetings = (
        Meeting.objects.filter(happened_on__gte=localdate(at), cancelled_on=None, precision="day")
        .filter(attendances__invited_at__isnull=False)
        .filter(body__seats__absent_from__isnull=False, body__seats__deputy__isnull=False)
        .select_related("municipality", "body", "process__lead_office")
        .distinct()
    )
    found = []
    for meeting in meetings:
        assert meeting.happened_on is not None, "filtered above"
        if meeting.begins is not None and meeting.begins <= at:
            continue
        asked = set(meeting.attendances.values_list("person", flat=True))
        found += [
            (meeting, seat)
            for seat, person, as_deputy in called_to(meeting.body, meeting.happened_on)
            if as_deputy and person.pk not in asked
        ]
    return found
