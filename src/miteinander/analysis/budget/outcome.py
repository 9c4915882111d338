"""What a vote on a budget leads to: which projects, who pays for them, who is left out.

The result carries the variant it was computed with. “Equal Shares” alone names no outcome: with
another completion, another step or another stop the same ballots choose other projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter
from typing import Literal

import numpy as np

from miteinander.analysis.budget.audit import exact_run
from miteinander.analysis.budget.completion import Completion, complete
from miteinander.analysis.budget.election import Election, Floats, fits, room_left
from miteinander.analysis.budget.greedy import greedy
from miteinander.analysis.budget.shares import Tie, Utility, rank_by
from miteinander.analysis.privacy import shown

Rule = Literal["equal-shares", "greedy"]


@dataclass(frozen=True)
class Variant:
    """How an outcome was computed; stored with it.

    `increment` is the step of add1 in units of the budget, `exhaustive` whether add1 stops as soon
    as nothing more fits. `ties` are tried in order (votes, cheaper, dearer); at last the order of
    the file decides, or `priority` (project ids, the first wins) where one is given.
    """

    rule: Rule = "equal-shares"
    utility: Utility = "cost"
    completion: Completion = "none"
    exhaustive: bool = False
    increment: Fraction = Fraction(1)
    ties: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()


@dataclass(frozen=True)
class Purchase:
    """A project taken. `paid[l]` is what the supporters paid in limit l, by type of ballot.

    `share` is what a supporter with something left pays, per point, in the first limit; None for
    projects that nobody's share paid for (greedy, utilitarian completion).
    """

    project: int
    supporters: int
    paid: tuple[tuple[tuple[int, float], ...], ...]
    share: float | None
    per_supporter: float


@dataclass(frozen=True)
class Group:
    """Voters with the same word in a column. None where the number of people is withheld."""

    name: str
    voters: int | None
    money: float | None
    left_out: int | None


@dataclass(frozen=True, eq=False)
class Outcome:
    """The projects taken and what can be said about them. Sums are exact fractions."""

    election: Election
    variant: Variant
    purchases: tuple[Purchase, ...]
    costs: tuple[Fraction, ...]
    share: tuple[Fraction, ...]
    steps: int
    runs: int
    added: tuple[int, ...]
    ties: tuple[Tie, ...]
    still_fits: tuple[int, ...]
    left_out: int
    silent: int
    other: tuple[int, ...]
    other_left_out: int
    audited: bool
    corrected: bool
    seconds: float

    @property
    def selected(self) -> tuple[int, ...]:
        return tuple(p.project for p in self.purchases)

    @property
    def decisive_ties(self) -> tuple[Tie, ...]:
        """Ties after which somebody who lost was not taken later either."""
        taken = set(self.selected)
        return tuple(tie for tie in self.ties if not taken.issuperset(tie.projects))


def choose(election: Election, variant: Variant = Variant(), *, audit: bool = True) -> Outcome:
    """Apply a rule. With `audit` the run that counts is repeated in exact arithmetic.

    Where both disagree (prices that differ in the thirteenth digit) the exact one counts.
    """
    began = perf_counter()
    rank = _rank(election, variant)
    if variant.rule == "greedy":
        taken = greedy(election, utility=variant.utility, rank=rank)
        other = tuple(
            complete(
                election, utility=variant.utility, completion="none", exhaustive=False,
                increment=variant.increment, rank=rank,
            ).run.order
        ) if election.voters else ()  # fmt: skip
        return _outcome(
            election, variant, began,
            purchases=tuple(_unpaid(election, p) for p in taken),
            ties=_greedy_ties(election, variant, taken), other=other,
        )  # fmt: skip
    other = tuple(greedy(election, utility=variant.utility, rank=rank))
    if not election.voters:
        return _outcome(election, variant, began, purchases=(), ties=(), other=other)
    found = complete(
        election,
        utility=variant.utility,
        completion=variant.completion,
        exhaustive=variant.exhaustive,
        increment=variant.increment,
        rank=rank,
    )
    order, ties, added = found.run.order, tuple(found.run.ties), found.added
    corrected = False
    if audit:
        exact = exact_run(election, found.shares, utility=variant.utility, rank=rank)
        corrected = list(exact.order) != order
        order, ties = list(exact.order), exact.ties
        paid = [
            tuple(
                tuple((t, float(each * int(election.weights[t]))) for t, each in limit)
                for limit in step
            )
            for step in exact.payments
        ]
        if corrected and added:
            added = tuple(greedy(election, utility=variant.utility, rank=rank, chosen=order))
    else:
        paid = _paid(election, order, found.run.rates, found.shares)
    purchases = [
        Purchase(
            project=p,
            supporters=int(election.weights[election.support[p]].sum()),
            paid=by_limit,
            share=_full_share(election, p, by_limit),
            per_supporter=float(election.costs[0][p])
            / int(election.weights[election.support[p]].sum()),
        )
        for p, by_limit in zip(order, paid, strict=True)
    ]
    return _outcome(
        election, variant, began,
        purchases=(*purchases, *(_unpaid(election, p) for p in added)),
        ties=(*ties, *_added_ties(election, variant, order, added)),
        other=other, share=found.shares, steps=found.step, runs=found.runs,
        added=added, audited=audit, corrected=corrected,
    )  # fmt: skip


def groups(outcome: Outcome, column: Sequence[str]) -> tuple[Group, ...]:
    """Money and people left out by a column of the voters; small groups are withheld."""
    election = outcome.election
    per_voter = _money_per_voter(outcome)
    served = _served(election, outcome.selected)
    names = sorted({cell.strip() for cell in column})
    cells = np.array([cell.strip() for cell in column], dtype=object)
    members = [np.flatnonzero(cells == name) for name in names]
    types = election.type_of
    found = []
    for name, rows, open_ in zip(names, members, shown([len(m) for m in members]), strict=True):
        of = types[rows]
        money = float(per_voter[of[of >= 0]].sum())
        without = int(len(rows) - served[of[of >= 0]].sum())
        hide = 0 < without < 5 or 0 < len(rows) - without < 5
        found.append(
            Group(
                name,
                len(rows) if open_ else None,
                money if open_ else None,
                None if hide or not open_ else without,
            )
        )
    return tuple(found)


# --- parts ------------------------------------------------------------------------------------


def _outcome(
    election: Election,
    variant: Variant,
    began: float,
    *,
    purchases: tuple[Purchase, ...],
    ties: tuple[Tie, ...],
    other: tuple[int, ...],
    share: tuple[Fraction, ...] = (),
    steps: int = 0,
    runs: int = 0,
    added: tuple[int, ...] = (),
    audited: bool = False,
    corrected: bool = False,
) -> Outcome:
    taken = [p.project for p in purchases]
    return Outcome(
        election=election,
        variant=variant,
        purchases=purchases,
        costs=tuple(sum((costs[p] for p in taken), Fraction(0)) for costs in election.costs),
        share=share,
        steps=steps,
        runs=runs,
        added=added,
        ties=ties,
        still_fits=tuple(room_left(election, taken)),
        left_out=_left_out(election, taken),
        silent=election.voters - int(election.weights.sum()),
        other=other,
        other_left_out=_left_out(election, other),
        audited=audited,
        corrected=corrected,
        seconds=perf_counter() - began,
    )


def _rank(election: Election, variant: Variant) -> list[int]:
    if not variant.priority:
        return rank_by(election, variant.ties)
    place = {project: number for number, project in enumerate(variant.priority)}
    return [place.get(project, len(place)) for project in election.projects]


def _served(election: Election, taken: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    served = np.zeros(len(election.weights), dtype=bool)
    for project in taken:
        served[election.support[project]] = True
    return served


def _left_out(election: Election, taken: Sequence[int]) -> int:
    """Voters none of whose projects was taken, those with an empty ballot among them."""
    served = _served(election, taken)
    return election.voters - int(election.weights[served].sum())


def _paid(
    election: Election,
    order: Sequence[int],
    rates: Sequence[tuple[float, ...]],
    shares: Sequence[Fraction],
) -> list[tuple[tuple[tuple[int, float], ...], ...]]:
    """Payments of a run in floats, by playing it again (only shown when nobody audits)."""
    money = [np.full(len(election.weights), float(share)) for share in shares]
    paid = []
    for project, by_limit in zip(order, rates, strict=True):
        types = election.support[project]
        step = []
        for rate, purse in zip(by_limit, money, strict=True):
            due: Floats = np.minimum(purse[types], rate * election.points[project])
            purse[types] -= due
            total = due * election.weights[types]
            step.append(
                tuple((int(t), float(v)) for t, v in zip(types, total, strict=True) if v > 0)
            )
        paid.append(tuple(step))
    return paid


def _full_share(
    election: Election, project: int, paid: tuple[tuple[tuple[int, float], ...], ...]
) -> float | None:
    """What a supporter pays per point who has enough left: the most anybody pays per point."""
    points = dict(
        zip(election.support[project].tolist(), election.points[project].tolist(), strict=True)
    )
    each = [value / int(election.weights[t]) / points[t] for t, value in paid[0]]
    return max(each, default=0.0)


def _unpaid(election: Election, project: int) -> Purchase:
    supporters = int(election.weights[election.support[project]].sum())
    cost = float(election.costs[0][project])
    return Purchase(project, supporters, (), None, cost / supporters)


def _money_per_voter(outcome: Outcome) -> Floats:
    money = np.zeros(len(outcome.election.weights))
    for purchase in outcome.purchases:
        for t, value in purchase.paid[0] if purchase.paid else ():
            money[t] += value / int(outcome.election.weights[t])
    return money


def _greedy_ties(election: Election, variant: Variant, taken: Sequence[int]) -> tuple[Tie, ...]:
    from miteinander.analysis.budget.greedy import claim  # deferred: only the greedy rule asks

    claims = {
        p: claim(election, p, variant.utility)
        for p in range(len(election.projects))
        if len(election.support[p])
    }
    ties = []
    for number, project in enumerate(taken):
        equal = [p for p in claims if claims[p] == claims[project] and p not in taken[:number]]
        if len(equal) > 1:
            ties.append(Tie(number, (project, *(p for p in equal if p != project))))
    return tuple(ties)


def _added_ties(
    election: Election, variant: Variant, order: Sequence[int], added: Sequence[int]
) -> tuple[Tie, ...]:
    """Ties among what a completion spends the rest on: an equal claim, and it would have fitted."""
    from miteinander.analysis.budget.greedy import claim  # deferred: only a completion asks

    ties = []
    for number, project in enumerate(added):
        before = [*order, *added[:number]]
        least = claim(election, project, variant.utility)
        equal = [
            p
            for p in range(len(election.projects))
            if p != project
            and p not in before
            and len(election.support[p])
            and claim(election, p, variant.utility) == least
            and fits(election, [*before, p])
        ]
        if equal:
            ties.append(Tie(len(before), (project, *equal)))
    return tuple(ties)
