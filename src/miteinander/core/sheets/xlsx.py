"""XLSX, read as a stream: what is shown in the cells, which of them are merged, what is hidden.

Our own reading of the format, because openpyxl's quick way does not know merged cells, believes
the size that a sheet claims to have, and takes twice as long (decision 85).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import Any, Literal, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from miteinander.core.sheets.shapes import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    Flaw,
    Row,
    Sheet,
    address,
    damaged,
    too_large_inside,
    too_many_columns,
    too_many_rows,
)
from miteinander.core.sheets.values import moment_of, tidy

AT_ONCE = 1 << 18
Attributes = dict[str, str]
Look = Literal["", "day", "percent"]
"""How a cell shows its number: as it is, as a day or a time, or times a hundred."""

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The numbers of formats that every spreadsheet knows and that show days or times."""
_PERCENT = frozenset({9, 10})
"""Likewise for percentages."""
_QUIET = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
"""What stands in a format without showing anything of the value: words, colours, space."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class Span(NamedTuple):
    """A merged range; rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


def read(packed: ZipFile) -> list[Sheet]:
    book_path = _book_path(packed)
    book = _Book()
    _parse(packed, book_path, book.start)
    targets = _related(packed, book_path)
    strings = _strings(packed, targets.of_kind("sharedStrings"))
    looks = _looks(packed, targets.of_kind("styles"))
    sheets = []
    for name, key, is_hidden in book.sheets:
        kind, path = targets.by_key.get(key, ("", ""))
        if kind == "worksheet":
            grid = _Grid(strings, looks, since_1904=book.since_1904)
            _parse(packed, path, grid.start, grid.end, grid.text)
            sheets.append(grid.sheet(name, is_hidden=is_hidden))
    return sheets


# --- parts of the package -------------------------------------------------------------------------


class _Targets:
    """What a part refers to: by key, and by what it is."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.by_key: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = target[1:] if target.startswith("/") else normpath(join(self.base, target))
        self.by_key[attributes.get("Id", "")] = (attributes["Type"].rsplit("/", 1)[-1], path)

    def of_kind(self, kind: str) -> str:
        return next((path for found, path in self.by_key.values() if found == kind), "")


def _book_path(packed: ZipFile) -> str:
    targets = _Targets("")
    _parse(packed, "_rels/.rels", targets.start)
    return targets.of_kind("officeDocument") or "xl/workbook.xml"


def _related(packed: ZipFile, path: str) -> _Targets:
    folder, name = path.rsplit("/", 1)
    targets = _Targets(dirname(path))
    _parse(packed, f"{folder}/_rels/{name}.rels", targets.start)
    return targets


class _Book:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}
        elif tag == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("id", ""), is_hidden))


def _parse(
    packed: ZipFile,
    path: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Run through one part; names of tags and attributes come without their namespace."""
    names: dict[str, str] = {}

    def short(name: str) -> str:
        if name not in names:
            names[name] = name.rsplit(" ", 1)[-1]
        return names[name]

    def started(name: str, attributes: Attributes) -> None:
        start(short(name), {short(key): value for key, value in attributes.items()})

    def no_declarations(*_declared: Any) -> None:
        raise damaged()  # no spreadsheet writes any, and they can be made to explode

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = no_declarations
    parser.StartElementHandler = started
    if end is not None:
        closing = end
        parser.EndElementHandler = lambda name: closing(short(name))
    if text is not None:
        parser.CharacterDataHandler = text
    taken = 0
    with packed.open(path) as part:
        while piece := part.read(AT_ONCE):
            taken += len(piece)
            if taken > MOST_UNPACKED:
                raise too_large_inside()
            parser.Parse(piece, False)  # noqa: FBT003 -- expat takes no name
        parser.Parse(b"", True)  # noqa: FBT003 -- as above


# --- texts and formats ----------------------------------------------------------------------------


def _strings(packed: ZipFile, path: str) -> list[str]:
    """The texts that cells refer to by number; what a reading aid says (rPh) is left out."""
    found: list[str] = []
    if not path:
        return found
    pieces: list[str] = []
    state = {"in_text": False, "aside": 0}

    def start(tag: str, _attributes: Attributes) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["aside"] += 1
        elif tag == "t":
            state["in_text"] = not state["aside"]

    def end(tag: str) -> None:
        if tag == "si":
            found.append(_plain("".join(pieces)))
        elif tag == "rPh":
            state["aside"] -= 1
        elif tag == "t":
            state["in_text"] = False

    def text(written: str) -> None:
        if state["in_text"]:
            pieces.append(written)

    _parse(packed, path, start, end, text)
    return found


