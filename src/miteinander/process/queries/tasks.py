"""Tasks, and whose they are."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import Task

AHEAD = timedelta(days=7)
"""So long before the day its owner is reminded."""


def tasks_in(municipality: Municipality) -> QuerySet[Task]:
    rows = Task.objects.filter(meeting__municipality=municipality)
    return rows.select_related("meeting__body", "meeting__municipality")


def tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Tasks that this person may finish (twin of ``process.finish_task``)."""
    rows = tasks_in(municipality)
    if not sees_all(municipality, standing):
        return rows.none()
    if standing.is_coordinator:
        return rows
    return rows.filter(_owned_by(standing) | _of_own_body(standing))


def tasks_changed_by(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Tasks that this person may move and hand over (twin of ``process.change_task``)."""
    rows = tasks_in(municipality)
    if not sees_all(municipality, standing):
        return rows.none()
    if standing.is_coordinator:
        return rows
    led = Q(meeting__body__in=[seat.body for seat in standing.seats if seat.leads])
    return rows.filter(_owned_by(standing) | led)


def open_tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Open tasks, the oldest promise first, those without a date last."""
    rows = tasks_for(municipality, standing).filter(done_on=None)
    return rows.order_by("due", "pk")


def overdue_tasks_for(
    municipality: Municipality, standing: Standing, *, day: date
) -> QuerySet[Task]:
    return open_tasks_for(municipality, standing).filter(due__lt=day)


def finished_tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Finished tasks, the latest first."""
    rows = tasks_for(municipality, standing).filter(done_on__isnull=False)
    return rows.order_by("-done_on", "-pk")


def own_tasks_for(municipality: Municipality, standing: Standing) -> QuerySet[Task]:
    """Open tasks that wait for this person (*Heute*).

    Those of themselves, of their seat, and of the organisations for which they act; and those of
    their bodies that nobody of the register owns, for otherwise they would wait for nobody.
    """
    nobody = Q(owner_seat=None, owner_organisation=None, owner_person=None)
    rows = open_tasks_for(municipality, standing)
    unowned = nobody if standing.is_coordinator else nobody & _of_own_body(standing)
    return rows.filter(_owned_by(standing) | unowned)


def tasks_to_remind(*, day: date) -> QuerySet[Task]:
    """Open tasks whose owner is to be told now: the day comes near, or it has passed."""
    near = Q(due__gte=day, due__lte=day + AHEAD, reminded_on=None)
    passed = Q(due__lt=day, warned_on=None)
    known = ~Q(owner_seat=None, owner_organisation=None, owner_person=None)
    return (
        Task.objects.filter(near | passed, known, done_on=None, is_example=False)
        .select_related(
            "meeting__municipality",
            "owner_person__user",
            "owner_organisation",
            "owner_seat__holder__user",
            "owner_seat__deputy__user",
        )
        .order_by("meeting__municipality", "due", "pk")
    )


def _owned_by(standing: Standing) -> Q:
    mine = Q(owner_organisation__in=list(standing.organisations))
    mine |= Q(owner_seat__in=[seat.seat for seat in standing.seats])
    if standing.person is not None:
        mine |= Q(owner_person=standing.person)
    return mine


def _of_own_body(standing: Standing) -> Q:
    return Q(meeting__body__in=[seat.body for seat in standing.seats])
