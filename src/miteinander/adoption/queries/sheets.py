"""What a version holds of each measure sheet besides the measure's own columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from miteinander.adoption.queries.surroundings import day, named
from miteinander.strategy.models import Concept, Indicator, Measure
from miteinander.strategy.queries import own_answers, own_fields_of


def number(value: Decimal | None) -> str | None:
    """A number in plain digits without trailing zeros: canonical JSON knows no decimals."""
    if value is None:
        return None
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def sheets_of(concept: Concept, measures: Sequence[Measure]) -> dict[int, dict[str, Any]]:
    """Indicators, dependencies among the measures of this version, own fields that are public.

    By the measure's key: three queries, however many measures.
    """
    known = {measure.pk: measure for measure in measures}
    indicators: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in Indicator.objects.filter(measure__in=known).order_by("measure", "position", "pk"):
        indicators[row.measure_id].append(_indicator(row))
    needed: dict[int, list[Measure]] = defaultdict(list)
    pairs = Measure.depends_on.through.objects.filter(from_measure__in=known, to_measure__in=known)
    for waiting, for_what in pairs.values_list("from_measure", "to_measure"):
        needed[waiting].append(known[for_what])
    asked = own_fields_of(concept.municipality_id)
    return {
        measure.pk: {
            "indicators": indicators[measure.pk],
            "depends_on": [
                named(m) for m in sorted(needed[measure.pk], key=lambda m: (m.title, m.pk))
            ],
            "own": [
                {"label": label, "answer": answer}
                for label, answer in own_answers(measure, asked, public_only=True)
            ],
        }
        for measure in measures
    }


def _indicator(row: Indicator) -> dict[str, Any]:
    return {
        "title": row.title,
        "unit": row.unit,
        "baseline": number(row.baseline),
        "baseline_on": day(row.baseline_on),
        "target": number(row.target),
        "target_by": day(row.target_by),
        "source": row.source,
    }
