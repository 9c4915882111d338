"""Whatever has words, in a further language: what waits for it, and each text by its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.community import actions, forms, queries
from miteinander.core.errors import NotThere
from miteinander.participation.actions.protecting import told_at
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.paging import page_of
from miteinander.workspace.views.community.crumbs import register_crumbs

if TYPE_CHECKING:
    from miteinander.core.models import Thing
    from miteinander.ui.requests import MemberRequest

TRANSLATE = "community.translate"
PER_PAGE = 20


def languages_for(thing: Thing) -> list[Link]:
    """Where it can be written in each further language of the installation."""
    return [
        Link(
            settings.LANGUAGE_NAMES.get(code, code),
            reverse("workspace:translation", args=[thing.identifier, code]),
        )
        for code, _name in settings.LANGUAGES
        if code != thing.language
    ]


@require_safe
def translations(request: MemberRequest) -> HttpResponse:
    """What everybody reads and what is not there yet in one further language."""
    enter(request, TRANSLATE)
    asked = request.GET.copy()
    asked.setdefault("language", _first_further(request))
    kinds = queries.kinds_with_words()
    form = forms.ToTranslateForm(asked, languages=settings.LANGUAGES, kinds=kinds)
    wanted = form.cleaned_data if form.is_valid() else {}
    language = wanted.get("language") or _first_further(request)
    rows = queries.things_to_translate(
        request.municipality,
        language,
        kind=wanted.get("kind", ""),
        untouched=not wanted.get("begun"),
    )
    page = page_of(rows, request.GET.get("page"), per_page=PER_PAGE)
    names, total = dict(kinds), page.paginator.count
    context = {
        "title": _("Translations"),
        "crumbs": register_crumbs(Link(_("Translations"))),
        "form": form,
        "is_filtered": bool(request.GET),
        "found": ngettext("%(count)d text", "%(count)d texts", total) % {"count": total},
        "into": language,
        "rows": [
            {"wording": wording, "kind": names.get(wording.thing.kind, "")}
            for wording in queries.wordings(list(page), language)
        ],
        "page": page,
    }
    return render(request, "workspace/translations.html", context)


def _first_further(request: MemberRequest) -> str:
    """The first language that the page is not in: most towns have one that is asked for most."""
    here = get_language() or settings.LANGUAGE_CODE
    return next((code for code, _name in settings.LANGUAGES if code != here), here)


@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: MemberRequest, identifier: str, language: str) -> HttpResponse:
    """Every text in one language; what is left empty keeps the original for readers."""
    enter(request, TRANSLATE)
    thing = queries.thing_with_words(request.municipality, request.standing, identifier)
    if language == thing.language or language not in dict(settings.LANGUAGES):
        raise NotThere
    there = queries.translated(thing, language)
    form = forms.TranslationForm(typed(request), thing=thing, texts=there)
    back = _address(thing)
    # Of what was said in protected mode, no record tells more than the day.
    when = told_at(getattr(thing, "call", None), request.standing.at)

    def act() -> str:
        for field, text in form.cleaned_data.items():
            words = text.strip()
            if words and not queries.is_settled(there.get(field), thing, words):
                actions.translate(
                    thing, field, language, words, state="checked", by=request.standing, at=when
                )
        return back

    name = settings.LANGUAGE_NAMES.get(language, language)
    question = Question(
        title=_("%(title)s in %(language)s") % {"title": thing.title, "language": name},
        intro=_(
            "What you leave empty, readers find in the original, marked as such. What you save "
            "counts as checked by you."
        ),
        submit=_("Save translation"),
        done=_("The translation has been saved."),
        crumbs=register_crumbs(
            Link(_("Translations"), reverse("workspace:translations")),
            Link(thing.title, back),
            Link(name),
        ),
        autosave=f"{identifier}-{language}",
    )
    return ask(request, form, question, act=act)


def _address(thing: Thing) -> str:
    """Its room in the workspace, where it has one by itself; else its open page."""
    try:
        return reverse(f"workspace:{thing.kind}", args=[thing.identifier])
    except NoReverseMatch:
        return thing.get_absolute_url()
