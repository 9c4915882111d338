"""From expected counts to a lottery over panels that really can sit down.

Column generation: a small programme finds the weights of the panels known so far; its prices say
which panel is missing; the oracle finds it. It begins with panels that follow the target closely
(each new one reaches for what the others lack), so that few rounds are left.

The ideal comes from a relaxation; where whole people cannot reach it (small pools, narrow
quotas), the true leximin over whole panels is computed the same way, with proven prices. The work
is bounded by rounds, not by the clock, so that every machine ends with the same lottery.

Source: Flanigan, Gölz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting citizens'
assemblies", Nature 2021. New here: types, the relaxation first, the oracle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.lot.leximin import BINDING, Ideal
from miteinander.analysis.lot.panels import Oracle
from miteinander.analysis.lot.pool import Pool
from miteinander.analysis.lot.solver import INFINITY, Program

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
CLOSE = 1e-6
GAIN = 1e-8
MOST_ROUNDS = 3000
FOLLOWERS = 300


@dataclass(frozen=True)
class Lottery:
    """Panels (as counts of cells, one a row) and the chance of each.

    `target` are the chances of the people of each cell in the fairest lottery known to be
    possible or not known to be impossible; `bound` is what no lottery's smallest chance exceeds.
    """

    panels: Counts
    weights: Floats
    target: Floats
    bound: float

    @property
    def expected(self) -> Floats:
        return np.asarray(self.weights @ self.panels)


class _Master:
    """The chances of the panels known so far: as close to the target as they allow."""

    def __init__(self, pool: Pool, oracle: Oracle) -> None:
        self.members = pool.cells.members.astype(float)
        self.oracle = oracle
        self.panels: list[Counts] = []
        self._known: set[bytes] = set()
        self.rounds = 0

    def program(self, sign: float) -> Program:
        """Variable 0 is the shortfall (sign 1, minimised) or the level (sign -1, maximised)."""
        program = Program(maximise=sign < 0, growing=True)
        program.add_columns(np.array([0.0]), np.array([1.0]))
        program.cost(np.array([1.0]))
        for _ in self.members:
            program.add_row(0.0, INFINITY, np.array([0]), np.array([sign]))
        program.add_row(1.0, 1.0, np.array([], dtype=np.intp), np.array([]))
        for panel in self.panels:
            self._into(program, panel)
        return program

    def _into(self, program: Program, panel: Counts) -> None:
        used = np.flatnonzero(panel)
        program.add_column(
            np.append(used, len(self.members)), np.append(panel[used] / self.members[used], 1.0)
        )

    def know(self, panel: Counts, *programs: Program) -> bool:
        """Remember a panel; False when it was known."""
        mark = panel.tobytes()
        if mark in self._known:
            return False
        self._known.add(mark)
        self.panels.append(panel)
        for program in programs:
            self._into(program, panel)
        return True

    def widen(self, program: Program, prices: Floats, value: float) -> float:
        """Add the panel that the prices ask for; how much the proven best exceeds `value`.

        INFINITY when a cheap panel was found and nothing had to be proven.
        """
        self.rounds += 1
        costs = prices / self.members
        near = self.oracle.near_best(costs)
        if costs @ near > value + GAIN and self.know(near, program):
            return INFINITY
        best = self.oracle.best(costs)
        excess = float(costs @ best) - value
        if excess <= GAIN or not self.know(best, program):
            return max(excess, 0.0)
        return INFINITY


def realise(pool: Pool, fairest: Ideal) -> Lottery:
    """A lottery whose smallest chances are the largest possible."""
    oracle = Oracle(pool)
    master = _Master(pool, oracle)
    target = pool.cells.probabilities(fairest.expected)
    for panel in follow(oracle, fairest.expected, pool.cells.members, FOLLOWERS):
        master.know(panel)
    weights, shortfall = _approach(master, target)
    if shortfall <= CLOSE:
        return _lottery(master, weights, target, fairest.bound)
    exact = _leximin(master)
    if exact is None:  # out of rounds: the lottery stands, and its shortfall is said
        return _lottery(master, weights, target, fairest.bound)
    weights, target, bound = exact
    return _lottery(master, weights, target, min(bound, fairest.bound))


def follow(oracle: Oracle, expected: Floats, members: Counts, count: int) -> list[Counts]:
    """`count` panels whose mean stays close to the expected counts, one after the other."""
    missing, panels = np.zeros(len(expected)), []
    for _ in range(count):
        missing = missing + expected
        panel = oracle.near_best(missing / members)
        missing = missing - panel
        panels.append(panel)
    return panels


def _lottery(master: _Master, weights: Floats, target: Floats, bound: float) -> Lottery:
    used = np.flatnonzero(weights > 1e-12)
    kept = weights[used] / weights[used].sum()
    return Lottery(np.array([master.panels[p] for p in used]), kept, target, bound)


def _approach(master: _Master, target: Floats) -> tuple[Floats, float]:
    """The weights with the smallest largest shortfall, until close or proven."""
    program = master.program(1.0)
    for cell, chance in enumerate(target):
        program.row_bounds(cell, float(chance), INFINITY)
    while True:
        program.solve()
        values, duals = program.values(), program.duals()
        if values[0] <= CLOSE / 10 or master.rounds >= MOST_ROUNDS // 2:
            break
        if master.widen(program, duals[:-1], -float(duals[-1])) < INFINITY:
            break
    return values[1:], float(values[0])


def _leximin(master: _Master) -> tuple[Floats, Floats, float] | None:
    """Leximin over whole panels: level after level, each proven by its prices."""
    program = master.program(-1.0)
    count = len(master.members)
    open_ = np.ones(count, dtype=bool)
    target = np.zeros(count)
    bound: float | None = None
    while open_.any():
        while True:
            if not program.solve():
                return None
            values, duals = program.values(), program.duals()
            if master.rounds >= MOST_ROUNDS:
                return None
            prices = np.abs(duals[:-1])
            excess = master.widen(program, prices, float(duals[-1]))
            if excess < INFINITY:
                break
        level = float(values[0])
        bound = level + excess if bound is None else bound
        holding = open_ & (prices > BINDING)
        reached = holding if holding.any() else open_.copy()
        for cell in np.flatnonzero(reached):
            target[cell] = level
            program.coefficient(int(cell), 0, 0.0)
            program.row_bounds(int(cell), max(level - 1e-10, 0.0), INFINITY)
        open_ &= ~reached
    return values[1:], target, min(max(bound or 0.0, 0.0), 1.0)
