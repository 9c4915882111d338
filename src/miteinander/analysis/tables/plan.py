"""Seatings over all rounds, and the three that show what a choice between goals costs."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.tables import group as judge
from miteinander.analysis.tables.group import Group
from miteinander.analysis.tables.search import Round, Weights, improve

Counts = NDArray[np.int64]

# Exchanges weighed over all rounds, and what a step costs beside them, in exchanges.
WORK, OVERHEAD = 30_000_000, 20_000
FEWEST_STEPS, MOST_STEPS = 100, 500

# What a first wish is worth is 10, one person outside the mix costs the first number.
LEANINGS = {
    "balanced": Weights(deviation=12, no_wish=40),
    "wishes": Weights(deviation=4, no_wish=400, wish=4.0),
    "mixing": Weights(deviation=60, no_wish=20),
}


@dataclass(frozen=True)
class Plan:
    """Seatings of all rounds (the table of each person, from 0) and how they are judged.

    `first`, `second`, `third`: people by the strongest wish they got in any round.
    `alone`: people at a table where nobody interprets for them, summed over rounds.
    `pairs_broken`: wishes of two about each other that a round does not keep, summed over rounds.
    """

    leaning: str
    seatings: tuple[Counts, ...]
    deviation: int
    without_wish: int
    first: int
    second: int
    third: int
    apart_broken: int
    repeats: int
    alone: int
    pairs_broken: int = 0


@dataclass(frozen=True)
class Seating:
    """One group and its plans: the chosen one first, the others beside it."""

    group: Group
    plans: tuple[Plan, ...]
    seconds: float

    @property
    def plan(self) -> Plan:
        return self.plans[0]

    def tables(self, plan: Plan) -> list[list[list[str]]]:
        """The ids at each table of each round."""
        return [
            [[self.group.ids[p] for p in np.flatnonzero(s == t)] for t in range(self.group.tables)]
            for s in plan.seatings
        ]


def seat(group: Group, *, rounds: int = 1, seed: int = 0, prefer: str = "balanced") -> Seating:
    """Three plans for a group; the preferred leaning comes first."""
    began = time.perf_counter()
    order = [prefer, *(name for name in LEANINGS if name != prefer)]
    plans = tuple(_plan(group, rounds=rounds, seed=seed, leaning=name) for name in order)
    return Seating(group, plans, time.perf_counter() - began)


def _plan(group: Group, *, rounds: int, seed: int, leaning: str) -> Plan:
    weights, people = LEANINGS[leaning], len(group.ids)
    seats = group.tables * group.largest_table
    sweeps = 1 if rounds == 1 else 2
    weighed = min(seats, 400) ** 2 + OVERHEAD
    steps = max(FEWEST_STEPS, min(MOST_STEPS, WORK // (weighed * rounds * sweeps)))
    rng = np.random.default_rng([seed, list(LEANINGS).index(leaning)])
    found: list[Counts] = []
    for sweep in range(sweeps):
        for number in range(rounds):
            others = [s for n, s in enumerate(found) if n != number]
            problem = Round(group, weights, judge.met(others, people), _seen(group, others))
            start = _full(group, found[number]) if sweep else _start(problem, group, rng)
            best = improve(problem, start, steps=steps, rng=rng)[:people]
            found[number : number + 1] = [best]
    return judged(group, found, leaning)


def judged(group: Group, found: list[Counts], leaning: str) -> Plan:
    """Any seating, searched or made by hand, with what it is judged by."""
    best = judge.wishes_met(group, found)
    return Plan(
        leaning=leaning,
        seatings=tuple(found),
        deviation=sum(judge.deviation(group, s) for s in found),
        without_wish=judge.without_wish(group, found),
        first=int((best == 0).sum()),
        second=int((best == 1).sum()),
        third=int((best >= 2).sum()),
        apart_broken=sum(judge.apart_broken(group, s) for s in found),
        repeats=judge.repeats(group, found),
        alone=sum(judge.not_understood(group, s) for s in found),
        pairs_broken=sum(judge.pairs_broken(group, s) for s in found),
    )


def _seen(group: Group, seatings: list[Counts]) -> Counts:
    seen = np.zeros((len(group.ids), group.tables), dtype=np.int64)
    for seating in seatings:
        seen[np.arange(len(group.ids)), seating] += 1
    return seen


def _start(problem: Round, group: Group, rng: np.random.Generator) -> Counts:
    """The best seating by wishes and earlier company alone: everybody gets one where possible.

    An assignment of people to seats, solved exactly; equals are ordered by the seed.
    """
    from scipy.optimize import linear_sum_assignment  # deferred: loaded when there is work

    sizes = [group.largest_table] * group.tables
    for table in range(problem.seats - len(group.ids)):
        sizes[-1 - table % group.tables] -= 1
    seat_of = np.repeat(np.arange(group.tables), sizes)
    seat_of = seat_of[rng.permutation(len(seat_of))]
    rows, seats = linear_sum_assignment(problem.wish[: len(group.ids)][:, seat_of])
    seating = np.empty(len(group.ids), dtype=np.int64)
    seating[rows] = seat_of[seats]
    return _full(group, seating)


def _full(group: Group, seating: Counts) -> Counts:
    """The seating with its empty seats behind it."""
    empty = group.largest_table - np.bincount(seating, minlength=group.tables)
    return np.concatenate([seating, np.repeat(np.arange(group.tables), empty)])
