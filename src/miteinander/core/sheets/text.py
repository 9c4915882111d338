"""CSV as it comes out of programs: any separator, any of the usual encodings, also mixed."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from miteinander.core.sheets.shapes import (
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Sheet,
    address,
    refused,
    too_many_columns,
    too_many_rows,
)
from miteinander.core.sheets.values import tidy

SEPARATORS = ";\t,|"
LONGEST_CELL = 40_000
"""A little more than a spreadsheet allows; longer is a quotation mark that never closes."""
_DEFUSED = re.compile("'(?=[=+\\-@\t\r＝＋－＠])")
"""How we write a text that a spreadsheet would take for a formula; to be read as it was."""
_TWICE = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€")
"""What UTF-8 looks like that was once read as Windows text: MÃ¼ller."""


def read(data: bytes) -> Sheet:
    """The one table of a text file. Numbers of rows count records, as spreadsheets do."""
    written, is_repaired = decoded(data)
    first = written.split("\n", maxsplit=1)[0]
    skipped = 0
    if found := re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE):
        separator = found[1]  # spreadsheets write it, and hide it when they open the file
        skipped = len(first) + 1
    else:
        separator = _separator(written)
    rows, repaired = _rows(written[skipped:], separator)
    return Sheet(name="", rows=rows, is_repaired=is_repaired or repaired)


def decoded(data: bytes) -> tuple[str, bool]:
    """Text from bytes, and whether it was in several encodings at once."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), False
    data = data.removeprefix(b"\xef\xbb\xbf")
    if (guess := _wide(data)) is not None:
        return data.decode(guess, errors="replace"), False
    if b"\0" in data:
        raise refused(
            _(
                "This is not a table that can be read. Please save it as XLSX or as CSV (UTF-8) "
                "and send that."
            )
        )
    try:
        return data.decode(), False
    except UnicodeDecodeError:
        return _line_by_line(data)


def _line_by_line(data: bytes) -> tuple[str, bool]:
    """Windows text, in which some lines may be UTF-8 all the same."""
    lines, modern = [], 0
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode())
            modern += not line.isascii()
        except UnicodeDecodeError:
            # Five bytes of the Windows code page mean nothing; they become a visible mark.
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines), bool(modern)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the beginning is empty."""
    sample = data[:2000]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _separator(written: str) -> str:
    """The one that divides most of the first rows into equally many cells."""
    sample = written[:20_000]
    best, found = (0, 0), SEPARATORS[0]
    for sign in SEPARATORS:
        widths = Counter(
            len(cells)
            for cells, _number in zip(_records(sample, sign), range(100), strict=False)
            if len(cells) > 1
        )
        if widths:
            width, times = widths.most_common(1)[0]
            if (times, width) > best:
                best, found = (times, width), sign
    return found


def _records(written: str, separator: str) -> Iterable[list[str]]:
    csv.field_size_limit(10_000_000)
    return csv.reader(io.StringIO(written, newline=""), delimiter=separator)


def _rows(written: str, separator: str) -> tuple[list[Row], bool]:
    rows: list[Row] = []
    is_repaired = False
    for number, record in enumerate(_records(written, separator), 1):
        cells = [
            tidy(_DEFUSED.sub("", cell, count=1) if cell[:1] == "'" else cell) for cell in record
        ]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(rows) >= MOST_ROWS:
            raise too_many_rows()
        if len(cells) > MOST_COLUMNS:
            raise too_many_columns(address(number, len(cells) - 1))
        for column, cell in enumerate(cells):
            if len(cell) > LONGEST_CELL:
                raise refused(
                    _(
                        "The entry in %(where)s never ends: a quotation mark is missing there. "
                        "Please save the file again from your spreadsheet program, best as XLSX."
                    ),
                    where=address(number, column),
                )
            if not cell.isascii() and (better := _read_once(cell)) is not None:
                cells[column], is_repaired = better, True
        rows.append(Row(number, tuple(cells)))
    return rows, is_repaired


def _read_once(cell: str) -> str | None:
    """The text that was meant, where UTF-8 had been taken for Windows text before saving."""
    if not _TWICE.search(cell):
        return None
    try:
        return cell.encode("cp1252").decode()
    except UnicodeError:
        return None
