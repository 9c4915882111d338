"""The lot: tickets into a pool, and what the lottery means for the people in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from miteinander.process.actions import ListOfPanels
from miteinander.process.insights.refusing import CannotCompute, language, refusing

if TYPE_CHECKING:
    from miteinander.analysis.lot import Pool

RARE = 5
"""A combination of characteristics that fewer people share could point at somebody."""
QuotaRow = Sequence[Any]
"""Characteristic, value, at least, at most."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the pool as the lottery sees them: a number, values, a household."""

    number: str
    values: dict[str, str]
    household: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the pool have a value, and what that would be on the panel."""

    characteristic: str
    value: str
    count: int
    low: int
    high: int
    """Floor and ceiling of the proportional share."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The quotas can be met by these people."""

    people: int
    size: int


@dataclass(frozen=True, slots=True)
class MovedUp:
    """Who moves up for somebody (nobody: nobody is left), and the quotas that no longer hold."""

    new: str | None
    same_type: bool
    missed: list[list[Any]]


def shares_of(people: Sequence[Person], size: int) -> list[Share]:
    """Every value of every characteristic with its proportional bounds, in a fixed order."""
    names = sorted({name for person in people for name in person.values})
    found = []
    for name in names:
        counts = Counter(person.values[name] for person in people if name in person.values)
        for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            exact, rest = divmod(size * count, len(people))
            found.append(Share(name, value, count, exact, exact + bool(rest)))
    return found


def check(
    people: Sequence[Person], quotas: Sequence[QuotaRow], *, size: int, per_household: int | None
) -> Checked:
    """Whether any panel meets the quotas; else `CannotCompute` with what contradicts what."""
    with refusing():
        from miteinander.analysis import lot  # deferred: NumPy and the solver, where one draws

        lot.check(_pool(people, quotas, size=size, per_household=per_household))
    return Checked(len(people), size)


def relaxed(quotas: Sequence[QuotaRow], refusal: CannotCompute) -> list[list[Any]]:
    """The quotas with the smallest change after which they can be met."""
    to = dict(refusal.relaxation)
    return [
        [
            q[0],
            q[1],
            *(to.get(f"{q[0]}: {q[1]}, {s}", b) for s, b in (("min", q[2]), ("max", q[3]))),
        ]
        for q in quotas
    ]


def listed(
    people: Sequence[Person],
    quotas: Sequence[QuotaRow],
    *,
    size: int,
    per_household: int | None,
    panels: int,
    told: Callable[[int], None] = lambda _percent: None,
) -> ListOfPanels:
    """The fairest lottery as a list of numbered panels; depends on no seed."""
    with refusing():
        from miteinander.analysis import lot  # deferred: as above

        pool = _pool(people, quotas, size=size, per_household=per_household)
        found = lot.lottery(pool, panels=panels, told=told)
    chances = found.shares.tolist()
    alike = Counter(_kind(person, quotas) for person in people)
    return ListOfPanels(
        numbers=[found.ids(panel) for panel in found.panels],
        digest=found.digest,
        chances=dict(zip(pool.ids, chances, strict=True)),
        smallest=found.smallest,
        largest=float(found.probabilities.max()),
        upper_bound=found.upper_bound,
        shortfall=found.shortfall,
        deviation=found.deviation,
        never=sum(chance <= 0 for chance in chances),
        rare=sum(count for count in alike.values() if count < RARE),
        said={spoken: lot.sentences(found, None, spoken) for spoken in ("de", "en")},
    )


def draw_number(numbers: Sequence[Sequence[str]], digest: str, seed: str) -> int:
    """Which panel of the list, from 0, a seed draws."""
    with refusing():
        from miteinander.analysis import lot  # deferred: as above

    return lot.drawn_by(seed, digest, len(numbers))


def move_up(
    people: Sequence[Person],
    quotas: Sequence[QuotaRow],
    *,
    size: int,
    per_household: int | None,
    panel: Sequence[str],
    gone: str,
    away: Sequence[str],
    seed: str,
) -> MovedUp:
    """Who takes the place of somebody drawn, under the same quotas and with the same seed."""
    with refusing():
        import numpy as np  # deferred: as above

        from miteinander.analysis import lot  # deferred: as above

        pool = _pool(people, quotas, size=size, per_household=per_household)
        sitting = np.array(lot.people_of(pool, list(panel)), dtype=np.int64)
        replaced = lot.replace(
            pool,
            sitting,
            lot.people_of(pool, [gone]),
            seed=seed,
            away=lot.people_of(pool, list(away)),
        )
    (one,) = replaced.replacements
    return MovedUp(
        new=None if one.new is None else pool.ids[one.new],
        same_type=one.same_type,
        missed=[[q.category, q.feature, q.low, q.high, n] for q, n in replaced.missed],
    )


def _kind(person: Person, quotas: Sequence[QuotaRow]) -> tuple[str, ...]:
    """What somebody is for the quotas: the value of each characteristic that they name."""
    return tuple(person.values.get(name, "") for name in dict.fromkeys(q[0] for q in quotas))


def _pool(
    people: Sequence[Person], quotas: Sequence[QuotaRow], *, size: int, per_household: int | None
) -> Pool:
    """The same pool as the command reads from the published files (a test holds both together)."""
    import numpy as np  # deferred: as above

    from miteinander.analysis.errors import Unusable  # deferred: as above
    from miteinander.analysis.lot import Pool, Quota  # deferred: as above
    from miteinander.analysis.text import Text  # deferred: as above

    if size > len(people):
        raise Unusable(
            Text(
                f"{size} Plätze sind zu besetzen, im Topf sind {len(people)} Menschen.",
                f"There are {size} places, and {len(people)} people in the pool.",
            ),
            do=Text(
                "Bitte weniger Plätze vorsehen oder mehr Menschen aufnehmen.",
                "Please plan fewer places or take more people in.",
            ),
        )
    rows = tuple(Quota(str(q[0]), str(q[1]), int(q[2]), int(q[3])) for q in quotas)
    has = [[person.values.get(q.category) == q.feature for q in rows] for person in people]
    homes = [-1 if person.household is None else person.household for person in people]
    return Pool(
        ids=tuple(person.number for person in people),
        quotas=rows,
        size=size,
        features=np.array(has, dtype=bool).reshape(len(people), len(rows)),
        household=np.array(homes, dtype=np.int64),
        limit=per_household or 0,
    )


def spoken(said: dict[str, list[str]]) -> list[str]:
    """The sentences of a list in the reader's language."""
    return said.get(language(), [])
