"""Tables that come back from a meeting: filled in by hand, read as plain rows.

A table is known by its mark, not by the name of its file, and its columns by their heads in any
language of the interface, wherever they were moved to. What cannot be understood is named with
the address of its cell; the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.core.errors import Invalid, filled
from miteinander.core.sheets import Row, Sheet, address, mark_in, read_sheets
from miteinander.process.queries.attended import Entry

if TYPE_CHECKING:
    from miteinander.core.errors import Text

MARK = re.compile(r"\b(ANW|KARTEN)-([0-9A-Z]{4}-[0-9A-Z]{4})(?:-([0-9A-Z]{4}-[0-9A-Z]{4}))?\b")
"""Which table it is: attendance of a meeting, cards of a meeting and a call."""
FIRST_ROWS = 12
"""So far down mark and heads are looked for: somebody may put a line above them."""

ATTENDANCE = {
    "key": _("Mark"),
    "function": _("Function"),
    "organisation": _("Organisation"),
    "came": _("Was there"),
}
"""The columns of the table of attendance that are read back, by their heads."""


@dataclass(frozen=True, slots=True)
class Flawed:
    """A cell that could not be understood, by its address in the file."""

    cell: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled table: its mark, its columns, and the rows below the heads."""

    mark: tuple[str, ...]
    columns: dict[str, int]
    rows: list[Row]
    flaws: list[Flawed] = field(default_factory=list)

    def cell(self, row: Row, name: str) -> str:
        place = self.columns.get(name)
        return "" if place is None else row.cell(place)

    def address(self, row: Row, name: str) -> str:
        return address(row.number, self.columns.get(name, 0))


def attended_in(data: bytes, *, mark: Sequence[str]) -> tuple[list[Entry], list[Flawed]]:
    """Read a table of attendance; refuses a file that is none, or one of another meeting.

    A line with a mark and without a tick says nothing; whoever wrote a line of their own was
    there, unless it says no.
    """
    table = filled_table(data, ATTENDANCE, mark=mark, needs=("came",))
    found: list[Entry] = []
    marks: set[str] = set()
    flaws = list(table.flaws)
    for row in table.rows:
        key, ticked = table.cell(row, "key").strip().upper(), table.cell(row, "came")
        function, organisation = table.cell(row, "function"), table.cell(row, "organisation")
        if not key and not function and not organisation:
            if ticked:
                nobody = _("Somebody was there, but neither function nor organisation is given.")
                flaws.append(Flawed(table.address(row, "came"), nobody))
            continue
        came = mark_in(ticked) if ticked else None
        if ticked and came is None:
            sentence = filled(_("“%(what)s” is neither yes nor no."), what=ticked[:40])
            flaws.append(Flawed(table.address(row, "came"), sentence))
            continue
        if key and came is None:
            continue
        if key and key in marks:
            sentence = filled(
                _("The mark %(mark)s stands here twice. The first one counts."), mark=key
            )
            flaws.append(Flawed(table.address(row, "key"), sentence))
            continue
        marks.add(key)
        found.append(
            Entry(
                came=came is not False,
                key=key,
                function=function[:160],
                organisation=organisation[:200],
                row=row.number,
            )
        )
    return found, flaws


def filled_table(
    data: bytes, heads: Mapping[str, Text], *, mark: Sequence[str], needs: Sequence[str]
) -> Filled:
    """Find the table of a mark in a file, with its columns; for this stage and those above."""
    marks: list[tuple[str, ...]] = []
    for sheet in read_sheets(data):
        for row in sheet.rows[:FIRST_ROWS]:
            for cell in row.cells:
                if found := MARK.search(cell.upper()):
                    marks.append(tuple(part for part in found.groups() if part))
                    if marks[-1] == tuple(mark):
                        return _table(sheet, heads, marks[-1], needs)
    if marks:
        raise Invalid(
            {
                "file": filled(
                    _("This table belongs to something else: it has the mark %(found)s, not "
                      "%(wanted)s. Please choose the table from the kit of this meeting."),
                    found="-".join(marks[0]),
                    wanted="-".join(mark),
                )
            }
        )  # fmt: skip
    raise Invalid(
        {
            "file": filled(
                _("There is no mark in this table. Please use the table from the meeting kit; "
                  "its second line holds “%(wanted)s”."),
                wanted="-".join(mark),
            )
        }
    )  # fmt: skip


def _table(
    sheet: Sheet, heads: Mapping[str, Text], mark: tuple[str, ...], needs: Sequence[str]
) -> Filled:
    known = _in_all_languages(heads)
    for place, row in enumerate(sheet.rows[:FIRST_ROWS]):
        columns = {
            known[cell.strip().casefold()]: number
            for number, cell in enumerate(row.cells)
            if cell.strip().casefold() in known
        }
        if set(needs) <= set(columns) and len(columns) > 1:
            flaws = [
                Flawed(flaw.address, _("This cell holds a formula without a value."))
                for flaw in sheet.flaws
            ]
            return Filled(mark, columns, sheet.rows[place + 1 :], flaws)
    raise Invalid(
        {
            "file": filled(
                _("The heads of the columns are missing. There have to be: %(heads)s."),
                heads=", ".join(str(heads[name]) for name in heads),
            )
        }
    )


def _in_all_languages(heads: Mapping[str, Text]) -> dict[str, str]:
    """Each head in each language of the interface, to the name of its column."""
    known: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {str(label).casefold(): name for name, label in heads.items()}
    return known
