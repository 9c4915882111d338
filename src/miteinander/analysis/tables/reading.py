"""A group from a file: who, what to mix, whom to keep apart, what they wish."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import Table, read_table
from miteinander.analysis.tables.group import Counts, Group
from miteinander.analysis.text import Text


@dataclass(frozen=True)
class Columns:
    """Which columns of the file mean what; all of them may be left out.

    `needs` holds the language a person needs interpreted, `speaks` the languages a person
    interprets (several with a comma, semicolon or slash between them).
    """

    mix: Sequence[str] = ()
    apart: str | None = None
    wishes: Sequence[str] = ()
    needs: str | None = None
    speaks: str | None = None


def read_group(path: str | Path, *, tables: int, columns: Columns) -> Group:
    """The group of a CSV file; a person's id is the column `id`, else the row from 1."""
    file = read_table(path)
    if not file.rows:
        raise Unusable(
            Text("In der Datei steht niemand.", "There is nobody in the file."),
            where=place(file.name),
            do=Text("Je Mensch eine Zeile eintragen.", "Enter one line for each person."),
        )
    if not 1 <= tables <= len(file.rows):
        raise Unusable(
            Text(
                f"{tables} Tische für {len(file.rows)} Menschen gehen nicht.",
                f"{tables} tables for {len(file.rows)} people do not work.",
            ),
            where=place(file.name),
            do=Text(
                "Mindestens ein Tisch, und an jedem mindestens ein Mensch.",
                "At least one table, and at least one person at each.",
            ),
        )
    needs, speaks = _languages(file, columns)
    return Group(
        ids=_ids(file),
        tables=tables,
        mix=tuple(_numbered(file.column(name)) for name in columns.mix),
        apart=_numbered(file.column(columns.apart))
        if columns.apart
        else np.full(len(file.rows), -1),
        wishes=_wishes(file, columns.wishes, tables),
        needs=needs,
        speaks=speaks,
    )


def _ids(file: Table) -> tuple[str, ...]:
    if "id" not in file.columns:
        return tuple(str(row + 1) for row in range(len(file.rows)))
    ids = file.column("id")
    known: set[str] = set()
    for row, one in enumerate(ids):
        if not one or one in known:
            raise Unusable(
                Text(f"Die Kennung „{one}“ steht zweimal da.", f"The id “{one}” appears twice.")
                if one
                else Text("Hier fehlt die Kennung.", "The id is missing here."),
                where=file.at(row, "id"),
                do=Text(
                    "Jeder Mensch steht einmal da, mit eigener Kennung.",
                    "Everybody appears once, with an id of their own.",
                ),
            )
        known.add(one)
    return tuple(ids)


def _numbered(cells: list[str]) -> Counts:
    """Values as numbers in the order of the alphabet; -1 for an empty cell."""
    number = {value: n for n, value in enumerate(sorted({c for c in cells if c}))}
    return np.array([number.get(cell, -1) for cell in cells], dtype=np.int64)


def _wishes(file: Table, names: Sequence[str], tables: int) -> Counts:
    wishes = np.full((len(file.rows), len(names)), -1, dtype=np.int64)
    for rank, name in enumerate(names):
        for row, value in enumerate(file.numbers(name)):
            if math.isnan(value):
                continue
            if value != int(value) or not 1 <= value <= tables:
                raise Unusable(
                    Text(f"Den Tisch {value:g} gibt es nicht.", f"There is no table {value:g}."),
                    where=file.at(row, name),
                    do=Text(
                        f"Wünsche sind Nummern von 1 bis {tables}; leer: kein Wunsch.",
                        f"Wishes are numbers from 1 to {tables}; empty: no wish.",
                    ),
                )
            if int(value) - 1 not in wishes[row]:  # the same table twice is one wish
                wishes[row, rank] = int(value) - 1
    return wishes


def _languages(file: Table, columns: Columns) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    needs = [_split(c) for c in file.column(columns.needs)] if columns.needs else []
    speaks = [_split(c) for c in file.column(columns.speaks)] if columns.speaks else []
    languages = sorted(set().union(*needs)) if needs else []
    people = len(file.rows)
    return (
        _marks(needs, languages, people),
        _marks(speaks, languages, people),
    )


def _split(cell: str) -> set[str]:
    return {part.strip().casefold() for part in re.split(r"[,;/]", cell) if part.strip()}


def _marks(said: list[set[str]], languages: list[str], people: int) -> NDArray[np.bool_]:
    marks = np.zeros((people, len(languages)), dtype=bool)
    for person, spoken in enumerate(said):
        marks[person] = [language in spoken for language in languages]
    return marks
