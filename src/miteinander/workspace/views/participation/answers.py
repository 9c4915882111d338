"""Answers one by one, what is added to them later, and the page of one contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import ContributionState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.views.community.words import languages_for
from miteinander.workspace.views.participation.replying import (
    language_of,
    preview,
    replying,
)
from miteinander.workspace.views.participation.rooms import (
    ANSWER,
    MODERATE,
    address_of,
    contribution_of,
    crumbs,
    facts,
    form_view,
    near_of,
    overview_of,
    place_of,
    understood,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Theme
    from miteinander.ui.requests import MemberRequest


@require_safe
def contribution(request: MemberRequest, identifier: str) -> HttpResponse:
    """Everything about one contribution, with what can be done with it."""
    found = contribution_of(request, identifier, MODERATE)
    understood([found])
    context = {
        "title": found.title or _("Contribution taken back"),
        "crumbs": crumbs(Link(_("Contribution"))),
        "contribution": found,
        "answers": queries.answers_to(found, language=found.language),
        "own_answer": getattr(found, "answer", None),
        "heirs": queries.merged_into(found),
        "comments": queries.comments_of(found),
        "comments_waiting": queries.comments_waiting(found),
        "is_waiting": found.state == ContributionState.SUBMITTED,
        "languages": languages_for(found) if found.text else [],
        **near_of(request, found),
    }
    return render(request, "workspace/contribution.html", context)


@require_safe
def answers(request: MemberRequest, process: str) -> HttpResponse:
    """Who still waits for an answer, and how far we are."""
    overview = overview_of(request, process, ANSWER)
    found, themes, calls = overview.process, overview.themes, overview.calls
    numbers = queries.figures_of([found, *calls, *themes])
    owed = sorted((c for c in calls if numbers[c.pk].unanswered), key=lambda c: c.answer_by)
    scopes: list[Call | Theme] = [*owed, *(t for t in themes if numbers[t.pk].unanswered)]
    scope = next((s for s in scopes if s.identifier == request.GET.get("of")), None)
    waiting = queries.unanswered(found, scope=scope, **place_of(request))
    understood(waiting.rows)
    context = {
        "title": _("Answer"),
        "crumbs": crumbs(Link(_("Answer"))),
        "process": found,
        "figures": numbers[found.pk],
        "themes": [
            {"theme": t, "figures": numbers[t.pk]} for t in themes if numbers[t.pk].unanswered
        ],
        "contributions": waiting,
        "scopes": [{"scope": s, "figures": numbers[s.pk]} for s in scopes],
        "scope": scope,
        "query": f"of={scope.identifier}" if scope else "",
        "day": localdate(request.standing.at),
        "calls": calls,
        "endings": ("html", "pdf", "docx"),
        "phases": overview.phases,
    }
    return render(request, "workspace/answers.html", context)


@form_view
def answer(request: MemberRequest, identifier: str) -> HttpResponse:
    found = contribution_of(request, identifier, ANSWER)
    understood([found])
    reply = replying(
        request,
        theme=found.theme.title if found.theme else "",
        call=found.call.title if found.call else "",
    )

    def act() -> str:
        data = reply.form.cleaned_data
        language = language_of(data["reason"], [found])
        actions.answer_contribution(found, **data, language=language, **facts(request))
        return address_of("answers", found.process)

    question = Question(
        title=_("Answer: %(title)s") % {"title": found.title},
        submit=_("Send answer"),
        done=_("Answered. The author finds the answer under the receipt."),
        crumbs=crumbs(Link(_("Answer"), address_of("answers", found.process)), Link(found.title)),
        autosave=f"answer-{found.identifier}",
    )
    more = {"contribution": found, "blocks": reply.blocks, **preview(reply)}
    return ask(
        request, reply.form, question, act=act, template="workspace/answering.html", more=more
    )


@form_view
def answer_supplement(request: MemberRequest, identifier: str) -> HttpResponse:
    """Add to an answer that was given; there is nothing here before that."""
    found = contribution_of(request, identifier, ANSWER)
    given = getattr(found, "answer", None)
    if given is None:
        raise NotThere
    form = forms.SupplementForm(typed(request))

    def act() -> str:
        text = form.cleaned_data["text"]
        language = language_of(text, [found])
        actions.supplement_answer(given, text=text, language=language, **facts(request))
        return address_of("contribution", found)

    question = Question(
        title=_("Add to the answer: %(title)s") % {"title": found.title},
        intro=given.reason,
        submit=_("Add supplement"),
        done=_("Added. The author finds it below the answer."),
        crumbs=crumbs(Link(found.title, address_of("contribution", found)), Link(_("Supplement"))),
        autosave=f"supplement-{found.identifier}",
    )
    return ask(request, form, question, act=act)
