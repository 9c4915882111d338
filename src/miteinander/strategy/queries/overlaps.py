"""Measures of different fields that may overlap: what is compared, and what people see."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from miteinander.core.models import Municipality
from miteinander.strategy.models import Concept, Measure, Overlap, OverlapRun
from miteinander.strategy.states import ConceptState, MeasureState, OverlapState


def _living(concept: Concept) -> QuerySet[Measure]:
    rows = Measure.objects.filter(goal__field__concept=concept)
    return rows.exclude(state=MeasureState.RETIRED)


def measures_to_compare(concept: Concept) -> list[Measure]:
    """What the worker compares: one query."""
    return list(_living(concept).select_related("goal").order_by("pk"))


def mark_of_measures(concept: Concept) -> str:
    """Changes when a measure is written, saved, merged or given up."""
    found = _living(concept).aggregate(n=Count("pk"), saves=Sum("revision"))
    return f"{found['n']}:{found['saves'] or 0}"


def concepts_to_compare() -> list[Concept]:
    """Editions being drafted whose measures have changed since they were last compared."""
    living = ~Q(fields__goals__measures__state=MeasureState.RETIRED)
    rows: Any = Concept.objects.filter(state=ConceptState.DRAFTING).annotate(
        n=Count("fields__goals__measures", filter=living),
        saves=Sum("fields__goals__measures__revision", filter=living),
        seen=F("overlap_run__seen"),
    )
    return [
        row
        for row in rows.order_by("pk")
        if (row.n > 1 or row.seen) and row.seen != f"{row.n}:{row.saves or 0}"
    ]


def concept_to_compare(pk: int) -> Concept:
    """For the worker, which has no standing."""
    return Concept.objects.get(pk=pk)


def overlaps_of(concept: Concept) -> list[Overlap]:
    """Open pairs of living measures still in different fields, likeliest first: one query."""
    rows = Overlap.objects.filter(concept=concept, state=OverlapState.OPEN)
    for name in ("first", "second"):
        rows = rows.exclude(**{f"{name}__state": MeasureState.RETIRED})
    rows = rows.exclude(first__goal__field=F("second__goal__field"))
    return list(_with_measures(rows))


def decided_overlaps(concept: Concept) -> list[Overlap]:
    """What people said about earlier ones, the latest first: one query."""
    rows = Overlap.objects.filter(concept=concept).exclude(state=OverlapState.OPEN)
    return list(_with_measures(rows).order_by("-decided_on", "-pk")[:50])


def overlaps_in(municipality: Municipality) -> QuerySet[Overlap]:
    return _with_measures(Overlap.objects.filter(concept__municipality=municipality))


def _with_measures(rows: QuerySet[Overlap]) -> QuerySet[Overlap]:
    return rows.select_related(
        "concept", "first__lead", "first__goal__field", "second__lead", "second__goal__field"
    )


def overlap_run_of(concept: Concept) -> OverlapRun | None:
    return OverlapRun.objects.filter(concept=concept).first()
