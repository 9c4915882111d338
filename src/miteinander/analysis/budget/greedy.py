"""The usual rule beside Equal Shares: most votes first, as long as it fits.

It asks only how many want a project, never whether the same people got the one before. It is
computed beside Equal Shares so that everybody can see what the choice of a rule changes.

Source: Talmon, Faliszewski 2019, “A Framework for Approval-Based Budgeting Methods” (greedy rules).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import numpy as np

from miteinander.analysis.budget.election import Election

Utility = Literal["cost", "cardinality"]


def claim(election: Election, project: int, utility: Utility) -> tuple[int, Fraction]:
    """What a project stands on: its points, or with `cardinality` its points per unit of cost.

    The first number sets projects that cost nothing before all others.
    """
    points = Fraction(0)
    for types, given in zip([election.support[project]], [election.points[project]], strict=True):
        if election.vote_type in {"approval", "choose-1", "ordinal"}:
            points = Fraction(int(np.dot(election.weights[types], given)))
        else:
            # `repr` gives back the decimal that was written, so that equal sums are equal
            values, where = np.unique(given, return_inverse=True)
            counts = np.bincount(where, weights=election.weights[types], minlength=len(values))
            points = sum(
                (Fraction(repr(float(v))) * int(c) for v, c in zip(values, counts, strict=True)),
                Fraction(0),
            )
    cost = election.costs[0][project]
    if utility == "cost":
        return (0, points)
    return (0, points / cost) if cost else (1, points)


def greedy(
    election: Election,
    *,
    utility: Utility,
    rank: Sequence[int],
    chosen: Sequence[int] = (),
) -> list[int]:
    """Projects in the order they are taken, after those `chosen`; what does not fit is left."""
    left = [
        limit.amount - sum((costs[p] for p in chosen), Fraction(0))
        for costs, limit in zip(election.costs, election.limits, strict=True)
    ]
    claims = {
        p: claim(election, p, utility)
        for p in range(len(election.projects))
        if p not in set(chosen) and len(election.support[p])
    }
    taken = []
    for project in sorted(claims, key=lambda p: (-claims[p][0], -claims[p][1], rank[p])):
        needs = [costs[project] for costs in election.costs]
        if all(need <= rest for need, rest in zip(needs, left, strict=True)):
            taken.append(project)
            left = [rest - need for rest, need in zip(left, needs, strict=True)]
    return taken
