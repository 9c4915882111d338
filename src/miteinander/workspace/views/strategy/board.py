"""The concepts of a town, and the board of each: fields, goals, measures, and what they lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.core.errors import Refusal
from miteinander.core.rights import allowed, require
from miteinander.strategy import actions, forms, queries
from miteinander.strategy.states import ConceptState, FieldState
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import Question, ask, enter, press, sought, typed
from miteinander.workspace.views.strategy.rooms import (
    board_address,
    concept_crumbs,
    concept_of,
    crumbs,
    form_view,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.strategy.models import Concept
    from miteinander.ui.requests import MemberRequest


@require_GET
def concepts(request: MemberRequest) -> HttpResponse:
    enter(request, "strategy.see_board")
    rows = list(queries.concepts_visible_to(request.municipality, request.standing))
    context = {
        "title": _("Concepts"),
        "intro": _("Fields of action, goals and measures of each edition."),
        "crumbs": crumbs(),
        "columns": [Column(_("Concept")), Column(_("State")), Column(_("Process"))],
        "rows": [
            [
                Cell(row.title, url=board_address(row)),
                Cell(row.get_state_display()),
                Cell(row.process.title),
            ]
            for row in rows
        ],
        "add": Link(_("Begin a concept"), reverse("workspace:concept_new"))
        if allowed(request.standing, "strategy.shape_concept")
        else None,
        "empty": (
            _("No concept has been begun yet."),
            _("A concept belongs to a process. It begins when its fields take shape."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def concept_new(request: MemberRequest) -> HttpResponse:
    enter(request, "strategy.shape_concept")
    form = forms.ConceptForm(typed(request), municipality=request.municipality)

    def act() -> str:
        data = dict(form.cleaned_data)
        process = data.pop("process")
        made = actions.begin_concept(process, **data, by=request.standing, at=request.standing.at)
        return board_address(made)

    missing = []
    if not queries.processes_without_concept(request.municipality).exists():
        missing.append(Link(_("Set up a process"), reverse("workspace:process_new")))
    return ask(
        request,
        form,
        Question(
            title=_("Begin a concept"),
            submit=_("Begin now"),
            crumbs=crumbs(Link(_("Begin a concept"))),
            done=_("The concept has begun. Everybody can see that it is being made."),
            missing=missing,
        ),
        act=act,
    )


@require_GET
def concept(request: MemberRequest, identifier: str) -> HttpResponse:
    """The board: fields, goals, measures, and what each still lacks."""
    return _show_board(request, identifier)


def _show_board(
    request: MemberRequest, identifier: str, *, refusal: Refusal | None = None
) -> HttpResponse:
    rows = queries.concepts_visible_to(request.municipality, request.standing)
    found = sought(request, queries.with_regroupings(rows, at=request.standing.at), identifier)
    queries.know_phases(found)
    outline = queries.concept_outline(found, with_partners=False)
    standing = request.standing
    may_shape = allowed(standing, "strategy.shape_concept", found)
    changes = may_shape and found.state == ConceptState.DRAFTING
    context = {
        "concept": found,
        "refusal": refusal,
        "crumbs": concept_crumbs(found),
        "may_shape": may_shape,
        "regroupings": queries.regroupings_of(found) if changes else [],
        "fields": [
            (below, allowed(standing, "strategy.draft", below.field))
            for below in kept_first(outline)
        ],
        "retired": outline.retired_fields,
        "themes": outline.cross_cutting_themes,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/concept.html", context, status=status)


def kept_first(outline: queries.ConceptOutline) -> list[queries.FieldOutline]:
    """Kept fields in their order, candidates after them."""
    return sorted(outline.fields, key=lambda below: below.field.state != FieldState.KEPT)


def on_board(
    request: MemberRequest, found: Concept, act: Callable[[], object], done: str
) -> HttpResponse:
    """Act and go back to the board; a refusal is shown on it."""
    return press(
        request,
        act,
        done=done,
        then=board_address(found),
        refused=lambda refusal: _show_board(request, found.identifier, refusal=refusal),
    )


@require_POST
def renumber(request: MemberRequest, identifier: str) -> HttpResponse:
    found = concept_of(request, identifier)
    require(request.standing, "strategy.shape_concept", found)
    return on_board(
        request,
        found,
        lambda: actions.renumber(found, by=request.standing, at=request.standing.at),
        _("Everything is numbered without gaps. Addresses stay as they are."),
    )


@form_view
def cross_cutting_theme_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = concept_of(request, identifier)
    enter(request, "strategy.shape_concept", found)
    form = forms.Titled(typed(request))

    def act() -> str:
        actions.name_cross_cutting_theme(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return board_address(found)

    return ask(
        request,
        form,
        Question(
            title=_("Name a cross-cutting theme"),
            submit=_("Name it"),
            crumbs=concept_crumbs(found, Link(_("Name a cross-cutting theme"))),
            done=_("The theme has been named. Measures can carry it now."),
        ),
        act=act,
    )
