"""Quotas nobody can meet: which contradict each other, and what little would have to give.

The contradiction is a *minimal* set of bounds: without any one of them the others could be met.
The relaxation changes as few people as possible; among equally small ones it prefers large quotas
(one of fifty is less than one of three).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from miteinander.analysis.errors import Unusable
from miteinander.analysis.lot.pool import Pool, Quota, rows
from miteinander.analysis.lot.solver import INFINITY, Program
from miteinander.analysis.text import Text, listing


@dataclass(frozen=True)
class Bound:
    """One side of a quota: at least `low`, or at most `high` people."""

    quota: Quota
    side: str

    @property
    def value(self) -> int:
        return self.quota.low if self.side == "min" else self.quota.high

    @property
    def name(self) -> str:
        return self.quota.named(self.side)

    def said(self, language: str) -> str:
        de, en = ("mindestens", "at least") if self.side == "min" else ("höchstens", "at most")
        q = self.quota
        return Text(
            f"{de} {self.value} × „{q.feature}“ ({q.category})",
            f"{en} {self.value} × “{q.feature}” ({q.category})",
        ).spoken(language)


@dataclass(frozen=True)
class Change:
    """A bound that would have to give, and how far."""

    bound: Bound
    to: int

    def said(self, language: str) -> str:
        return Text(
            f"{self.bound.said('de')} → {self.to}", f"{self.bound.said('en')} → {self.to}"
        ).spoken(language)


def explain(pool: Pool, *, file: str) -> Unusable:
    """The refusal of a pool without a single valid panel."""
    changes = relaxation(pool)
    if changes is None:
        return Unusable(
            Text(
                f"Mit höchstens {pool.limit} je Haushalt sind keine {pool.size} Menschen da.",
                f"With at most {pool.limit} per household there are no {pool.size} people.",
            ),
            where=file,
            do=Text(
                "Bitte das Gremium verkleinern oder mehr Menschen je Haushalt zulassen.",
                "Please make the panel smaller or allow more people per household.",
            ),
            details={"infeasible": {"contradiction": [], "relaxation": []}},
        )
    clash = contradiction(pool)
    return Unusable(
        Text(
            "Diese Quoten lassen sich mit diesen Menschen nicht zugleich erfüllen: "
            f"{listing([b.said('de') for b in clash], 'de')}.",
            "With these people, these quotas cannot hold together: "
            f"{listing([b.said('en') for b in clash], 'en')}.",
        ),
        where=file,
        do=Text(
            f"Am wenigsten ändert sich so: {listing([c.said('de') for c in changes], 'de')}.",
            f"The smallest change: {listing([c.said('en') for c in changes], 'en')}.",
        ),
        details={
            "infeasible": {
                "contradiction": [b.name for b in clash],
                "relaxation": [[c.bound.name, c.bound.value, c.to] for c in changes],
            }
        },
    )


def contradiction(pool: Pool) -> list[Bound]:
    """A minimal set of bounds that cannot hold together (beside size and households)."""
    base = rows(pool)
    most = pool.cells.most.astype(float)
    program = Program()
    program.add_columns(np.zeros(len(most)), most)
    program.add_rows(base.matrix, base.low, base.high)
    program.whole()
    low, high = base.low.copy(), base.high.copy()
    kept = []
    for bound in _bounds(pool):
        at = 1 + pool.quotas.index(bound.quota)
        before = low[at], high[at]
        if bound.side == "min":
            low[at] = 0.0
        else:
            high[at] = INFINITY
        program.row_bounds(at, low[at], high[at])
        if program.solve():  # without it the others hold: it belongs to the contradiction
            kept.append(bound)
            low[at], high[at] = before
            program.row_bounds(at, low[at], high[at])
    return sorted(kept, key=lambda b: (pool.quotas.index(b.quota), b.side != "min"))


def relaxation(pool: Pool) -> list[Change] | None:
    """The smallest change after which there is a panel; None when quotas are not the reason."""
    base = rows(pool)
    cells, quotas = len(pool.cells), len(pool.quotas)
    program = Program()
    most = pool.cells.most.astype(float)
    give = np.array([[q.low, len(pool.ids)] for q in pool.quotas], dtype=float).T.ravel()
    program.add_columns(np.zeros(cells + 2 * quotas), np.append(most, give))
    for row, (least, limit) in enumerate(zip(base.low, base.high, strict=True)):
        used = np.flatnonzero(base.matrix[row])
        if not 1 <= row <= quotas:
            program.add_row(least, limit, used, base.matrix[row][used])
            continue
        down, up = cells + row - 1, cells + quotas + row - 1
        program.add_row(least, INFINITY, np.append(used, down), np.ones(len(used) + 1))
        program.add_row(-INFINITY, limit, np.append(used, up), np.append(np.ones(len(used)), -1.0))
    program.whole()
    size = np.array([[q.low, q.high] for q in pool.quotas], dtype=float).T.ravel()
    program.cost(np.append(np.zeros(cells), 1.0 + 0.5 / (1.0 + size) / (1.0 + quotas)))
    if not program.solve():
        return None
    given = np.round(program.values()[cells:]).astype(int)
    changes = [
        Change(Bound(q, "min"), q.low - int(given[n]))
        for n, q in enumerate(pool.quotas)
        if given[n]
    ]
    return changes + [
        Change(Bound(q, "max"), q.high + int(given[quotas + n]))
        for n, q in enumerate(pool.quotas)
        if given[quotas + n]
    ]


def _bounds(pool: Pool) -> list[Bound]:
    """In the order in which they may leave: upper bounds first, then the small lower ones."""
    lower = sorted(pool.quotas, key=lambda q: q.low)
    return [Bound(q, "max") for q in pool.quotas] + [Bound(q, "min") for q in lower if q.low]
