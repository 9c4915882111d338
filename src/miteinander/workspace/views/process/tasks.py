"""Tasks."""

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

from miteinander.process import actions, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther, enter
from miteinander.workspace.views.process.ways import PER_PAGE, crumbs

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def tasks(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.open_tasks_for(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Open tasks"),
        "crumbs": crumbs(Link(_("Open tasks"))),
        "page": page,
        "day": localdate(request.standing.at),
    }
    return render(request, "workspace/tasks.html", context)


@require_POST
def task_done(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, "community.see_register")
    task = get_object_or_404(queries.tasks_in(request.municipality), pk=pk)
    enter(request, "process.finish_task", task)
    actions.finish_task(task, by=request.standing, at=request.standing.at)
    messages.success(request, _("Done: %(task)s") % {"task": task.what})
    if request.POST.get("back") == "meeting":
        return SeeOther(reverse("workspace:meeting", args=[task.meeting.identifier]))
    return SeeOther(reverse("workspace:tasks"))
