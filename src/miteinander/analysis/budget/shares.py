"""The Method of Equal Shares: everybody gets the same share, supporters buy what they chose.

Each voter starts with the same share of every limit. In each round every project that its
supporters can still pay for has a price per unit of benefit, ρ: the smallest number such that
the supporters cover the cost when each pays ρ times their benefit, or all they have left.
The cheapest project is bought. It ends when no group can afford anything any more.

How it is fast and still exact:

- identical ballots are one type with a weight (see `election`);
- a project never becomes cheaper while money is spent, so its last price is a lower bound: most
  projects are not looked at in most rounds;
- the price is found by Newton's method on a concave piecewise linear function, starting from
  below: no sorting, exact after a few steps, and it stops as soon as the bound is beaten;
- floats are compared with a relative tolerance of 1e-12; `audit` repeats the run in fractions.

With several limits a voter has a share of each of them, every limit is paid for separately, and
ρ is that of the dearest (docs/decisions/0067). With one limit this is the method as published.

Source: Peters, Pierczyński, Skowron 2021, “Proportional Participatory Budgeting with Additive
Utilities”; https://equalshares.net.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf
from typing import Literal, NamedTuple

import numpy as np

from miteinander.analysis.budget.election import Election, Floats, Ints

Utility = Literal["cost", "cardinality"]
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Tie:
    """Projects with the same claim in one round; the first of them was taken."""

    round: int
    projects: tuple[int, ...]


@dataclass(eq=False)
class Run:
    """One run with a fixed share for everybody.

    `prices[k]` is ρ of the k-th project bought, `rates[k][l]` what one point costs a voter in
    limit l, `money[l]` what one voter of each type has left at the end.
    `calm` is only meaningful for a run compared with another one: see `completion`.
    """

    order: list[int] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)
    rates: list[tuple[float, ...]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    money: list[Floats] = field(default_factory=list)
    calm: bool = True


class _Offer(NamedTuple):
    """A project looked at in a round: its ρ with the rates, or a bound without."""

    price: float
    rank: int
    project: int
    rates: tuple[float, ...] | None


class Market:
    """An election prepared for many runs: weighted benefits of every project, kept once."""

    def __init__(self, election: Election, *, utility: Utility, rank: Sequence[int]) -> None:
        self.election = election
        self.rank = list(rank)
        self.costs = [[float(c) for c in costs] for costs in election.costs]
        self.limits = [float(limit.amount) or 1.0 for limit in election.limits]
        self.plain = election.vote_type in {"approval", "choose-1"}
        weights = election.weights.astype(np.float64)
        self.weights = [weights[types] for types in election.support]
        self.weighted = (
            self.weights
            if self.plain
            else [w * s for w, s in zip(self.weights, election.points, strict=True)]
        )
        self.totals = [float(ws.sum()) for ws in self.weighted]
        # Benefit per point: what a project is worth is its cost in the first limit, or one.
        worth = [c / self.limits[0] if utility == "cost" else 1.0 for c in self.costs[0]]
        # A project that takes nothing of the first limit has no worth by its cost: one point.
        self.worth = [w or 1.0 for w in worth]
        self.start = [
            (self._bound(p), self.rank[p], p)
            for p in range(len(election.projects))
            if self.totals[p] > 0
        ]

    def _bound(self, project: int) -> float:
        """ρ while everybody is rich."""
        price = max(
            costs[project] / limit for costs, limit in zip(self.costs, self.limits, strict=True)
        )
        return price / self.totals[project] / self.worth[project]

    def run(
        self,
        shares: Sequence[Fraction],
        *,
        against: Run | None = None,
    ) -> Run:
        """Buy until nothing is affordable. `shares[l]` is what each voter has of limit l.

        With `against`, says in `calm` whether all shares between the two runs buy the same.
        """
        types = len(self.election.weights)
        money = [np.full(types, float(share)) for share in shares]
        done = Run(money=money)
        waiting = list(self.start)
        heapify(waiting)
        while True:
            step = len(done.order)
            known = -inf
            if against is not None and done.calm and step < len(against.order):
                known = against.prices[step]
            best, looked = self._cheapest(waiting, money, known)
            if best is None:
                break
            tied = sorted((o.rank, o.project) for o in looked if o.price <= best * (1 + TOLERANCE))
            winner = tied[0][1]
            bought = next(o for o in looked if o.project == winner)
            assert bought.rates is not None
            if len(tied) > 1:
                done.ties.append(Tie(step, tuple(p for _, p in tied)))
            others = [o for o in looked if o is not bought]
            if against is not None and done.calm:
                done.calm = (
                    step < len(against.order)
                    and against.order[step] == winner
                    and all(self._stays_behind(o, bought, known) for o in others)
                )
            self._pay(winner, bought.rates, money)
            done.order.append(winner)
            done.prices.append(bought.price)
            done.rates.append(bought.rates)
            for other in others:
                heappush(waiting, (other.price, other.rank, other.project))
        if against is not None and len(done.order) != len(against.order):
            done.calm = False
        return done

    def _stays_behind(self, other: _Offer, bought: _Offer, known: float) -> bool:
        """Whether `bought`, with ρ = `known` for a smaller share, wins for every share between.

        A tie is no danger where it is broken the same way: ρ has not fallen since, or the two
        have the same supporters and costs and are tied for ever.
        """
        if other.price > known * (1 + TOLERANCE):
            return True
        return other.rank > bought.rank and (
            other.price >= known * (1 - TOLERANCE / 2) or self._alike(other.project, bought.project)
        )

    def _alike(self, one: int, other: int) -> bool:
        return (
            all(costs[one] == costs[other] for costs in self.costs)
            and np.array_equal(self.election.support[one], self.election.support[other])
            and np.array_equal(self.election.points[one], self.election.points[other])
        )

    def _cheapest(
        self, waiting: list[tuple[float, int, int]], money: list[Floats], known: float
    ) -> tuple[float | None, list[_Offer]]:
        """The smallest ρ, and every project looked at with its ρ (or a bound above the best).

        Takes from `waiting` what it looks at; who cannot be paid for any more does not return.
        `known` keeps it looking until every project with ρ up to that value is known.
        """
        best = inf
        looked: list[_Offer] = []
        while waiting and waiting[0][0] <= max(best, known) * (1 + TOLERANCE):
            _, rank, project = heappop(waiting)
            found = self._price(project, money, max(best, known) * (1 + TOLERANCE))
            if found is None:
                continue
            looked.append(_Offer(found[0], rank, project, found[1]))
            if found[1] is not None:
                best = min(best, found[0])
        return (None if best == inf else best), looked

    def _price(
        self, project: int, money: list[Floats], enough: float
    ) -> tuple[float, tuple[float, ...] | None] | None:
        """ρ and the rate in every limit; None when unaffordable.

        Once ρ is known to be above `enough` the bound is returned without rates.
        """
        types = self.election.support[project]
        worth = self.worth[project]
        price = 0.0
        rates = []
        for costs, limit, purse in zip(self.costs, self.limits, money, strict=True):
            cost = costs[project]
            if not cost:
                rates.append(0.0)
                continue
            rest = purse[types]
            held = self.weights[project] * rest
            if held.sum() < cost * (1 - TOLERANCE):
                return None
            rate, exact = self._rate(
                project, cost, rest, held, enough * worth * limit if enough < inf else inf
            )
            price = max(price, rate / limit / worth)
            if not exact:
                return price, None
            rates.append(rate)
        return price, tuple(rates)

    def _rate(
        self, project: int, cost: float, rest: Floats, held: Floats, enough: float
    ) -> tuple[float, bool]:
        """What one point costs: the root of Σ w·min(rest, rate·points) = cost, from below."""
        weighted = self.weighted[project]
        points = None if self.plain else self.election.points[project]
        rate = cost / self.totals[project]
        while True:
            poor = rest < (rate if points is None else rate * points)
            if not poor.any():
                return rate, True
            rich = ~poor
            base = weighted[rich].sum()
            if not base > 0:  # everybody gives all they have: only rounding is left
                return rate, True
            nearer = (cost - held[poor].sum()) / base
            if not nearer > rate:
                return rate, True
            rate = float(nearer)
            if rate > enough:
                return rate, False

    def _pay(self, project: int, rates: tuple[float, ...], money: list[Floats]) -> None:
        types = self.election.support[project]
        for rate, purse in zip(rates, money, strict=True):
            if rate:
                due = rate if self.plain else rate * self.election.points[project]
                purse[types] = np.maximum(purse[types] - due, 0.0)


def shares_of(election: Election) -> list[Fraction]:
    """What each voter gets of every limit."""
    return [limit.amount / max(election.voters, 1) for limit in election.limits]


def rank_by(election: Election, ties: Sequence[str]) -> list[int]:
    """The place of each project when a tie has to be broken: by `ties`, at last by file order."""
    votes: Ints = election.votes()
    keys: dict[str, Callable[[int], Fraction | int]] = {
        "votes": lambda p: -int(votes[p]),
        "cheaper": lambda p: election.costs[0][p],
        "dearer": lambda p: -election.costs[0][p],
    }
    order = sorted(
        range(len(election.projects)), key=lambda p: (*(keys[rule](p) for rule in ties), p)
    )
    rank = [0] * len(order)
    for number, project in enumerate(order):
        rank[project] = number
    return rank
