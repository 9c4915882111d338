"""Tables to fill in: XLSX that comes back after a meeting and is read again.

The first line says what the table is and what it belongs to (in words and as a mark), so that a
renamed file is still known. Nothing is hidden and nothing is locked: whoever adds a line, adds a
line. Days and numbers are text, so that no program makes something else of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO

from miteinander.documents.archive import repacked
from miteinander.documents.characters import clean
from miteinander.documents.sheets import saved_at, write_text

HEAD_ROW = 4
"""Where the heads of the columns stand: below the title, the mark and one line of help."""


@dataclass(frozen=True, slots=True)
class Head:
    label: str
    width: int
    choices: tuple[str, ...] = ()
    """What is offered in the cells; anything else may be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTable:
    title: str
    language: str
    mark: str
    """By which the table is known when it comes back."""
    help: str
    sheet: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    blank: int = 0
    """Rows with nothing in them, framed like the others."""
    publisher: str = ""
    day: date | None = None


def entry_file(table: EntryTable) -> bytes:
    """The table as XLSX; the same table is the same file."""
    # deferred: takes a third of a second, and only the kit needs it
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = clean(table.sheet)[:31]
    top = Alignment(vertical="top", wrap_text=True)
    thin = Side(style="thin", color="B9B2A4")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    for line, words in enumerate((table.title, table.mark, table.help), 1):
        write_text(sheet.cell(line, 1), clean(words))
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(table.heads))
        sheet.cell(line, 1).alignment = top
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.row_dimensions[3].height = 48
    last = HEAD_ROW + len(table.rows) + table.blank
    for number, head in enumerate(table.heads, 1):
        cell = sheet.cell(HEAD_ROW, number, clean(head.label))
        cell.font, cell.alignment = Font(bold=True, color="FFFFFF"), top
        cell.fill = PatternFill("solid", fgColor="0F4C55")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = head.width
        if head.choices:
            offered = DataValidation(
                type="list", formula1='"' + ",".join(head.choices) + '"', allow_blank=True
            )
            offered.showErrorMessage = False
            offered.add(f"{letter}{HEAD_ROW + 1}:{letter}{last}")
            sheet.add_data_validation(offered)
    for line in range(HEAD_ROW + 1, last + 1):
        place = line - HEAD_ROW - 1
        row = table.rows[place] if place < len(table.rows) else ()
        for number in range(1, len(table.heads) + 1):
            cell = sheet.cell(line, number)
            if number <= len(row) and row[number - 1]:
                write_text(cell, clean(row[number - 1]))
            cell.alignment, cell.border, cell.number_format = top, frame, "@"
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    moment = datetime.combine(table.day or date(1980, 1, 1), time(), tzinfo=UTC)
    told = book.properties
    told.title, told.creator = clean(table.title), clean(table.publisher)
    told.created = moment.replace(tzinfo=None)
    kept = BytesIO()
    book.save(kept)
    return repacked(
        kept.getvalue(),
        first="[Content_Types].xml",
        change={"docProps/core.xml": lambda xml: saved_at(xml, moment.replace(tzinfo=None))},
    )
