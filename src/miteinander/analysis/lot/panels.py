"""The oracle: the valid panel (as counts of cells) that weighs most.

A vertex of the linear relaxation is whole but for at most as many coordinates as there are
quotas. So the cheap answer is that vertex and a tiny integer programme over its open coordinates;
only where that fails, or where a proof is needed, the whole integer programme is solved.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.lot.pool import Pool, rows
from miteinander.analysis.lot.solver import Program

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
WHOLE = 1e-6


class Oracle:
    """Answers for one pool; keeps the programmes warm between questions."""

    def __init__(self, pool: Pool) -> None:
        self.most = pool.cells.most.astype(float)
        base = rows(pool)
        self._relaxed, self._whole = Program(maximise=True), Program(maximise=True)
        for program in (self._relaxed, self._whole):
            program.add_columns(np.zeros(len(self.most)), self.most)
            program.add_rows(base.matrix, base.low, base.high)
        self._whole.whole()

    def any_panel(self) -> Counts | None:
        """Some valid panel, or nothing when there is none."""
        self._relaxed.cost(np.zeros(len(self.most)))
        if not self._relaxed.solve():
            return None
        return self._solved(np.zeros_like(self.most), self.most, np.zeros_like(self.most))

    def near_best(self, weights: Floats) -> Counts:
        """A valid panel that weighs nearly most, mostly the very best."""
        self._relaxed.cost(weights)
        if not self._relaxed.solve():
            return self.best(weights)
        vertex = np.clip(self._relaxed.values(), 0.0, self.most)
        nearest = np.round(vertex)
        open_ = np.abs(vertex - nearest) > WHOLE
        if not open_.any():
            return nearest.astype(np.int64)
        low = np.where(open_, np.floor(vertex), nearest)
        high = np.where(open_, np.ceil(vertex), nearest)
        found = self._solved(low, high, weights)
        return self.best(weights) if found is None else found

    def best(self, weights: Floats) -> Counts:
        """The valid panel that weighs most, proven."""
        found = self._solved(np.zeros_like(self.most), self.most, weights)
        if found is None:
            raise ArithmeticError("a feasible pool has no panel")
        return found

    def _solved(self, low: Floats, high: Floats, weights: Floats) -> Counts | None:
        self._whole.bounds(low, high)
        self._whole.cost(weights)
        if not self._whole.solve():
            return None
        return np.round(self._whole.values()).astype(np.int64)