def _plain(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return tidy(text)


def _looks(packed: ZipFile, path: str) -> list[Look]:
    """For each style of cells, how it shows a number."""
    if not path:
        return []
    known: dict[int, Look] = {**dict.fromkeys(_DATES, "day"), **dict.fromkeys(_PERCENT, "percent")}
    found: list[Look] = []
    state = {"in_cells": False}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            known[int(attributes["numFmtId"])] = _look_of(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            state["in_cells"] = True
        elif tag == "xf" and state["in_cells"]:
            found.append(known.get(int(attributes.get("numFmtId", "0")), ""))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            state["in_cells"] = False

    _parse(packed, path, start, end)
    return found


def _look_of(pattern: str) -> Look:
    first = _QUIET.sub("", pattern.split(";", maxsplit=1)[0]).lower()
    if "general" in first:
        return ""
    if any(sign in first for sign in "dmyhs"):
        return "day"
    return "percent" if "%" in first else ""


# --- cells ----------------------------------------------------------------------------------------


class _Grid:
    """Collects the cells of one sheet while its XML runs by."""

    def __init__(self, strings: list[str], looks: list[Look], *, since_1904: bool) -> None:
        self.strings, self.looks, self.since_1904 = strings, looks, since_1904
        self.rows: list[tuple[int, list[str]]] = []
        self.spans: list[Span] = []
        self.flaws: list[Flaw] = []
        self.columns: dict[str, int] = {}
        self.row, self.column, self.cells = 0, -1, list[str]()
        self.kind, self.style, self.has_formula = "", 0, False
        self.pieces: list[str] = []
        self.listens, self.count = False, 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            where = attributes.get("r", "")
            letters = where.rstrip("0123456789")
            if not letters:
                self.column += 1
            elif letters in self.columns:
                self.column = self.columns[letters]
            else:
                self.column = self.columns[letters] = _column(letters)
            self.kind = attributes.get("t", "n")
            self.style = int(attributes.get("s") or 0)
            self.has_formula = False
            self.pieces.clear()
        elif tag in {"v", "t"}:
            self.listens = True
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self.row = int(attributes.get("r") or self.row + 1)
            self.column, self.cells = -1, []
        elif tag == "mergeCell":
            self.spans.append(_span(attributes.get("ref", "")))
        elif tag == "rPh":
            self.listens = False

    def text(self, written: str) -> None:
        if self.listens:
            self.pieces.append(written)

    def end(self, tag: str) -> None:
        if tag == "c":
            if self.pieces or self.has_formula:
                self._keep()
        elif tag in {"v", "t"}:
            self.listens = False
        elif tag == "row" and any(self.cells):
            if len(self.rows) >= MOST_ROWS:
                raise too_many_rows()
            self.rows.append((self.row, self.cells))

    def _keep(self) -> None:
        shown = self._shown("".join(self.pieces))
        if not shown:
            return
        if self.column >= MOST_COLUMNS:
            raise too_many_columns(address(self.row, self.column))
        self.count += 1
        if self.count > MOST_CELLS:
            raise too_many_rows()
        missing = self.column + 1 - len(self.cells)
        if missing > 0:
            self.cells.extend([""] * missing)
        self.cells[self.column] = shown

    def _shown(self, written: str) -> str:
        match self.kind:
            case "s":
                return self.strings[int(written)] if written.strip() else ""
            case "inlineStr" | "str":
                return _plain(written)
            case "b":
                return {"1": "ja", "0": "nein"}.get(written.strip(), "")
            case "d":
                return written.strip().removesuffix("T00:00:00")
            case "e":
                self._flaw("error")
                return ""
        return self._figure(written.strip())

    def _figure(self, written: str) -> str:
        if not written:
            if self.has_formula:
                self._flaw("formula")
            return ""
        look = self.looks[self.style] if self.style < len(self.looks) else ""
        if look == "day":
            try:
                return moment_of(float(written), since_1904=self.since_1904)
            except (ValueError, OverflowError):
                return written
        if look == "percent":
            return f"{_number(str(100 * float(written)))} %"
        return _number(written)

    def _flaw(self, what: Any) -> None:
        if len(self.flaws) < 1000:
            self.flaws.append(Flaw(address(self.row, self.column), what))

    def sheet(self, name: str, *, is_hidden: bool) -> Sheet:
        self.rows.sort(key=lambda row: row[0])
        self._fill_merged_rows()
        rows = []
        for number, cells in self.rows:
            while cells and not cells[-1]:
                cells.pop()
            rows.append(Row(number, tuple(cells)))
        wide = frozenset((span.top, span.left) for span in self.spans if span.right > span.left)
        return Sheet(name=name, rows=rows, is_hidden=is_hidden, flaws=self.flaws, wide=wide)

    def _fill_merged_rows(self) -> None:
        """Give what is merged over rows to each row that holds something: it belongs to all."""
        numbers = [number for number, _cells in self.rows]
        for span in self.spans:
            if span.bottom == span.top or span.left >= MOST_COLUMNS:
                continue
            first, behind = bisect_left(numbers, span.top), bisect_right(numbers, span.bottom)
            if first >= behind or numbers[first] != span.top:
                continue
            top = self.rows[first][1]
            value = top[span.left] if span.left < len(top) else ""
            if not value:
                continue
            self.count += behind - first
            if self.count > MOST_CELLS:
                raise damaged()  # ranges that overlap a thousand times
            for _number, cells in self.rows[first + 1 : behind]:
                cells.extend([""] * (span.left + 1 - len(cells)))
                cells[span.left] = cells[span.left] or value


def _number(written: str) -> str:
    """A number as a person would write it: 3, not 3.0; and no digits that were never typed."""
    if written.isdigit():
        return written
    value = float(written)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"


def _column(letters: str) -> int:
    found = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        found = found * 26 + ord(letter) - 64
    return found - 1


def _span(reference: str) -> Span:
    parts = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    corners = [(int(part[2]), _column(part[1])) for part in parts if part]
    if len(corners) != len(parts):
        raise ValueError(reference)
    (top, left), (bottom, right) = corners[0], corners[-1]
    return Span(top, left, bottom, right)
