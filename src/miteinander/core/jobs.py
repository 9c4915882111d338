"""Background work with a visible state and an owner, retried with patience, on a schedule.

`django-tasks` carries the work to the worker; what it leaves open we add here, small: a row
that people can see, retries with growing pauses, and a schedule. A job function takes keyword
arguments that are plain JSON and must be safe to run twice (a worker may die half-way).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from miteinander.core.models import Job, JobState, Municipality, Thing
from miteinander.core.standing import Standing

if TYPE_CHECKING:
    from miteinander.core.errors import Text

log = logging.getLogger("miteinander.jobs")
RETRIES = 3
LEFT_ALONE = timedelta(0)
LEFT_SHARED = timedelta(hours=1)
"""After how long running work counts as left behind: with one worker, and with several."""

_RUNNING: ContextVar[int | None] = ContextVar("running job", default=None)
_JOBS: dict[str, Callable[..., None]] = {}
_LABELS: dict[str, Text] = {}
_SCHEDULE: dict[str, Schedule] = {}


@dataclass(frozen=True, slots=True)
class Schedule:
    name: str
    every: timedelta
    when: Callable[[datetime], bool] | None = None


def job(
    name: str,
    *,
    label: Text = "",
    every: timedelta | None = None,
    when: Callable[[datetime], bool] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a function as background work, optionally repeated on a schedule.

    `label` names it for people. `when` is asked before a scheduled run and only reads: as long
    as it says no, nothing is written, so that an idle installation leaves its disk alone.
    """

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        if name in _JOBS:
            raise ValueError(f"job {name} is declared twice")
        _JOBS[name] = function
        _LABELS[name] = label or name
        if every is not None:
            _SCHEDULE[name] = Schedule(name, every, when)
        return function

    return declare


def enqueue(
    name: str,
    *,
    at: datetime,
    by: Standing | None = None,
    thing: Thing | None = None,
    **arguments: Any,
) -> Job:
    """Hand work to the worker when the current transaction commits."""
    if name not in _JOBS:
        raise KeyError(name)
    row = Job.objects.create(
        municipality_id=by.municipality if by else None,
        name=name,
        arguments=arguments,
        owner_id=by.user if by else None,
        thing_id=thing.pk if thing else None,
        queued_at=at,
    )
    transaction.on_commit(lambda: run.enqueue(row.pk))
    return row


@task()
def run(pk: int) -> None:
    """Run one job once; a failure is written down and tried again after 10, 100, 1000 seconds."""
    claimed = Job.objects.filter(pk=pk, state=JobState.WAITING)
    if not claimed.update(
        state=JobState.RUNNING, started_at=timezone.now(), attempts=F("attempts") + 1
    ):
        return
    row = Job.objects.get(pk=pk)
    mine = _RUNNING.set(pk)
    try:
        _JOBS[row.name](**row.arguments)
    except Exception as problem:
        last = row.attempts > RETRIES
        Job.objects.filter(pk=pk).update(
            state=JobState.FAILED if last else JobState.WAITING,
            error=f"{type(problem).__name__}: {problem}"[:2000],
            ended_at=timezone.now(),
        )
        log.warning("job failed", extra={"job": row.name, "attempts": row.attempts}, exc_info=True)
        if not last:
            run.using(run_after=timezone.now() + timedelta(seconds=10**row.attempts)).enqueue(pk)
        return
    finally:
        _RUNNING.reset(mine)
    Job.objects.filter(pk=pk).update(
        state=JobState.DONE, progress=100, error="", ended_at=timezone.now()
    )


def report(percent: int) -> None:
    """Say how far the job that runs here has come, 0 to 100; elsewhere nothing happens."""
    if (pk := _RUNNING.get()) is not None:
        Job.objects.filter(pk=pk).update(progress=percent)


def run_scheduled(*, at: datetime) -> list[str]:
    """Run every scheduled job whose last start lies longer ago than its interval.

    One row per schedule remembers the last start; claiming it is one UPDATE, so that of two
    workers only one runs it. Failures stay visible in the row until the next good run.
    """
    ran = []
    for name, schedule in sorted(_SCHEDULE.items()):
        if schedule.when is not None and not schedule.when(at):
            continue
        row, made = Job.objects.get_or_create(
            schedule=name, defaults={"name": name, "queued_at": at, "started_at": at}
        )
        if not made and row.queued_at > at - schedule.every:
            continue
        if not made and not Job.objects.filter(pk=row.pk, queued_at=row.queued_at).update(
            queued_at=at, started_at=at, state=JobState.RUNNING
        ):
            continue
        try:
            _JOBS[name]()
        except Exception as problem:
            log.warning("scheduled job failed", extra={"job": name}, exc_info=True)
            state, error = JobState.FAILED, f"{type(problem).__name__}: {problem}"[:2000]
        else:
            state, error = JobState.DONE, ""
        Job.objects.filter(pk=row.pk).update(state=state, error=error, ended_at=timezone.now())
        ran.append(name)
    return ran


def resume(*, at: datetime, after: timedelta) -> int:
    """Hand work that a worker left half-done (killed, power cut) to the next one; how many.

    `after` is how long a job may run before it counts as left: nothing at the start of an
    only worker, an hour where several share the work.
    """
    left = Job.objects.filter(
        state=JobState.RUNNING, schedule=None, started_at__lte=at - after
    ).values_list("pk", flat=True)
    count = 0
    for pk in list(left):
        with transaction.atomic():
            claimed = Job.objects.filter(pk=pk, state=JobState.RUNNING)
            if claimed.update(state=JobState.WAITING):
                run.enqueue(pk)
                count += 1
    return count


def jobs_for(thing: Thing, name: str) -> list[Job]:
    """Background work of one name on one thing, the latest first."""
    return list(Job.objects.filter(thing=thing.pk, name=name).order_by("-queued_at", "-pk"))


def label_of(job_row: Job) -> str:
    """Name a job in the reader's language."""
    return str(_LABELS.get(job_row.name, job_row.name))


def jobs_of(municipality: Municipality) -> QuerySet[Job]:
    """Background work of a municipality and of the installation, the latest first."""
    return Job.objects.filter(Q(municipality=municipality) | Q(municipality=None)).order_by(
        "-queued_at", "-pk"
    )
