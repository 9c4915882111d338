"""Headings and rows of a list: titles above, three rows of headings, sums below, groups between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from miteinander.community.readers.columns import BODY, MAIL, Column, by_heading
from miteinander.community.readers.names import folded
from miteinander.core.sheets import Row, Sheet, column_name

LOOKED_AT = 40
SAMPLES = 3
_SUM = re.compile(r"(zwischen|gesamt)?(summe|gesamt|anzahl|total|insgesamt)\b.*", re.IGNORECASE)
_HINT = re.compile(
    r"\(.*\)|\[.*\]|pflicht(feld)?|optional|freiwillig|z\. ?b\..*|bsp\.?:?.*", re.IGNORECASE
)


@dataclass(slots=True)
class Found:
    """A list without what stands around it."""

    columns: list[Column]
    rows: list[Row]
    groups: dict[int, str] = field(default_factory=dict)
    """Row number → the heading between the rows under which it stands."""
    skipped: list[tuple[int, str, str]] = field(default_factory=list)
    """Row number, why (sum, heading), and what stands there."""
    first: list[str] = field(default_factory=list)
    """The first row, where none of the headings is known: perhaps it is headings all the same."""


def table_in(sheet: Sheet, named: frozenset[str] = frozenset()) -> Found:
    """The list in a sheet; `named` are headings that somebody has called by name, folded."""
    head = _head(sheet.rows, named)
    headings, behind = _headings(sheet, head)
    width = max((len(row.cells) for row in sheet.rows[behind:]), default=len(headings))
    headings += [""] * (width - len(headings))
    found = Found(columns=[], rows=[])
    group = ""
    for row in sheet.rows[behind:]:
        given = [cell for cell in row.cells if cell]
        if head is not None and _is_head(row, headings):
            found.skipped.append((row.number, "heading", given[0]))
        elif _SUM.fullmatch(given[0]) and len(given) <= max(2, len(headings) // 2):
            found.skipped.append((row.number, "sum", given[0]))
        elif len(given) == 1 and BODY.search(given[0]) and row.cells[0]:
            group = given[0]
        elif len(given) == 1 and (row.number, 0) in sheet.wide:
            group = ""
            found.skipped.append((row.number, "heading", given[0]))
        else:
            found.rows.append(row)
            if group:
                found.groups[row.number] = group
    found.columns = [
        Column(place, heading or _nameless(place), _samples(found.rows, place))
        for place, heading in enumerate(headings)
        if heading or any(row.cell(place) for row in found.rows)
    ]
    if head is None:
        found.first = _first(found.rows)
    return found


def _first(rows: Sequence[Row]) -> list[str]:
    """The entries of the first row that could be headings; a line over everything is none."""
    full = [row for row in rows[:LOOKED_AT] if sum(map(bool, row.cells)) >= 2]
    cells = (full or rows)[0].cells if rows else ()
    is_entry = any(MAIL.search(cell) for cell in cells)
    return [] if is_entry else [" ".join(cell.split()) for cell in cells]


def _nameless(place: int) -> str:
    return f"({column_name(place)})"


def _samples(rows: Sequence[Row], place: int) -> list[str]:
    found: list[str] = []
    for row in rows[:200]:
        cell = row.cell(place)
        if cell and cell not in found:
            found.append(cell[:60])
            if len(found) == SAMPLES:
                break
    return found


def _known(row: Row, named: frozenset[str] = frozenset()) -> int:
    return sum(by_heading(cell) is not None or folded(cell) in named for cell in row.cells if cell)


def _head(rows: Sequence[Row], named: frozenset[str]) -> int | None:
    """The place of the row with the most headings that we know; the lowest of several alike."""
    best, found = 0, None
    for place, row in enumerate(rows[:LOOKED_AT]):
        if any(MAIL.search(cell) for cell in row.cells):
            continue
        known, given = _known(row, named), sum(bool(cell) for cell in row.cells)
        bodies = sum(bool(BODY.match(cell)) for cell in row.cells)
        if known > best and (known + bodies >= 2 or given <= 2):
            best, found = known, place
    return found


def _headings(sheet: Sheet, head: int | None) -> tuple[list[str], int]:
    """What stands over each column, and where the rows below begin."""
    if head is None:
        return [], 0
    row = sheet.rows[head]
    headings = [" ".join(cell.split()) for cell in row.cells]
    above = sheet.rows[head - 1] if head else None
    if above is not None and above.number == row.number - 1 and _is_group_row(above, sheet):
        headings = _under(_spread(above, len(headings), sheet), headings)
    behind = head + 1
    while behind < len(sheet.rows):
        below = sheet.rows[behind]
        given = [(place, cell) for place, cell in enumerate(below.cells) if cell]
        is_hint = all(_HINT.fullmatch(cell) for _place, cell in given)
        repeats = all(place < len(headings) and cell == row.cell(place) for place, cell in given)
        fills = _known(below) == len(given) and not any(MAIL.search(c) for _p, c in given)
        if not (is_hint or repeats or fills):
            break
        if not is_hint and not repeats:
            headings += [""] * (len(below.cells) - len(headings))
            own = [" ".join(cell.split()) for cell in below.cells]
            headings = _under(headings, own + [""] * (len(headings) - len(own)))
        behind += 1
    return headings, behind


def _is_group_row(row: Row, sheet: Sheet) -> bool:
    """Whether a row names groups of columns; a title over all of them does not."""
    given = [cell for cell in row.cells if cell]
    return len(given) >= 2 and not any(MAIL.search(cell) for cell in given)


def _spread(row: Row, width: int, sheet: Sheet) -> list[str]:
    """The group over each column: a name counts up to the next one where it is merged."""
    found, current = [], ""
    for place in range(max(width, len(row.cells))):
        cell = row.cell(place)
        if cell:
            current = cell if (row.number, place) in sheet.wide else ""
            found.append(" ".join(cell.split()))
        else:
            found.append(current)
    return found


def _under(upper: list[str], own: list[str]) -> list[str]:
    width = max(len(upper), len(own))
    upper = upper + [""] * (width - len(upper))
    own = own + [""] * (width - len(own))
    return [
        f"{above} › {below}" if above and below and above != below else below or above
        for above, below in zip(upper, own, strict=True)
    ]


def _is_head(row: Row, headings: Sequence[str]) -> bool:
    """Whether the headings are repeated, as on every printed page."""
    pairs = [(cell, headings[place]) for place, cell in enumerate(row.cells) if cell]
    return len(pairs) >= 2 and all(
        " ".join(cell.split()) in {heading, heading.rpartition(" › ")[2]} for cell, heading in pairs
    )
