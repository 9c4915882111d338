"""What the worker does for a process, and what a process lets go of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job
from miteinander.core.standing import Standing
from miteinander.process import actions, queries


def _some_are_kept_too_long(at: datetime) -> bool:
    return queries.needs_past(at).exists() or queries.guests_past(at).exists()


@job(
    "process.forget_attendance",
    label=_("Forget what people needed, and guests"),
    every=timedelta(hours=6),
    when=_some_are_kept_too_long,
)
def forget_attendance() -> None:
    at = timezone.now()
    actions.forget_needs(at=at)
    actions.forget_guests(at=at)


@forgets("process.attendance")
def forget_person(person: int, by: Standing, at: datetime) -> None:
    actions.forget_attendances(person, by=by, at=at)
