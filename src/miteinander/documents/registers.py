"""Lists of any length as files, written row by row: the register, every answer of a process.

What somebody typed is text and stays text: no cell can begin a formula, and `core.sheets` reads
back what was written here. The same list gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from miteinander.documents.archive import repacked
from miteinander.documents.characters import clean
from miteinander.documents.lists import WIDEST, as_csv, sheet_name
from miteinander.documents.sheets import FORMULA


def as_file(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], ending: str) -> bytes:
    """A list with one row of headings; `title` names the sheet."""
    return as_csv(heads, rows) if ending == "csv" else _xlsx(title, heads, rows)


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
