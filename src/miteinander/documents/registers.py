"""Plain lists as files: CSV for everybody, XLSX for offices.

What somebody typed is text and stays text: no cell can begin a formula, and `core.sheets` reads
back what was written here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from miteinander.documents.archive import repacked
from miteinander.documents.characters import clean
from miteinander.documents.lists import sheet_name
from miteinander.documents.sheets import FORMULA

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the ending of the file."""
WIDEST = 60


def as_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], ending: str) -> bytes:
    """A list with one row of headings; `title` names the sheet."""
    return _csv(heads, rows) if ending == "csv" else _xlsx(title, heads, rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """As German spreadsheets open it with a double click: semicolons, a mark for UTF-8."""
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        texts = [clean(text) for text in row]
        writer.writerow([f"'{text}" if FORMULA.match(text) else text for text in texts])
    return kept.getvalue().encode("utf-8-sig")


def _xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    # deferred: takes a third of a second, and only this format needs it
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"
    for place, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, len(head) + 12)

    def cell(text: str, *, is_head: bool = False) -> Any:
        made = WriteOnlyCell(sheet)
        made.value, made.data_type = clean(text), "s"
        if is_head:
            made.font = Font(bold=True)
        elif FORMULA.match(text):
            made.quotePrefix = True
        return made

    sheet.append([cell(head, is_head=True) for head in heads])
    for row in rows:
        sheet.append([cell(text) if text else None for text in row])
    kept = BytesIO()
    book.save(kept)
    return repacked(kept.getvalue(), first="[Content_Types].xml")
