"""Letting go: of needs after a month, of guests after a period, of people when they are erased.

That somebody came stays, as a number; who it was does not.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from miteinander.core.standing import Standing
from miteinander.process.actions.places import locked, move_up, note_fullness, place_for
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.keeping import attendances_of_person, guests_past, needs_past
from miteinander.process.queries.registration import begins
from miteinander.process.states import AttendanceState


@transaction.atomic
def forget_needs(*, at: datetime) -> int:
    """Erase what people needed at meetings that lie a month back; in how many rows."""
    found = list(needs_past(at).values_list("pk", flat=True))
    return Attendance.objects.filter(pk__in=found).update(needs=[], needs_note="")


@transaction.atomic
def forget_guests(*, at: datetime) -> int:
    """Erase the names of guests after the period that their municipality set; how many."""
    found = list(guests_past(at).values_list("pk", flat=True))
    return Attendance.objects.filter(pk__in=found).update(
        name="", email="", function="", code_hash="", form_digest=""
    )


@transaction.atomic
def forget_attendances(person: int, *, by: Standing, at: datetime) -> None:
    """Let go of what is kept about a person who is erased; a place that lies ahead is given back.

    Rows stay for the figures: they name a function, like everything else that remains.
    """
    rows = list(attendances_of_person(person))
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(
        needs=[], needs_note="", name="", email=""
    )
    for row in rows:
        start = begins(row.meeting)
        if start is None or start > at:
            _give_back(row.meeting, row, by=by, at=at)


def _give_back(meeting: Meeting, row: Attendance, *, by: Standing, at: datetime) -> None:
    meeting = locked(meeting)
    was_full = place_for(meeting) == AttendanceState.WAITING
    Attendance.objects.filter(pk=row.pk).update(
        state=AttendanceState.DECLINED, waiting_since=None, answered_at=at
    )
    move_up(meeting, by=by, at=at)
    note_fullness(meeting, was_full=was_full, by=by, at=at)
