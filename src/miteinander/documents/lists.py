"""Plain lists as tables: CSV for everybody, XLSX for offices.

What somebody typed is text and stays text: no cell can begin a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from miteinander.documents.characters import clean
from miteinander.documents.sheets import FORMULA
from miteinander.ui.shapes import Text

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def listed(
    title: str, heads: Sequence[Text], rows: Sequence[Sequence[str | int]], name: str
) -> bytes:
    """The list as a file: `name` is one of `MEDIA_TYPES`."""
    return _csv(heads, rows) if name == "csv" else _xlsx(title, heads, rows)


def _csv(heads: Sequence[Text], rows: Sequence[Sequence[str | int]]) -> bytes:
    """As German spreadsheets open it with a double click: semicolons, a mark for UTF-8."""
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerow(str(head) for head in heads)
    for row in rows:
        writer.writerow(_harmless(cell) for cell in row)
    return kept.getvalue().encode("utf-8-sig")


def _harmless(cell: str | int) -> str | int:
    if isinstance(cell, str) and FORMULA.match(cell):
        return f"'{cell}"
    return cell


def _xlsx(title: str, heads: Sequence[Text], rows: Sequence[Sequence[str | int]]) -> bytes:
    # deferred: takes a third of a second, and only this format needs it
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = clean(title)[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\"), " "))
    for number, head in enumerate(heads, 1):
        cell = sheet.cell(1, number, str(head))
        cell.font = Font(bold=True)
        longest = max((len(str(row[number - 1])) for row in rows), default=0)
        width = min(60, max(12, len(str(head)) + 2, longest + 2))
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line, row in enumerate(rows, 2):
        for number, value in enumerate(row, 1):
            cell = sheet.cell(line, number)
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str) and FORMULA.match(value):
                cell.data_type = "s"
                cell.quotePrefix = True
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
