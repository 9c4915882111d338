"""Attendance from a paper list: what was ticked in the room is typed in later and noted once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from miteinander.core.events.record import record
from miteinander.process.models import Attendance, Meeting, Process
from miteinander.process.queries.attended import AttendanceChange, attendance_compared
from miteinander.process.states import AttendanceState, NotedBy

if TYPE_CHECKING:
    from miteinander.core.standing import Standing
    from miteinander.process.readers import Attended


@transaction.atomic
def note_attendance(
    meeting: Meeting, typed: Sequence[Attended], *, by: Standing, at: datetime
) -> list[AttendanceChange]:
    """Note who was there according to a table; returns what changed, and twice is once.

    The number of participants follows from it. It is compared again here, in turn with anybody
    who sends the same table at once.
    """
    Process.objects.select_for_update().get(pk=meeting.process_id)
    day = meeting.happened_on or localdate(at)
    changes = [
        change
        for change in attendance_compared(meeting, typed, day=day)
        if change.sort in {"new", "changed"}
    ]
    for change in changes:
        _note(meeting, change)
    if changes:
        came = meeting.attendances.filter(came=True).count()
        Meeting.objects.filter(pk=meeting.pk).update(
            participants=came or None, participants_approx=False
        )
        record(
            "meeting.attendance_read",
            meeting.as_thing(),
            by=by,
            at=at,
            data={"rows": len(changes)},
        )
    return changes


def _note(meeting: Meeting, change: AttendanceChange) -> None:
    came = change.typed.came is not False
    if change.row is not None:
        Attendance.objects.filter(pk=change.row, meeting=meeting).update(
            came=came, noted_by=NotedBy.PAPER
        )
        return
    Attendance.objects.create(
        meeting=meeting,
        person_id=change.person,
        seat_id=change.seat,
        organisation_id=change.organisation,
        function=change.function[:160],
        state=AttendanceState.COMING if came else AttendanceState.SILENT,
        came=came,
        noted_by=NotedBy.PAPER,
        is_example=meeting.is_example,
    )
