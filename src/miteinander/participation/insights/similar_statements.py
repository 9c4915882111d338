"""Which statements of a call say almost the same: asked when a proposal is about to join them.

A call holds a few hundred short sentences at most, so the runs of three letters of their words are
compared one by one; the index for many texts (:mod:`miteinander.analysis.similar`) would load NumPy
into the web process for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING

from miteinander.analysis.tokens import WORD, folded, plain

if TYPE_CHECKING:
    from miteinander.participation.models import Statement

LEAST = 0.3
"""Shared weight of two sentences from which a person should look at both."""
MOST_SHOWN = 5


def similar_statements(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The most similar ones first; those that only share small words are left out."""
    all_runs = [_runs(statement.title) for statement in statements]
    seen = Counter(run for runs in all_runs for run in runs)
    mine = _runs(text)

    def weight(runs: set[str]) -> float:
        return sum(log(1 + (len(statements) + 1) / (seen[run] + 1)) for run in runs)

    found = []
    for statement, runs in zip(statements, all_runs, strict=True):
        both = weight(mine) + weight(runs)
        share = 2 * weight(mine & runs) / both if both else 0.0
        if share >= LEAST:
            found.append((-share, statement.order, statement))
    return [statement for *_rank, statement in sorted(found, key=lambda each: each[:2])][
        :MOST_SHOWN
    ]


def _runs(text: str) -> set[str]:
    words = [f" {folded(word)} " for word in WORD.findall(plain(text))]
    return {word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))}
