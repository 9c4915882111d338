"""From the bytes of a file to a draft of what would be taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from miteinander.community.models import SheetLine
from miteinander.community.queries import Register, counted
from miteinander.community.readers.columns import Column, by_heading, guess, headed
from miteinander.community.readers.comparing import compare
from miteinander.community.readers.entries import entries_in, kinds_in_words
from miteinander.community.readers.names import folded
from miteinander.community.readers.tables import Found, table_in
from miteinander.community.states import LineOutcome, LineSubject, ListField
from miteinander.core.sheets import Sheet, read_sheets


@dataclass(slots=True)
class Draft:
    """What a list says, held against the register; nothing of it is written."""

    sheets: list[dict[str, Any]]
    sheet: int
    columns: list[Column]
    lines: list[SheetLine] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, Any]:
        return counted(self.lines)

    @property
    def mapping(self) -> dict[str, str]:
        return {str(column.place): str(column.field) for column in self.columns}


def read_list(
    data: bytes,
    register: Register,
    *,
    sheet: int | None = None,
    mapping: Mapping[str, str] | None = None,
    of: str = "people",
    named: Collection[str] = (),
    report: Callable[[int], None] = lambda _percent: None,
) -> Draft:
    """Read a file and hold it against the register.

    Without a `sheet` the one is read that looks most like a list; without a `mapping` the one that
    is remembered for these headings counts, else a guess. `named` are headings that somebody has
    called by name: the row in which they stand is no entry. Where no heading is known, the first
    row is headings if a mapping is remembered for them. What is no table is refused (`Invalid`).
    """
    sheets = read_sheets(data)
    report(30)
    heads = frozenset(folded(name) for name in named)
    tables = [table_in(one, heads) if one.rows else Found([], []) for one in sheets]
    chosen = sheet if sheet is not None and sheet < len(sheets) else _best(sheets, tables)
    first = tables[chosen].first
    if first and headings_key(headed(tables[chosen].columns, first)) in register.mappings:
        tables[chosen] = table_in(sheets[chosen], heads | {folded(cell) for cell in first if cell})
    found = tables[chosen]
    cells = [[row.cell(column.place) for row in found.rows] for column in found.columns]
    guess(found.columns, cells, of=of)
    known = mapping or register.mappings.get(headings_key(found.columns))
    if known is not None:
        for column in found.columns:
            column.field = ListField(known.get(str(column.place), column.field))
    entries = entries_in(found, labels=kinds_in_words())
    lines = compare(entries, register, lambda percent: report(40 + percent * 6 // 10))
    lines += [_left_out(*skipped) for skipped in found.skipped]
    lines += [_flaw(flaw.address, flaw.what) for flaw in sheets[chosen].flaws[:100]]
    for position, line in enumerate(lines):
        line.position = position
    told = [
        {"name": one.name, "hidden": one.is_hidden, "rows": len(table.rows)}
        for one, table in zip(sheets, tables, strict=True)
    ]
    told[chosen] |= {"first": first, "is_headed": first != found.first}
    return Draft(sheets=told, sheet=chosen, columns=found.columns, lines=lines)


def headings_key(columns: Sequence[Column]) -> str:
    """By what a mapping is remembered: the headings in their order."""
    told = "\n".join(f"{column.place} {folded(column.heading)}" for column in columns)
    return hashlib.sha256(told.encode()).hexdigest()


def _best(sheets: Sequence[Sheet], tables: Sequence[Found]) -> int:
    """The visible sheet with the most headings that we know, then with the most rows."""

    def worth(place: int) -> tuple[bool, int, int]:
        known = sum(by_heading(column.heading) is not None for column in tables[place].columns)
        rows = len(tables[place].rows)
        return not sheets[place].is_hidden and rows > 0, known, rows

    return max(range(len(sheets)), key=lambda place: (*worth(place), -place))


def _left_out(row: int, code: str, shown: str) -> SheetLine:
    return SheetLine(
        position=0, subject=LineSubject.ROW, row=row, title=shown[:300], says={},
        outcome=LineOutcome.REFUSED, differences=[], candidates=[],
        remarks=[{"code": code, "cell": f"A{row}", "value": shown[:80]}],
    )  # fmt: skip


def _flaw(cell: str, what: str) -> SheetLine:
    row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return SheetLine(
        position=0, subject=LineSubject.ROW, row=row, title=cell, says={},
        outcome=LineOutcome.REFUSED, differences=[], candidates=[],
        remarks=[{"code": what, "cell": cell, "value": ""}],
    )  # fmt: skip
