"""A sheet with people in rows and options in columns.

Columns that say who somebody is are known by name (`PEOPLE`, `INSTITUTION`, `PERSPECTIVE`) or named
by the caller; every other column is an option. An empty cell means *no mark*; it is never
turned into a number here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.files import Table, read_bytes, table_from
from miteinander.analysis.text import Text

Floats = NDArray[np.float64]

PEOPLE = frozenset({"id", "name", "nr", "participant", "person", "teilnehmer", "voter", "voter_id"})
INSTITUTION = frozenset({"institution", "organisation", "organization"})
PERSPECTIVE = frozenset({"perspective", "perspektive"})


@dataclass(frozen=True, eq=False)
class Sheet:
    """Marks of people (n × k, NaN where somebody gave none) and what is known about the people.

    `institutions` and `perspectives` have a word for each row, empty when unknown; None when the
    sheet has no such column.
    """

    table: Table
    options: tuple[str, ...]
    marks: Floats
    institutions: tuple[str, ...] | None = None
    perspectives: tuple[str, ...] | None = None

    def at(self, row: int, option: int) -> Text:
        return self.table.at(row, self.options[option])


@dataclass(frozen=True)
class Roles:
    """Which columns say who somebody is."""

    institution: str | None
    perspective: str | None
    options: tuple[str, ...]


def roles_of(
    table: Table,
    *,
    institution: str | None = None,
    perspective: str | None = None,
    ignore: Sequence[str] = (),
) -> Roles:
    """Sort the columns of a table; named columns must exist, others are known by their names."""

    def known(names: frozenset[str]) -> str | None:
        return next((c for c in table.columns if c.lower() in names), None)

    for column in (institution, perspective, *ignore):
        if column is not None:
            table.position(column)
    institution = institution or known(INSTITUTION)
    perspective = perspective or known(PERSPECTIVE)
    taken = {institution, perspective, *ignore}
    options = tuple(c for c in table.columns if c not in taken and c.lower() not in PEOPLE)
    return Roles(institution, perspective, options)


def read_sheet(path: str | Path, **roles: str | Sequence[str] | None) -> Sheet:
    """Read a CSV file with people in rows and options in columns."""
    return sheet_from(read_bytes(path), name=Path(path).name, **roles)


def sheet_from(data: bytes, *, name: str, **roles: str | Sequence[str] | None) -> Sheet:
    """A sheet from the bytes of a CSV file; `roles` as in `roles_of`."""
    table = table_from(data, name=name)
    found = roles_of(table, **roles)  # type: ignore[arg-type]  # the keywords are those of roles_of
    if not found.options or "" in found.options:
        raise Unusable(
            Text("Eine Option hat keinen Namen.", "An option has no name.")
            if found.options
            else Text("Die Datei nennt keine Option.", "The file names no option."),
            where=place(name, row=1),
            do=Text(
                "Jede Option ist eine Spalte mit ihrem Namen in der ersten Zeile.",
                "Every option is a column with its name in the first line.",
            ),
        )
    columns = [table.numbers(option) for option in found.options]
    marks = np.array(columns, dtype=np.float64).T.reshape(len(table.rows), len(found.options))
    return Sheet(
        table=table,
        options=found.options,
        marks=marks,
        institutions=tuple(table.column(found.institution)) if found.institution else None,
        perspectives=tuple(table.column(found.perspective)) if found.perspective else None,
    )


def refuse_outside(sheet: Sheet, low: float, high: float, *, do: Text) -> None:
    """Refuse the first mark outside a scale, with its line and column."""
    outside = np.argwhere((sheet.marks < low) | (sheet.marks > high))
    if len(outside):
        row, option = (int(n) for n in outside[0])
        mark = sheet.marks[row, option]
        raise Unusable(
            Text(
                f"{mark:g} liegt nicht zwischen {low:g} und {high:g}.",
                f"{mark:g} is not between {low:g} and {high:g}.",
            ),
            where=sheet.at(row, option),
            do=do,
        )
