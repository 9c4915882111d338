"""Remarks and proposed changes: made by members beside the text, answered by who writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed, require
from miteinander.strategy import actions, forms, insights, queries
from miteinander.strategy.forms.proposals import REMARK
from miteinander.strategy.states import ConceptState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
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
    from miteinander.strategy.models import Chapter, Concept, FieldOfAction, Goal, Measure
    from miteinander.ui.requests import MemberRequest

    Draft = FieldOfAction | Goal | Measure | Chapter


@dataclass(frozen=True, slots=True)
class Spot:
    """A draft in its concept, with its addresses and the right to answer."""

    concept: Concept
    title: str
    edit: str
    here: str
    right: str
    about: object


def _spot(row: Draft) -> Spot:
    concept = queries.concept_of_draft(row)
    kind = queries.kind_of(row)
    key = row.pk if kind == "chapter" else getattr(row, "identifier", "")
    edit = "measure" if kind == "measure" else f"{kind}_edit"
    writes = "write_chapter" if kind == "chapter" else "work_on_field"
    return Spot(
        concept=concept,
        title=str(row),
        edit=reverse(f"workspace:{edit}", args=[key]),
        here=reverse(f"workspace:{kind}_proposals", args=[key]),
        right=f"strategy.{writes}",
        about=concept if kind == "chapter" else row,
    )


@form_view
def field_proposals(request: MemberRequest, identifier: str) -> HttpResponse:
    return _proposals(request, field_of(request, identifier))


@form_view
def goal_proposals(request: MemberRequest, identifier: str) -> HttpResponse:
    return _proposals(request, goal_of(request, identifier))


@form_view
def measure_proposals(request: MemberRequest, identifier: str) -> HttpResponse:
    return _proposals(request, measure_of(request, identifier))


@form_view
def chapter_proposals(request: MemberRequest, pk: int) -> HttpResponse:
    return _proposals(request, chapter_of(request, pk))


def _proposals(request: MemberRequest, row: Draft) -> HttpResponse:
    """The texts to read, what was said about them, and a form to say something."""
    enter(request, "strategy.see_board")
    spot = _spot(row)
    labels = queries.labels_of(row)
    entries = [(name, labels[name]) for name in queries.open_to_proposals(row)]
    form = forms.ProposeForm(typed(request), entries=entries)

    def act() -> str:
        data = form.cleaned_data
        actions.propose_change(
            row,
            entry=data["entry"],
            passage=data["passage"],
            proposal=None if data["sort"] == REMARK else data["proposal"],
            reason=data["reason"],
            by=request.standing,
            at=request.standing.at,
        )
        return spot.here

    title = _("Remarks and proposals")
    more = {
        "spot": spot,
        "texts": [(label, getattr(row, name)) for name, label in entries if getattr(row, name)],
        "said": [
            (one, insights.what_changed(one.proposal.passage, one.proposal.proposal))
            for one in queries.proposals_of(row, labels)
        ],
        "is_drafted": spot.concept.state == ConceptState.DRAFTING,
        "may_answer": allowed(request.standing, spot.right, spot.about),
    }
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Send it to the group"),
            crumbs=concept_crumbs(
                spot.concept,
                Link(spot.title, reading_address(request, row, spot.edit, spot.right)),
                Link(title),
            ),
            done=_("It stands on this page. Whoever writes the text answers with a reason."),
        ),
        act=act,
        template="workspace/proposals.html",
        more=more,
    )


@form_view
def proposal_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept, adapt or decline with a reason, or settle a remark."""
    if not request.standing.is_member:
        raise NotThere
    rows = queries.proposals_visible_to(request.municipality, request.standing)
    found = get_object_or_404(rows, pk=pk)
    row = queries.draft_of(found)
    spot = _spot(row)
    require(request.standing, spot.right, spot.about)
    form = forms.SettleForm(typed(request), proposal=found)

    def act() -> str:
        actions.settle_proposal(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return spot.here

    labels = queries.labels_of(row)
    title = _("Answer a remark") if found.is_remark else _("Answer a proposal")
    more = {
        "found": found,
        "label": labels.get(found.entry, found.entry),
        "parts": insights.what_changed(found.passage, found.proposal),
    }
    crumbs = concept_crumbs(spot.concept, Link(spot.title, spot.here), Link(title))
    return ask(
        request,
        form,
        Question(title=title, submit=_("Answer"), crumbs=crumbs, done=_("It has been answered.")),
        act=act,
        template="workspace/proposal_settle.html",
        more=more,
    )
