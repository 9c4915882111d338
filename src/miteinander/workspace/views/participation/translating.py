"""Answers in the languages of those who asked: what waits, and each answer beside its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.ui.words import language_name
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.views.participation.rooms import (
    ANSWER,
    address_of,
    contribution_of,
    crumbs,
    facts,
    form_view,
    place_of,
    process_of,
    understood,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Answer
    from miteinander.ui.requests import MemberRequest


@require_safe
def answer_translations(request: MemberRequest, process: str) -> HttpResponse:
    """Whoever wrote in another language and cannot read the answer in it yet."""
    found = process_of(request, process, ANSWER)
    waiting = queries.answers_to_translate(found, **place_of(request))
    understood(waiting.rows)
    context = {
        "title": _("Translate answers"),
        "crumbs": crumbs(
            Link(_("Answer"), address_of("answers", found)), Link(_("Translate answers"))
        ),
        "process": found,
        "contributions": waiting,
        "rows": [(row, language_name(row.language)) for row in waiting.rows],
    }
    return render(request, "workspace/answer_translations.html", context)


@form_view
def answer_translate(request: MemberRequest, identifier: str, language: str) -> HttpResponse:
    found = contribution_of(request, identifier, ANSWER)
    understood([found])
    given: Answer | None = getattr(found, "answer", None)
    if given is None or not given.reason or given.language == language:
        raise NotThere
    if not queries.is_spoken_here(request.municipality.pk, language):
        raise NotThere
    queries.dress_answers([given], language)
    originals, there = queries.wordings_of(given)
    form = forms.AnswerTranslationForm(typed(request), originals=originals, initial=there)

    def act() -> str:
        actions.translate_answer(
            given,
            language=language,
            texts=form.texts(),
            state=form.cleaned_data["state"],
            **facts(request),
        )
        return address_of("contribution", found)

    name = language_name(language)
    question = Question(
        title=_("Answer in %(language)s: %(title)s") % {"language": name, "title": found.title},
        intro=_("Whoever was given the same words reads this translation too."),
        submit=_("Save translation"),
        done=_("The translation has been saved."),
        crumbs=crumbs(Link(found.title, address_of("contribution", found)), Link(name)),
        autosave=f"answer-{found.identifier}-{language}",
    )
    more = {"contribution": found, "answer": given}
    template = "workspace/answer_translate.html"
    return ask(request, form, question, act=act, template=template, more=more)
