"""Answers, one by one and to a whole theme; and the page of one contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.participation import actions, forms, queries
from miteinander.participation.states import ContributionState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.views.community.words import languages_for
from miteinander.workspace.views.participation.rooms import (
    ANSWER,
    MODERATE,
    address_of,
    contribution_of,
    crumbs,
    facts,
    form_view,
    place_of,
    process_of,
    theme_of,
)
from miteinander.workspace.views.participation.themes import theme_crumbs

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def theme_answer(request: MemberRequest, identifier: str) -> HttpResponse:
    """One answer for everything in the theme that waits for one."""
    found = theme_of(request, identifier, ANSWER)
    waiting = queries.figures(found).unanswered
    form = forms.AnswerForm(typed(request))

    def act() -> str:
        actions.answer_theme(
            found, **form.cleaned_data, language=get_language() or "de", **facts(request)
        )
        return address_of("theme", found)

    question = Question(
        title=_("Answer the theme: %(title)s") % {"title": found.title},
        intro=ngettext(
            "%(count)s contribution in it has no answer yet.",
            "%(count)s contributions in it have no answer yet, and get this one.",
            waiting,
        )
        % {"count": waiting},
        submit=_("Send answer"),
        done=_("Answered. Everybody finds the answer under their receipt."),
        crumbs=theme_crumbs(found, _("Answer")),
        autosave=f"theme-answer-{found.identifier}",
    )
    return ask(request, form, question, act=act)


@require_safe
def contribution(request: MemberRequest, identifier: str) -> HttpResponse:
    """Everything about one contribution, with what can be done with it."""
    found = contribution_of(request, identifier, MODERATE)
    context = {
        "title": found.title or _("Contribution taken back"),
        "crumbs": crumbs(Link(_("Contribution"))),
        "contribution": found,
        "answers": queries.answers_to(found),
        "heirs": queries.merged_into(found),
        "comments": queries.comments_of(found),
        "comments_waiting": queries.comments_waiting(found),
        "is_waiting": found.state == ContributionState.SUBMITTED,
        "languages": languages_for(found) if found.text else [],
    }
    return render(request, "workspace/contribution.html", context)


@require_safe
def answers(request: MemberRequest, process: str) -> HttpResponse:
    """Who still waits for an answer, and how far we are."""
    found = process_of(request, process, ANSWER)
    themes = queries.themes_of(found)
    numbers = queries.figures_of([found, *themes])
    context = {
        "title": _("Answer"),
        "crumbs": crumbs(Link(_("Answer"))),
        "process": found,
        "figures": numbers[found.pk],
        "themes": [
            {"theme": t, "figures": numbers[t.pk]} for t in themes if numbers[t.pk].unanswered
        ],
        "contributions": queries.unanswered(found, **place_of(request)),
        "phases": [p for p in found.phases.all() if not p.is_closed()],
    }
    return render(request, "workspace/answers.html", context)


@form_view
def answer(request: MemberRequest, identifier: str) -> HttpResponse:
    found = contribution_of(request, identifier, ANSWER)
    form = forms.AnswerForm(typed(request))

    def act() -> str:
        actions.answer_contribution(
            found, **form.cleaned_data, language=get_language() or "de", **facts(request)
        )
        return address_of("answers", found.process)

    question = Question(
        title=_("Answer: %(title)s") % {"title": found.title},
        intro=found.text,
        submit=_("Send answer"),
        done=_("Answered. The author finds the answer under the receipt."),
        crumbs=crumbs(Link(_("Answer"), address_of("answers", found.process)), Link(found.title)),
        autosave=f"answer-{found.identifier}",
    )
    return ask(request, form, question, act=act)
