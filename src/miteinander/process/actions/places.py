"""Places: who gets one, who waits, and who moves up.

Everything here is called with the meeting locked, so that of two people who want the last place
at the same moment exactly one gets it.
"""

from __future__ import annotations

from datetime import datetime

from miteinander.core.errors import NotThere
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.process.actions.confirming import tell_moved_up
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.registration import begins, places_taken
from miteinander.process.states import AttendanceState


def locked(meeting: Meeting) -> Meeting:
    """The meeting, for this transaction alone: whoever asks for places asks one after another.

    What mails say about it comes along, and is not locked.
    """
    found = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("municipality", "body", "process__lead_office")
        .filter(pk=meeting.pk)
        .first()
    )
    if found is None:
        raise NotThere
    return found


def place_for(meeting: Meeting) -> AttendanceState:
    """What somebody becomes who wants to come now: coming, or waiting behind those who wait."""
    if meeting.capacity is None:
        return AttendanceState.COMING
    coming, waiting = places_taken(meeting)
    has_room = coming < meeting.capacity and not waiting
    return AttendanceState.COMING if has_room else AttendanceState.WAITING


def seat(meeting: Meeting, row: Attendance, *, at: datetime) -> Attendance:
    """Give a row its place, or a place in the queue; who has one keeps it. Does not save."""
    if row.state in {AttendanceState.COMING, AttendanceState.WAITING}:
        return row
    row.state = place_for(meeting)
    row.waiting_since = at if row.state == AttendanceState.WAITING else None
    row.answered_at = at
    return row


def move_up(meeting: Meeting, *, by: Standing, at: datetime) -> list[Attendance]:
    """Let those who have waited longest have the places that are free, and tell them by mail.

    Nobody moves up once the meeting has begun: they would learn of it too late. Into a meeting
    that was cancelled nobody moves at all.
    """
    start = begins(meeting)
    if meeting.is_cancelled or (start is not None and start <= at):
        return []
    coming, waiting = places_taken(meeting)
    free = waiting if meeting.capacity is None else min(waiting, meeting.capacity - coming)
    if free <= 0:
        return []
    queue = meeting.attendances.filter(state=AttendanceState.WAITING).select_related("person")
    moved = list(queue.order_by("waiting_since", "pk")[:free])
    for row in moved:
        row.state, row.waiting_since = AttendanceState.COMING, None
        row.save(update_fields=["state", "waiting_since"])
        record(
            "meeting.moved_up",
            meeting.as_thing(),
            by=by,
            at=at,
            personal={"person": row.person_id} if row.person_id else None,
        )
        tell_moved_up(meeting, row, at=at)
    return moved


def note_fullness(meeting: Meeting, *, was_full: bool, by: Standing, at: datetime) -> None:
    """Let public pages notice when a meeting becomes full, or has places again."""
    if meeting.capacity is None:
        return
    is_full = place_for(meeting) == AttendanceState.WAITING
    if is_full != was_full:
        kind = "meeting.full" if is_full else "meeting.free_again"
        record(kind, meeting.as_thing(), by=by, at=at)
