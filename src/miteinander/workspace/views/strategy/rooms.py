"""What the pages of strategy share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.rights import allowed
from miteinander.participation.queries import themes_visible_to
from miteinander.strategy import queries
from miteinander.strategy.states import FieldState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import sought

if TYPE_CHECKING:
    from django.forms import Form

    from miteinander.core.models import Thing
    from miteinander.participation.models import Theme
    from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure
    from miteinander.strategy.models.wordings import Draft
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


def reading_address(request: MemberRequest, row: Draft, edit: str, right: str) -> str:
    """Where this member finds a draft: where it is written, or else where it is read."""
    kind = queries.kind_of(row)
    about: Thing = queries.concept_of_draft(row) if kind == "chapter" else row  # type: ignore[assignment]  # whatever is no chapter is a thing
    if kind == "measure" or allowed(request.standing, right, about):
        return edit
    return about.get_absolute_url()


def lies_with_the_review(draft: FieldOfAction | Goal, form: Form) -> str:
    """Why there is nothing to write now; what was typed before is shown all the same."""
    if draft.handed_in_id is None or form.is_bound:
        return ""
    return _("This was handed in. Its wording stays as it is while it is looked at.")


def to_hand_over(draft: FieldOfAction | Goal) -> list[Link]:
    if draft.handed_in_id is None:
        return []
    page = reverse("workspace:hand_over", args=[draft.handed_in_id])
    return [Link(_("What it was handed in with"), page)]


def others_of(request: MemberRequest, field: FieldOfAction) -> list[FieldOfAction]:
    """The fields to which what lies in this one could go."""
    return list(
        queries.fields_visible_to(request.municipality, request.standing)
        .filter(concept=field.concept_id)
        .exclude(state=FieldState.RETIRED)
        .exclude(pk=field.pk)
    )
