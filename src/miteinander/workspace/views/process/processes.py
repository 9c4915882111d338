"""Processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community.queries import bodies_of, offices_of
from miteinander.core.errors import Refusal
from miteinander.core.rights import allowed
from miteinander.process import actions, forms, queries
from miteinander.process.states import Permit
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.ways import (
    PER_PAGE,
    crumbs,
    desk_of,
    form_view,
    process_crumbs,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


@require_GET
def processes(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.processes_visible_to(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    day = localdate(request.standing.at)
    durations = {row.pk: queries.duration_of(row, day) for row in page}
    may_create = allowed(request.standing, "process.create")
    context = {
        "title": _("Processes"),
        "intro": _("From the mandate to the resolution, and on to the next edition."),
        "crumbs": crumbs(),
        "columns": [
            Column(_("Process")),
            Column(_("State")),
            Column(_("Starts on")),
            Column(_("Planned (months)"), is_number=True),
            Column(_("Actual (months)"), is_number=True),
        ],
        "rows": [
            [
                Cell(row.title, url=desk_of(row)),
                Cell(row.get_state_display() if row.is_public else _("not public yet")),
                Cell(written_day(row.starts, row.precision)),
                Cell(durations[row.pk].planned),
                Cell(durations[row.pk].actual),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Set up a process"), reverse("workspace:process_new"))
        if may_create
        else None,
        "empty": (
            _("No process has been set up yet."),
            _("A process begins with a mandate and one question that everybody can answer."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def process_new(request: MemberRequest) -> HttpResponse:
    enter(request, "process.create")
    town = request.municipality
    form = forms.NewProcessForm(typed(request), municipality=town)

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if not k.startswith("mandate_")}
        del data["seen"], data["template"]
        process = actions.begin_process(
            town,
            **data,
            mandate=form.mandate(),
            pattern=form.pattern(),
            by=request.standing,
            at=request.standing.at,
        )
        return desk_of(process)

    missing = []
    if not offices_of(town).exists():
        missing.append(
            Link(
                _("Enter the office that leads the process, with its address."),
                reverse("workspace:organisations"),
            )
        )
    if not bodies_of(town).exists():
        missing.append(
            Link(_("Form the body that gave the mandate."), reverse("workspace:body_new"))
        )
    question = Question(
        title=_("Set up a process"),
        intro=_("With its mandate. Nobody sees it in public until you publish it."),
        submit=_("Set up process"),
        done=_("The process has been set up. Next: look through its phases."),
        further=[Link(_("What the templates bring"), reverse("workspace:templates"))],
        crumbs=crumbs(Link(_("New"))),
        missing=missing,
        autosave="process-new",
    )
    return ask(request, form, question, act=act)


@require_GET
def process_desk(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    return show_process(request, process)


def show_process(
    request: MemberRequest, process: Process, *, refusal: Refusal | None = None
) -> HttpResponse:
    day = localdate(request.standing.at)
    page = queries.process_page(process, request.standing, day=day)
    may_change = allowed(request.standing, "process.change", process)
    context = {
        "title": process.title,
        "crumbs": process_crumbs(process),
        "process": process,
        "page": page,
        "phases": [
            {
                "phase": each.phase,
                "position": each.position,
                "permits": [Permit(permit).label for permit in each.phase.permits],
                "is_late": each.position == "past" and not each.phase.is_closed(),
            }
            for each in page.phases
        ],
        "meetings": [h for h in page.happenings if h.kind == "meeting"],
        "resolutions": [h for h in page.happenings if h.kind == "resolution"],
        "attach": forms.AttachBodyForm(process=process) if may_change else None,
        "refusal": refusal,
        "move": queries.last_move(process, at=request.standing.at) if may_change else None,
        "day": day,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/process.html", context, status=status)


@form_view
def process_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.ProcessForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.ProcessForm.initial_from(process),
    )

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_process(process, **data, by=request.standing, at=request.standing.at)
        return desk_of(process)

    question = Question(
        title=_("Edit: %(title)s") % {"title": process.title},
        submit=_("Save process"),
        done=_("The process has been saved."),
        crumbs=process_crumbs(process, Link(_("Edit"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def process_publish(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    try:
        actions.publish_process(process, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return show_process(request, process, refusal=refusal)
    messages.success(request, _("The process is public now."))
    return SeeOther(desk_of(process))


@form_view
def process_body(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.AttachBodyForm(typed(request), process=process)

    def act() -> str:
        actions.attach_body(
            process, body=form.cleaned_data["body"], by=request.standing, at=request.standing.at
        )
        return desk_of(process)

    question = Question(
        title=_("Which body takes part in the process?"),
        submit=_("Add body"),
        done=_("The body takes part from now on."),
        crumbs=process_crumbs(process, Link(_("Add body"))),
    )
    return ask(request, form, question, act=act)
