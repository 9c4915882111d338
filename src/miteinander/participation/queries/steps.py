"""What was sorted last, and what of it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from miteinander.core.models import Thing
from miteinander.participation.models import SortingStep
from miteinander.process.models import Process

SHOWN = 8
UNDO_WITHIN = timedelta(days=14)


def latest_steps(process: Thing) -> list[SortingStep]:
    """The last steps of sorting, newest first, with their events: one query."""
    found = SortingStep.objects.filter(process_id=process.pk).select_related("event__thing")
    return list(found.order_by("-pk")[:SHOWN])


def can_be_undone(step: SortingStep, *, at: datetime) -> bool:
    """Whether it is still offered; what was built upon it is looked at when somebody presses."""
    return step.undone_at is None and at - step.event.at <= UNDO_WITHIN


def stand_of(steps: Sequence[SortingStep]) -> str:
    """What tells one state of the board from the next, for whoever looks on."""
    undone = [str(step.pk) for step in steps if step.undone_at]
    return "-".join([str(steps[0].pk if steps else 0), *undone])


def steps_of_moment(process: Process, at: datetime) -> list[SortingStep]:
    """What one press of a button did: the steps that carry its moment."""
    return [step for step in latest_steps(process) if step.event.at == at]


def chosen_steps(process: Process, keys: Collection[str]) -> list[SortingStep]:
    """The steps that an address names; those of other processes are not there."""
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 16]
    found = SortingStep.objects.filter(process=process, pk__in=wanted[:SHOWN])
    return list(found.select_related("event", "process"))
