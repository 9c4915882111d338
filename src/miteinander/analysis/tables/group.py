"""Who is to be seated, and what a seating is judged by."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST_OF_ONE = 2
WORTH = (10.0, 6.0, 3.0)


@dataclass(frozen=True)
class Group:
    """People (rows) and what is known about them.

    `mix`: for each attribute the number of a person's value, -1 where it is not known.
    `apart`: the number of their institution, -1 without one. `wishes`: people × ranks, tables
    from 0, -1 for no wish. `needs`, `speaks`: people × languages, booleans. `pairs`: two people
    (indices) and whether they shall sit together or shall not.
    """

    ids: tuple[str, ...]
    tables: int
    mix: tuple[Counts, ...]
    apart: Counts
    wishes: Counts
    needs: NDArray[np.bool_]
    speaks: NDArray[np.bool_]
    pairs: tuple[tuple[int, int, bool], ...] = field(default=())

    @property
    def smallest_table(self) -> int:
        return len(self.ids) // self.tables

    @property
    def largest_table(self) -> int:
        return -(-len(self.ids) // self.tables)


def deviation(group: Group, seating: Counts) -> int:
    """People outside floor and ceiling of the proportional share, over tables and values.

    `seating` is the table of each person. A value that `c` people have is due to each of N
    tables between ⌊c/N⌋ and ⌈c/N⌉ times.
    """
    off = 0
    for values in group.mix:
        known = values >= 0
        counts = np.zeros((group.tables, int(values.max(initial=-1)) + 1), dtype=np.int64)
        np.add.at(counts, (seating[known], values[known]), 1)
        low, high = share(counts.sum(axis=0), group.tables)
        off += int(np.maximum(low - counts, 0).sum() + np.maximum(counts - high, 0).sum())
    return off


def share(count: Counts, tables: int) -> tuple[Counts, Counts]:
    """Floor and ceiling of what one of `tables` equal tables should have."""
    return count // tables, -(-count // tables)


def apart_broken(group: Group, seating: Counts) -> int:
    """People above two of one institution at a table."""
    known = group.apart >= 0
    counts = np.zeros((group.tables, int(group.apart.max(initial=-1)) + 1), dtype=np.int64)
    np.add.at(counts, (seating[known], group.apart[known]), 1)
    return int(np.maximum(counts - MOST_OF_ONE, 0).sum())


def met(seatings: list[Counts], people: int) -> Counts:
    """How often each pair sits at one table (people × people, nought on the diagonal)."""
    together = np.zeros((people, people), dtype=np.int64)
    for seating in seatings:
        together += seating[:, None] == seating[None, :]
    np.fill_diagonal(together, 0)
    return together


def repeats(group: Group, seatings: list[Counts]) -> int:
    """Pairs that sit together again, counted once for each time too many."""
    return int(np.maximum(met(seatings, len(group.ids)) - 1, 0).sum()) // 2


def wishes_met(group: Group, seatings: list[Counts]) -> Counts:
    """The best rank (from 0) a person got in any round, -1 for none of their wishes."""
    best = np.full(len(group.ids), -1, dtype=np.int64)
    for rank in reversed(range(group.wishes.shape[1])):
        wish = group.wishes[:, rank]
        for seating in seatings:
            best[(wish >= 0) & (seating == wish)] = rank
    return best


def without_wish(group: Group, seatings: list[Counts]) -> int:
    """People who wished and sit at a table of their wishes in no round."""
    wished = (group.wishes >= 0).any(axis=1)
    return int((wished & (wishes_met(group, seatings) < 0)).sum())


def not_understood(group: Group, seating: Counts) -> int:
    """People at a table where nobody interprets the language they need."""
    alone = 0
    for needs, speaks in zip(group.needs.T, group.speaks.T, strict=True):
        helped = np.zeros(group.tables, dtype=bool)
        helped[seating[speaks]] = True
        alone += int((needs & ~helped[seating]).sum())
    return alone


def pairs_broken(group: Group, seating: Counts) -> int:
    """Pairs that sit together and shall not, or do not and shall."""
    return sum((seating[one] == seating[other]) != together for one, other, together in group.pairs)
