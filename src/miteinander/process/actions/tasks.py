"""Tasks: what was agreed, done."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from miteinander.core.events.record import record
from miteinander.process.models import Task

if TYPE_CHECKING:
    from miteinander.core.standing import Standing


@transaction.atomic
def finish_task(task: Task, *, by: Standing, at: datetime, on: date | None = None) -> Task:
    """Tick off a task; ticking it off twice changes nothing."""
    task = Task.objects.select_for_update().select_related("meeting").get(pk=task.pk)
    if task.done_on is not None:
        return task
    task.done_on = on or localdate(at)
    task.save(update_fields=["done_on"])
    record("task.finished", task.meeting.as_thing(), by=by, at=at, data={"task": task.what})
    return task
