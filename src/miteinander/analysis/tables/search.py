"""Better seatings by exchanging two people, all exchanges weighed at once.

Everything a seating is judged by is a sum over tables, so what an exchange of two people would
change follows from a few small tables of numbers; for 200 people all 40,000 exchanges are weighed
in about a millisecond. The search takes the best one, even when it is for the
worse, and forbids its undoing for a while (tabu search). It ends after a fixed number of steps,
never by the clock: every machine finds the same seating.

Tables of unequal size hold empty seats, which are exchanged like people.

Not chosen: an integer programme. It proves more and takes minutes where this takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.tables.group import MOST_OF_ONE, WORTH, Group, share

Floats = NDArray[np.float32]
Counts = NDArray[np.int64]

NEVER = np.float32(1e9)
FORBIDDEN_FOR = 12
AT_ONCE = 60_000


@dataclass(frozen=True)
class Weights:
    """What one unit of each trouble costs, against a first wish that is worth 10."""

    deviation: float
    no_wish: float
    wish: float = 1.0
    apart: float = 1000.0
    repeat: float = 6.0
    alone: float = 500.0
    pair: float = 300.0
    empty: float = 5000.0


class Round:
    """The costs of one round for given weights; seats are people and then empty seats."""

    def __init__(self, group: Group, weights: Weights, earlier: Counts, seen: Counts) -> None:
        """The other rounds: `earlier` how often each pair meets, `seen` who sits where.

        `seen` (people × tables) matters because a wish fulfilled twice is fulfilled once.
        """
        self.weights, self.people, self.tables = weights, len(group.ids), group.tables
        self.seats = group.tables * group.largest_table
        self.values, (self.low, self.high, self.unit), self.columns = _values(
            group, weights, self.seats
        )
        self.wish = np.zeros((self.seats, group.tables), dtype=np.float32)
        self.wish[: self.people] = _wish_costs(group, weights, seen)
        self.met = np.zeros((self.seats, self.seats), dtype=np.float32)
        self.met[: self.people, : self.people] = weights.repeat * earlier
        for one, other, together in group.pairs:
            price = -weights.pair if together else weights.pair
            self.met[one, other] += price
            self.met[other, one] += price
        self.any_met = bool(self.met.any())
        spoken = [n for n in range(group.needs.shape[1]) if group.needs[:, n].any()]
        self.needs = np.zeros((self.seats, len(spoken)), dtype=np.float32)
        self.speaks = np.zeros((self.seats, len(spoken)), dtype=np.float32)
        self.needs[: self.people] = group.needs[:, spoken]
        self.speaks[: self.people] = group.speaks[:, spoken]

    def cost(self, seating: Counts) -> float:
        counts = self._counts(seating)
        off = np.maximum(self.low - counts, 0) + np.maximum(counts - self.high, 0)
        same = seating[:, None] == seating[None, :]
        alone = self._alone(*self._languages(seating)).sum()
        return float(
            (off * self.unit).sum()
            + self.wish[np.arange(self.seats), seating].sum()
            + (self.met * same).sum() / 2
            + self.weights.alone * alone
        )

    def exchanges(self, seating: Counts, rows: Counts) -> Floats:
        """What each exchange of a seat in `rows` with any seat would change (rows × seats)."""
        at = np.zeros((self.seats, self.tables), dtype=np.float32)
        at[np.arange(self.seats), seating] = 1
        counts = at.T @ self.values
        less = (self._off(counts - 1) - self._off(counts)) * self.unit
        more = (self._off(counts + 1) - self._off(counts)) * self.unit
        # One leaves its table and arrives at another; a value both have does not move at all.
        leave = (self.values * less[seating]).sum(axis=1)
        arrive = self.values @ more.T + self.wish
        leave = leave - self.wish[np.arange(self.seats), seating]
        if self.any_met:
            near = self.met @ at
            arrive = arrive + near
            leave = leave - near[np.arange(self.seats), seating]
        change: Floats = leave[rows, None] + leave[None, :]
        change += arrive[rows][:, seating]
        change += arrive[:, seating[rows]].T
        both = self.values * (less + more)[seating]
        for values in self.columns:
            number = (self.values[:, values] * np.arange(1, values.stop - values.start + 1)).sum(
                axis=1
            )
            stays = both[:, values].sum(axis=1)
            change -= np.where(
                number[rows, None] == number[None, :], stays[rows, None] + stays[None, :], 0
            ).astype(np.float32)
        if self.any_met:
            change -= 2 * self.met[rows]
        if self.needs.shape[1]:
            change += self._language_change(seating, rows)
        change[seating[rows][:, None] == seating[None, :]] = NEVER
        return change

    def _counts(self, seating: Counts) -> Floats:
        counts = np.zeros((self.tables, self.values.shape[1]), dtype=np.float32)
        np.add.at(counts, seating, self.values)
        return counts

    def _off(self, counts: Floats) -> Floats:
        off: Floats = np.maximum(self.low - counts, 0) + np.maximum(counts - self.high, 0)
        return off

    def _languages(self, seating: Counts) -> tuple[Floats, Floats]:
        needs = np.zeros((self.tables, self.needs.shape[1]), dtype=np.float32)
        speaks = np.zeros_like(needs)
        np.add.at(needs, seating, self.needs)
        np.add.at(speaks, seating, self.speaks)
        return needs, speaks

    @staticmethod
    def _alone(needs: Floats, speaks: Floats) -> Floats:
        return np.where(speaks > 0, np.float32(0), needs)

    def _language_change(self, seating: Counts, rows: Counts) -> Floats:
        needs, speaks = self._languages(seating)
        change = np.zeros((len(rows), self.seats), dtype=np.float32)
        for n in range(needs.shape[1]):
            need = self.needs[None, :, n] - self.needs[rows, n][:, None]
            help_ = self.speaks[None, :, n] - self.speaks[rows, n][:, None]
            for tables, sign in ((seating[rows][:, None], 1), (seating[None, :], -1)):
                before = self._alone(needs[tables, n], speaks[tables, n])
                after = self._alone(
                    needs[tables, n] + sign * need, speaks[tables, n] + sign * help_
                )
                change += after - before
        return np.float32(self.weights.alone) * change


def improve(problem: Round, seating: Counts, *, steps: int, rng: np.random.Generator) -> Counts:
    """The best seating met within `steps` exchanges."""
    now, best = seating.copy(), seating.copy()
    cost = least = problem.cost(now)
    until = np.zeros((problem.seats, problem.tables), dtype=np.int64)
    everyone = np.arange(problem.seats)
    window = max(1, AT_ONCE // problem.seats)
    for step in range(steps):
        rows = (
            everyone
            if window >= problem.seats
            else np.sort(rng.choice(problem.seats, window, replace=False))
        )
        change = problem.exchanges(now, rows)
        back = until > step
        forbidden = back[rows][:, now] | back[:, now[rows]].T
        change[forbidden & (cost + change > least - 1e-3)] = NEVER
        one, other = np.unravel_index(int(change.argmin()), change.shape)
        gain = float(change[one, other])
        if gain >= NEVER:
            continue
        a, b = int(rows[one]), int(other)
        tenure = step + FORBIDDEN_FOR + int(rng.integers(FORBIDDEN_FOR))
        until[a, now[a]] = until[b, now[b]] = tenure
        now[a], now[b] = now[b], now[a]
        cost += gain
        if cost < least - 1e-3:
            least, best = cost, now.copy()
    return best


def _values(
    group: Group, weights: Weights, seats: int
) -> tuple[Floats, tuple[Floats, Floats, Floats], list[slice]]:
    """Seats × values, the bounds and the price of each value, and where each column of them is.

    Attributes first, then institutions, then the empty seats: no table may be too small.
    """
    parts: list[int] = [0]
    columns: list[NDArray[np.bool_]] = []
    low: list[int] = []
    high: list[int] = []
    unit: list[float] = []
    for attribute in group.mix:
        for value in range(int(attribute.max(initial=-1)) + 1):
            has = attribute == value
            least, most = share(np.array(has.sum()), group.tables)
            columns.append(has)
            low.append(int(least))
            high.append(int(most))
            unit.append(weights.deviation)
        parts.append(len(columns))
    for value in range(int(group.apart.max(initial=-1)) + 1):
        has = group.apart == value
        if has.sum() > MOST_OF_ONE:
            columns.append(has)
            low.append(0)
            high.append(MOST_OF_ONE)
            unit.append(weights.apart)
    parts.append(len(columns))
    values: Floats = np.zeros((seats, len(columns) + 1), dtype=np.float32)
    for n, column in enumerate(columns):
        values[: len(column), n] = column
    values[len(group.ids) :, -1] = 1
    lows: Floats = np.array([*low, 0], dtype=np.float32)
    highs: Floats = np.array([*high, group.largest_table - group.smallest_table], dtype=np.float32)
    units: Floats = np.array([*unit, weights.empty], dtype=np.float32)
    places = [slice(a, b) for a, b in pairwise([*parts, len(columns) + 1]) if b > a]
    return values, (lows, highs, units), places


def _wish_costs(group: Group, weights: Weights, seen: Counts) -> NDArray[np.float64]:
    """People × tables: what it costs to sit there, by wishes alone."""
    costs = np.zeros((len(group.ids), group.tables))
    wished = (group.wishes >= 0).any(axis=1)
    satisfied = np.zeros(len(group.ids), dtype=bool)
    for rank in reversed(range(group.wishes.shape[1])):
        wish = group.wishes[:, rank]
        people = np.flatnonzero(wish >= 0)
        had = seen[people, wish[people]] > 0
        satisfied[people] |= had
        worth = WORTH[min(rank, len(WORTH) - 1)]
        costs[people, wish[people]] = np.where(had, 0.0, -weights.wish * worth)
    open_ = wished & ~satisfied
    costs[open_] += np.where(costs[open_] < 0, 0.0, weights.no_wish)
    return costs
