"""The radar as pages and files show it: sentences, bars, a table; the same for every room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.ui.shapes import Cell, Column, Link, RadarRow
from miteinander.ui.words import written_day, written_number, written_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.community.insights import Gauge, Proposal, Radar, Row
    from miteinander.core.models import Thing
    from miteinander.ui.requests import MemberRequest

FEW = 3
"""Below this, what would be expected is written with one decimal place."""
VERDICTS = {
    "absent": gettext_lazy("missing"),
    "few": gettext_lazy("too few"),
    "under": gettext_lazy("too few"),
    "fine": gettext_lazy("as wanted"),
    "over": gettext_lazy("more than wanted"),
    "unsure": gettext_lazy("too few expected to say anything"),
    "withheld": gettext_lazy("not shown"),
    "no target": gettext_lazy("no target"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One characteristic, ready to be shown."""

    anchor: str
    gauge: Gauge
    bars: tuple[RadarRow, ...]
    rows: tuple[tuple[Cell, ...], ...]


def columns() -> list[Column]:
    return [
        Column(_("Value")),
        Column(_("There"), is_number=True),
        Column(_("Share"), is_number=True),
        Column(_("Target share"), is_number=True),
        Column(_("That would be about"), is_number=True),
        Column(_("How it stands")),
    ]


def sections(radar: Radar) -> list[Section]:
    return [
        Section(
            anchor=gauge.key,
            gauge=gauge,
            bars=tuple(_bar(row, radar.threshold) for row in gauge.rows),
            rows=tuple(
                tuple(Cell(text) for text in facts(row, radar.threshold)) for row in gauge.rows
            ),
        )
        for gauge in radar.gauges
    ]


def _bar(row: Row, threshold: int) -> RadarRow:
    cell = row.cell
    there = _there(row, threshold)
    # Where nothing is known of anybody, no number can be wanted.
    if cell.expected:
        there = _("%(there)s, wanted about %(wanted)s") % {
            "there": there,
            "wanted": written_number(round(cell.expected, 0 if cell.expected >= FEW else 1)),
        }
    if row.is_missing:
        there = f"{_verdict(row)}: {there}"
    return RadarRow(row.label, there, cell.share, cell.target, row.is_missing)


def _there(row: Row, threshold: int) -> str:
    if row.cell.present is not None:
        return written_number(row.cell.present) if row.cell.present else _("nobody")
    if row.cell.verdict == "few":
        return _("fewer than %(n)s") % {"n": threshold}
    return _("number not shown")


def _verdict(row: Row) -> str:
    return str(VERDICTS[row.cell.verdict])


def facts(row: Row, threshold: int) -> list[str]:
    """What stands in a line of the table, on the page and in files."""
    cell = row.cell
    return [
        row.label,
        _there(row, threshold),
        written_percent(cell.share) if cell.share is not None else "",
        written_percent(cell.target) if cell.target is not None else "",
        written_number(round(cell.expected, 1)) if cell.expected else "",
        _verdict(row),
    ]


def file_of(request: MemberRequest, radar: Radar, *, title: str, ending: str) -> HttpResponse:
    """What the page shows, as a file: nothing that is withheld there stands in it."""
    if ending not in LIST_TYPES:
        raise NotThere
    rows = [
        [
            gauge.name,
            *facts(row, radar.threshold),
            written_day(gauge.counted_on or localdate(request.standing.at)),
            gauge.source,
        ]
        for gauge in radar.gauges
        for row in gauge.rows
    ]
    heads = [
        _("Characteristic"),
        *(str(column.label) for column in columns()),
        _("As of"),
        _("Source of the target"),
    ]
    name = _("Radar")  # names a sheet and a file: no question mark
    answer = HttpResponse(
        as_list(ending, title=name, heads=heads, rows=rows), content_type=LIST_TYPES[ending]
    )
    file = f"{slugify(name)}-{title}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def file_links(name: str, *args: str) -> list[Link]:
    return [
        Link(ending.upper(), reverse(f"workspace:{name}", args=[*args, ending]))
        for ending in LIST_TYPES
    ]


def proposal_rows(
    request: MemberRequest, proposals: Sequence[Proposal], *, body: Thing | None, invite: str = ""
) -> list[list[Cell]]:
    """Whom to invite and why, with the way to where they get a seat or an invitation."""
    may_seat = body is not None and allowed(request.standing, "community.change_register", body)
    rows = []
    for each in proposals:
        if each.organisation is not None:
            who = Cell(each.organisation.title, url=each.organisation.get_absolute_url())
            asked = {"organisation": each.organisation.pk, "function": each.organisation.title}
        else:
            assert each.person is not None
            who = Cell(each.person.function, url=person_url(request, each.person.pk))
            asked = {"function": each.person.function}
            if each.person.organisation_id:
                asked["organisation"] = each.person.organisation_id
        if each.perspective:
            asked["perspective"] = each.perspective
        way = Cell("")
        person = each.person.pk if each.person else each.contact
        if invite:
            known = f"?{urlencode({'person': person})}" if person else ""
            way = Cell(_("Invite"), url=f"{invite}{known}#guests")
        elif body is not None and may_seat:
            seat = reverse("workspace:seat_new", args=[body.identifier])
            way = Cell(_("Give a seat"), url=f"{seat}?{urlencode(asked)}")
        rows.append([who, Cell("; ".join(each.reasons)), way])
    return rows


def person_url(request: MemberRequest, person: int) -> str:
    """The page of somebody in the register, for those who keep it."""
    if not allowed(request.standing, "community.change_register"):
        return ""
    return reverse("workspace:person_edit", args=[person])


def proposal_columns() -> list[Column]:
    return [Column(_("Who")), Column(_("Why")), Column(_("Next step"))]
