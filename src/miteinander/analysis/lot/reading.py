"""Quotas and people from two files, with every misfit named by line and column.

Categories: ``category, feature, min, max`` (the older ``name`` for ``feature`` is known); an empty
bound does not bind. Respondents: a column for each category; a person's id is the column ``id``,
else the number of the row from 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.errors import NOTHING, Unusable, place
from miteinander.analysis.files import Table, read_table
from miteinander.analysis.lot.pool import Pool, Quota
from miteinander.analysis.text import Text


@dataclass(frozen=True)
class Household:
    """The column of the address, and how many people of one address may be on the panel."""

    column: str
    limit: int = 1


def read_pool(
    categories: str | Path,
    respondents: str | Path,
    *,
    size: int,
    household: Household | None = None,
) -> Pool:
    """The pool of two CSV files; raises `Unusable` for what does not fit."""
    quotas_table = read_table(categories)
    people = read_table(respondents)
    if size < 1 or size > len(people.rows):
        raise _size(size, people)
    quotas = _quotas(quotas_table, most=size)
    household_of = np.full(len(people.rows), -1, dtype=np.int64)
    if household is not None:
        if household.limit < 1:
            raise Unusable(
                Text(
                    "Je Haushalt muss mindestens ein Mensch möglich sein.",
                    "At least one person per household has to be possible.",
                )
            )
        household_of = _homes(people.column(household.column))
    return Pool(
        ids=_ids(people),
        quotas=quotas,
        size=size,
        features=_features(people, quotas, file=quotas_table.name),
        household=household_of,
        limit=household.limit if household else 0,
    )


def _size(size: int, people: Table) -> Unusable:
    if not people.rows:
        what = Text("Im Topf ist niemand.", "There is nobody in the pool.")
    elif size < 1:
        what = Text(
            f"Ein Gremium mit {size} Plätzen gibt es nicht.",
            f"There is no panel with {size} seats.",
        )
    else:
        what = Text(
            f"Das Gremium soll {size} Plätze haben, im Topf sind {len(people.rows)} Menschen.",
            f"The panel has {size} seats, the pool {len(people.rows)} people.",
        )
    return Unusable(
        what,
        where=place(people.name),
        do=Text(
            "Bitte die Größe und die Datei der Menschen prüfen.",
            "Please check the size and the file of people.",
        ),
    )


def _quotas(table: Table, *, most: int) -> tuple[Quota, ...]:
    naming = "name" if "feature" not in table.columns and "name" in table.columns else "feature"
    categories, features = table.column("category"), table.column(naming)
    lows, highs = table.numbers("min"), table.numbers("max")
    quotas: list[Quota] = []
    seen: set[tuple[str, str]] = set()
    for row, key in enumerate(zip(categories, features, strict=True)):
        if key in seen:
            raise Unusable(
                Text(
                    f"„{key[1]}“ steht zweimal bei „{key[0]}“.",
                    f"“{key[1]}” appears twice under “{key[0]}”.",
                ),
                where=table.at(row, naming),
                do=Text("Bitte eine Zeile löschen.", "Please delete one of the lines."),
            )
        seen.add(key)
        low = _whole(lows[row], 0, table.at(row, "min"))
        high = _whole(highs[row], most, table.at(row, "max"))
        if low > high and not math.isnan(highs[row]):
            raise Unusable(
                Text(
                    f"Das Mindeste ({low}) ist größer als das Meiste ({high}).",
                    f"The minimum ({low}) is larger than the maximum ({high}).",
                ),
                where=table.at(row, "min"),
                do=Text("Bitte die Zahlen prüfen.", "Please check the numbers."),
            )
        quotas.append(Quota(*key, low, high))
    return tuple(quotas)


def _whole(value: float, default: int, where: Text) -> int:
    if math.isnan(value):
        return default
    if value != int(value) or value < 0:
        raise Unusable(
            Text("Eine Quote ist eine ganze Zahl ab 0.", "A quota is a whole number from 0 up."),
            where=where,
            do=Text("Bitte die Zahl runden.", "Please round the number."),
        )
    return int(value)


def _ids(people: Table) -> tuple[str, ...]:
    if "id" not in people.columns:
        return tuple(str(row + 1) for row in range(len(people.rows)))
    ids = people.column("id")
    first: dict[str, int] = {}
    for row, one in enumerate(ids):
        if not one or one in first:
            raise Unusable(
                Text(f"Die Kennung „{one}“ steht zweimal da.", f"The id “{one}” appears twice.")
                if one
                else Text("Hier fehlt die Kennung.", "The id is missing here."),
                where=people.at(row, "id"),
                do=Text(
                    "Jeder Mensch steht einmal da, mit eigener Kennung.",
                    "Everybody appears once, with an id of their own.",
                ),
            )
        first[one] = row
    return tuple(ids)


def _features(people: Table, quotas: tuple[Quota, ...], *, file: str) -> NDArray[np.bool_]:
    features = np.zeros((len(people.rows), len(quotas)), dtype=bool)
    for category in dict.fromkeys(q.category for q in quotas):
        known = {q.feature: n for n, q in enumerate(quotas) if q.category == category}
        for row, value in enumerate(people.column(category)):
            if value not in known:
                raise Unusable(
                    Text(
                        f"„{value}“ ist keine Ausprägung von „{category}“."
                        if value
                        else f"Hier fehlt die Angabe zu „{category}“.",
                        f"“{value}” is no feature of “{category}”."
                        if value
                        else f"The value of “{category}” is missing here.",
                    ),
                    where=people.at(row, category),
                    do=Text(
                        f"In {file} stehen: {', '.join(known)}.",
                        f"{file} knows: {', '.join(known)}.",
                    ),
                )
            features[row, known[value]] = True
    return features


def _homes(addresses: list[str]) -> NDArray[np.int64]:
    """Equal addresses (but for case and spaces) are one household; an empty one is nobody's."""
    number: dict[str, int] = {}
    same = (" ".join(address.casefold().split()) for address in addresses)
    return np.array(
        [number.setdefault(address, len(number)) if address else -1 for address in same],
        dtype=np.int64,
    )


def people_of(pool: Pool, ids: list[str]) -> list[int]:
    """The people with these ids; refuses an id that is not in the pool."""
    number = {one: n for n, one in enumerate(pool.ids)}
    for one in ids:
        if one not in number:
            raise Unusable(
                Text(f"„{one}“ ist nicht im Topf.", f"“{one}” is not in the pool."),
                where=NOTHING,
                do=Text("Bitte die Kennung prüfen.", "Please check the id."),
            )
    return [number[one] for one in ids]
