"""Remarks and proposed changes: what they mean in the text as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.strategy.models import (
    ChangeProposal,
    Chapter,
    Concept,
    FieldOfAction,
    Goal,
    Measure,
)
from miteinander.strategy.models.wordings import Draft, place_of
from miteinander.strategy.queries.wordings import as_words, texts_of
from miteinander.strategy.rules import concept_of

MODELS: dict[str, Any] = {FieldOfAction.KIND: FieldOfAction, Goal.KIND: Goal, Measure.KIND: Measure}
WITH = {
    FieldOfAction.KIND: "concept__process",
    Goal.KIND: "field__concept__process",
    Measure.KIND: "goal__field__concept__process",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal beside the text as it is now."""

    proposal: ChangeProposal
    label: str
    paragraph: int | None
    """Where its words stand, from 1; None where they have changed or stand in two places."""


def open_to_proposals(row: Draft) -> tuple[str, ...]:
    """Texts that proposals may be about; a field is renamed by the coordination only."""
    texts = texts_of(row)
    return tuple(name for name in texts if not (name == "title" and isinstance(row, FieldOfAction)))


def paragraph_of(text: str, passage: str) -> int | None:
    r"""The paragraph, from 1, in which a passage begins; None unless it stands there just once.

    >>> paragraph_of("Eins.\n\nZwei Kurse.", "Zwei")
    2
    >>> paragraph_of("Kurs und Kurs", "Kurs") is None
    True
    """
    if not passage:
        return None if text.strip() else 1
    if text.count(passage) != 1:
        return None
    return len(text[: text.index(passage)].split("\n\n"))


def proposals_of(row: Draft, labels: dict[str, str]) -> list[Proposed]:
    """All proposals about a draft, the open ones first: one query."""
    rows = ChangeProposal.objects.filter(**place_of(row))
    found = [
        Proposed(
            proposal,
            labels.get(proposal.entry, proposal.entry),
            paragraph_of(as_words(getattr(row, proposal.entry, "")), proposal.passage),
        )
        for proposal in rows
    ]
    return sorted(found, key=lambda one: (one.proposal.state != "open", -one.proposal.pk))


def proposals_visible_to(
    municipality: Municipality, standing: Standing
) -> QuerySet[ChangeProposal]:
    """Members see what is proposed; nobody else does."""
    rows = ChangeProposal.objects.filter(
        Q(thing__municipality=municipality) | Q(chapter__concept__municipality=municipality)
    )
    if not sees_all(municipality, standing):
        return rows.none()
    return rows.select_related("thing", "chapter__concept__process")


def draft_of(proposal: ChangeProposal) -> Draft:
    """What a proposal is about, with its concept: one query."""
    if proposal.chapter is not None:
        return proposal.chapter
    assert proposal.thing is not None, "a constraint holds: one of the two"
    kind = proposal.thing.kind
    found: Draft = (
        MODELS[kind]._default_manager.select_related(WITH[kind]).get(pk=proposal.thing_id)
    )
    return found


def concept_of_draft(row: Draft) -> Concept:
    """The concept that a draft belongs to; follows relations, so select them."""
    found = row.concept if isinstance(row, Chapter) else concept_of(row)
    assert found is not None, "drafts belong to a concept"
    return found
