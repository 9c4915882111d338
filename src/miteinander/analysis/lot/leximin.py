"""The fairest expected counts, and with them a bound that no lottery can beat.

*Leximin*: the smallest chance of anybody is as large as possible; among all lotteries with that,
the second smallest, and so on. Over the linear relaxation (expected counts that obey the quotas,
whole or not) this takes a few linear programmes of some milliseconds. Every lottery over valid
panels has such expected counts, so its smallest chance is at most the one found here.

Not chosen: maximin alone (it leaves everybody but the worst-off to chance) and the product of
chances (Nash), whose optimum cannot be explained in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.lot.pool import Pool, rows
from miteinander.analysis.lot.solver import INFINITY, Program

Floats = NDArray[np.float64]
BINDING = 1e-7
SLACK = 1e-11


@dataclass(frozen=True)
class Ideal:
    """Expected count of each cell, and the smallest chance of a person: an upper bound."""

    expected: Floats
    bound: float


def ideal(pool: Pool) -> Ideal:
    """Leximin over the linear relaxation. The pool must be feasible."""
    cells, members = pool.cells, pool.cells.members.astype(float)
    count, z = len(cells), len(cells)
    program = Program(maximise=True)
    program.add_columns(np.zeros(count + 1), np.append(cells.most.astype(float), 1.0))
    base = rows(pool)
    program.add_rows(base.matrix, base.low, base.high)
    first = program.rows
    for cell in range(count):
        program.add_row(0.0, INFINITY, np.array([cell, z]), np.array([1.0, -members[cell]]))
    program.cost(np.append(np.zeros(count), 1.0))
    chance = np.zeros(count)
    open_ = np.ones(count, dtype=bool)
    bound: float | None = None
    while open_.any():
        if not program.solve():  # rounding alone can get here: keep what is fixed
            break
        level = float(program.values()[z])
        bound = level if bound is None else bound
        # A row with a dual value holds the level down: its people cannot get more.
        holding = np.abs(program.duals()[first:]) * members > BINDING
        reached = open_ & holding if (open_ & holding).any() else open_.copy()
        for cell in np.flatnonzero(reached).tolist():
            chance[cell] = level
            program.coefficient(first + cell, z, 0.0)
            program.row_bounds(first + cell, members[cell] * level - SLACK, INFINITY)
        open_ &= ~reached
    return Ideal(np.clip(chance * members, 0.0, cells.most), max(bound or 0.0, 0.0))
