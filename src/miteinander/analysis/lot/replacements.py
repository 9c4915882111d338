"""Who moves up when people of a panel cannot come after all.

First somebody of the same type, so that nothing changes. Where nobody is left, the choice that
keeps every quota with as few other types as possible; where no choice keeps them all, the one
that misses them by as few people as possible, and it says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.lot.pool import Pool, Quota
from miteinander.analysis.lot.solver import INFINITY, Program

Counts = NDArray[np.int64]
MISSED, OTHER_TYPE = 1000.0, 1.0


@dataclass(frozen=True)
class Replacement:
    """Who leaves, who moves up (None: nobody is left), and whether both are of one type."""

    gone: int
    new: int | None
    same_type: bool


@dataclass(frozen=True)
class Replaced:
    """The panel afterwards, and the quotas it misses with the count it has."""

    panel: Counts
    replacements: tuple[Replacement, ...]
    missed: tuple[tuple[Quota, int], ...]


def replace(
    pool: Pool, panel: Counts, gone: Sequence[int], *, seed: str, away: Sequence[int] = ()
) -> Replaced:
    """Fill the places of `gone` (indices of people on the panel); the seed orders equals.

    `away` are those who left earlier, or whom nobody can ask: they do not move up.
    """
    leaving = sorted(set(gone), key=lambda person: pool.ids[person])
    staying = np.setdiff1d(panel, leaving)
    luck = np.array([_luck(seed, one) for one in pool.ids])
    taken = np.isin(np.arange(len(pool.ids)), [*panel.tolist(), *away])
    full = _full_homes(pool, staying)
    free = np.flatnonzero(~taken & ~np.isin(pool.household, full))
    chosen = _choose(pool, staying, np.array(leaving, dtype=np.int64), free, luck)
    pairs = _paired(pool, leaving, chosen, luck)
    after = np.sort(np.append(staying, chosen))
    have = pool.features[after].sum(axis=0)
    missed = tuple(
        (q, int(n)) for q, n in zip(pool.quotas, have, strict=True) if not q.low <= n <= q.high
    )
    return Replaced(after, pairs, missed)


def _luck(seed: str, one: str) -> float:
    return int(hashlib.sha256(f"{seed}:{one}".encode()).hexdigest()[:12], 16) / 16**12


def _full_homes(pool: Pool, staying: Counts) -> Counts:
    if not pool.limit:
        return np.array([], dtype=np.int64)
    homes, count = np.unique(pool.household[staying], return_counts=True)
    return np.asarray(homes[(count >= pool.limit) & (homes >= 0)])


def _kinds(pool: Pool, people: Counts) -> list[bytes]:
    return [pool.features[person].tobytes() for person in people]


def _choose(
    pool: Pool, staying: Counts, leaving: Counts, free: Counts, luck: NDArray[np.float64]
) -> Counts:
    """The people who move up: one small programme with a yes or no for everybody who is free."""
    seats = min(pool.size - len(staying), len(free))
    types = sorted(set(_kinds(pool, leaving)))
    people, quotas = len(free), len(pool.quotas)
    kinds = _kinds(pool, free)
    program = Program()
    # yes or no · misses below · misses above · places of a leaving type filled by the same type
    same = [_kinds(pool, leaving).count(kind) for kind in types]
    program.add_columns(
        np.zeros(people + 2 * quotas + len(types)),
        np.concatenate([np.ones(people), np.full(2 * quotas, float(pool.size)), same]),
    )
    everyone = np.arange(people)
    program.add_row(seats, seats, everyone, np.ones(people))
    have = pool.features[staying].sum(axis=0)
    for n, quota in enumerate(pool.quotas):
        count = np.flatnonzero(pool.features[free, n])
        for side, sign, bound in ((0, 1.0, quota.low), (1, -1.0, quota.high)):
            slack = people + side * quotas + n
            low, high = (bound - have[n], INFINITY) if not side else (-INFINITY, bound - have[n])
            program.add_row(
                low, high, np.append(count, slack), np.append(np.ones(len(count)), sign)
            )
    for n, kind in enumerate(types):
        fits = np.array([p for p in range(people) if kinds[p] == kind], dtype=np.intp)
        program.add_row(
            -INFINITY,
            0.0,
            np.append(fits, people + 2 * quotas + n),
            np.append(-np.ones(len(fits)), 1.0),
        )
    _limit_homes(pool, program, staying, free)
    program.whole()
    program.cost(
        np.concatenate(
            [
                luck[free] / (2.0 * max(pool.size, 1)),
                np.full(2 * quotas, MISSED),
                np.full(len(types), -OTHER_TYPE),
            ]
        )
    )
    if not program.solve():
        return np.array([], dtype=np.int64)
    return np.asarray(free[program.values()[:people] > 0.5])


def _limit_homes(pool: Pool, program: Program, staying: Counts, free: Counts) -> None:
    if not pool.limit:
        return
    for home in np.unique(pool.household[free]):
        if home >= 0:
            lives = np.flatnonzero(pool.household[free] == home)
            room = pool.limit - int((pool.household[staying] == home).sum())
            program.add_row(-INFINITY, float(room), lives, np.ones(len(lives)))


def _paired(
    pool: Pool, leaving: list[int], chosen: Counts, luck: NDArray[np.float64]
) -> tuple[Replacement, ...]:
    """Each place gets a name: the same type first, then by luck."""
    waiting = sorted(chosen.tolist(), key=lambda person: luck[person])
    found: dict[int, Replacement] = {}
    for person in leaving:
        same = next((w for w in waiting if (pool.features[w] == pool.features[person]).all()), None)
        if same is not None:
            waiting.remove(same)
            found[person] = Replacement(person, same, same_type=True)
    for person in leaving:
        if person not in found:
            new = waiting.pop(0) if waiting else None
            found[person] = Replacement(person, new, same_type=False)
    return tuple(found[person] for person in leaving)
