"""A plain list as a file: CSV for everybody, XLSX for offices.

For lists of rows as they are today, few enough to be looked at whole; what may be very long is
written row by row (`documents.registers`), and the tables of a frozen version have their own form
(`documents.sheets`). What somebody typed is text and stays text: no cell can begin a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from miteinander.documents.characters import clean
from miteinander.documents.sheets import FORMULA

LIST_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDEST = 60
LONGEST_SHEET_NAME = 31


def as_list(
    ending: str, *, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> bytes:
    """The list in one of `LIST_TYPES`."""
    if ending == "csv":
        return as_csv(heads, rows)
    return _xlsx(title, heads, [[clean(cell) for cell in row] for row in rows])


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: some characters make a file that no office can open."""
    kept = "".join(letter for letter in clean(title) if letter not in "[]:*?/\\'")
    return kept[:LONGEST_SHEET_NAME].strip() or "1"


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """As German spreadsheets open it with a double click: semicolons, a mark for UTF-8."""
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        texts = [clean(cell) for cell in row]
        writer.writerow([f"'{text}" if FORMULA.match(text) else text for text in texts])
    return kept.getvalue().encode("utf-8-sig")


def _xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    # deferred: takes a third of a second, and only this format needs it
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name(title)
    for line, row in enumerate([heads, *rows], start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(line, place, text)
            cell.data_type = "s"
            if line == 1:
                cell.font = Font(bold=True)
    for place in range(1, len(heads) + 1):
        longest = max((len(row[place - 1]) for row in [heads, *rows]), default=0)
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
