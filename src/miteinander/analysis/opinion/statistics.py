"""What groups agree on and what sets them apart, statement by statement.

All figures are about counts: of the n people of a group who saw a statement, a agreed. Shares are
smoothed as Laplace did, (a + 1)/(n + 2), so that two people out of two are not "everybody"; the
tests of one and two proportions are those of Polis, to the digit (their counts are raised by one).
Whoever tests hundreds of statements finds something by chance: what is called distinctive here has
passed Benjamini and Hochberg's bound over all statements, groups and directions at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.privacy import THRESHOLD, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from miteinander.analysis.opinion.votes import Votes

FALSE_DISCOVERIES = 0.10
MOST = 5
"""Statements that are named for a group."""


@dataclass(frozen=True)
class Counts:
    """Votes by statement (S) and group (G): int64 arrays of shape (S, G)."""

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    passed: NDArray[np.int64]

    @property
    def seen(self) -> NDArray[np.int64]:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class Statistics:
    """Everything that is said about statements; arrays of shape (S, G) or (S,).

    `is_shown` marks the cells that are about enough people; whatever is computed over groups
    leaves them out. `consensus` and the smallest shares are about all groups that are large enough
    to be told about at all, and NaN where one of these is withheld: over fewer groups they would
    look better than they are.
    """

    counts: Counts
    is_shown: NDArray[np.bool_]
    p_agree: NDArray[np.float64]
    p_disagree: NDArray[np.float64]
    z_agree: NDArray[np.float64]
    z_disagree: NDArray[np.float64]
    z_representative: NDArray[np.float64]
    z_representative_disagree: NDArray[np.float64]
    consensus: NDArray[np.float64]
    """Group-aware consensus: the product of `p_agree` over groups."""
    least_agree: NDArray[np.float64]
    """The smallest share that agrees in any group."""
    least_disagree: NDArray[np.float64]
    apart: NDArray[np.float64]
    """The largest difference between two groups in the share that agrees."""
    representative: list[list[tuple[int, bool]]]
    """For each group the statements that distinguish it, and whether by agreeing."""


def counts_by_group(votes: Votes, member: NDArray[np.int32], groups: int) -> Counts:
    """Count votes by statement and group; people without a group (-1) are left out."""
    disagree, passed, agree = (each.T for each in votes.tallied(member, groups))
    return Counts(agree, disagree, passed)


def one_proportion(successes: NDArray[np.int64], seen: NDArray[np.int64]) -> NDArray[np.float64]:
    """Whether more than half do so: z as Polis computes it, with counts raised by one."""
    n = seen + 1
    return np.asarray(2 * np.sqrt(n) * ((successes + 1) / n - 0.5))


def two_proportions(
    inside: NDArray[np.int64],
    outside: NDArray[np.int64],
    seen_inside: NDArray[np.int64],
    seen_outside: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Whether a group does so more often than the others: z as Polis computes it."""
    a, b, n, m = inside + 1, outside + 1, seen_inside + 1, seen_outside + 1
    pooled = (a + b) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (a / n - b / m) / np.sqrt(variance)
    return np.where(pooled >= 1, 0.0, z)


