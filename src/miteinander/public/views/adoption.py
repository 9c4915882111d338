"""Versions and objections for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.adoption import queries
from miteinander.adoption.states import VersionState
from miteinander.core.translation import localise
from miteinander.documents import html
from miteinander.documents.concept import document_of
from miteinander.process.states import Result
from miteinander.public.freshness import public_page
from miteinander.public.thread import stations
from miteinander.public.views.strategy import crumb, crumbs_to
from miteinander.ui.shapes import DocumentRow, File, Link, NavItem

if TYPE_CHECKING:
    from miteinander.adoption.models import ConceptVersion
    from miteinander.adoption.queries import Paper
    from miteinander.ui.requests import SiteRequest

PAPERS_PER_PAGE = 25


@public_page()
def version(request: SiteRequest, identifier: str) -> HttpResponse:
    """The reading edition, from the frozen text and nothing else; checksum and downloads."""
    found = get_object_or_404(
        queries.versions_visible_to(request.municipality, request.standing), identifier=identifier
    )
    language = get_language() or "de"
    document = document_of(queries.content_frozen_in(found), language=language)
    context = {
        "version": found,
        "is_adopted": found.state == VersionState.ADOPTED,
        "document": document,
        "body": mark_safe(html.body(document)),  # noqa: S308 -- our renderer escapes every text
        "files": [
            File(
                _("This version as a web page to keep (HTML)"),
                reverse("public:version_html", args=[found.identifier]),
                kind="HTML",
                size=len(html.render(document).encode()),
            ),
            File(
                _("This version as data (JSON)"),
                reverse("public:version_json", args=[found.identifier]),
                kind="JSON",
                size=len(queries.version_json(found)),
            ),
        ],
        "thread": stations(found, standing=request.standing, language=language),
        "crumbs": crumbs_to(
            crumb(found.concept), Link(_("Version %(no)s") % {"no": found.edition})
        ),
    }
    return render(request, "public/version.html", context)


@public_page()
def version_html(request: SiteRequest, identifier: str) -> HttpResponse:
    """The same text as one file that needs no network: what `miteinander export` writes."""
    found = get_object_or_404(
        queries.versions_visible_to(request.municipality, request.standing), identifier=identifier
    )
    document = document_of(queries.content_frozen_in(found), language=get_language() or "de")
    return _as_file(found, html.render(document).encode(), "text/html; charset=utf-8", "html")


@public_page()
def version_json(request: SiteRequest, identifier: str) -> HttpResponse:
    """The exact stored bytes, under the version's own address."""
    found = get_object_or_404(
        queries.versions_visible_to(request.municipality, request.standing), identifier=identifier
    )
    return _as_file(found, queries.version_json(found), "application/json", "json")


@public_page("kind", "page")
def documents(request: SiteRequest) -> HttpResponse:
    """Versions, resolutions and minutes in one list, newest first, by kind if one is chosen."""
    names = dict(
        zip(
            queries.PAPERS, (_("Versions"), _("Resolutions"), _("Minutes of meetings")), strict=True
        )
    )
    kind = request.GET.get("kind", "")
    kind = kind if kind in names else ""
    page = Paginator(queries.public_papers(request.municipality, kind), PAPERS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    papers = queries.papers_in(page.object_list)  # type: ignore[arg-type]  # a slice of rows
    localise([paper.thing for paper in papers], get_language() or "de")
    here = reverse("public:documents")
    context = {
        "title": _("Documents and decisions"),
        "crumbs": [Link(_("Home"), reverse("public:home")), Link(_("Documents and decisions"))],
        "kinds": [
            NavItem(_("Everything"), here, is_current=not kind),
            *(
                NavItem(name, f"{here}?kind={key}", is_current=kind == key)
                for key, name in names.items()
            ),
        ],
        "kind": kind,
        "rows": [_paper_row(paper) for paper in papers],
        "page": page,
        "query": f"kind={kind}" if kind else "",
    }
    return render(request, "public/documents.html", context)


def _paper_row(paper: Paper) -> DocumentRow:
    thing = paper.thing
    localised = getattr(thing, "localised", {}).get("title")
    foreign = thing.language if thing.language != (get_language() or "de") else ""
    row = DocumentRow(
        title=localised.text if localised else thing.title,
        language="" if localised else foreign,
        url=thing.get_absolute_url(),
        kind=_("Minutes"),
        when=thing.happened_on,
        precision=thing.precision,
        body=paper.body,
        is_example=thing.is_example,
    )
    if thing.kind == "resolution":
        return replace(
            row,
            kind=_("Resolution") + f": {paper.sort_label}",
            state="stuck" if paper.result == Result.REJECTED else "done",
            state_label=paper.result_label,
        )
    if thing.kind == "version":
        return replace(
            row,
            kind=_("Version of the concept"),
            state="done" if paper.sort == VersionState.ADOPTED else "waiting",
            state_label=VersionState(paper.sort).label,
            files=tuple(
                File(name, reverse(f"public:version_{name.lower()}", args=[thing.identifier]), name)
                for name in ("HTML", "JSON")
            ),
        )
    return row


def _as_file(found: ConceptVersion, content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"{found.concept.identifier}-{found.edition}-{found.identifier}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public_page()
def objection(request: SiteRequest, identifier: str) -> HttpResponse:
    found = get_object_or_404(
        queries.objections_visible_to(request.municipality, request.standing),
        identifier=identifier,
    )
    language = get_language() or "de"
    localise([found, found.measure], language)
    context = {
        "objection": found,
        "measure": found.measure,
        "thread": stations(found, standing=request.standing, language=language),
        "crumbs": crumbs_to(
            crumb(
                found.measure,
                _("Measure %(no)s") % {"no": found.measure.number},
            ),
            Link(_("Objection")),
        ),
    }
    return render(request, "public/objection.html", context)
