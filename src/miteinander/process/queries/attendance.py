"""The door of a meeting, and what the attendance of all of them adds up to: in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db.models import Count, Q
from django.utils.timezone import localdate

from miteinander.core.clock import moment
from miteinander.core.codes import keyed
from miteinander.core.models import Municipality
from miteinander.process.models import Attendance, Meeting, Process
from miteinander.process.queries.dates import has_day
from miteinander.process.states import AttendanceState, NotedBy


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
    if meeting.happened_on is None or not has_day(meeting) or meeting.is_cancelled:
        return False
    last = moment(meeting.happened_on + timedelta(days=1), DOOR_OPEN_UNTIL)
    return meeting.happened_on <= localdate(at) and at < last


GUEST_OF_MEETING = Q(attendances__person=None, attendances__seat=None)

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
            deputies=Count(
                "attendances", filter=came & Q(attendances__as_deputy=True), distinct=True
            ),
            guests=Count("attendances", filter=came & GUEST_OF_MEETING, distinct=True),
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
        guests=Count("pk", filter=Q(person=None, seat=None)),
        institutions=Count("organisation", distinct=True),
    )
    return TurnoutOfProcess(rows=rows, **whole)
