"""Tasks, and whose they are."""

from __future__ import annotations

from django.db.models import (
    QuerySet,
)

from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Task,
)
from miteinander.process.queries.sight import sees_all


def tasks_in(municipality: Municipality) -> QuerySet[Task]:
    return Task.objects.filter(meeting__municipality=municipality).select_related("meeting__body")


def tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Tasks that this person may finish: all for the coordination, else those of own bodies."""
    rows = tasks_in(municipality)
    if not sees_all(municipality, standing):
        return rows.none()
    if standing.is_coordinator:
        return rows
    return rows.filter(meeting__body__in=[seat.body for seat in standing.seats])


def open_tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Open tasks, the oldest promise first, those without a date last (*Heute*)."""
    return tasks_for(municipality, standing).filter(done_on=None).order_by("due", "pk")
