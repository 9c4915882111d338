"""A theme: named, shown with what lies in it, renamed, closed, or carried on in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.views.community.words import languages_for
from miteinander.workspace.views.participation.rooms import (
    GATHER,
    address_of,
    crumbs,
    facts,
    form_view,
    place_of,
    process_of,
    theme_of,
    understood,
    undo_of,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Theme
    from miteinander.ui.requests import MemberRequest


@form_view
def theme_new(request: MemberRequest, process: str) -> HttpResponse:
    found = process_of(request, process, GATHER)
    form = forms.ThemeForm(typed(request))

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        actions.name_theme(found, **data, language=get_language() or "de", **facts(request))
        return address_of("board", found)

    question = Question(
        title=_("New theme"),
        submit=_("Add theme"),
        done=_("The theme has been added."),
        crumbs=crumbs(Link(_("Sort"), address_of("board", found)), Link(_("New theme"))),
        undo=lambda: undo_of(request, found),
    )
    return ask(request, form, question, act=act)


@require_safe
def theme(request: MemberRequest, identifier: str) -> HttpResponse:
    """A theme with its contributions, to sort on and to answer."""
    found = theme_of(request, identifier)
    gathered = queries.contributions_of_theme(found, **place_of(request))
    understood(gathered.rows)
    context = {
        "title": found.title,
        "crumbs": crumbs(Link(_("Sort"), address_of("board", found.process)), Link(found.title)),
        "theme": found,
        "process": found.process,
        "figures": queries.figures(found),
        "themes": [t for t in queries.themes_of(found.process, live_only=True) if t != found],
        "contributions": gathered,
        "languages": languages_for(found),
    }
    return render(request, "workspace/theme.html", context)


def theme_crumbs(found: Theme, here: str) -> list[Link]:
    return crumbs(
        Link(_("Sort"), address_of("board", found.process)),
        Link(found.title, address_of("theme", found)),
        Link(here),
    )


@form_view
def theme_rename(request: MemberRequest, identifier: str) -> HttpResponse:
    found = theme_of(request, identifier)
    form = forms.ThemeForm(typed(request), initial=forms.ThemeForm.initial_from(found))

    def act() -> str:
        actions.rename_theme(found, **form.cleaned_data, **facts(request))
        return address_of("theme", found)

    question = Question(
        title=_("Rename: %(title)s") % {"title": found.title},
        intro=_("The old name stays in the records, and the address stays the same."),
        submit=_("Save"),
        done=_("The theme has been changed."),
        crumbs=theme_crumbs(found, _("Rename")),
        undo=lambda: undo_of(request, found.process),
    )
    return ask(request, form, question, act=act)


@form_view
def theme_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found = theme_of(request, identifier)
    form = forms.ReasonForm(typed(request))

    def act() -> str:
        actions.retire_theme(found, **form.cleaned_data, **facts(request))
        return address_of("theme", found)

    question = Question(
        title=_("Close the theme: %(title)s") % {"title": found.title},
        intro=_("What was gathered in it stays attached and is answered all the same."),
        submit=_("Close theme"),
        done=_("The theme is closed."),
        crumbs=theme_crumbs(found, _("Close")),
        undo=lambda: undo_of(request, found.process),
    )
    return ask(request, form, question, act=act)


@form_view
def theme_move(request: MemberRequest, identifier: str) -> HttpResponse:
    found = theme_of(request, identifier)
    others = [t for t in queries.themes_of(found.process, live_only=True) if t != found]
    form = forms.MoveThemeForm(typed(request), themes=others)

    def act() -> str:
        into = next(t for t in others if t.identifier == form.cleaned_data["into"])
        actions.move_theme(
            found,
            into=into,
            reason=form.cleaned_data["reason"],
            **facts(request),
        )
        return address_of("theme", into)

    question = Question(
        title=_("Let “%(title)s” live on in another theme") % {"title": found.title},
        intro=_("It is closed, and its thread leads to the other theme from now on."),
        submit=_("Move theme"),
        done=_("The theme lives on here."),
        crumbs=theme_crumbs(found, _("Carry on")),
        undo=lambda: undo_of(request, found.process),
    )
    return ask(request, form, question, act=act)
