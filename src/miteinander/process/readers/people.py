"""Uploaded tables of people: one line for each, characteristics in columns."""

from __future__ import annotations

from typing import TypedDict

from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid
from miteinander.core.sheets import read_sheets

MOST_PEOPLE = 20_000


class PeopleSheet(TypedDict):
    """A table as it is kept until somebody has said what its columns mean."""

    name: str
    columns: list[str]
    rows: list[list[str]]


def read_people(data: bytes, *, name: str) -> PeopleSheet:
    """The first sheet with its head; refuses (`Invalid` on `file`) what is no table of people."""
    found = [row for row in read_sheets(data)[0].rows if any(row.cells)]
    lines = found[1:]
    if not lines:
        raise Invalid(
            {
                "file": _(
                    "There is nobody in the file. The first line holds the names of the columns, "
                    "then one line for each person."
                )
            }
        )
    columns = [cell.strip() for cell in found[0].cells]
    while columns and not columns[-1]:
        columns.pop()
    if len(lines) > MOST_PEOPLE:
        words = {"n": len(lines), "most": MOST_PEOPLE}
        raise Invalid(
            {"file": _("The file has %(n)s lines; at most %(most)s can be drawn from.") % words}
        )
    if "" in columns:
        place = {"n": columns.index("") + 1}
        raise Invalid(
            {"file": _("Column %(n)s has no name. Please write one into the first line.") % place}
        )
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise Invalid(
            {
                "file": _("The column “%(column)s” is there twice. Please rename one.")
                % {"column": twice[0]}
            }
        )
    width = len(columns)
    rows = [[cell.strip() for cell in row.cells][:width] for row in lines]
    return {
        "name": name,
        "columns": columns,
        "rows": [row + [""] * (width - len(row)) for row in rows],
    }
