"""How far the groups can be relied upon: whether other statements would have given the same.

The statements are dealt into two halves, groups are formed from each half alone, and the two
divisions of the same people are compared (adjusted Rand index: 1 the same, 0 as by chance); that is
done many times, and the median counts. Drawing other *people* instead, the usual bootstrap, looks
far better and misleads: it keeps the very statements on which the groups rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.opinion.groups import ENOUGH, grid, k_means
from miteinander.analysis.opinion.picture import positions
from miteinander.analysis.opinion.votes import Votes

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPLITS = 20
SAMPLE = 20_000
"""So many people are enough to judge a grouping; of more, as many are drawn."""
FEWEST_STATEMENTS, FEWEST_PEOPLE = 8, 20
TENTATIVE, STABLE = 0.5, 0.75


@dataclass(frozen=True)
class Reliability:
    """`split_half_ari` is None when it could not be judged; `label` then says "unknown"."""

    split_half_ari: float | None
    label: str
    splits: int = 0


UNKNOWN = Reliability(None, "unknown")


def split_half(votes: Votes, k: int, *, splits: int = SPLITS, seed: int = 0) -> Reliability:
    """The median agreement of groupings from two halves of the statements."""
    columns = len(votes.statements)
    if k < 2 or splits < 1 or columns < FEWEST_STATEMENTS:
        return UNKNOWN
    random = np.random.default_rng(seed)
    sampled = _sample(votes, random)
    found = []
    for _split in range(splits):
        is_first = np.zeros(columns, dtype=bool)
        is_first[random.permutation(columns)[: columns // 2]] = True
        agreement = _agreement(sampled, is_first, k)
        if agreement is not None:
            found.append(agreement)
    if len(found) < max(1, splits // 2):
        return UNKNOWN
    median = float(np.median(found))
    label = "tentative" if median < TENTATIVE else "fair" if median < STABLE else "stable"
    return Reliability(median, label, len(found))


def _sample(votes: Votes, random: np.random.Generator) -> Votes:
    people = len(votes.participants)
    if people <= SAMPLE:
        return votes
    is_drawn = np.zeros(people, dtype=bool)
    is_drawn[random.choice(people, SAMPLE, replace=False)] = True
    return kept(votes, is_drawn[votes.person])


def kept(votes: Votes, is_kept: NDArray[np.bool_]) -> Votes:
    """Only some votes, of the same people on the same statements."""
    return Votes(
        votes.participants,
        votes.statements,
        votes.person[is_kept],
        votes.statement[is_kept],
        votes.value[is_kept],
        votes.texts,
    )


def _agreement(votes: Votes, is_first: NDArray[np.bool_], k: int) -> float | None:
    in_first = is_first[votes.statement]
    halves = [kept(votes, in_first), kept(votes, ~in_first)]
    seen = [np.diff(half.starts) for half in halves]
    need = max(1, min(ENOUGH, len(is_first) // 2) // 2)
    who = np.flatnonzero((seen[0] >= need) & (seen[1] >= need))
    if len(who) < max(FEWEST_PEOPLE, 2 * k):
        return None
    labels = []
    for half in halves:
        cell, centre, weight = grid(positions(half)[who])
        if len(centre) < k:
            return None
        labels.append(k_means(centre, weight, k)[cell])
    return adjusted_rand(labels[0], labels[1])


def adjusted_rand(one: NDArray[np.int32], other: NDArray[np.int32]) -> float:
    """Agreement of two divisions of the same people: 1 the same, about 0 by chance.

    Hubert, Arabie 1985. Both have shape (n,) with labels from 0.
    """
    columns = int(other.max()) + 1
    both = np.bincount(one.astype(np.int64) * columns + other).astype(np.float64)
    pairs = float((both * (both - 1)).sum()) / 2
    rows, cols = (np.bincount(each).astype(np.float64) for each in (one, other))
    in_rows = float((rows * (rows - 1)).sum()) / 2
    in_columns = float((cols * (cols - 1)).sum()) / 2
    every = len(one) * (len(one) - 1) / 2
    by_chance = in_rows * in_columns / every if every else 0.0
    most = (in_rows + in_columns) / 2
    return 1.0 if most == by_chance else (pairs - by_chance) / (most - by_chance)
