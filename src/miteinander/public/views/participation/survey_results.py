"""How a survey was answered, for everybody: as soon as the office shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import insights, queries
from miteinander.participation.states import CallMethod
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.views.participation.shared import call_of, crumbs, language, time_left
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.ui.requests import SiteRequest

RENEWED = timedelta(minutes=10)
"""Answers advance no public version; so long a page of an open survey may be behind them."""


def survey_shown(request: SiteRequest, call: Call) -> dict[str, Any]:
    """What the page of a call says about its survey."""
    questions = queries.questions_of(call)
    return {
        "question_count": len(questions),
        "has_results": queries.results_are_shown(call, request.standing.at),
    }


@public_page()
def survey_results(request: SiteRequest, identifier: str) -> HttpResponse:
    call = call_of(request, identifier)
    if call.method != CallMethod.SURVEY or not queries.results_are_shown(call, request.standing.at):
        raise NotThere
    questions = queries.questions_of(call)
    localise([call, *questions], language())
    left = time_left(call, request)
    if left["is_open"]:
        shown_until(request, request.standing.at + RENEWED)
    context = {
        "title": _("Results: %(title)s") % {"title": call.title},
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Results"))),
        "call": call,
        "results": insights.results_of(call, questions),
        **left,
    }
    return render(request, "public/survey_results.html", context)


@public_page()
def survey_question(request: SiteRequest, identifier: str) -> HttpResponse:
    """The lasting address of one question: what it asks, and of which survey it is."""
    found = queries.survey_question_at(request.municipality, request.standing, identifier)
    call = found.call
    localise([call, found], language())
    context = {
        "title": queries.text_of(found, "title"),
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Question"))),
        "call": call,
        "question": found,
        "options": queries.words_of(found, "options"),
    }
    return render(request, "public/survey_question.html", context)
