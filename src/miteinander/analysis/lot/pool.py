"""Who may be drawn, how many the panel needs of whom, and the few kinds of people that matter.

People who are equal in every quota are interchangeable: they become one *type* with a
multiplicity, and a panel becomes a small vector of counts (825 people are 173 types). That is
exact, because a fair lottery treats equals equally.

With a limit per household the types are finer: people whose household could exceed the limit
form cells by what their household looks like. Households that look alike are interchangeable
too, so "at most k of each household" is, over the counts, "at most k times their number": such a
table of people × households has whole solutions whenever it has fractional ones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Quota:
    """Of the panel, `low` to `high` people have the feature (``gender``, ``female``)."""

    category: str
    feature: str
    low: int
    high: int

    def named(self, bound: str) -> str:
        return f"{self.category}: {self.feature}, {bound}"


@dataclass(frozen=True)
class Pool:
    """The people who may be drawn (rows), the quotas, and the size of the panel.

    `features`: for each person, which quotas they count for (people × quotas, booleans).
    `household`: the number of a person's household, -1 for people without one.
    """

    ids: tuple[str, ...]
    quotas: tuple[Quota, ...]
    size: int
    features: NDArray[np.bool_]
    household: Counts
    limit: int = 0
    cells: Cells = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", _cells(self.features, self.household, self.limit))

    def holds(self, panel: Counts) -> bool:
        """Whether these people (indices) are a panel: size, each once, quotas, households."""
        have = self.features[panel].sum(axis=0)
        homes = self.household[panel]
        _, together = np.unique(homes[homes >= 0], return_counts=True)
        return (
            len(panel) == self.size == len(np.unique(panel))
            and all(q.low <= n <= q.high for q, n in zip(self.quotas, have, strict=True))
            and not (self.limit and (together > self.limit).any())
        )


@dataclass(frozen=True)
class Cells:
    """Interchangeable people as one cell each, in an order that no order of rows changes.

    `of`: the cell of each person. `members`: people in each cell. `most`: the most of them that
    can sit on one panel. `features`: cells × quotas. `homes`: the kind of household of each cell
    (-1: no limit applies), `home_count`: how many households of each kind there are.
    """

    of: Counts
    members: Counts
    most: Counts
    features: NDArray[np.bool_]
    homes: Counts
    home_count: Counts

    def __len__(self) -> int:
        return len(self.members)

    def probabilities(self, expected: Floats) -> Floats:
        """The chance of a person in each cell from the expected count of the cell."""
        return expected / self.members


def _cells(features: NDArray[np.bool_], household: Counts, limit: int) -> Cells:
    kinds = [tuple(np.flatnonzero(row).tolist()) for row in features]
    lives: dict[int, list[int]] = defaultdict(list)
    if limit:
        for person, home in enumerate(household.tolist()):
            if home >= 0:
                lives[home].append(person)
    looks: dict[int, tuple[tuple[int, ...], ...]] = {}
    count: dict[tuple[tuple[int, ...], ...], int] = defaultdict(int)
    for people in lives.values():
        if len(people) > limit:
            look = tuple(sorted(kinds[person] for person in people))
            count[look] += 1
            looks.update(dict.fromkeys(people, look))
    keys = [(kinds[person], looks.get(person, ())) for person in range(len(kinds))]
    order = sorted(set(keys))
    number = {key: cell for cell, key in enumerate(order)}
    of = np.array([number[key] for key in keys], dtype=np.int64)
    members = np.bincount(of, minlength=len(order))
    home_kinds = sorted(count)
    most = [
        members[cell] if not look else count[look] * min(look.count(kind), limit)
        for cell, (kind, look) in enumerate(order)
    ]
    width = features.shape[1]
    return Cells(
        of=of,
        members=members,
        most=np.array(most, dtype=np.int64),
        features=np.array(
            [[q in kind for q in range(width)] for kind, _ in order], dtype=bool
        ).reshape(len(order), width),
        homes=np.array(
            [home_kinds.index(look) if look else -1 for _, look in order], dtype=np.int64
        ),
        home_count=np.array([count[look] for look in home_kinds], dtype=np.int64),
    )


@dataclass(frozen=True)
class Rows:
    """The linear description of a panel over the counts of the cells: low ≤ matrix·x ≤ high."""

    matrix: Floats
    low: Floats
    high: Floats


def rows(pool: Pool) -> Rows:
    """The size, then the quotas, then the households."""
    cells = pool.cells
    kinds = len(cells.home_count)
    matrix = np.vstack(
        [
            np.ones((1, len(cells))),
            cells.features.T.astype(float),
            (cells.homes == np.arange(kinds)[:, None]).astype(float),
        ]
    )
    low = [pool.size, *(q.low for q in pool.quotas), *[0] * kinds]
    high = [
        pool.size,
        *(q.high for q in pool.quotas),
        *(pool.limit * cells.home_count).tolist(),
    ]
    return Rows(matrix, np.array(low, dtype=float), np.array(high, dtype=float))
