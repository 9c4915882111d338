"""The same run once more, in whole numbers: no rounding, so equal is equal.

Floats decide fast and nearly always right; two prices that differ in the thirteenth digit they
call equal. This module repeats a run exactly. It shares nothing with `shares` but the lazy order
of looking, so that a mistake in one of the two shows.

Money is kept as integers over one common denominator for each limit. A price a/b multiplies that
denominator by b; a voter's amount is only brought up to date when it is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm

from miteinander.analysis.budget.election import Election
from miteinander.analysis.budget.shares import Tie, Utility


@dataclass(frozen=True)
class ExactRun:
    """What was bought, exactly: `payments[k][l]` are (type, amount of one voter), zero left out."""

    order: tuple[int, ...]
    ties: tuple[Tie, ...]
    payments: tuple[tuple[tuple[tuple[int, Fraction], ...], ...], ...]
    rest: tuple[tuple[Fraction, ...], ...]


class _Purse:
    """What each type has of one limit, as `amounts[t] / scales[levels[t]]`."""

    def __init__(self, share: Fraction, types: int) -> None:
        self.scale = share.denominator
        self.scales = [self.scale]
        self.amounts = [share.numerator] * types
        self.levels = [0] * types

    def held(self, types: Sequence[int]) -> list[int]:
        """Amounts of these types over the scale of now."""
        scale, top = self.scale, len(self.scales) - 1
        for t in types:
            if self.levels[t] != top:
                self.amounts[t] *= scale // self.scales[self.levels[t]]
                self.levels[t] = top
        return [self.amounts[t] for t in types]

    def pay(
        self, types: Sequence[int], points: Sequence[int], rate: Fraction
    ) -> list[tuple[int, Fraction]]:
        """Everybody pays `rate` (over the scale of now) for each point, or all they have."""
        held = self.held(types)
        a, b = rate.numerator, rate.denominator
        self.scale *= b
        self.scales.append(self.scale)
        top = len(self.scales) - 1
        paid = []
        for t, amount, s in zip(types, held, points, strict=True):
            have = amount * b
            due = min(a * s, have)
            self.amounts[t], self.levels[t] = have - due, top
            if due:
                paid.append((t, Fraction(due, self.scale)))
        return paid

    def fraction(self, t: int) -> Fraction:
        return Fraction(self.amounts[t], self.scales[self.levels[t]])


def exact_run(
    election: Election, shares: Sequence[Fraction], *, utility: Utility, rank: Sequence[int]
) -> ExactRun:
    """Equal Shares with fixed shares, in exact arithmetic. Linear in supporters looked at."""
    weights = election.weights.tolist()
    support = [types.tolist() for types in election.support]
    points = _whole_points(election)
    totals = [
        sum(weights[t] * s for t, s in zip(types, given, strict=True))
        for types, given in zip(support, points, strict=True)
    ]
    purses = [_Purse(share, len(weights)) for share in shares]
    worth = [_worth(election, p, utility) for p in range(len(support))]

    def price(p: int, best: Fraction | None) -> tuple[Fraction, tuple[Fraction, ...] | None] | None:
        """ρ and the rates; without rates once ρ is known to be above `best`."""
        rates, dearest = [], Fraction(0)
        for costs, limit, purse in zip(election.costs, election.limits, purses, strict=True):
            unit = purse.scale * (limit.amount or 1) * worth[p]
            most = None if best is None else best * unit
            found = _rate(costs[p], support[p], points[p], weights, purse, most=most)
            if found is None:
                return None
            dearest = max(dearest, found[0] / unit)
            if not found[1]:
                return dearest, None
            rates.append(found[0])
        return dearest, tuple(rates)

    waiting = [
        (
            max(
                c[p] / (li.amount or 1)
                for c, li in zip(election.costs, election.limits, strict=True)
            )
            / totals[p]
            / worth[p],
            rank[p],
            p,
        )
        for p in range(len(support))
        if totals[p]
    ]
    heapify(waiting)
    order: list[int] = []
    ties: list[Tie] = []
    payments = []
    while True:
        best: Fraction | None = None
        looked = []
        while waiting and (best is None or waiting[0][0] <= best):
            _, _, p = heappop(waiting)
            found = price(p, best)
            if found is not None:
                looked.append((found[0], rank[p], p, found[1]))
                if found[1] is not None:
                    best = found[0] if best is None else min(best, found[0])
        if best is None:
            break
        looked.sort(key=lambda seen: seen[:2])
        _, _, winner, rates = looked[0]
        assert rates is not None  # a bound without rates lies above the best
        tied = tuple(p for rho, _, p, _ in looked if rho == best)
        if len(tied) > 1:
            ties.append(Tie(len(order), tied))
        payments.append(
            tuple(
                tuple(purse.pay(support[winner], points[winner], rate)) if rate else ()
                for purse, rate in zip(purses, rates, strict=True)
            )
        )
        order.append(winner)
        for rho, place, p, _ in looked[1:]:
            heappush(waiting, (rho, place, p))
    rest = tuple(tuple(purse.fraction(t) for t in range(len(weights))) for purse in purses)
    return ExactRun(tuple(order), tuple(ties), tuple(payments), rest)


def _rate(
    cost: Fraction,
    types: Sequence[int],
    points: Sequence[int],
    weights: Sequence[int],
    purse: _Purse,
    *,
    most: Fraction | None,
) -> tuple[Fraction, bool] | None:
    """What one point costs over the scale of the purse, and whether that is final.

    It is a lower bound only where it exceeds `most`; None when the supporters cannot pay.
    """
    if not cost:
        return Fraction(0), True
    due = cost * purse.scale
    rich = list(zip(types, purse.held(types), points, strict=True))
    base = sum(weights[t] * s for t, _, s in rich)
    if sum(weights[t] * amount for t, amount, _ in rich) < due:
        return None
    while True:
        # `base` cannot become 0: then everybody gave all they had, and that was enough.
        rate = due / base
        if most is not None and rate > most:
            return rate, False
        a, b = rate.numerator, rate.denominator
        poor = [(t, amount, s) for t, amount, s in rich if amount * b < a * s]
        if not poor:
            return rate, True
        rich = [(t, amount, s) for t, amount, s in rich if amount * b >= a * s]
        due -= sum(weights[t] * amount for t, amount, _ in poor)
        base -= sum(weights[t] * s for t, _, s in poor)


def _worth(election: Election, project: int, utility: Utility) -> Fraction:
    if utility == "cardinality":
        return Fraction(1)
    return (election.costs[0][project] / (election.limits[0].amount or 1)) or Fraction(1)


def _whole_points(election: Election) -> list[list[int]]:
    """Points as whole numbers, all multiplied by the same number (which changes no comparison)."""
    exact = [[Fraction(repr(float(s))) for s in given] for given in election.points]
    common = lcm(*{s.denominator for given in exact for s in given}) if any(exact) else 1
    whole = [[int(s * common) for s in given] for given in exact]
    divisor = gcd(*{s for given in whole for s in given}) if any(whole) else 1
    return [[s // divisor for s in given] for given in whole]
