"""Table plans on paper and as tables: the list, name signs, CSV and XLSX."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from miteinander.documents.shapes import Document, Facts, Paragraph, Section, Table
from miteinander.documents.sheets import FORMULA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.process.queries import Seated

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody and their table in each round."""

    name: str
    organisation: str
    tables: tuple[int, ...]


def lines_of(seated: Seated) -> list[Line]:
    return [Line(g.name, g.organisation, tuple(g.seats)) for g in seated.guests if g.seats]


def plan_of(seated: Seated, *, language: str) -> Document:
    """Who sits at which table, a part for each round and a table for each table."""
    with override(language):
        plan = seated.plan
        several = plan.rounds > 1
        sections = []
        for number in range(1, plan.rounds + 1):
            blocks = tuple(
                Table(
                    _("Table %(n)s") % {"n": table},
                    (_("Name"), _("Organisation")),
                    tuple((guest.name, guest.organisation) for guest in guests),
                )
                for table, guests in seated.tables(number)
            )
            title = _("Round %(n)s") % {"n": number} if several else _("Tables")
            sections.append(Section(title, blocks=blocks, breaks=number > 1))
        return _document(seated, plan.title, language, sections)


def signs_of(seated: Seated, *, language: str) -> Document:
    """A sign for each person on a page of its own: name, organisation, table in each round."""
    with override(language):
        sections = []
        for line in lines_of(seated):
            where = tuple(
                (
                    _("Round %(n)s") % {"n": number} if len(line.tables) > 1 else _("Your place"),
                    _("Table %(n)s") % {"n": table},
                )
                for number, table in enumerate(line.tables, start=1)
            )
            blocks = (Paragraph(line.organisation, lead=True),) if line.organisation else ()
            sections.append(Section(line.name, blocks=(*blocks, Facts(where)), keeps_together=True))
        title = _("Name signs: %(plan)s") % {"plan": seated.plan.title}
        return _document(seated, title, language, sections)


def _document(seated: Seated, title: str, language: str, sections: Sequence[Section]) -> Document:
    meeting = seated.plan.meeting
    return Document(
        title=title,
        language=language,
        subtitle=meeting.title,
        blocks=(Paragraph(_("This list names people. It stays in the room and in the office.")),),
        sections=tuple(sections),
        publisher=meeting.municipality.name,
        accent=meeting.municipality.accent,
        day=meeting.happened_on,
        identifier=meeting.identifier,
    )


def table_of(seated: Seated, ending: str) -> bytes:
    """One line for each person, for spreadsheets; no cell begins a formula."""
    several = seated.plan.rounds > 1
    rounds = [
        _("Table, round %(n)s") % {"n": n} if several else pgettext("furniture", "Table")
        for n in range(1, seated.plan.rounds + 1)
    ]
    head = [_("Name"), _("Organisation"), *rounds]
    rows = [[_text(x.name), _text(x.organisation), *x.tables] for x in lines_of(seated)]
    if ending == "csv":
        written = StringIO()
        csv.writer(written, delimiter=";").writerows([head, *rows])
        return b"\xef\xbb\xbf" + written.getvalue().encode()
    from openpyxl import Workbook  # deferred: only where somebody wants a spreadsheet

    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = _("Tables")
    for row in [head, *rows]:
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _text(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell
