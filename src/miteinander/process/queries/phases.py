"""Phases, and how long a process takes."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import (
    BigIntegerField,
    QuerySet,
)

from miteinander.core.models import Municipality
from miteinander.core.prepared import fill, prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Milestone,
    Phase,
    Process,
)

Position = Literal["past", "now", "next"]


def current_process(
    municipality: Municipality, day: date, *, standing: Standing | None = None
) -> Process | None:
    """Return the process that the town is in: the last one that has begun, public to visitors."""
    rows = Process.objects.filter(municipality=municipality)
    if standing is None or not sees_all(municipality, standing):
        rows = rows.filter(is_public=True)
    begun = rows.filter(starts__lte=day).select_related("lead_office__organisation")
    return begun.order_by("-starts", "-pk").first()


def phases_in(municipality: Municipality) -> QuerySet[Phase]:
    """Phases of the town's processes (a phase is looked up by its number through these)."""
    return Phase.objects.filter(process__municipality=municipality).select_related("process")


def phases_to_close(municipality: Municipality, day: date) -> QuerySet[Phase]:
    """Phases whose time is over and that nobody has closed (*Heute* of the coordination)."""
    return phases_in(municipality).filter(ends__lt=day, closed_on=None).order_by("ends", "pk")


@dataclass(frozen=True, slots=True)
class PhaseAt:
    """A phase and where it stands on a day."""

    phase: Phase
    position: Position


@dataclass(frozen=True, slots=True)
class Duration:
    """Planned and actual duration in months; the actual one counts until today or the end."""

    planned: int
    actual: int
    is_over: bool
    """The process has ended: the actual duration does not grow any more."""

    @property
    def difference(self) -> int:
        """Months beyond the plan, negative below it."""
        return self.actual - self.planned


def phases_of(process: Process, day: date) -> list[PhaseAt]:
    """Read the phases in order, each with where it stands: one query (home page, process)."""
    know_phases_of([process])
    return [PhaseAt(phase, position_of(phase, day)) for phase in process.phases.all()]


def know_phases_of(processes: list[Process]) -> None:
    """Read the phases of some processes: one query."""
    phases: dict[int, list[Phase]] = {process.pk: [] for process in processes}
    for phase in _phases(processes=list(phases)):
        phases[phase.process_id].append(phase)
    for process in processes:
        for phase in phases[process.pk]:
            phase.process = process
        fill(process, "phases", phases[process.pk])


@prepared(processes=BigIntegerField())
def _phases(*, processes: Any) -> QuerySet[Phase]:
    return Phase.objects.filter(process__id__in=processes).order_by("starts", "pk")


@prepared(process=BigIntegerField())
def milestones_by(*, process: Any) -> QuerySet[Milestone]:
    return Milestone.objects.filter(process=process).order_by("on", "pk")


def position_of(phase: Phase, day: date) -> Position:
    if phase.runs(day):
        return "now"
    return "next" if phase.starts > day else "past"


def duration_of(process: Process, day: date) -> Duration:
    end = process.ended or max(day, process.starts)
    return Duration(
        planned=process.planned_months,
        actual=months_between(process.starts, end),
        is_over=process.ended is not None,
    )


def months_between(start: date, end: date) -> int:
    """Full months from one day to another; days known by month only count by month."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def month_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has fewer days."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
