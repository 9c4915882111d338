"""Tables from CSV files as people have them.

Spreadsheets save in many ways: with or without a byte-order mark, in UTF-8, UTF-16 or the
Windows code page, with commas, semicolons or tabs, with decimal commas. All of that is read.
What is not guessed is meaning: an unknown column, a cell that should be a number and is none, a
quotation mark that never closes are refused, with line and column.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from miteinander.analysis.errors import Unusable, place
from miteinander.analysis.text import Text

DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class Table:
    """A header and its rows; `lines` says where each row begins in the file (from 1)."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]

    def position(self, column: str) -> int:
        """The index of a column; names what there is when it is missing."""
        try:
            return self.columns.index(column)
        except ValueError:
            near = get_close_matches(column, self.columns, n=1, cutoff=0.6)
            raise Unusable(
                Text(
                    f"Die Spalte „{column}“ gibt es nicht.",
                    f"There is no column “{column}”.",
                ),
                where=place(self.name),
                do=(
                    Text(f"Ist „{near[0]}“ gemeint?", f"Is “{near[0]}” meant?")
                    if near
                    else Text(
                        f"Es gibt: {', '.join(self.columns)}.",
                        f"There are: {', '.join(self.columns)}.",
                    )
                ),
            ) from None

    def column(self, name: str) -> list[str]:
        """The cells of a column, without the white space around them."""
        at = self.position(name)
        return [row[at].strip() for row in self.rows]

    def numbers(self, name: str) -> list[float]:
        """The cells of a column as numbers; an empty one is NaN, a decimal comma is fine."""
        return [
            number_in(cell, where=place(self.name, row=line, column=name))
            for cell, line in zip(self.column(name), self.lines, strict=True)
        ]

    def at(self, row: int, column: str | None = None) -> Text:
        """The place of a row (index from 0) in the file, for a refusal."""
        return place(self.name, row=self.lines[row], column=column)


def number_in(cell: str, *, where: Text) -> float:
    """The number in a cell: ``1234.5``, ``1234,5``, ``−3``; NaN when it is empty."""
    if not cell:
        return math.nan
    written = cell.replace("−", "-").replace("\u00a0", "").replace("\u202f", "")
    if "." not in written:
        written = written.replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        value = math.inf
    if not math.isfinite(value):
        raise Unusable(
            Text(f"„{cell[:40]}“ ist keine Zahl.", f"“{cell[:40]}” is not a number."),
            where=where,
            do=Text(
                "Bitte nur Ziffern und ein Komma oder einen Punkt eintragen; leer: keine Angabe.",
                "Please enter digits and one comma or point only; empty means: not given.",
            ),
        )
    return value


def read_bytes(path: str | Path) -> bytes:
    """The content of a file, or a refusal that says why it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise Unusable(
            Text("Die Datei kann nicht gelesen werden.", "The file cannot be read."),
            where=f"{path} ({problem.strerror})",
            do=Text(
                "Bitte den Namen und die Rechte der Datei prüfen.",
                "Please check the name and the rights of the file.",
            ),
        ) from problem


def decoded(data: bytes, *, name: str) -> str:
    """Text from bytes: by its byte-order mark, else UTF-8, else the Windows code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable(
        Text("Die Datei ist keine Textdatei.", "The file is not a text file."),
        where=place(name),
        do=Text("Bitte als CSV (UTF-8) speichern.", "Please save it as CSV (UTF-8)."),
    )


def read_table(path: str | Path, *, required: Sequence[str] = ()) -> Table:
    """Read a CSV file; columns that must be there can be named."""
    return table_from(read_bytes(path), name=Path(path).name, required=required)


def table_from(data: bytes, *, name: str, required: Sequence[str] = ()) -> Table:
    """A table from the bytes of a CSV file. Empty lines do not count."""
    text = decoded(data, name=name)
    header, rows, lines = _parsed(text, name)
    if header is None:
        raise Unusable(
            Text("Die Datei ist leer.", "The file is empty."),
            where=place(name),
            do=Text(
                "In die erste Zeile gehören die Namen der Spalten.",
                "The first line holds the names of the columns.",
            ),
        )
    twice = sorted({c for c in header if c and header.count(c) > 1})
    if twice:
        raise Unusable(
            Text("Eine Spalte kommt zweimal vor.", "A column appears twice."),
            where=place(name, row=1, column=twice[0]),
            do=Text("Bitte eine davon umbenennen.", "Please rename one of them."),
        )
    table = Table(name, header, rows, lines)
    for column in required:
        table.position(column)
    return table


def _parsed(text: str, name: str) -> tuple[tuple[str, ...] | None, list[list[str]], list[int]]:
    first = text.lstrip("\r\n").split("\n", maxsplit=1)[0]
    delimiter = max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] | None = None
    rows: list[list[str]] = []
    lines: list[int] = []
    begins = 1
    try:
        for row in reader:
            line, begins = begins, reader.line_num + 1
            if not any(row):
                continue
            if header is None:
                header = tuple(cell.strip() for cell in row)
                continue
            if len(row) != len(header):
                raise Unusable(
                    Text(
                        f"Die Zeile hat {len(row)} Zellen, die Kopfzeile {len(header)}.",
                        f"The line has {len(row)} cells, the header {len(header)}.",
                    ),
                    where=place(name, row=line),
                    do=Text(
                        "Texte, die ein Komma enthalten, gehören in Anführungszeichen.",
                        "Texts that contain a comma belong in quotation marks.",
                    ),
                )
            rows.append(row)
            lines.append(line)
    except csv.Error as problem:
        raise Unusable(
            Text(
                "Hier stimmen die Anführungszeichen nicht.",
                "The quotation marks do not match here.",
            ),
            where=place(name, row=begins),
            do=Text(
                'Ein Anführungszeichen in einem Text wird verdoppelt: "".',
                'A quotation mark inside a text is doubled: "".',
            ),
        ) from problem
    return header, rows, lines
