"""Who is expected at a meeting and who came: by name for whoever holds it, else in figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.community.models import Person, Seat
from miteinander.core.codes import keyed
from miteinander.core.models import Municipality
from miteinander.process.models import Attendance, Meeting, Process
from miteinander.process.queries.registration import BERLIN
from miteinander.process.states import AttendanceState, NotedBy


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who may come: on the list already, or by a seat of the body.

    `key` names the row, or the seat and who of it: that is what a tick sends.
    """

    key: str
    name: str
    function: str
    organisation: str
    state: str = ""
    """The answer, in words; empty where nobody asked."""
    is_coming: bool = False
    is_deputy: bool = False
    is_guest: bool = False
    came: bool = False
    noted_by: str = ""

    @property
    def label(self) -> str:
        return self.name or self.function or _("guest")

    @property
    def words(self) -> str:
        return plain(f"{self.name} {self.function} {self.organisation}")


def plain(text: str) -> str:
    """How names are compared: without case, width and double spaces.

    >>> plain("  Ayşe  MÜLLER ")
    'ayşe müller'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def attendance_list(meeting: Meeting) -> list[Expected]:
    """Everybody on the list, and holders and deputies of seats beside it: two queries."""
    rows = list(rows_of(meeting))
    known = {row.person_id for row in rows}
    lines = [_line(row) for row in rows]
    for seat in seats_at(meeting):
        for who, person in (("holder", seat.holder), ("deputy", seat.deputy)):
            if person is None or person.pk in known:
                continue
            known.add(person.pk)
            lines.append(_of_seat(seat, person, who))
    return sorted(lines, key=lambda line: (not line.is_coming and line.is_deputy, line.words))


def rows_of(meeting: Meeting) -> Iterable[Attendance]:
    return (
        Attendance.objects.filter(meeting=meeting)
        .select_related("person__organisation", "organisation", "seat__organisation")
        .order_by("pk")
    )


def seats_at(meeting: Meeting) -> list[Seat]:
    day = meeting.happened_on
    seats = meeting.body.seats.select_related(
        "holder__organisation", "deputy__organisation", "organisation"
    )
    return [seat for seat in seats.order_by("position", "pk") if day is None or seat.in_term(day)]


def _line(row: Attendance) -> Expected:
    person = row.person
    organisation = row.organisation or (person.organisation if person else None)
    # What a guest typed as an institution that nobody knows stands in the function.
    named = organisation.title if organisation else "" if person else row.function
    asked = row.state != AttendanceState.SILENT or row.invited_at is not None
    return Expected(
        key=f"row-{row.pk}",
        name=person.name if person else row.name,
        function=row.function or (person.function if person else "") if person else "",
        organisation=named,
        state=row.get_state_display() if asked else "",
        is_coming=row.state == AttendanceState.COMING,
        is_deputy=bool(row.seat and person and row.seat.deputy_id == person.pk),
        is_guest=person is None,
        came=bool(row.came),
        noted_by=row.get_noted_by_display() if row.came else "",
    )


def _of_seat(seat: Seat, person: Person, who: str) -> Expected:
    organisation = seat.organisation or person.organisation
    return Expected(
        key=f"{who}-{seat.pk}",
        name=person.name,
        function=seat.function,
        organisation=organisation.title if organisation else "",
        is_deputy=who == "deputy",
    )


def matching(lines: Sequence[Expected], *, name: str, organisation: str = "") -> Expected | None:
    """Whom somebody means who typed a name; None for nobody, and where two people fit.

    Somebody whose name nobody knows is found by the function. Of guests the institution has to
    fit as well: two people called Müller from two schools are two.
    """
    typed, house = plain(name), plain(organisation)
    found = [
        line
        for line in lines
        if typed and typed in {plain(line.name), "" if line.name else plain(line.function)}
    ]
    found = [line for line in found if not line.is_guest or plain(line.organisation) == house]
    if len(found) > 1:
        found = [line for line in found if plain(line.organisation) == house]
    return found[0] if len(found) == 1 else None


def is_attendance_kept(meeting: Meeting) -> bool:
    """Whether anybody was noted as present: then the number of participants follows from it."""
    return meeting.attendances.filter(came=True).exists()


# --- the door ------------------------------------------------------------------------------------

DOOR_OPEN_UNTIL = time(6)
"""On the morning after: meetings run past midnight."""


def door_key(meeting: Meeting) -> str:
    """The secret of a meeting's door, as the code on the screen carries it.

    It follows from the meeting and its day: a moved meeting has another door.
    """
    message = f"{meeting.pk}:{meeting.happened_on}".encode()
    return keyed(settings.SECRET_KEY, "door", message).hex()[:20]


def meeting_behind_door(
    municipality: Municipality, identifier: str, key: str, *, at: datetime
) -> Meeting | None:
    """The meeting whose door a code opens, on its day and the night after it."""
    meeting = (
        Meeting.objects.filter(municipality=municipality, identifier=identifier)
        .select_related("municipality", "body")
        .first()
    )
    if meeting is None or not door_is_open(meeting, at):
        return None
    if not compare_digest(key.encode(), door_key(meeting).encode()):
        return None
    return meeting


def door_is_open(meeting: Meeting, at: datetime) -> bool:
    if meeting.happened_on is None or meeting.cancelled_on is not None:
        return False
    last = datetime.combine(meeting.happened_on + timedelta(days=1), DOOR_OPEN_UNTIL, BERLIN)
    return meeting.happened_on <= localdate(at) and at < last


# --- figures -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many registered for a meeting and came, of whom how many as deputies and as guests."""

    meeting: Meeting
    registered: int
    came: int
    deputies: int
    guests: int
    institutions: int
    by_phone: int


@dataclass(frozen=True, slots=True)
class TurnoutOfProcess:
    rows: list[Turnout]
    attendances: int
    people: int
    """Different people of the register who came at least once; guests are not told apart."""
    guests: int
    institutions: int


def turnout_of(process: Process) -> TurnoutOfProcess:
    """Who came to the meetings of a process, in numbers: two queries."""
    came = Q(attendances__came=True)
    meetings = (
        Meeting.objects.filter(process=process)
        .annotate(
            registered=Count(
                "attendances", filter=Q(attendances__state=AttendanceState.COMING), distinct=True
            ),
            arrived=Count("attendances", filter=came, distinct=True),
            deputies=Count("attendances", filter=came & Q(attendances__as_deputy=True)),
            guests=Count("attendances", filter=came & Q(attendances__person=None)),
            institutions=Count("attendances__organisation", filter=came, distinct=True),
            by_phone=Count(
                "attendances", filter=came & Q(attendances__noted_by=NotedBy.PHONE), distinct=True
            ),
        )
        .select_related("body")
        .order_by("-happened_on", "-pk")
    )
    rows = [
        Turnout(m, m.registered, m.arrived, m.deputies, m.guests, m.institutions, m.by_phone)
        for m in meetings
        if m.registered or m.arrived
    ]
    whole = Attendance.objects.filter(meeting__process=process, came=True).aggregate(
        attendances=Count("pk"),
        people=Count("person", distinct=True),
        guests=Count("pk", filter=Q(person=None)),
        institutions=Count("organisation", distinct=True),
    )
    return TurnoutOfProcess(rows=rows, **whole)
