"""How many: read from counters that the actions keep, never counted on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, QuerySet

from miteinander.core.models import Thing
from miteinander.core.prepared import prepared
from miteinander.participation.models import ContributionCount
from miteinander.participation.states import COUNTED, ContributionState


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one process, call or theme."""

    received: int = 0
    """What people said; parts of a split contribution are not counted twice."""
    waiting: int = 0
    published: int = 0
    internal: int = 0
    refused: int = 0
    withdrawn: int = 0
    counted: int = 0
    """Contributions that are worked with and must be answered, without parts."""
    answered: int = 0
    """How many of them are."""
    unanswered: int = 0
    """Everything that still needs an answer, parts of a split contribution included."""


def figures_of(scopes: Iterable[Thing | int]) -> dict[int, Figures]:
    """The numbers of some processes, calls or themes: one query for all."""
    ids = [scope.pk if isinstance(scope, Thing) else scope for scope in scopes]
    totals: dict[int, dict[str, int]] = {pk: {} for pk in ids}
    for row in _counters(scopes=ids):
        for name in _names(row):
            kept = totals[row.scope_id]
            kept[name] = kept.get(name, 0) + row.count
    return {pk: Figures(**numbers) for pk, numbers in totals.items()}


@prepared(scopes=BigIntegerField())
def _counters(*, scopes: Any) -> QuerySet[ContributionCount]:
    return ContributionCount.objects.filter(scope__id__in=scopes)


def figures(scope: Thing | int) -> Figures:
    """The numbers of one process, call or theme: one query."""
    return next(iter(figures_of([scope]).values()))


NAMES = {
    ContributionState.SUBMITTED: "waiting",
    ContributionState.PUBLISHED: "published",
    ContributionState.INTERNAL: "internal",
    ContributionState.REFUSED: "refused",
    ContributionState.WITHDRAWN: "withdrawn",
}


def _names(row: ContributionCount) -> list[str]:
    names = [NAMES[ContributionState(row.state)]]
    if not row.is_part:
        names.append("received")
    elif row.state == ContributionState.WITHDRAWN:
        return []  # went with the whole, or its splitting was undone: nobody took it back by itself
    if row.state in COUNTED:
        if not row.is_answered:
            names.append("unanswered")
        if not row.is_part:
            names += ["counted", "answered"] if row.is_answered else ["counted"]
    return names
