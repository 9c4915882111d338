"""Phases and milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.participation.actions import close_phase
from miteinander.participation.queries import open_answers
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.process.ways import desk_of, form_view, process_crumbs, the_process

if TYPE_CHECKING:
    from miteinander.process.models import Phase
    from miteinander.ui.requests import MemberRequest


@form_view
def milestone_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.MilestoneForm(typed(request))

    def act() -> str:
        actions.set_milestone(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return desk_of(process)

    question = Question(
        title=_("Set a milestone"),
        intro=_("A milestone of the same name is moved."),
        submit=_("Set milestone"),
        done=_("The milestone has been set."),
        crumbs=process_crumbs(process, Link(_("Milestone"))),
    )
    return ask(request, form, question, act=act)


@form_view
def phase_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.PhaseForm(typed(request))

    def act() -> str:
        actions.plan_phase(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return desk_of(process)

    question = Question(
        title=_("Plan a phase"),
        submit=_("Plan phase"),
        done=_("The phase has been planned."),
        crumbs=process_crumbs(process, Link(_("New phase"))),
    )
    return ask(request, form, question, act=act)


@form_view
def phase_edit(request: MemberRequest, pk: int) -> HttpResponse:
    phase = the_phase(request, pk)
    form = forms.PhaseForm(typed(request), initial=forms.PhaseForm.initial_from(phase))

    def act() -> str:
        actions.change_phase(
            phase, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return desk_of(phase.process)

    question = Question(
        title=_("Edit: %(title)s") % {"title": phase.title},
        submit=_("Save phase"),
        done=_("The phase has been saved."),
        crumbs=process_crumbs(phase.process, Link(phase.title)),
    )
    return ask(request, form, question, act=act)


@form_view
def phase_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a phase; while contributions wait for an answer, only with a public reason."""
    phase = the_phase(request, pk)
    form = forms.ClosePhaseForm(typed(request))

    def act() -> str:
        close_phase(
            phase,
            despite=form.cleaned_data["despite"],
            by=request.standing,
            at=request.standing.at,
        )
        return desk_of(phase.process)

    question = Question(
        title=_("Close: %(title)s") % {"title": phase.title},
        intro=_("From tomorrow on this phase permits nothing any more. This cannot be undone."),
        submit=_("Close phase"),
        done=_("The phase has been closed."),
        missing=[
            Link(
                _("Answer the contributions that wait"),
                reverse("workspace:answers", args=[phase.process.identifier]),
            )
        ]
        if open_answers(phase)
        else [],
        crumbs=process_crumbs(phase.process, Link(phase.title)),
    )
    return ask(request, form, question, act=act)


def the_phase(request: MemberRequest, pk: int) -> Phase:
    enter(request, "community.see_register")
    phase = get_object_or_404(queries.phases_in(request.municipality), pk=pk)
    enter(request, "process.change", phase.process)
    return phase
