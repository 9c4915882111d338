"""The answers of a survey as a workbook: one sheet with codes, one that says what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from miteinander.documents.characters import clean
from miteinander.documents.sheets import write_text

WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def answers_book(*sheets: Sheet) -> bytes:
    """All sheets in one file; what somebody typed is text and begins no formula."""
    # deferred: takes a third of a second, and only this format needs it
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    for place, sheet in enumerate(sheets):
        page = book.worksheets[0] if not place else book.create_sheet()
        page.title = clean(sheet.title)[:31]
        for line, row in enumerate([sheet.heads, *sheet.rows], start=1):
            for column, cell in enumerate(row, start=1):
                if cell:
                    write_text(page.cell(line, column), clean(cell))
        for column in range(1, len(sheet.heads) + 1):
            page.cell(1, column).font = Font(bold=True)
            texts = [row[column - 1] for row in [sheet.heads, *sheet.rows] if len(row) >= column]
            width = min(max(map(len, texts), default=0) + 2, WIDEST)
            page.column_dimensions[get_column_letter(column)].width = width
        page.freeze_panes = "A2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
