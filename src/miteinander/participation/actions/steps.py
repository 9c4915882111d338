"""Remembering what stood before an operation of sorting, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from miteinander.core.models import Event, Link
from miteinander.participation.models import Contribution, SortingStep, Theme


def remember(event: Event, process: int, **before: Any) -> SortingStep:
    """Keep what stood before what an event tells of, in the caller's transaction.

    `stitch` is the last stitch that was sewn by then: later ones may build upon the operation.
    """
    stitch = Link.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return SortingStep.objects.create(
        process_id=process, event=event, before={**before, "stitch": stitch}
    )


def lay(rows: Iterable[Contribution], themes: dict[int, int | None]) -> list[list[object]]:
    """Which contributions, in which theme they lay before, and whether they are answered now."""
    return [[row.pk, themes.get(row.pk), row.is_answered] for row in rows]


def closed_among(themes: Iterable[int | None]) -> list[int]:
    """Those of some themes that were closed already: into them, undoing may put back."""
    keys = {theme for theme in themes if theme is not None}
    found = Theme.objects.filter(pk__in=keys, retired_on__isnull=False)
    return sorted(found.values_list("pk", flat=True))
