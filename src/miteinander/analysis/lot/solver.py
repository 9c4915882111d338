"""A linear or integer programme that keeps its basis between questions.

A thin layer over HiGHS (`highspy`, MIT; the extra `solver`). SciPy carries the same solver, but
starts from nothing at each call; here hundreds of programmes differ in a few numbers, and going
on from the last answer is what makes the lot fast. One thread and a fixed seed: the same
questions in the same order have the same answers.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.errors import Unusable
from miteinander.analysis.text import Text

Floats = NDArray[np.float64]
INFINITY = float("inf")


@cache
def _highs() -> Any:
    """The solver's module, its greeting already swallowed."""
    try:
        import highspy  # deferred: an optional extra, asked for when it is needed
    except ImportError as problem:
        raise Unusable(
            Text(
                "Zum Losen fehlt das Rechenprogramm HiGHS.",
                "The solver HiGHS, needed for the lot, is missing.",
            ),
            do=Text(
                "Bitte mit dem Zusatz „solver“ installieren: pip install 'miteinander[solver]'.",
                "Please install the extra “solver”: pip install 'miteinander[solver]'.",
            ),
            details={"missing": "solver"},
        ) from problem
    with _without_greeting():
        module: Any = highspy  # its classes carry no types
        module.Highs()
    return module


@contextmanager
def _without_greeting() -> Iterator[None]:
    """HiGHS greets once a process on standard output, below Python, whatever its options say.

    Standard output is where our data go, so the greeting is led away.
    """
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
        if os.name == "posix":
            ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


class Program:
    """Variables with bounds, rows with bounds, one objective."""

    def __init__(self, *, maximise: bool = False, growing: bool = False) -> None:
        """`growing`: variables come later, so the old answer stays allowed (primal simplex)."""
        self._highspy = _highs()
        self._model = self._highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("log_to_console", False),
            ("threads", 1),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1e-9),
        ):
            self._model.setOptionValue(option, value)
        if growing:
            self._model.setOptionValue("simplex_strategy", 4)
        if maximise:
            self._model.changeObjectiveSense(self._highspy.ObjSense.kMaximize)
        self.columns = 0
        self.rows = 0

    def add_columns(self, low: Floats, high: Floats) -> None:
        self._model.addVars(len(low), low, high)
        self.columns += len(low)

    def add_column(self, rows: NDArray[np.intp], values: Floats, *, cost: float = 0.0) -> None:
        """One more variable from 0 up, with its place in the rows."""
        self._model.addCol(cost, 0.0, INFINITY, len(rows), rows.astype(np.int32), values)
        self.columns += 1

    def add_row(self, low: float, high: float, columns: NDArray[np.intp], values: Floats) -> None:
        self._model.addRow(low, high, len(columns), columns.astype(np.int32), values)
        self.rows += 1

    def add_rows(self, matrix: Floats, low: Floats, high: Floats) -> None:
        """Rows over the first columns."""
        for row, least, most in zip(matrix, low, high, strict=True):
            used = np.flatnonzero(row)
            self.add_row(float(least), float(most), used, row[used])

    def whole(self) -> None:
        """From now on every variable so far is an integer."""
        for column in range(self.columns):
            self._model.changeColIntegrality(column, self._highspy.HighsVarType.kInteger)

    def cost(self, costs: Floats) -> None:
        """The objective, over the first ``len(costs)`` variables."""
        self._model.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def bounds(self, low: Floats, high: Floats) -> None:
        self._model.changeColsBounds(len(low), np.arange(len(low), dtype=np.int32), low, high)

    def row_bounds(self, row: int, low: float, high: float) -> None:
        self._model.changeRowBounds(row, low, high)

    def coefficient(self, row: int, column: int, value: float) -> None:
        self._model.changeCoeff(row, column, value)

    def solve(self) -> bool:
        """Whether there is a best answer."""
        self._model.run()
        return bool(self._model.getModelStatus() == self._highspy.HighsModelStatus.kOptimal)

    @property
    def value(self) -> float:
        return float(self._model.getInfo().objective_function_value)

    def values(self) -> Floats:
        return np.array(self._model.getSolution().col_value)

    def duals(self) -> Floats:
        return np.array(self._model.getSolution().row_dual)