def statistics(
    counts: Counts,
    *,
    is_large: Sequence[bool] | None = None,
    beside: NDArray[np.int64] | None = None,
    threshold: int = THRESHOLD,
) -> Statistics:
    """All figures from the counts; cells about fewer than `threshold` people are withheld.

    `is_large` says of each group (G) whether it is told about at all, `beside` (S,) how many
    people without a group saw a statement: they can be worked out where the total is known.
    """
    seen = counts.seen
    told = np.ones(seen.shape[1], dtype=bool) if is_large is None else np.array(is_large, bool)
    others_saw = np.zeros(len(seen), dtype=np.int64) if beside is None else beside
    is_shown = np.array(
        [
            shown(row, beside=more, threshold=threshold)
            for row, more in zip(seen.tolist(), others_saw.tolist(), strict=True)
        ],
        dtype=bool,
    ).reshape(seen.shape)
    is_shown &= told
    p_agree = (counts.agree + 1) / (seen + 2)
    p_disagree = (counts.disagree + 1) / (seen + 2)
    others = seen.sum(axis=1, keepdims=True) - seen
    z_for, z_against = (
        two_proportions(each, each.sum(axis=1, keepdims=True) - each, seen, others)
        for each in (counts.agree, counts.disagree)
    )
    z_agree = one_proportion(counts.agree, seen)
    z_disagree = one_proportion(counts.disagree, seen)
    is_whole = is_shown[:, told].all(axis=1) & told.any()
    consensus = np.where(is_whole, p_agree[:, told].prod(axis=1), np.nan)
    least_agree, least_disagree = (
        np.where(is_whole, share[:, told].min(axis=1, initial=1), np.nan)
        for share in (p_agree, p_disagree)
    )
    highest = np.where(is_shown, p_agree, 0).max(axis=1, initial=0)
    lowest = np.where(is_shown, p_agree, 1).min(axis=1, initial=1)
    apart = np.where(is_shown.sum(axis=1) > 1, highest - lowest, np.nan)
    sides = (p_agree, z_agree, z_for), (p_disagree, z_disagree, z_against)
    return Statistics(
        counts=counts,
        is_shown=is_shown,
        p_agree=p_agree,
        p_disagree=p_disagree,
        z_agree=z_agree,
        z_disagree=z_disagree,
        z_representative=z_for,
        z_representative_disagree=z_against,
        consensus=consensus,
        least_agree=least_agree,
        least_disagree=least_disagree,
        apart=apart,
        representative=_representative(is_shown, *sides),
    )


def divisiveness(
    agree: NDArray[np.int64], disagree: NDArray[np.int64], seen: NDArray[np.int64]
) -> NDArray[np.float64]:
    """1 when everybody took a side and both sides are equal, 0 when nobody contradicts."""
    return np.asarray(2 * np.minimum(agree, disagree) / np.maximum(seen, 1))


def discoveries(p: NDArray[np.float64], *, rate: float = FALSE_DISCOVERIES) -> NDArray[np.bool_]:
    """Which of many tests count, so that at most a share `rate` of those is chance.

    Benjamini, Hochberg 1995. `p` are the probabilities of chance, in any shape.
    """
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")
    passes = flat[order] <= rate * np.arange(1, len(flat) + 1) / max(len(flat), 1)
    found = np.zeros(len(flat), dtype=bool)
    if passes.any():
        found[order[: int(np.flatnonzero(passes)[-1]) + 1]] = True
    return found.reshape(p.shape)


def chance(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """The one-sided probability that chance alone gives at least this z."""
    from scipy.special import ndtr  # deferred: SciPy is loaded where something is reckoned

    return np.asarray(ndtr(-z))


def interval(
    successes: NDArray[np.int64], seen: NDArray[np.int64], *, level: float = 0.9
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Within which bounds a share lies with this probability: Beta with Laplace's prior."""
    from scipy.special import betaincinv  # deferred: as above

    a, b = successes + 1.0, seen - successes + 1.0
    tail = (1 - level) / 2
    return np.asarray(betaincinv(a, b, tail)), np.asarray(betaincinv(a, b, 1 - tail))


Side = tuple["NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]"]


def _representative(
    is_shown: NDArray[np.bool_], for_: Side, against: Side
) -> list[list[tuple[int, bool]]]:
    """For each group the statements on which it stands out, the most telling first."""
    groups = is_shown.shape[1]
    if groups < 2:
        return [[] for _group in range(groups)]
    chances, worth = [], []
    for share, z_one, z_two in (for_, against):
        # Both must hold: the group leans this way, and more than the others do.
        weaker = np.where(is_shown, np.minimum(z_one, z_two), -np.inf)
        chances.append(chance(weaker))
        worth.append(share * np.maximum(z_one, 0) * np.maximum(z_two, 0))
    is_found = discoveries(np.stack(chances)) & (np.stack(worth) > 0)
    named: list[list[tuple[int, bool]]] = []
    for group in range(groups):
        found = [
            (float(worth[side][row, group]), int(row), side == 0)
            for side in (0, 1)
            for row in np.flatnonzero(is_found[side][:, group])
        ]
        found.sort(key=lambda each: (-each[0], each[1]))
        named.append([(row, agrees) for _worth, row, agrees in found[:MOST]])
    return named
