"""What reading a file gives, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid, filled

if TYPE_CHECKING:
    from miteinander.core.errors import Text

MOST_BYTES = 10_000_000
MOST_ROWS = 60_000
"""Rows that hold something, of one sheet."""
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
MOST_UNPACKED = 150_000_000
"""Bytes of one part of a packed file."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]
    """Without white space around them and without empty cells at the end."""

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell whose value is not in the file."""

    address: str
    what: Literal["formula", "error"]
    """A formula that was never worked out, or one that ended in an error (#REF!)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. A cell merged over rows has its value in each of them."""

    name: str
    rows: list[Row]
    is_hidden: bool = False
    flaws: list[Flaw] = field(default_factory=list)
    wide: frozenset[tuple[int, int]] = frozenset()
    """Row number and column of cells that are merged over several columns, like titles."""
    is_repaired: bool = False
    """Characters were in several encodings, and were put right."""


def column_name(column: int) -> str:
    """The letters over a column, counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Where a cell is, as a spreadsheet says it; the column counts from 0, the row from 1."""
    return f"{column_name(column)}{row}"


def refused(sentence: Text, **words: object) -> Invalid:
    return Invalid({"file": filled(sentence, **words) if words else sentence})


def too_many_rows() -> Invalid:
    return refused(
        _(
            "The sheet has more than %(most)s rows. Please divide it into several files, each with "
            "the same headings, and send one after the other."
        ),
        most=f"{MOST_ROWS:,}".replace(",", "."),
    )


def too_many_columns(where: str) -> Invalid:
    return refused(
        _(
            "The sheet has entries beyond column %(last)s (in %(where)s). Please delete columns "
            "that are not needed, at most %(most)s can be read, and send it again."
        ),
        last=column_name(MOST_COLUMNS - 1),
        where=where,
        most=MOST_COLUMNS,
    )


def too_large_inside() -> Invalid:
    return refused(
        _(
            "Unpacked, this file is larger than %(most)s MB; it is not opened. Please copy the "
            "rows you need into a new file and send that."
        ),
        most=MOST_UNPACKED // 1_000_000,
    )


def damaged() -> Invalid:
    return refused(
        _(
            "The file is damaged or incomplete. Please open it in your spreadsheet program, save "
            "it again as XLSX, and send it once more."
        )
    )
