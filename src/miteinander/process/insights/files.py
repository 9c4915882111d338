"""Uploaded tables of people, read as the command line reads them; XLSX beside CSV."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.core.uploads import MOST_BYTES
from miteinander.process.insights.refusing import CannotCompute, refusing

MOST_PEOPLE = 20_000
MOST_COLUMNS = 60
MOST_UNPACKED = 200_000_000
"""Of a spreadsheet, which is a ZIP: whoever packs more than this means no good."""

Sheet = dict[str, object]


def read_sheet(data: bytes, *, name: str) -> Sheet:
    """A table of people with its head: {"name", "columns", "rows"}; refuses what it cannot read."""
    if len(data) > MOST_BYTES:
        raise CannotCompute(
            gettext_lazy("The file is larger than 10 MB."),
            where=name,
            do=gettext_lazy("Please leave out columns that the draw does not need."),
        )
    if PurePath(name).suffix.lower() in {".xlsx", ".xlsm"} or data.startswith(b"PK"):
        columns, rows = _spreadsheet(data, name)
    else:
        with refusing():
            from miteinander.analysis.files import table_from  # deferred: loads NumPy

            table = table_from(data, name=name)
            columns, rows = list(table.columns), table.rows
    rows = [[cell.strip() for cell in row] for row in rows]
    _refuse_odd(name, columns, rows)
    return {"name": name, "columns": columns, "rows": rows}


def _refuse_odd(name: str, columns: list[str], rows: list[list[str]]) -> None:
    do = _("The first line holds the names of the columns, then one line for each person.")
    if not rows:
        raise CannotCompute(_("There is nobody in the file."), where=name, do=do)
    if len(rows) > MOST_PEOPLE:
        what = _("The file has %(n)s lines; at most %(most)s can be drawn from.")
        words = {"n": len(rows), "most": MOST_PEOPLE}
        raise CannotCompute(what % words, where=name, do=_("Please divide the file."))
    if len(columns) > MOST_COLUMNS:
        what = _("The file has %(n)s columns.") % {"n": len(columns)}
        raise CannotCompute(
            what, where=name, do=_("Please leave out columns that the draw does not need.")
        )
    if not all(columns):
        what = _("A column has no name.")
        raise CannotCompute(what, where=f"{name}, {columns.index('') + 1}", do=do)
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        what = _("The column “%(column)s” appears twice.") % {"column": twice[0]}
        raise CannotCompute(what, where=name, do=_("Please rename one of them."))


def _spreadsheet(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    """The first sheet of a workbook, as text; lines without anything do not count."""
    from openpyxl import load_workbook  # deferred: only where somebody brings a spreadsheet

    try:
        _refuse_bombs(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [
            [_text(cell) for cell in row]
            for row in sheet.iter_rows(max_row=MOST_PEOPLE + 2, values_only=True)
        ]
    except Exception as problem:  # openpyxl raises whatever a broken file makes it stumble over
        raise CannotCompute(
            _("The file is no spreadsheet that can be read."),
            where=name,
            do=_("Please save it again as XLSX or CSV, without a password."),
        ) from problem
    lines = [line for line in lines if any(line)]
    if not lines:
        return [], []
    head = lines[0]
    while head and not head[-1]:
        head.pop()
    width = len(head)
    return head, [(line + [""] * width)[:width] for line in lines[1:]]


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
            raise zipfile.BadZipFile


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
