"""What happens with money that Equal Shares leaves over: nothing, a larger share, a greedy rest.

*add1* gives every voter one more (money nobody really has) and computes again, until the outcome
would cost more than there is; the last one that fits counts. With shares in cents or forints this
is up to a million runs. Most of them are the same, and that can be proved instead of computed:

    Let the runs with the shares lo < hi buy the same projects in the same order. As long as
    projects are bought in that order, a larger share leaves every voter at least as much money
    at every moment, hence every price ρ falls or stays when the share grows. So if in each round
    of the run with hi every other project is dearer than the bought one was in the run with lo,
    then no share in between can change the order, and projects unaffordable at the end of hi are
    unaffordable before.

So the search strides: it doubles its stride while that holds and halves it when not. It comes to
the same outcome as single steps, on every input (the tests compare both).

Sources: https://equalshares.net (add1, add1u, integral and exhaustive options); Kraiczy,
Robinson, Elkind 2024, “Streamlining Equal Shares” (jumps for a simplified rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from miteinander.analysis.budget.election import Election, fits, room_left
from miteinander.analysis.budget.greedy import greedy
from miteinander.analysis.budget.shares import Market, Run, Utility, shares_of
from miteinander.analysis.errors import Unusable
from miteinander.analysis.text import Text

# The most that real votes needed with a step of one forint was 10,000; see the page.
MOST_RUNS = 20_000

Completion = Literal["none", "add1", "add1u", "utilitarian"]


@dataclass(frozen=True)
class Completed:
    """The run that counts, the share it was computed with, and what was added afterwards."""

    run: Run
    shares: tuple[Fraction, ...]
    step: int
    runs: int
    added: tuple[int, ...]


def complete(
    election: Election,
    *,
    utility: Utility,
    completion: Completion,
    exhaustive: bool,
    increment: Fraction,
    rank: Sequence[int],
) -> Completed:
    """Equal Shares with a completion. `exhaustive` stops add1 as soon as nothing more fits."""
    market = Market(election, utility=utility, rank=rank)
    start = shares_of(election)
    if completion in {"none", "utilitarian"}:
        found = Completed(market.run(start), tuple(start), 0, 1, ())
    else:
        found = _add1(market, start, exhaustive=exhaustive, increment=increment)
    if completion in {"add1u", "utilitarian"}:
        added = greedy(election, utility=utility, rank=rank, chosen=found.run.order)
        found = Completed(found.run, found.shares, found.step, found.runs, tuple(added))
    return found


def _add1(
    market: Market, start: list[Fraction], *, exhaustive: bool, increment: Fraction
) -> Completed:
    election = market.election
    supported = len(market.start)

    def shares_at(step: int) -> list[Fraction]:
        """Shares after `step` steps: whole numbers of the first limit, the others in proportion."""
        if not step:
            return start
        first = start[0] // 1 + step * increment
        return [first, *(share * first / start[0] for share in start[1:])]

    step, stride, runs, quiet = 0, 1, 1, 0
    now = market.run(start)
    while start[0] > 0 and len(now.order) < supported:
        if exhaustive and not room_left(election, now.order):
            break
        if runs >= MOST_RUNS:
            raise _too_fine(start[0], increment)
        ahead = market.run(shares_at(step + stride), against=now)
        runs += 1
        if not ahead.calm and stride > 1:
            stride, quiet = max(1, stride // 4), 0
            continue
        if not fits(election, ahead.order):
            break
        step += stride
        quiet = quiet + 1 if ahead.calm else 0
        if quiet > 1:  # twice calm: the next event is probably not near
            stride *= 2
        now = ahead
    return Completed(now, tuple(shares_at(step)), step, runs, ())


def _too_fine(share: Fraction, increment: Fraction) -> Unusable:
    better = max(increment * 1000, Fraction(10) ** max(0, len(str(int(share))) - 3))
    return Unusable(
        Text(
            f"Mit einem Schritt von {float(increment):g} sind es zu viele Läufe.",
            f"With a step of {float(increment):g} there are too many runs.",
        ),
        where=Text("add1", "add1"),
        do=Text(
            f"Bitte den Schritt größer wählen, etwa --increment {int(better)}.",
            f"Please choose a larger step, such as --increment {int(better)}.",
        ),
    )
