"""Conversations for tests: people in camps who agree on some things and not on others."""

from __future__ import annotations

import numpy as np

from miteinander.analysis.opinion.votes import Votes, from_arrays


def camps(
    *sizes: int, shared: int = 6, divided: int = 18, seen: float = 0.9, seed: int = 0
) -> Votes:
    """Camps of these sizes, the first people first; each camp answers the divided ones its way."""
    random = np.random.default_rng(seed)
    camp = np.repeat(np.arange(len(sizes)), sizes)
    columns = shared + divided
    agrees = np.full((len(sizes), columns), 0.93)
    for at in range(len(sizes)):
        is_theirs = np.arange(divided) % len(sizes) == at
        agrees[at, shared:] = np.where(is_theirs, 0.95, 0.06)
    table = np.where(random.random((len(camp), columns)) < agrees[camp], 1, -1)
    table[random.random(table.shape) < 0.04] = 0
    person, statement = np.nonzero(random.random(table.shape) < seen)
    return from_arrays(
        person,
        statement,
        table[person, statement],
        participants=[f"p{at:03}" for at in range(len(camp))],
        statements=[f"s{at:02}" for at in range(columns)],
    )


def table(rows: list[list[int | None]]) -> Votes:
    """Votes from a small table written out: a row a person, None where nobody voted."""
    cells = [
        (person, statement, value)
        for person, row in enumerate(rows)
        for statement, value in enumerate(row)
        if value is not None
    ]
    person, statement, value = (
        np.array([cell[at] for cell in cells], dtype=np.int64) for at in range(3)
    )
    columns = max(map(len, rows), default=0)
    return from_arrays(
        person,
        statement,
        value,
        participants=[str(at) for at in range(len(rows))],
        statements=[str(at) for at in range(columns)],
    )
