"""Draws by lot, as everybody may follow and check them: by numbers, never by names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.documents import drawing
from miteinander.process import insights, queries
from miteinander.public.freshness import public_page
from miteinander.ui.shapes import Cell, Column, File, Link

if TYPE_CHECKING:
    from miteinander.process.models import Draw
    from miteinander.process.queries import DrawPage
    from miteinander.ui.requests import SiteRequest


@public_page()
def draw(request: SiteRequest, identifier: str) -> HttpResponse:
    row = _draw(request, identifier)
    page = queries.draw_page(row)
    language = get_language() or "de"
    localise([row, row.body], language)
    context = {
        "title": row.title,
        "crumbs": [
            Link(_("Start"), reverse("public:home")),
            Link(_("Processes"), reverse("public:processes")),
            Link(row.process.title, row.process.get_absolute_url()),
            Link(_("Draw by lot")),
        ],
        "draw": row,
        "page": page,
        "said": insights.spoken(page.panels.said) if page.panels else [],
        "said_language": "en" if language.startswith("en") else "de",
        "columns": [
            Column(_("Characteristic")),
            Column(_("Value")),
            Column(_("At least"), is_number=True),
            Column(_("At most"), is_number=True),
        ],
        "rows": [[Cell(each) for each in quota] for quota in row.quotas],
        "has_people": _has_people(page),
        "files": [
            File(label, reverse("public:draw_file", args=[row.identifier, name]), kind=kind)
            for name, label, kind in _files(row, page)
        ],
    }
    return render(request, "public/draw.html", context)


@public_page()
def draw_file(request: SiteRequest, identifier: str, file: str) -> HttpResponse:
    """The list of panels and the quotas; the characteristics only where they point at nobody."""
    row = _draw(request, identifier)
    page = queries.draw_page(row)
    made = drawing.file_of(queries.published(row), file, has_people=_has_people(page))
    if made is None:
        raise NotThere
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _draw(request: SiteRequest, identifier: str) -> Draw:
    rows = queries.draws_visible_to(request.municipality, request.standing)
    return get_object_or_404(rows, identifier=identifier)


def _has_people(page: DrawPage) -> bool:
    """Fewer than five people of a kind would be small cells: then nobody's kind is told."""
    return page.panels is not None and page.panels.rare == 0 and not page.draw.told


def _files(row: Draw, page: DrawPage) -> list[tuple[str, str, str]]:
    found = [("liste.json", _("List of all panels"), "JSON")]
    if row.quotas:
        found.append(("vorgaben.csv", _("Quotas"), "CSV"))
    if _has_people(page):
        found.append(("menschen.csv", _("Numbers and characteristics"), "CSV"))
    return found
