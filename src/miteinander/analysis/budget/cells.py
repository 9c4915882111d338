"""A file of sections, cut into cells: the outer layer of a Pabulib file.

A file without quotation marks in its votes is split as a whole (one call instead of one for each
of 90,000 lines) after NumPy has checked that every line has the same number of cells. All others
go through the csv module, line by line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.text import Text

SECTIONS = ("META", "PROJECTS", "VOTES")


@dataclass(frozen=True)
class Section:
    name: str
    line: int
    text: str


@dataclass(frozen=True)
class Cells:
    """The cells of a section by column, and the line of each row in the file."""

    file: str
    section: str
    columns: tuple[str, ...]
    cells: list[str]
    lines: Sequence[int]

    def has(self, column: str) -> bool:
        return column in self.columns

    def of(self, column: str) -> list[str]:
        if column not in self.columns:
            raise Unusable(
                Text(
                    f"Im Abschnitt {self.section} fehlt die Spalte „{column}“.",
                    f"The section {self.section} has no column “{column}”.",
                ),
                where=place(self.file, row=self.lines[0] - 1 if self.lines else None),
                do=Text(
                    f"Es gibt: {', '.join(self.columns)}.", f"There are: {', '.join(self.columns)}."
                ),
            )
        return self.cells[self.columns.index(column) :: len(self.columns)]

    def at(self, row: int, column: str) -> Text:
        return place(self.file, row=self.lines[row], column=column)


def sections(text: str, name: str) -> dict[str, Section]:
    """The text of each section; its name stands alone on a line, semicolons at most."""
    hits = sorted(hit for title in SECTIONS for hit in _lines_saying(text, title))
    found: dict[str, Section] = {}
    for number, (begin, end, title) in enumerate(hits):
        line = text.count("\n", 0, begin) + 1
        if title in found:
            raise Unusable(
                Text(
                    f"Der Abschnitt {title} kommt zweimal vor.",
                    f"The section {title} appears twice.",
                ),
                where=place(name, row=line),
                do=Text("Jeder Abschnitt steht einmal da.", "Every section is there once."),
            )
        stop = hits[number + 1][0] if number + 1 < len(hits) else len(text)
        found[title] = Section(title, line, text[end:stop])
    missing = [title for title in SECTIONS if title not in found]
    if missing:
        raise Unusable(
            Text(f"Der Abschnitt {missing[0]} fehlt.", f"The section {missing[0]} is missing."),
            where=place(name),
            do=Text(
                "Eine Pabulib-Datei hat die Abschnitte META, PROJECTS und VOTES, jeder beginnt mit "
                "seinem Namen in einer eigenen Zeile.",
                "A Pabulib file has the sections META, PROJECTS and VOTES; each begins with its "
                "name on a line of its own.",
            ),
        )
    return found


def _lines_saying(text: str, title: str) -> Iterator[tuple[int, int, str]]:
    """Begin of the line, begin of the next, title. `find` reads a megabyte in no time."""
    at = text.find(title)
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        if text[begin:end].strip(" \t;\n") == title:
            yield begin, end, title
        at = text.find(title, at + 1)


def split(section: Section, file: str) -> Cells:
    head, _, body = section.text.partition("\n")
    columns = tuple(cell.strip() for cell in next(csv.reader([head], delimiter=";"), []))
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns or len(set(columns)) < len(columns):
        raise Unusable(
            Text(
                f"Dem Abschnitt {section.name} fehlt die Kopfzeile, oder sie nennt eine Spalte "
                "zweimal.",
                f"The header of the section {section.name} is missing or names a column twice.",
            ),
            where=place(file, row=section.line + 1),
        )
    body = body.rstrip("\n")
    whole = _split_at_once(body, len(columns)) if '"' not in body else None
    if whole is not None:
        first = section.line + 2
        rows = len(whole) // len(columns)
        return Cells(file, section.name, columns, whole, range(first, first + rows))
    return _split_by_line(section, file, columns, body)


def _split_at_once(body: str, width: int) -> list[str] | None:
    """All cells of a body, or None when a line has not exactly `width` of them."""
    if not body:
        return []
    signs = np.frombuffer(f"{body}\n".encode(), dtype=np.uint8)
    ends = signs[(signs == 0x3B) | (signs == 0x0A)]  # ; and the end of a line
    if len(ends) % width:
        return None
    grid = ends.reshape(-1, width) == 0x0A
    if not grid[:, -1].all() or grid[:, :-1].any():
        return None
    if width == 1 and "" in body.split("\n"):
        return None
    return body.replace("\n", ";").split(";")


def _split_by_line(section: Section, file: str, columns: tuple[str, ...], body: str) -> Cells:
    cells: list[str] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=";", strict=True)
    begins = section.line + 2
    try:
        for row in reader:
            line, begins = begins, section.line + 2 + reader.line_num
            if not any(row):
                continue
            if len(row) > len(columns) and not any(row[len(columns) :]):
                row = row[: len(columns)]  # noqa: PLW2901 - semicolons at the end say nothing
            if len(row) != len(columns):
                raise Unusable(
                    Text(
                        f"Die Zeile hat {len(row)} Zellen, die Kopfzeile {len(columns)}.",
                        f"The line has {len(row)} cells, the header {len(columns)}.",
                    ),
                    where=place(file, row=line),
                    do=Text(
                        "Texte, die ein Semikolon enthalten, gehören in Anführungszeichen.",
                        "Texts that contain a semicolon belong in quotation marks.",
                    ),
                )
            cells += row
            lines.append(line)
    except csv.Error as problem:
        raise Unusable(
            Text(
                "Hier stimmen die Anführungszeichen nicht.",
                "The quotation marks do not match here.",
            ),
            where=place(file, row=begins),
        ) from problem
    return Cells(file, section.name, columns, cells, lines)
