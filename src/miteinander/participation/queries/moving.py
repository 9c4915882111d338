"""What moving a phase means for its calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from miteinander.participation.models import Call
from miteinander.process.models import Process
from miteinander.process.queries import Shift


def calls_left_out(process: Process, shifts: Sequence[Shift], *, at: datetime) -> list[Call]:
    """Calls that are not over and that some of their time would lie outside their moved phase."""
    moved = {shift.phase: shift for shift in shifts}
    calls = Call.objects.filter(process=process, phase__in=moved, closes_at__gt=at)
    found = []
    for call in calls.order_by("closes_at", "pk"):
        shift = moved[call.phase_id]
        first, last = localdate(max(call.opens_at, at)), localdate(call.closes_at)
        if first < shift.starts or (shift.ends is not None and last > shift.ends):
            found.append(call)
    return found
