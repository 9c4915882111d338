"""What unites, what distinguishes, what divides, and what is still open: the rows worth telling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.opinion.statistics import divisiveness, interval

if TYPE_CHECKING:
    from miteinander.analysis.opinion.result import OpinionMap

SAFE = 0.5
"""What unites has its lower bound above this share in every group."""
WIDE = 0.4
"""A share whose interval is wider than this is not known yet."""
MANY_PASS = 0.4


@dataclass(frozen=True)
class Findings:
    """Rows of statements with the figures that are told about them, the most telling first."""

    uniting: list[tuple[int, float, bool]]
    """Row, the smallest smoothed share in any group, whether by agreeing."""
    distinguishing: list[tuple[int, list[tuple[int, float, float, bool]]]]
    """Group, and its rows: share inside, share in the other groups, whether by agreeing."""
    dividing: list[tuple[int, float, float]]
    """Row, shares that agree and disagree."""
    uncertain: list[int]


def findings(found: OpinionMap) -> Findings:
    """Sort the statements into what is worth telling; a statement may be told twice."""
    uncertain = _uncertain(found)
    return Findings(
        uniting=_uniting(found, set(uncertain)),
        distinguishing=_distinguishing(found),
        dividing=_dividing(found, set(uncertain)),
        uncertain=uncertain,
    )


def _totals(found: OpinionMap) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    agree, disagree, passed = (found.votes.counts(value) for value in (1, -1, 0))
    return agree, disagree, agree + disagree + passed


def _uncertain(found: OpinionMap) -> list[int]:
    agree, disagree, seen = _totals(found)
    widths = [high - low for low, high in (interval(agree, seen), interval(disagree, seen))]
    share = 1 - (agree + disagree) / np.maximum(seen, 1)
    is_open = (np.maximum(*widths) > WIDE) | (share >= MANY_PASS) | (seen < found.threshold)
    return [int(row) for row in np.flatnonzero(is_open)]


def _uniting(found: OpinionMap, uncertain: set[int]) -> list[tuple[int, float, bool]]:
    numbers = found.statistics
    if found.k:
        sides = (
            (numbers.counts.agree, numbers.counts.seen, numbers.least_agree, True),
            (numbers.counts.disagree, numbers.counts.seen, numbers.least_disagree, False),
        )
        is_whole = ~np.isnan(numbers.least_agree)
        is_told = np.array(found.is_large, dtype=bool)
    else:
        agree, disagree, seen = _totals(found)
        sides = (
            (agree[:, None], seen[:, None], (agree + 1) / (seen + 2), True),
            (disagree[:, None], seen[:, None], (disagree + 1) / (seen + 2), False),
        )
        is_whole = seen >= found.threshold
        is_told = np.ones(1, dtype=bool)
    rows = []
    for successes, seen_by, least, agrees in sides:
        low, _high = interval(successes, seen_by)
        is_safe = (low[:, is_told].min(axis=1, initial=1) > SAFE) & is_whole
        rows += [
            (int(row), float(least[row]), agrees)
            for row in np.flatnonzero(is_safe)
            if int(row) not in uncertain
        ]
    return sorted(rows, key=lambda each: (-each[1], each[0]))


def _distinguishing(
    found: OpinionMap,
) -> list[tuple[int, list[tuple[int, float, float, bool]]]]:
    numbers = found.statistics
    told = []
    for group, named in enumerate(numbers.representative):
        rows = []
        for row, agrees in named:
            of = numbers.counts.agree if agrees else numbers.counts.disagree
            seen = numbers.counts.seen
            others = of[row].sum() - of[row, group], seen[row].sum() - seen[row, group]
            inside = of[row, group] / max(seen[row, group], 1)
            rows.append((row, float(inside), float(others[0] / max(others[1], 1)), agrees))
        if rows:
            told.append((group, rows))
    return told


def _dividing(found: OpinionMap, uncertain: set[int]) -> list[tuple[int, float, float]]:
    agree, disagree, seen = _totals(found)
    whole = np.maximum(seen, 1)
    both = divisiveness(agree, disagree, seen)
    rows = [int(row) for row in np.argsort(-both, kind="stable") if both[row] >= SAFE]
    return [
        (row, float(agree[row] / whole[row]), float(disagree[row] / whole[row]))
        for row in rows
        if row not in uncertain
    ]
