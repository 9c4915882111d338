"""What the worker does for the concept, and what strategy lets go of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from miteinander.core.forgetting import forgets
from miteinander.core.jobs import job
from miteinander.core.standing import Standing
from miteinander.core.wordlist import words_in
from miteinander.strategy import actions, insights, queries


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
                groups=frozenset(word.casefold() for word in words_in(measure.target_groups)),
            )
            for measure in queries.measures_to_compare(concept)
        ]
        found = insights.overlaps_among(sheets)
        actions.keep_overlaps(concept, found, seen=seen, at=timezone.now())


@forgets("strategy.brief_looks")
def forget_brief_looks(person: int, by: Standing, at: datetime) -> None:
    """Whoever is forgotten leaves no trace of when they read."""
    del by, at
    actions.forget_looks_of(person)
