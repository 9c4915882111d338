"""What the pages of strategy share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.participation.queries import themes_visible_to
from miteinander.strategy import queries
from miteinander.strategy.states import FieldState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import sought

if TYPE_CHECKING:
    from miteinander.participation.models import Theme
    from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure
    from miteinander.ui.requests import MemberRequest

form_view = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Concepts"), reverse("workspace:concepts")),
        *more,
    ]


def board_address(concept: Concept) -> str:
    return reverse("workspace:concept", args=[concept.identifier])


def sheet_address(measure: Measure) -> str:
    return reverse("workspace:measure", args=[measure.identifier])


def concept_crumbs(concept: Concept, *more: Link) -> list[Link]:
    return crumbs(Link(concept.title, board_address(concept)), *more)


def concept_of(request: MemberRequest, identifier: str) -> Concept:
    return sought(
        request, queries.concepts_visible_to(request.municipality, request.standing), identifier
    )


def field_of(request: MemberRequest, identifier: str) -> FieldOfAction:
    rows = queries.fields_visible_to(request.municipality, request.standing)
    return sought(request, queries.with_source(rows), identifier)


def goal_of(request: MemberRequest, identifier: str) -> Goal:
    rows = queries.goals_visible_to(request.municipality, request.standing)
    return sought(request, queries.with_source(rows), identifier)


def measure_of(request: MemberRequest, identifier: str) -> Measure:
    rows = queries.measures_visible_to(request.municipality, request.standing)
    return sought(request, queries.with_source(rows), identifier)


def theme_of(request: MemberRequest, identifier: str) -> Theme:
    found = themes_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def others_of(request: MemberRequest, field: FieldOfAction) -> list[FieldOfAction]:
    """The fields to which what lies in this one could go."""
    return list(
        queries.fields_visible_to(request.municipality, request.standing)
        .filter(concept=field.concept_id)
        .exclude(state=FieldState.RETIRED)
        .exclude(pk=field.pk)
    )
