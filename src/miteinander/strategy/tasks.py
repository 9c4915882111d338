"""What the worker does for concepts: long documents, overlaps, and what is let go of."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.community.queries import standing_of
from miteinander.core.errors import Refusal
from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job, report
from miteinander.core.standing import Standing
from miteinander.core.wordlist import words_in
from miteinander.strategy import actions, insights, queries, readers
from miteinander.strategy.queries import (
    concept_import_to_read,
    concept_imports_left,
    import_is_worked_on,
)


@job(readers.READ, label=_("Read a document for the concept"))
def read_document(found: int) -> None:
    waiting = concept_import_to_read(found)
    if waiting is not None and import_is_worked_on(waiting):
        readers.prepare(waiting, at=timezone.now(), report=report)


@job(readers.TAKE_IN, label=_("Take a document over into the concept"))
def take_in_document(found: int) -> None:
    """Whoever confirmed it is its owner; a second run finds nothing left to do."""
    waiting = concept_import_to_read(found)
    if waiting is None or not import_is_worked_on(waiting):
        return
    at = timezone.now()
    by = standing_of(waiting.concept.municipality, waiting.owner, at=at)
    # It could not be written: the preview was made anew, says why, and waits for its owner's word.
    with contextlib.suppress(Refusal):
        readers.take_in(waiting, by=by, at=at)


def _a_document_was_left(at: datetime) -> bool:
    return concept_imports_left(at).exists()


@job(
    "strategy.sweep_documents",
    label=_("Let go of documents that nobody has decided about"),
    every=timedelta(hours=1),
    when=_a_document_was_left,
)
def sweep_documents() -> None:
    actions.sweep_documents(at=timezone.now())


@forgets("strategy.documents")
def forget_in_documents(person: int, _by: Standing, _at: datetime) -> None:
    """A document in which somebody may stand who is to be forgotten is let go, with its preview."""
    actions.forget_in_documents(person)


def _some_have_changed(at: datetime) -> bool:
    del at
    return bool(queries.concepts_to_compare())


@job(
    "strategy.compare_measures",
    label=_("Look for measures that may overlap"),
    every=timedelta(minutes=2),
    when=_some_have_changed,
)
def compare_measures() -> None:
    """Every edition whose measures changed; what is written meanwhile is seen next time."""
    for concept in queries.concepts_to_compare():
        seen = queries.mark_of_measures(concept)
        sheets = [
            insights.Sheet(
                pk=measure.pk,
                field=measure.goal.field_id,
                words=f"{measure.title}. {measure.summary} {measure.text}",
                lead=measure.lead_id,
                groups=words_in(measure.target_groups),
            )
            for measure in queries.measures_to_compare(concept)
        ]
        found = insights.overlaps_among(sheets)
        actions.keep_overlaps(concept, found, seen=seen, at=timezone.now())


@forgets("strategy.looks")
def forget_looks(person: int, by: Standing, at: datetime) -> None:
    """Whoever is forgotten leaves no trace of when they looked, and of where they are now."""
    del by, at
    actions.forget_looks_of(person)
    actions.forget_presence_of(person)


def _somebody_has_gone(at: datetime) -> bool:
    return queries.presences_left(at).exists()


@job(
    "strategy.sweep_presences",
    label=_("Forget who was writing where"),
    every=timedelta(minutes=5),
    when=_somebody_has_gone,
)
def sweep_presences() -> None:
    actions.sweep_presences(at=timezone.now())
