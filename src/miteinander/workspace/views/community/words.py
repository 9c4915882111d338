"""News and pages in a further language: the original beside it, and who checked it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.community import actions, forms, queries
from miteinander.core.errors import NotThere
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed

if TYPE_CHECKING:
    from miteinander.community.models import News, Page
    from miteinander.ui.requests import MemberRequest


def languages_for(told: News | Page) -> list[Link]:
    """Where it can be written in each further language of the installation."""
    return [
        Link(
            settings.LANGUAGE_NAMES.get(code, code),
            reverse("workspace:translation", args=[told.identifier, code]),
        )
        for code, _name in settings.LANGUAGES
        if code != told.language
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: MemberRequest, identifier: str, language: str) -> HttpResponse:
    """Every field in one language; what is left empty keeps the original for readers."""
    enter(request, "community.write_news")
    told = queries.told_at(request.municipality, request.standing, identifier)
    if language == told.language or language not in dict(settings.LANGUAGES):
        raise NotThere
    there = queries.translated(told, language)
    form = forms.TranslationForm(typed(request), told=told, initial=there)
    back = _address(told)

    def act() -> str:
        for field, text in form.cleaned_data.items():
            if text.strip() and text != there.get(field):
                actions.translate(
                    told, field, language, text.strip(), state="checked",
                    by=request.standing, at=request.standing.at,
                )  # fmt: skip
        return back

    name = settings.LANGUAGE_NAMES.get(language, language)
    question = Question(
        title=_("%(title)s in %(language)s") % {"title": told.title, "language": name},
        intro=_("What you leave empty, readers find in the original, marked as such."),
        submit=_("Save translation"),
        done=_("The translation has been saved."),
        crumbs=[
            Link(_("Today"), reverse("workspace:today")),
            Link(_("Municipality"), reverse("workspace:community")),
            Link(told.title, back),
            Link(name),
        ],
        autosave=f"{identifier}-{language}",
    )
    return ask(request, form, question, act=act)


def _address(told: News | Page) -> str:
    return reverse(f"workspace:{told.kind}", args=[told.identifier])
