"""How a draft read before: every save, the difference between any two, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.core.errors import Refusal
from miteinander.core.rights import allowed, require
from miteinander.strategy import actions, insights, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther, enter
from miteinander.workspace.views.chapters import chapter_of
from miteinander.workspace.views.strategy.rooms import (
    concept_crumbs,
    field_of,
    form_view,
    goal_of,
    measure_of,
    reading_address,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.strategy.models import Chapter, Concept, FieldOfAction, Goal, Measure
    from miteinander.strategy.queries import Said
    from miteinander.ui.requests import MemberRequest

    Draft = FieldOfAction | Goal | Measure | Chapter


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft is written, and what one must be allowed to change it."""

    concept: Concept
    right: str
    about: object
    edit: str
    here: str
    title: str


@form_view
def field_history(request: MemberRequest, identifier: str) -> HttpResponse:
    found = field_of(request, identifier)
    place = Place(
        concept=found.concept,
        right="strategy.work_on_field",
        about=found,
        edit=reverse("workspace:field_edit", args=[identifier]),
        here=reverse("workspace:field_history", args=[identifier]),
        title=found.title,
    )
    return _history(request, found, place)


@form_view
def goal_history(request: MemberRequest, identifier: str) -> HttpResponse:
    found = goal_of(request, identifier)
    place = Place(
        concept=found.field.concept,
        right="strategy.work_on_field",
        about=found,
        edit=reverse("workspace:goal_edit", args=[identifier]),
        here=reverse("workspace:goal_history", args=[identifier]),
        title=found.title,
    )
    return _history(request, found, place)


@form_view
def measure_history(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    place = Place(
        concept=found.goal.field.concept,
        right="strategy.work_on_field",
        about=found,
        edit=reverse("workspace:measure", args=[identifier]),
        here=reverse("workspace:measure_history", args=[identifier]),
        title=found.title,
    )
    return _history(request, found, place)


@form_view
def chapter_history(request: MemberRequest, pk: int) -> HttpResponse:
    found = chapter_of(request, pk)
    place = Place(
        concept=found.concept,
        right="strategy.write_chapter",
        about=found.concept,
        edit=reverse("workspace:chapter_edit", args=[pk]),
        here=reverse("workspace:chapter_history", args=[pk]),
        title=found.heading,
    )
    return _history(request, found, place)


def _history(request: MemberRequest, row: Draft, place: Place) -> HttpResponse:
    enter(request, "strategy.see_board")
    refusal: Refusal | None = None
    if request.method == "POST":
        require(request.standing, place.right, place.about)
        try:
            actions.say_again(
                row,
                wording=_chosen_wording(request),
                revision=_number(request.POST.get("seen")),
                by=request.standing,
                at=request.standing.at,
            )
        except Refusal as problem:
            refusal = problem
        else:
            messages.success(request, _("The texts read as they did then."))
            return SeeOther(place.here)
    wordings = queries.wordings_of(row)
    old, new = _chosen(request, wordings)
    labels = queries.labels_of(row)
    context = {
        "place": place,
        "row": row,
        "wordings": [
            (said, ", ".join(labels.get(name, name) for name in said.changed))
            for said in reversed(wordings)
        ],
        "old": old,
        "new": new,
        "differences": _differences(row, old, new, labels) if old and new else [],
        "source": queries.taken_from_in_words(row),
        "may_go_back": allowed(request.standing, place.right, place.about),
        "refusal": refusal,
        "crumbs": concept_crumbs(
            place.concept,
            Link(place.title, reading_address(request, row, place.edit, place.right)),
            Link(_("Earlier wordings")),
        ),
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/history.html", context, status=status)


def _chosen(request: MemberRequest, wordings: Sequence[Said]) -> tuple[Said | None, Said | None]:
    """The two that are compared: those asked for, else the last two."""
    by_pk = {said.pk: said for said in wordings}
    last = wordings[-1] if wordings else None
    before = wordings[-2] if len(wordings) > 1 else None
    old = by_pk.get(_number(request.GET.get("from")), before)
    new = by_pk.get(_number(request.GET.get("to")), last)
    if old and new and wordings.index(old) > wordings.index(new):
        old, new = new, old
    return old, new


def _differences(
    row: Draft, old: Said, new: Said, labels: dict[str, str]
) -> list[tuple[str, list[insights.Run]]]:
    told = []
    for name, label in labels.items():
        before, after = old.words.get(name, ""), new.words.get(name, "")
        if before != after:
            words = (queries.shown(row, name, before), queries.shown(row, name, after))
            told.append((label, insights.what_changed(*words)))
    return told


def _chosen_wording(request: MemberRequest) -> int:
    if not request.POST.get("wording"):
        raise Refusal(_("No wording was chosen."), do=_("Please choose one in the list below."))
    return _number(request.POST["wording"])


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 19 else -1
