"""Tasks: agreed, done, opened again, moved, handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.process.models import AgendaItem, Meeting, Minutes, Task
from miteinander.process.queries.owners import owner_named
from miteinander.process.states import MinutesState

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something agreed in a meeting: what, who, until when, at which point of the agenda.

    `owner_function` is found in the register where somebody is called so.
    """

    what: str
    owner_function: str
    due: date | None = None
    item: AgendaItem | None = None


def agree(meeting: Meeting, agreement: Agreement, *, is_example: bool) -> tuple[Task, bool]:
    """Make a task of an agreement, in the caller's transaction; the same one twice is one task."""
    owner = owner_named(meeting.body, agreement.owner_function)
    return Task.objects.get_or_create(
        meeting=meeting,
        what=agreement.what.strip(),
        owner_function=agreement.owner_function.strip(),
        defaults={
            "due": agreement.due,
            "item": agreement.item,
            "owner_seat": owner.seat,
            "owner_organisation": owner.organisation,
            "owner_person": owner.person,
            "is_example": is_example,
        },
    )


@transaction.atomic
def agree_task(meeting: Meeting, agreement: Agreement, *, by: Standing, at: datetime) -> Task:
    """Write down what was agreed, while the meeting is held; sent twice it is one task."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    _refuse_approved(meeting)
    fields: dict[str, Text] = {}
    if not agreement.what.strip():
        fields["what"] = _("Please say what was agreed.")
    if not agreement.owner_function.strip():
        fields["who"] = _("Please say who takes care of it.")
    if fields:
        raise Invalid(fields)
    task, made = agree(meeting, agreement, is_example=meeting.is_example)
    if made:
        _record("task.agreed", task, by=by, at=at)
    return task


@transaction.atomic
def finish_task(task: Task, *, by: Standing, at: datetime, on: date | None = None) -> Task:
    """Tick off a task; ticking it off twice changes nothing."""
    task = _locked(task)
    if task.done_on is not None:
        return task
    task.done_on = on or localdate(at)
    task.save(update_fields=["done_on"])
    _record("task.finished", task, by=by, at=at)
    return task


@transaction.atomic
def reopen_task(task: Task, *, by: Standing, at: datetime) -> Task:
    """Take the tick back."""
    task = _locked(task)
    if task.done_on is None:
        return task
    task.done_on = None
    task.save(update_fields=["done_on"])
    _record("task.reopened", task, by=by, at=at)
    return task


@transaction.atomic
def move_task(task: Task, *, due: date, reason: str, by: Standing, at: datetime) -> Task:
    """Move a task to another day, with the reason; its owner is reminded anew."""
    task = _locked(task)
    _refuse_done(task)
    if task.due == due:
        return task
    fields: dict[str, Text] = {}
    if due < localdate(at):
        fields["due"] = _("This day has passed. Please choose a later one.")
    if not reason.strip():
        fields["reason"] = _("Please say why it takes longer.")
    if fields:
        raise Invalid(fields)
    before = task.due
    task.first_due = task.first_due or task.due
    task.due, task.changed_because = due, reason.strip()
    task.reminded_on = task.warned_on = None
    task.save(update_fields=["first_due", "due", "changed_because", "reminded_on", "warned_on"])
    days = {"from": before.isoformat() if before else "", "to": due.isoformat()}
    _record("task.moved", task, by=by, at=at, **days)
    return task


@transaction.atomic
def hand_over_task(
    task: Task, *, owner_function: str, reason: str, by: Standing, at: datetime
) -> Task:
    """Give a task to somebody else, with the reason; the new owner is reminded anew."""
    task = _locked(task)
    _refuse_done(task)
    name = owner_function.strip()
    if name == task.owner_function:
        return task
    fields: dict[str, Text] = {}
    if not name:
        fields["who"] = _("Please say who takes care of it.")
    if not reason.strip():
        fields["reason"] = _("Please say why somebody else takes care of it.")
    same = Task.objects.filter(meeting=task.meeting, what=task.what, owner_function=name)
    if name and same.exclude(pk=task.pk).exists():
        fields["who"] = _("They have this task already.")
    if fields:
        raise Invalid(fields)
    owner, before = owner_named(task.meeting.body, name), task.owner_function
    task.owner_function, task.changed_because = name, reason.strip()
    task.owner_seat, task.owner_organisation = owner.seat, owner.organisation
    task.owner_person = owner.person
    task.reminded_on = task.warned_on = None
    task.save()
    _record("task.handed_over", task, by=by, at=at, **{"from": before, "to": name})
    return task


def note_reminded(tasks: Iterable[Task], *, day: date) -> None:
    """Write down that owners were told, in the transaction that queues the mail."""
    for task in tasks:
        assert task.due is not None, "only what has a day can be near or overdue"
        column = "warned_on" if task.due < day else "reminded_on"
        Task.objects.filter(pk=task.pk).update(**{column: day})


# --- what fits --------------------------------------------------------------------------------


def _locked(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("meeting__body", "meeting__municipality").get(pk=task.pk)


def _refuse_done(task: Task) -> None:
    if task.done_on is not None:
        raise Closed(
            _("This task is done."), do=_("Open it again first if there is something left to do.")
        )


def _refuse_approved(meeting: Meeting) -> None:
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise Closed(
            _("The minutes of this meeting have been approved, and with them what was agreed."),
            do=_("Please agree on new tasks in the next meeting."),
        )


def _record(kind: str, task: Task, *, by: Standing, at: datetime, **data: str) -> None:
    facts = {"task": task.what, **data}
    record(kind, task.meeting.as_thing(), by=by, at=at, data=facts)
