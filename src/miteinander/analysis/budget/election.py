"""What an election consists of: projects, limits and ballots, identical ballots counted once.

Thousands of ballots are often a few hundred different ones. Voters with the same ballot have the
same money at every moment, so computing with weighted *types* of ballots is exact, not an
approximation. Costs are kept twice: as floats for the run and as fractions for the audit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.errors import Unusable
from miteinander.analysis.text import Text

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Limit:
    """Something there is only so much of: money, staff days, rooms."""

    name: str
    amount: Fraction


@dataclass(frozen=True, eq=False)
class Election:
    """Projects (m), limits (L) and types of ballots (T).

    `costs[l][p]` is what project p takes of limit l. `support[p]` are the types that chose p,
    `points[p]` the points each of their voters gave it (1 for an approval). `weights` says how many
    voters cast each type of ballot; who chose nothing counts in `voters` and has no type.
    `cast` are the ballots as written, in file order; see `type_of`.
    """

    name: str
    projects: tuple[str, ...]
    titles: tuple[str, ...]
    limits: tuple[Limit, ...]
    costs: tuple[tuple[Fraction, ...], ...]
    voters: int
    weights: Ints
    support: tuple[Ints, ...]
    points: tuple[Floats, ...]
    cast: Sequence[str]
    type_of_cast: Mapping[str, int]
    vote_type: str = "approval"
    currency: str = ""
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[Text, ...] = ()

    @cached_property
    def type_of(self) -> Ints:
        """The type of each voter in file order, -1 for an empty ballot."""
        found = map(self.type_of_cast.__getitem__, self.cast)
        return np.fromiter(found, np.intp, len(self.cast))

    def column(self, name: str) -> tuple[str, ...]:
        """A column of the voters (age, district …), in file order."""
        own = dict(self.columns)
        if name not in own:
            raise Unusable(
                Text(
                    f"Die Spalte „{name}“ gibt es im Abschnitt VOTES nicht.",
                    f"There is no column “{name}” in the section VOTES.",
                ),
                where=self.name,
                do=Text(f"Es gibt: {', '.join(own)}.", f"There are: {', '.join(own)}.")
                if own
                else Text(
                    "Dort stehen nur Stimmen, keine Angaben zu den Menschen.",
                    "It holds votes only, nothing about the people.",
                ),
            )
        return own[name]

    def votes(self) -> Ints:
        """How many voters support each project."""
        return np.array([int(self.weights[types].sum()) for types in self.support], dtype=np.intp)


def fits(election: Election, chosen: list[int] | tuple[int, ...]) -> bool:
    """Whether the projects stay within every limit, computed exactly."""
    return all(
        sum((costs[p] for p in chosen), Fraction(0)) <= limit.amount
        for costs, limit in zip(election.costs, election.limits, strict=True)
    )


def room_left(election: Election, chosen: list[int] | tuple[int, ...]) -> list[int]:
    """Supported projects that were not chosen although each of them would still fit."""
    taken = set(chosen)
    left = [
        limit.amount - sum((costs[p] for p in chosen), Fraction(0))
        for costs, limit in zip(election.costs, election.limits, strict=True)
    ]
    return [
        p
        for p in range(len(election.projects))
        if p not in taken
        and len(election.support[p])
        and all(costs[p] <= rest for costs, rest in zip(election.costs, left, strict=True))
    ]
