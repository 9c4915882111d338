"""How many there are, and whom they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet

from miteinander.core.prepared import prepared
from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Goal
from miteinander.strategy.queries.outline import OF_A_THEME
from miteinander.strategy.states import MeasureState


@prepared(concept=BigIntegerField())
def _fields_below(*, concept: Any, everything: bool) -> QuerySet[FieldOfAction]:
    seen = Q() if everything else Q(is_public=True)
    return FieldOfAction.objects.filter(seen, concept=concept).order_by("position", "pk")


def fields_of(concept: Concept, *, public_only: bool) -> list[FieldOfAction]:
    """Read the fields of an edition in their order (its page)."""
    return _fields_below(concept=concept.pk, everything=not public_only)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A cross-cutting theme, and how many measures of each field take it up."""

    theme: CrossCuttingTheme
    by_field: Mapping[int, int]


def coverage_of(
    concept: Concept, *, public_only: bool, adopted_only: bool = False
) -> list[Coverage]:
    """Read the living cross-cutting themes of an edition in their order, counted: one query.

    Counted are living measures, or those that were adopted (the page of the implementation).
    """
    rows = _coverage(concept=concept.pk, public_only=public_only, adopted_only=adopted_only)
    themes: dict[int, CrossCuttingTheme] = {}
    counts: dict[int, dict[int, int]] = {}
    for pk, *values, field, count in rows:
        if pk not in themes:
            named = dict(zip(OF_A_THEME, values, strict=True))
            themes[pk] = CrossCuttingTheme(
                pk=pk, municipality_id=concept.municipality_id, kind=CrossCuttingTheme.KIND, **named
            )
        by_field = counts.setdefault(pk, {})
        if count:
            by_field[field] = count
    return [Coverage(theme, counts[pk]) for pk, theme in themes.items()]


@prepared(concept=BigIntegerField())
def _coverage(*, concept: Any, public_only: bool, adopted_only: bool) -> QuerySet[Any, Any]:
    seen = Q(is_public=True) if public_only else Q()
    counted = (
        Q(measures__state=MeasureState.ADOPTED)
        if adopted_only
        else ~Q(measures__state=MeasureState.RETIRED)
    )
    if public_only:
        counted &= Q(measures__is_public=True)
    found = CrossCuttingTheme.objects.filter(seen, concept=concept, retired_on=None)
    rows: QuerySet[Any, Any] = (
        found.values_list("pk", *OF_A_THEME, "measures__goal__field")
        .annotate(n=Count("measures", filter=counted))
        .order_by("position", "pk")
    )
    return rows


@dataclass(frozen=True, slots=True)
class FieldCount:
    goals: int
    measures: int


def counts_by_field(concept: Concept, *, public_only: bool) -> dict[int, FieldCount]:
    """Count living goals and measures per field: one query (concept page)."""
    return {
        field: FieldCount(goals, measures)
        for field, goals, measures in _counted_below(concept=concept.pk, public_only=public_only)
    }


@prepared(concept=BigIntegerField())
def _counted_below(*, concept: Any, public_only: bool) -> QuerySet[Any, Any]:
    seen = Q(is_public=True) if public_only else Q()
    living = ~Q(measures__state=MeasureState.RETIRED)
    if public_only:
        living &= Q(measures__is_public=True)
    found = Goal.objects.filter(seen, field__concept=concept, retired_on=None)
    rows: QuerySet[Any, Any] = found.values_list("field").annotate(
        goals=Count("pk", distinct=True), n=Count("measures", filter=living)
    )
    return rows
