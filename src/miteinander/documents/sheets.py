"""Goals and measures of a frozen version as tables: CSV for everybody, XLSX for offices.

Both are made from the frozen content and nothing else. What somebody typed is text and stays
text: no cell can begin a formula, and no number of a measure can become a date.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from miteinander.documents.archive import repacked
from miteinander.documents.characters import clean
from miteinander.documents.fields import indicator_of
from miteinander.strategy.states import Effect, Funding, Horizon, LeadState, Novelty, Service
from miteinander.ui.shapes import Text

Content = Mapping[str, Any]
Value = str | int | float | date | None

FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
"""How a cell must not begin in a file that a spreadsheet guesses its way through."""


@dataclass(frozen=True, slots=True)
class Row:
    """A goal or a measure with what it belongs to."""

    part: Content
    field: Content
    goal: Content
    is_measure: bool
    base: str


@dataclass(frozen=True, slots=True)
class Column:
    head: Text
    value: Callable[[Row], Value]
    width: int = 14
    only: Literal["", "goals", "measures"] = ""
    kind: Literal["", "number", "money"] = ""
    """`number`: as it stands in the concept, such as 2.10, and never a figure."""


def tabulated(content: Content, name: str, *, base: str = "", language: str = "de") -> bytes:
    """The table as a file; `base` is the address of the site, for permanent links."""
    with override(language):
        rows = list(_rows(content, base))
        return _csv(rows) if name == "csv" else _xlsx(content, rows)


def _rows(content: Content, base: str) -> Iterator[Row]:
    for field in content["fields"]:
        for goal in field["goals"]:
            yield Row(goal, field, goal, is_measure=False, base=base)
            for measure in goal["measures"]:
                yield Row(measure, field, goal, is_measure=True, base=base)


def _words(name: str) -> Callable[[Row], Value]:
    return lambda row: row.part.get(name) or ""


def _named(part: Content) -> str:
    return " ".join(text for text in (part["number"], part["title"]) if text)


def _titles(name: str) -> Callable[[Row], Value]:
    return lambda row: ", ".join(part["title"] for part in row.part.get(name) or ())


def _choice(name: str, choices: Any) -> Callable[[Row], Value]:
    return lambda row: str(choices(row.part[name]).label) if row.part.get(name) else ""


def _day(name: str) -> Callable[[Row], Value]:
    return lambda row: date.fromisoformat(row.part[name]) if row.part.get(name) else None


def _sum(name: str) -> Callable[[Row], Value]:
    return lambda row: row.part.get(name)


def _decimal(name: str) -> Callable[[Row], Value]:
    return lambda row: float(row.part[name]) if row.part.get(name) else None


def _mark(name: str) -> Callable[[Row], Value]:
    return lambda row: _("yes") if row.part.get(name) else ""


def _origin(name: str) -> Callable[[Row], Value]:
    def count(row: Row) -> Value:
        found = row.part["origin"].get(name) or 0
        return found if isinstance(found, int) else len(found)

    return count


def _taken_over(row: Row) -> Value:
    day = row.part["origin"].get("document")
    return date.fromisoformat(day) if day else None


COLUMNS = (
    Column(
        gettext_lazy("Kind of entry"), lambda row: _("Measure") if row.is_measure else _("Goal"), 12
    ),
    Column(gettext_lazy("Display number"), _words("number"), 10, kind="number"),
    Column(gettext_lazy("Title"), _words("title"), 44),
    Column(gettext_lazy("Field of action"), lambda row: _named(row.field), 28),
    Column(gettext_lazy("Goal"), lambda row: _named(row.goal), 36, only="measures"),
    Column(gettext_lazy("In one sentence"), _words("summary"), 40, only="measures"),
    Column(gettext_lazy("Text"), _words("text"), 60),
    Column(
        gettext_lazy("Lead"),
        lambda row: row.part["lead"]["title"] if row.part.get("lead") else "",
        26,
        only="measures",
    ),
    Column(
        gettext_lazy("State of the lead"), _choice("lead_state", LeadState), 18, only="measures"
    ),
    Column(gettext_lazy("Cooperation partners"), _titles("partners"), 34, only="measures"),
    Column(gettext_lazy("Target groups"), _words("target_groups"), 30, only="measures"),
    Column(gettext_lazy("Neighbourhoods"), _words("neighbourhoods"), 24, only="measures"),
    Column(gettext_lazy("New or existing"), _choice("novelty", Novelty), 18, only="measures"),
    Column(gettext_lazy("Service"), _choice("service", Service), 18, only="measures"),
    Column(gettext_lazy("Horizon"), _choice("horizon", Horizon), 18, only="measures"),
    Column(gettext_lazy("Begins"), _day("starts"), 12, only="measures"),
    Column(gettext_lazy("Ends"), _day("ends"), 12, only="measures"),
    Column(gettext_lazy("Cost once (EUR)"), _sum("cost_once"), 16, "measures", "money"),
    Column(gettext_lazy("Cost a year (EUR)"), _sum("cost_yearly"), 16, "measures", "money"),
    Column(gettext_lazy("Funding"), _choice("funding", Funding), 20, only="measures"),
    Column(gettext_lazy("Source of the funding"), _words("funding_source"), 24, only="measures"),
    Column(gettext_lazy("Staff (full-time posts)"), _decimal("staff_need"), 14, only="measures"),
    Column(
        gettext_lazy("Indicators"),
        lambda row: "; ".join(map(indicator_of, row.part.get("indicators") or ())),
        40,
        only="measures",
    ),
    Column(gettext_lazy("Depends on"), _titles("depends_on"), 30, only="measures"),
    Column(gettext_lazy("Risks"), _words("risks"), 40, only="measures"),
    Column(
        gettext_lazy("Own fields"),
        lambda row: "; ".join(
            f"{answer['label']}: {answer['answer']}" for answer in row.part.get("own") or ()
        ),
        40,
        only="measures",
    ),
    Column(
        gettext_lazy("Cross-cutting themes"), _titles("cross_cutting_themes"), 28, only="measures"
    ),
    Column(gettext_lazy("Key measure"), _mark("is_key"), 12, only="measures"),
    Column(gettext_lazy("Quick win"), _mark("is_quick_win"), 12, only="measures"),
    Column(gettext_lazy("Need"), _words("need"), 40, only="goals"),
    Column(gettext_lazy("Kind of effect"), _choice("effect", Effect), 20, only="goals"),
    Column(gettext_lazy("Indicator"), _words("indicator"), 30, only="goals"),
    Column(gettext_lazy("Contributions"), _origin("contributions"), 12),
    Column(gettext_lazy("Themes"), _origin("themes"), 12),
    Column(gettext_lazy("Meetings"), _origin("meetings"), 12),
    Column(gettext_lazy("Taken over from a document on"), _taken_over, 16),
    Column(
        gettext_lazy("Objections"),
        lambda row: len(row.part.get("objections") or ()),
        12,
        only="measures",
    ),
    Column(gettext_lazy("Example"), _mark("is_example"), 10),
    Column(
        gettext_lazy("Permanent address"), lambda row: f"{row.base}/t/{row.part['identifier']}", 40
    ),
)


def _csv(rows: list[Row]) -> bytes:
    """As German spreadsheets open it with a double click: semicolons, a mark for UTF-8."""
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    writer.writerow(str(column.head) for column in COLUMNS)
    for row in rows:
        writer.writerow(_typed(column, row) for column in COLUMNS)
    return kept.getvalue().encode("utf-8-sig")


def _typed(column: Column, row: Row) -> str:
    value = column.value(row)
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case float():
            return f"{value:.2f}".replace(".", ",")
        case int():
            return str(value)
    text = clean(value)
    if column.kind == "number":
        # “1.10” alone would be opened as the first of October.
        return _("No. %(number)s") % {"number": text} if text else ""
    return f"'{text}" if FORMULA.match(text) else text


def _xlsx(content: Content, rows: list[Row]) -> bytes:
    # deferred: takes a third of a second, and only this format needs it
    from openpyxl import Workbook

    version, concept = content["version"], content["concept"]
    frozen = datetime.fromisoformat(version["frozen_at"]).replace(tzinfo=None)
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, kind in ((_("Measures"), "measures"), (_("Goals"), "goals")):
        chosen = [row for row in rows if row.is_measure == (kind == "measures")]
        columns = [c for c in COLUMNS[1:] if c.only in {"", kind}]
        _sheet(book.create_sheet(title), kind, columns, chosen)
    told = book.properties
    told.title, told.creator = clean(concept["title"]), clean(content["municipality"]["name"])
    told.identifier, told.created = version["identifier"], frozen
    kept = BytesIO()
    book.save(kept)
    return repacked(
        kept.getvalue(),
        first="[Content_Types].xml",
        # openpyxl writes the moment of saving, whatever one says
        change={"docProps/core.xml": lambda xml: saved_at(xml, frozen)},
    )


def saved_at(xml: bytes, moment: datetime) -> bytes:
    written = moment.isoformat(timespec="seconds").encode() + b"Z"
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + written, xml)


def _sheet(sheet: Any, name: str, columns: list[Column], rows: list[Row]) -> None:
    """One kind of entry: heads that stay, filters, numbers as numbers, days as days."""
    # deferred: as above
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    top = Alignment(vertical="top", wrap_text=True)
    for number, column in enumerate(columns, 1):
        head = sheet.cell(1, number, str(column.head))
        head.font, head.alignment = Font(bold=True, color="FFFFFF"), top
        head.fill = PatternFill("solid", fgColor="0F4C55")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            value = column.value(row)
            cell = sheet.cell(line, number)
            if isinstance(value, str):
                write_text(cell, clean(value))
            else:
                cell.value = value
            cell.alignment = top
            if isinstance(value, date):
                cell.number_format = "DD.MM.YYYY"
            elif column.kind == "money":
                cell.number_format = "#,##0.00" if isinstance(value, float) else "#,##0"
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    area = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    if rows:  # a table, so that heads are heads for those who hear them
        table = Table(name=name, displayName=name, ref=area)
        table.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
    else:
        sheet.auto_filter.ref = area


def write_text(cell: Any, text: str) -> None:
    """Write text as text, also when it looks like a formula, and keep it so when it is edited."""
    cell.value = text
    if FORMULA.match(text):
        cell.data_type = "s"
        cell.quotePrefix = True
