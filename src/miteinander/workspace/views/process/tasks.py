"""Tasks: what is open, overdue and done; ticked off, opened again, moved, handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.core.rights import allowed
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.ways import PER_PAGE, crumbs, form_view

if TYPE_CHECKING:
    from miteinander.process.models import Task
    from miteinander.ui.requests import MemberRequest


@require_GET
def tasks(request: MemberRequest) -> HttpResponse:
    """What one may tick off: open, overdue, or done, by choice."""
    enter(request, "community.see_register")
    day, who = localdate(request.standing.at), (request.municipality, request.standing)
    lists = {
        "": (_("Still open"), queries.open_tasks_for(*who)),
        "own": (_("My own"), queries.own_tasks_for(*who)),
        "late": (_("Overdue"), queries.overdue_tasks_for(*who, day=day)),
        "done": (_("Done"), queries.finished_tasks_for(*who)),
    }
    chosen = request.GET.get("show", "")
    if chosen not in lists:
        chosen = ""
    page = Paginator(lists[chosen][1], PER_PAGE).get_page(request.GET.get("page"))
    address = reverse("workspace:tasks")
    context = {
        "title": _("Tasks"),
        "crumbs": crumbs(Link(_("Tasks"))),
        "page": page,
        "rows": [(task, allowed(request.standing, "process.change_task", task)) for task in page],
        "choices": [
            (Link(label, f"{address}?show={name}" if name else address), name == chosen)
            for name, (label, _rows) in lists.items()
        ],
        "chosen": chosen,
        "day": day,
    }
    return render(request, "workspace/tasks.html", context)


@require_POST
def task_done(request: MemberRequest, pk: int) -> HttpResponse:
    task = _task(request, pk, "process.finish_task")
    actions.finish_task(task, by=request.standing, at=request.standing.at)
    messages.success(request, _("Done: %(task)s") % {"task": task.what})
    return _back(request, task)


@require_POST
def task_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Undo the tick."""
    task = _task(request, pk, "process.finish_task")
    actions.reopen_task(task, by=request.standing, at=request.standing.at)
    messages.success(request, _("Open again: %(task)s") % {"task": task.what})
    return _back(request, task)


@form_view
def task_move(request: MemberRequest, pk: int) -> HttpResponse:
    task = _task(request, pk, "process.change_task")
    form = forms.MoveTaskForm(typed(request), initial={"due": task.due})

    def act() -> str:
        actions.move_task(task, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:tasks")

    question = Question(
        title=_("Move: %(task)s") % {"task": task.what},
        intro=_("The minutes keep the day that was agreed on."),
        submit=_("Move task"),
        done=_("The task has been moved."),
        crumbs=_task_crumbs(Link(_("Move"))),
    )
    return ask(request, form, question, act=act)


@form_view
def task_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    task = _task(request, pk, "process.change_task")
    form = forms.HandOverTaskForm(typed(request))

    def act() -> str:
        actions.hand_over_task(
            task,
            owner_function=form.cleaned_data["who"],
            reason=form.cleaned_data["reason"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:tasks")

    question = Question(
        title=_("Hand over: %(task)s") % {"task": task.what},
        intro=_("Now with: %(who)s") % {"who": task.owner_function},
        submit=_("Hand over"),
        done=_("The task has been handed over."),
        crumbs=_task_crumbs(Link(_("Hand over"))),
    )
    more = {"owners": queries.owners_offered(task.meeting.body)}
    return ask(
        request, form, question, act=act, template="workspace/task_hand_over.html", more=more
    )


def _task(request: MemberRequest, pk: int, right: str) -> Task:
    enter(request, "community.see_register")
    task = get_object_or_404(queries.tasks_in(request.municipality), pk=pk)
    enter(request, right, task)
    return task


def _task_crumbs(*more: Link) -> list[Link]:
    return crumbs(Link(_("Tasks"), reverse("workspace:tasks")), *more)


def _back(request: MemberRequest, task: Task) -> HttpResponse:
    if request.POST.get("back") == "meeting":
        return SeeOther(reverse("workspace:meeting", args=[task.meeting.identifier]))
    return SeeOther(reverse("workspace:tasks"))
