"""Resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from miteinander.process import actions, forms
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.process.ways import desk_of, form_view, process_crumbs, the_process

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def resolution_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.ResolutionForm(typed(request), process=process)

    def act() -> str:
        actions.resolve(process, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return desk_of(process)

    question = Question(
        title=_("Record a resolution"),
        submit=_("Record resolution"),
        done=_("The resolution has been recorded."),
        crumbs=process_crumbs(process, Link(_("New resolution"))),
        autosave=f"resolution-new-{process.identifier}",
    )
    return ask(request, form, question, act=act)
