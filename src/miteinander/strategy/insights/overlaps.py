"""Measures of different fields that may be about the same: pairs, with what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEIGHBOURS = 8
"""So many nearest texts are looked at for each measure."""
NEAR = 0.3
"""From here on two texts are called related (docs/methods/similar.md)."""
FAINT = 0.1
"""Enough where lead and target group are the same as well."""
MOST_PAIRS = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is compared of a measure."""

    pk: int
    field: int
    words: str
    lead: int | None
    groups: tuple[str, ...]
    """Target groups as they are written; compared without regard to capital letters."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures of different fields, the lower key first, and what they share."""

    first: int
    second: int
    score: float
    why: tuple[str, ...]
    groups: tuple[str, ...]


def overlaps_among(sheets: Sequence[Sheet]) -> list[Pair]:
    """Measures of different fields that may be about the same, the likeliest first.

    Near words are enough. Faint likeness counts where both have the same lead and share a target
    group: two groups that plan with one institution for the same people should know.
    """
    from miteinander.analysis.similar import Index  # deferred: only the worker needs NumPy

    if len(sheets) < 2:
        return []
    texts = [sheet.words for sheet in sheets]
    # The nearest text of each is itself.
    found = Index(texts).neighbours(texts, count=NEIGHBOURS + 1).neighbours
    pairs: dict[tuple[int, int], Pair] = {}
    for row, near in enumerate(found):
        for neighbour in near:
            one, other = sheets[row], sheets[neighbour.row]
            if one.field == other.field:
                continue
            low, high = (one, other) if one.pk < other.pk else (other, one)
            if pair := _pair(low, high, neighbour.score):
                pairs.setdefault((pair.first, pair.second), pair)
    return sorted(pairs.values(), key=lambda p: (-p.score, p.first, p.second))[:MOST_PAIRS]


def _pair(one: Sheet, other: Sheet, score: float) -> Pair | None:
    others = {group.casefold() for group in other.groups}
    groups = tuple(group for group in one.groups if group.casefold() in others)
    same_lead = one.lead is not None and one.lead == other.lead
    if score < NEAR and not (score >= FAINT and same_lead and groups):
        return None
    shared = (("words", score >= NEAR), ("target_groups", bool(groups)), ("lead", same_lead))
    return Pair(one.pk, other.pk, score, tuple(name for name, is_so in shared if is_so), groups)
