"""Table plans: guests into a group, seats found, judged, and tried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from miteinander.process.insights.refusing import refusing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from miteinander.analysis.tables import Group
    from miteinander.process.models import Guest
    from miteinander.process.queries import Seated

    Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Guesting:
    """Everything that decides who sits well where; guests by their place in the lists.

    `values` holds the values of each guest for the characteristics that are mixed, `organisations`
    whose people are kept apart (empty: nobody's), `pairs` two guests and whether they shall sit
    together.
    """

    tables: int
    values: Sequence[Sequence[str]]
    organisations: Sequence[str]
    pairs: Sequence[tuple[int, int, bool]] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """What a plan is judged by, counted at the plan itself."""

    deviation: int
    """People outside the share that their table is due, over tables, values and rounds."""
    apart_broken: int
    """People above two of one organisation at a table."""
    pairs_broken: int
    repeats: int
    """Pairs that sit together again in another round."""
    smallest: int
    largest: int
    """People at the smallest and at the largest table of any round."""


def guesting_of(seated: Seated) -> Guesting:
    """The people of a plan as the search and the judge see them."""
    plan, place = seated.plan, {guest.pk: n for n, guest in enumerate(seated.guests)}

    def value(guest: Guest, name: str) -> str:
        return guest.organisation if name == "organisation" else guest.values.get(name, "")

    return Guesting(
        tables=plan.tables,
        values=[[value(guest, name) for name in plan.mix] for guest in seated.guests],
        organisations=[guest.organisation if plan.keeps_apart else "" for guest in seated.guests],
        pairs=[(place[w.one_id], place[w.other_id], w.together) for w in seated.wishes],
    )


def seated(guesting: Guesting, *, rounds: int, leaning: str, seed: int = 0) -> list[list[int]]:
    """The table, from 1, of each guest in each round."""
    with refusing():
        from miteinander.analysis import tables  # deferred: loads NumPy and SciPy

        found = tables.seat(_group(guesting), rounds=rounds, seed=seed, prefer=leaning)
    return [[int(s[guest]) + 1 for s in found.plan.seatings] for guest in range(_count(guesting))]


def judge(guesting: Guesting, seats: Sequence[Sequence[int]]) -> Quality:
    """Any plan, found or changed by hand."""
    import numpy as np  # deferred: as above

    from miteinander.analysis import tables  # deferred: as above

    if not seats:
        return Quality(0, 0, 0, 0, 0, 0)
    rounds = np.array(seats, dtype=np.int64).T - 1
    plan = tables.judged(_group(guesting), list(rounds), "balanced")
    sizes = [np.bincount(each, minlength=guesting.tables) for each in rounds]
    return Quality(
        deviation=plan.deviation,
        apart_broken=plan.apart_broken,
        pairs_broken=plan.pairs_broken,
        repeats=plan.repeats,
        smallest=int(min(size.min() for size in sizes)),
        largest=int(max(size.max() for size in sizes)),
    )


def best_tables(
    guesting: Guesting, seats: Sequence[Sequence[int]], values: Sequence[str], organisation: str
) -> list[int]:
    """Where somebody who comes late sits best in each round: the others stay where they are.

    Only tables with the fewest people are offered, so that tables stay as equal as they can be.
    """
    wider = replace(
        guesting,
        values=[*guesting.values, values],
        organisations=[*guesting.organisations, organisation],
    )
    rounds = len(seats[0]) if seats else 1
    chosen: list[int] = []
    for number in range(rounds):
        taken = [guest[number] for guest in seats]
        sizes = {table: taken.count(table) for table in range(1, guesting.tables + 1)}
        fewest = min(sizes.values())
        free = [table for table, size in sizes.items() if size == fewest]
        chosen.append(
            min(free, key=lambda table: (_price(wider, seats, chosen, number, table), table))
        )
    return chosen


def _price(
    guesting: Guesting, seats: Sequence[Sequence[int]], chosen: list[int], number: int, table: int
) -> int:
    """What it costs to sit at a table in a round, having sat at others before."""
    up_to = [guest[: number + 1] for guest in seats]
    quality = judge(guesting, [*up_to, [*chosen, table]])
    return (
        12 * quality.deviation
        + 1000 * quality.apart_broken
        + 300 * quality.pairs_broken
        + 6 * quality.repeats
    )


def _count(guesting: Guesting) -> int:
    return len(guesting.organisations)


def _group(guesting: Guesting) -> Group:
    import numpy as np  # deferred: as above

    from miteinander.analysis.errors import Unusable  # deferred: as above
    from miteinander.analysis.tables import Group  # deferred: as above
    from miteinander.analysis.text import Text  # deferred: as above

    people = _count(guesting)
    if guesting.tables > people:
        raise Unusable(
            Text(
                f"{guesting.tables} Tische für {people} Menschen gehen nicht.",
                f"{guesting.tables} tables for {people} people do not work.",
            ),
            do=Text(
                "An jedem Tisch sitzt mindestens ein Mensch: Bitte weniger Tische vorsehen.",
                "At every table sits at least one person: please plan fewer tables.",
            ),
        )
    nobody: NDArray[np.bool_] = np.zeros((people, 0), dtype=bool)
    columns = len(guesting.values[0]) if guesting.values else 0
    return Group(
        ids=tuple(str(guest) for guest in range(people)),
        tables=guesting.tables,
        mix=tuple(
            _numbered([values[column] for values in guesting.values]) for column in range(columns)
        ),
        apart=_numbered(guesting.organisations),
        wishes=np.zeros((people, 0), dtype=np.int64),
        needs=nobody,
        speaks=nobody,
        pairs=tuple(guesting.pairs),
    )


def _numbered(cells: Sequence[str]) -> Counts:
    import numpy as np  # deferred: as above

    number = {value: n for n, value in enumerate(sorted({cell for cell in cells if cell}))}
    return np.array([number.get(cell, -1) for cell in cells], dtype=np.int64)
