"""Who is at a meeting, for the radar: who came, or before that who is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.timezone import localdate

from miteinander.community.queries import Voice, voices
from miteinander.process.models import Meeting
from miteinander.process.queries.expected import Expected, everybody_at
from miteinander.process.states import AttendanceState

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

AHEAD = timedelta(days=28)
"""So long before a meeting there is still time to invite."""
BEHIND = timedelta(days=60)
"""So long after a meeting its attendance may still be entered."""


@dataclass(frozen=True, slots=True)
class AtMeeting:
    """The people of a meeting as voices; whoever is not in the register has no number."""

    voices: tuple[Voice, ...]
    people: frozenset[int]
    is_noted: bool
    """Whether it is known who came; else these are expected."""

    @property
    def organisations(self) -> set[int | None]:
        return {voice.organisation for voice in self.voices}


def present_at(meeting: Meeting, *, day: date) -> AtMeeting:
    """Who came, once that is noted; before that whoever is expected: three queries.

    A vacant seat is nobody, and neither is who waits for a place, who declined, or who stands by
    for a seat and was not asked.
    """
    lines = everybody_at(meeting, day=meeting.happened_on or day)
    is_noted = any(line.came for line in lines)
    there = [line for line in lines if (line.came if is_noted else _is_expected(line))]
    return AtMeeting(
        voices=tuple(voices((line.perspective, line.organisation) for line in there)),
        people=frozenset(line.person for line in there if line.person),
        is_noted=is_noted,
    )


def _is_expected(line: Expected) -> bool:
    if line.person is None and line.row is None:
        return False  # a vacant seat
    if line.state in (AttendanceState.DECLINED, AttendanceState.WAITING):
        return False
    stands_by = line.seat is not None and line.key.startswith("P")
    return not stands_by or line.row is not None


def next_meeting_to_fill(town: Municipality, *, day: date) -> Meeting | None:
    """The next meeting for which there is still time to invite: one query."""
    return (
        _held(town)
        .filter(happened_on__gt=day, happened_on__lte=day + AHEAD)
        .order_by("happened_on", "pk")
        .first()
    )


def meetings_to_count(town: Municipality, *, at: datetime) -> list[Meeting]:
    """Meetings whose people may still change, the latest first: one query."""
    day = localdate(at)
    rows = _held(town).filter(happened_on__gte=day - BEHIND, happened_on__lte=day + AHEAD)
    return list(rows.order_by("-happened_on", "-pk"))


def meetings_to_come(town: Municipality, *, day: date) -> list[Meeting]:
    """Meetings to come, the next first: one query."""
    return list(_held(town).filter(happened_on__gte=day).order_by("happened_on", "pk")[:12])


def _held(town: Municipality) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        municipality=town, precision="day", cancelled_on=None, retired_on=None
    ).select_related("body", "process", "municipality")
