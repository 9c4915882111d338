"""Tables: sheets of one measure (labels beside values), and rows that are measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from miteinander.core.sheets import Sheet
from miteinander.strategy.readers.blocks import Place, Table
from miteinander.strategy.readers.entries import OF_FIELD, OF_GOAL, Collector, Labels, title_in
from miteinander.strategy.readers.labels import key_of, meaning_of, named_in

HEADED_WITHIN = 15
"""Headings of a table stand in its first rows, below a title perhaps."""
WHERE = frozenset({"field", "goal", "measure", "number"})
"""What says which one a row is about, not what it says of it."""


@dataclass(slots=True)
class Columns:
    """What the columns of a table hold: meanings, and their words."""

    meanings: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    first_row: int = 0

    def of(self, meaning: str) -> int:
        return self.meanings.index(meaning) if meaning in self.meanings else -1


def read_table(table: Table, place: Place, kept: Collector, labels: Labels,
               before: Columns | None) -> Columns | None:  # fmt: skip
    """Read a table of a text; its columns are given back, as it may go on after a page."""
    place = replace(place, table=table.count, page=table.page or place.page)
    if _is_measure_sheet(table.rows):
        _read_sheet_of_measure(table, place, kept, labels)
        return None
    columns = columns_in(table.rows, table.wide, labels)
    if columns is None and before is not None and len(table.rows[0]) == len(before.meanings):
        # The same table, broken by a page: as many columns, and no heading of its own.
        columns = replace(before, first_row=0)
    if columns is None:
        _keep_as_text(table, place, kept)
        return None
    read_rows(
        [(n, row) for n, row in enumerate(table.rows, 1)][columns.first_row :],
        columns, table.wide, place, kept,
    )  # fmt: skip
    return columns


# --- sheets of one measure ------------------------------------------------------------------------


def _pairs(row: Sequence[str]) -> list[tuple[str, str]]:
    """Labels and values of a row: two columns, or twice two; empty cells between do not count."""
    cells = [cell for cell in row if cell.strip()]
    if len(cells) == 4 and meaning_of(cells[0].rstrip(":")) and meaning_of(cells[2].rstrip(":")):
        return [(cells[0], cells[1]), (cells[2], cells[3])]
    if not row[0].strip() or not cells:
        return [("", "\n".join(cells))] if cells else []
    return [(cells[0], "\n".join(dict.fromkeys(cells[1:])))]


def _is_measure_sheet(rows: Sequence[Sequence[str]]) -> bool:
    """Labels that we know stand one below the other, not side by side."""
    firsts = [row[0].rstrip(":") for row in rows if row and row[0].strip()]
    known = sum(bool(meaning_of(label)) for label in firsts)
    if len(rows) < 2 or known < 2 or 2 * known < len(firsts):
        return False
    beside = [meaning_of(cell.rstrip(":")) for cell in rows[0][1:] if cell.strip()]
    below = [meaning_of(label) for label in firsts[1:]]
    return sum(map(bool, beside)) < 2 or sum(map(bool, below)) > sum(map(bool, beside))


def _read_sheet_of_measure(table: Table, place: Place, kept: Collector, labels: Labels) -> None:
    pairs = [
        (n, label.strip().rstrip(":"), said)
        for n, row in enumerate(table.rows, 1)
        for label, said in _pairs(row)
    ]
    titles = {"field": "", "goal": "", "measure": "", "number": ""}
    rest: list[tuple[int, str, str, str]] = []
    for n, label, said in pairs:
        meaning = labels.meaning(label, said, note=bool(said))
        told = named_in(label)
        if meaning in titles and said and not titles[meaning]:
            titles[meaning] = said
        elif not said and told is not None and told.role in titles and told.title:
            titles[told.role] = label  # a row over the whole width: “Maßnahme 1.2: Sprachcafé”
        elif meaning != "ignore":
            rest.append((n, label, meaning, said))
    _open_for_sheet(titles, place, kept)
    current = kept.current
    if current is None:
        kept.remark("table", " | ".join(label for _n, label, _said in pairs), place)
        return
    for n, label, meaning, said in rest:
        if not label or not said:
            # A cell alone in its row: a title that is known, or a text.
            if not meaning and label != current.title:
                current.tell(label or said)
            continue
        put(meaning, label, said, kept)
        if not meaning:
            kept.remark("label", label, replace(place, row=n))


def put(meaning: str, label: str, said: str, kept: Collector) -> None:
    """Give what stands beside or below a label to whom it belongs; what nobody takes is kept."""
    current = kept.current
    assert current is not None, "something is open"
    if belongs(meaning, current.kind):
        current.say(meaning, said)
    elif meaning == "guiding_goal" and kept.field is not None:
        kept.field.say(meaning, said)
    else:
        current.tell(said, label)


def _open_for_sheet(titles: dict[str, str], place: Place, kept: Collector) -> None:
    if titles["measure"] or titles["field"] or titles["goal"]:
        opened = kept.measure
        number, title = title_in(titles["measure"], "measure")
        is_same = opened is not None and (not title or key_of(opened.title) == key_of(title))
        if (titles["field"] or titles["goal"]) and not (is_same and opened):
            kept.place_in(titles["field"], titles["goal"], place)
        if title and not is_same:
            kept.open("measure", title, place, number or titles["number"], is_named=True)
        elif kept.measure is not None and titles["number"]:
            kept.measure.number = kept.measure.number or titles["number"]
    elif titles["number"] and kept.measure is not None:
        kept.measure.number = kept.measure.number or titles["number"]


def belongs(meaning: str, kind: str) -> bool:
    """Whether something of that kind has a place for what a label says."""
    if meaning in {"note", "ignore", ""}:
        return False
    if kind == "field":
        return meaning in OF_FIELD
    if kind == "goal":
        return meaning in OF_GOAL
    return meaning not in {*WHERE, "guiding_goal", "scope"}


# --- rows that are measures -----------------------------------------------------------------------


def columns_in(
    rows: Sequence[Sequence[str]], wide: set[tuple[int, int]], labels: Labels
) -> Columns | None:
    """Find the headings of a table: the row that says most, with the row below it if it goes on."""
    best: tuple[int, int] | None = None
    for n, row in enumerate(rows[:HEADED_WITHIN]):
        said = [_known(cell, labels) for cell in row]
        if {"measure", "goal"} & set(said) and len({s for s in said if s}) >= 2:
            count = sum(map(bool, said))
            if best is None or count > best[0]:
                best = (count, n)
    if best is None:
        return None
    at = best[1]
    heads = list(rows[at])
    over = list(heads)
    for column in range(1, len(over)):
        if not over[column] and any(
            (at, start) in wide and start < column and not any(over[start + 1 : column + 1])
            for start in range(column)
        ):
            over[column] = over[column - 1]
    first = at + 1
    if first < len(rows) and any((at, column) in wide for column in range(len(heads))):
        below = rows[first]
        if all(not cell or len(cell) < 40 for cell in below) and any(below):
            for column, cell in enumerate(below):
                above = over[column] if column < len(over) else ""
                if cell and cell != above:
                    over[column] = f"{above} › {cell}" if above else cell
            first += 1
    columns = Columns(first_row=first)
    for column, label in enumerate(over):
        example = next(
            (row[column] for row in rows[first:] if column < len(row) and row[column]), ""
        )
        meaning = labels.meaning(label, example, note=bool(label))
        is_taken = meaning in WHERE and meaning in columns.meanings
        columns.meanings.append("" if is_taken else meaning)
        columns.labels.append(" ".join(label.split()))
    return columns


def _known(cell: str, labels: Labels) -> str:
    return "" if len(cell) > 60 else labels.chosen.get(key_of(cell)) or meaning_of(cell.rstrip(":"))


def read_rows(
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Columns,
    wide: set[tuple[int, int]],
    place: Place,
    kept: Collector,
) -> None:
    """Take each row as a measure, or as a goal where no measure is named."""
    at = {name: columns.of(name) for name in WHERE}
    for n, row in rows:
        here = replace(place, row=n)
        if not any(row):
            continue
        cells = {name: row[c].strip() if 0 <= c < len(row) else "" for name, c in at.items()}
        filled = [cell for cell in row if cell.strip()]
        if _is_section(row, (n - 1, wide), columns, cells["measure"]):
            _read_section(filled[0], here, kept)
            continue
        if [key_of(cell) for cell in row] == [key_of(label) for label in columns.labels]:
            continue  # the headings once more, on the next page
        if cells["field"] or cells["goal"]:
            kept.place_in(cells["field"], cells["goal"], here)
        if cells["measure"]:
            number, title = title_in(cells["measure"], "measure")
            kept.open("measure", title, here, cells["number"] or number, is_named=True)
        elif not cells["goal"] and (kept.measure is None or cells["number"]):
            kept.remark("row", " | ".join(filled), here)
            if (current := kept.current) is not None:
                current.tell(" | ".join(filled))
            continue
        _say_cells(row, columns, here, kept)


def _is_section(
    row: Sequence[str], where: tuple[int, set[tuple[int, int]]], columns: Columns, measure: str
) -> bool:
    """One cell over the whole width, or one that stands alone and is no more of a measure."""
    filled = [c for c, cell in enumerate(row) if cell.strip()]
    if len({row[c] for c in filled}) != 1:
        return False
    at, wide = where
    first = filled[0]
    if len(filled) == 1 and (at, first) in wide:
        return True
    meaning = columns.meanings[first] if first < len(columns.meanings) else ""
    return not measure and (meaning in {"", "number"} or named_in(row[first]) is not None)


def _read_section(words: str, place: Place, kept: Collector) -> None:
    told = named_in(words)
    if told is not None and told.role in {"field", "goal"} and told.title:
        kept.open("field" if told.role == "field" else "goal", told.title, place, told.number,
                  is_named=True)  # fmt: skip
    elif told is not None and told.role == "guiding_goal" and kept.field is not None:
        kept.field.say("guiding_goal", told.title)
    elif (current := kept.current) is not None:
        current.tell(words)
        kept.remark("row", words, place)
    else:
        kept.remark("row", words, place)


def _say_cells(row: Sequence[str], columns: Columns, place: Place, kept: Collector) -> None:
    current = kept.current
    assert current is not None, "a row that names one has opened it"
    for column, cell in enumerate(row):
        if not cell.strip() or column >= len(columns.meanings):
            if cell.strip():
                current.tell(cell)
            continue
        meaning, label = columns.meanings[column], columns.labels[column]
        if meaning not in WHERE and meaning != "ignore":
            put(meaning, label, cell, kept)


def _keep_as_text(table: Table, place: Place, kept: Collector) -> None:
    lines = [" | ".join(cell for cell in row if cell.strip()) for row in table.rows]
    kept.remark("table", next((line for line in lines if line), ""), place)
    if (current := kept.current) is not None:
        current.tell("\n".join(line for line in lines if line))


# --- spreadsheets ---------------------------------------------------------------------------------


def read_sheet(sheet: Sheet, kept: Collector, labels: Labels) -> bool:
    """Read one sheet of a workbook; False where no row of it says what the columns hold."""
    width = max((len(row.cells) for row in sheet.rows), default=0)
    rows = [[*row.cells, *([""] * (width - len(row.cells)))] for row in sheet.rows]
    numbers = [row.number for row in sheet.rows]
    places = {number: at for at, number in enumerate(numbers)}
    wide = {(places[row], column) for row, column in sheet.wide if row in places}
    columns = columns_in(rows, wide, labels)
    if columns is None:
        return False
    place = Place(sheet=sheet.name)
    for flaw in sheet.flaws:
        kept.remark("formula", flaw.address, place)
    for number, row in list(zip(numbers, rows, strict=True))[: columns.first_row - 1]:
        told = named_in(next((cell for cell in row if cell), ""))
        if told is not None and told.role == "field" and told.title:
            kept.open("field", told.title, replace(place, row=number), told.number, is_named=True)
    told_wide = {(numbers[at] - 1, column) for at, column in wide}
    read_rows(
        list(zip(numbers, rows, strict=True))[columns.first_row :],
        columns, told_wide, place, kept,
    )  # fmt: skip
    return True
