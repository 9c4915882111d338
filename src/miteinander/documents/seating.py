"""Table plans on paper and as tables: the list, name signs, CSV and XLSX."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from miteinander.core.identifiers import on_paper
from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.meetings import day_of, event_of
from miteinander.documents.papers import Sign, Signs
from miteinander.documents.shapes import Document, Paragraph, Section, Table
from miteinander.documents.sheets import FORMULA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.documents.papers import SignSize
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


def signs_of(seated: Seated, size: SignSize, *, language: str) -> Signs:
    """The name signs of a meeting, each with the table its owner sits at."""
    meeting = seated.plan.meeting
    with override(language):
        return Signs(
            title=_("Name signs: %(plan)s") % {"plan": seated.plan.title},
            language=language,
            publisher=meeting.municipality.name,
            accent=meeting.municipality.accent,
            day=meeting.happened_on,
            signs=tuple(
                Sign(line.organisation, "", line.name, _place(line.tables))
                for line in lines_of(seated)
            )
            or (Sign("", ""),),
            size=size,
            event=event_of(meeting),
            way=way_to(meeting),
        )


def _place(tables: Sequence[int]) -> str:
    if len(tables) == 1:
        return _("Table %(n)s") % {"n": tables[0]}
    rounds = (
        _("Round %(round)s: table %(table)s") % {"round": number, "table": table}
        for number, table in enumerate(tables, start=1)
    )
    return " · ".join(rounds)


def _document(seated: Seated, title: str, language: str, sections: Sequence[Section]) -> Document:
    meeting = seated.plan.meeting
    return Document(
        title=title,
        language=language,
        subtitle=meeting.title,
        blocks=(
            Paragraph(_("This list names people. It stays in the room and in the office.")),
            qr_figure(way_to(meeting)),
        ),
        sections=tuple(sections),
        publisher=meeting.municipality.name,
        accent=meeting.municipality.accent,
        day=meeting.happened_on,
        day_written=day_of(meeting),
        identifier=on_paper(meeting.identifier),
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
