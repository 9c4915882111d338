"""Moving a phase, alone or with those that follow it, and taking the move back.

What a move would do is worked out by :func:`shifts_of`; the page shows exactly that before
anybody presses the button, and the action does exactly that. The dates before and after stand in
the event, so that taking back needs no memory of its own.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.process.models import Phase, Process
from miteinander.process.queries.moving import Shift, last_move, shifts_of

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@transaction.atomic
def move_phase(
    phase: Phase,
    *,
    starts: date,
    ends: date | None,
    along: bool,
    by: Standing,
    at: datetime,
) -> list[Shift]:
    """Give a phase other dates; `along` moves those that follow it by as many days.

    Moving it to where it is already changes nothing and tells nobody.
    """
    Process.objects.select_for_update().get(pk=phase.process_id)
    phase = Phase.objects.select_related("process").get(pk=phase.pk)
    require_movable(phase, starts=starts, ends=ends)
    shifts = shifts_of(phase, starts=starts, ends=ends, along=along)
    if not shifts:
        return []
    _write(shifts)
    record(
        "phase.moved",
        phase.process.as_thing(),
        by=by,
        at=at,
        data={
            "phase": phase.title,
            "others": len(shifts) - 1,
            "moved": [shift.as_data() for shift in shifts],
        },
    )
    return shifts


@transaction.atomic
def undo_move(process: Process, *, move: int, by: Standing, at: datetime) -> Process:
    """Give the phases the dates back that they had before their last move.

    Refused where something was changed since then: that would be lost. Twice is once.
    """
    process = Process.objects.select_for_update().get(pk=process.pk)
    found = last_move(process, at=at)
    if found is None or found.event != move:
        raise Closed(
            _("This move cannot be taken back any more."),
            where=process.title,
            do=_("The dates were changed since, or it is too long ago. Please move the phase."),
        )
    _write(found.back())
    record(
        "phase.move_undone",
        process.as_thing(),
        by=by,
        at=at,
        data={"phase": found.phase, "move": move, "told": found.is_told(at)},
    )
    return process


def require_movable(phase: Phase, *, starts: date, ends: date | None) -> None:
    if phase.is_closed():
        raise Closed(
            _("This phase has been closed already."),
            do=_("What is closed stays as it was. Please plan a new phase if you need one."),
        )
    fields: dict[str, Text] = {}
    if ends is not None and ends < starts:
        fields["ends"] = _("A phase cannot end before it starts.")
    if fields:
        raise Invalid(fields)


def _write(shifts: list[Shift]) -> None:
    for shift in shifts:
        Phase.objects.filter(pk=shift.phase).update(starts=shift.starts, ends=shift.ends)
