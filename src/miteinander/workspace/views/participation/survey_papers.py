"""A survey on paper: typing in what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid, Refusal
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import Channel
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther, typed
from miteinander.workspace.views.participation.rooms import facts, form_view
from miteinander.workspace.views.participation.surveys import survey_crumbs, survey_of

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest

RECORD = "participation.record_contribution"


@form_view
def survey_enter(request: MemberRequest, identifier: str) -> HttpResponse:
    """One sheet after the other: after each the empty form stands there again."""
    call = survey_of(request, identifier, RECORD)
    questions = queries.questions_of(call)
    for question in questions:
        question.is_required = False  # on paper nobody is held up
    raw = {
        name: request.POST.getlist(name)
        for question in questions
        for name in queries.fields_of(question)
        if name in request.POST
    }
    initial = {
        "form_key": actions.fresh_form_key(at=request.standing.at),
        "channel": request.GET.get("way") or Channel.PAPER,
    }
    way = forms.EnteringForm(typed(request), initial=initial)
    refusal: Refusal | None = None
    faults = {}
    if request.method == "POST" and way.is_valid():
        channel = Channel(way.cleaned_data["channel"])
        key = way.cleaned_data["form_key"]
        try:
            actions.record_response(call, raw, channel=channel, form_key=key, **facts(request))
        except Invalid as problem:
            faults = problem.fields
        except Refusal as problem:
            refusal = problem
        else:
            messages.success(request, _("The answers have been entered. The next sheet, please."))
            address = reverse("workspace:survey_enter", args=[call.identifier])
            return SeeOther(f"{address}?way={channel}")
    context = {
        "title": _("Enter answers"),
        "crumbs": survey_crumbs(call, Link(_("Enter answers"))),
        "call": call,
        "way": way,
        "form": forms.SurveyForm(questions, raw, faults=faults, language=call.language),
        "has_faults": bool(faults),
        "refusal": refusal,
        "entered": queries.responses_in(call)["sent"],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workspace/survey_enter.html", context, status=status)
