"""Versions and objections for everybody."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.adoption import queries
from miteinander.adoption.queries.numbers import numbers_of
from miteinander.adoption.states import VersionState
from miteinander.core.built import sizes_of
from miteinander.core.translation import localise
from miteinander.documents import html
from miteinander.documents.concept import document_of
from miteinander.process.states import Result
from miteinander.public.freshness import public_page
from miteinander.public.thread import stations
from miteinander.public.views.files import built_file, download, files_to_load
from miteinander.public.views.strategy import crumb, crumbs_to
from miteinander.ui.shapes import DocumentRow, File, Link, NavItem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http.response import HttpResponseBase

    from miteinander.adoption.models import ConceptVersion
    from miteinander.adoption.queries import Paper
    from miteinander.core.models import Thing
    from miteinander.ui.requests import SiteRequest

PAPERS_PER_PAGE = 25


PDF = "pdf"
"""What most people want of a document."""
JSON = "json"
"""Not made but stored: the frozen text itself."""


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
        **_files(found, language),
        "former": numbers_of(found),
        "thread": stations(found, standing=request.standing, language=language),
        "crumbs": crumbs_to(
            crumb(found.concept), Link(_("Version %(no)s") % {"no": found.edition})
        ),
    }
    return render(request, "public/version.html", context)


def _files(found: ConceptVersion, language: str) -> dict[str, list[File]]:
    """What is ready, and the frozen text itself."""
    here, elsewhere = files_to_load(found, partial(_address, found.identifier), language=language)
    data = File(
        _("As data, to check and reuse"),
        _address(found.identifier, JSON),
        kind="JSON",
        size=len(queries.version_json(found)),
    )
    return {"files": [*here, data], "other_files": elsewhere}


def _address(identifier: str, ending: str) -> str:
    return reverse("public:version_file", args=[identifier, ending])


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
    counts = queries.count_papers(request.municipality)
    found = counts[kind] if kind else sum(counts.values())
    page = Paginator(range(found), PAPERS_PER_PAGE).get_page(request.GET.get("page"))
    papers = queries.public_papers(
        request.municipality,
        kind=kind,
        first=(page.number - 1) * PAPERS_PER_PAGE,
        most=PAPERS_PER_PAGE,
    )
    localise([paper.thing for paper in papers], get_language() or "de")
    printed = sizes_of([paper.thing for paper in papers], PDF)
    here = reverse("public:documents")
    context = {
        "title": _("Documents and decisions"),
        "crumbs": [Link(_("Home"), reverse("public:home")), Link(_("Documents and decisions"))],
        "kinds": [
            NavItem(_("Everything"), here, is_current=not kind, count=sum(counts.values())),
            *(
                NavItem(name, f"{here}?kind={key}", is_current=kind == key, count=counts[key])
                for key, name in names.items()
            ),
        ],
        "kind": kind,
        "rows": [_paper_row(paper, printed.get(paper.thing.pk, {})) for paper in papers],
        "page": page,
        "query": f"kind={kind}" if kind else "",
    }
    return render(request, "public/documents.html", context)


def _pdf(thing: Thing, sizes: Mapping[str, int]) -> tuple[File, ...]:
    """The PDF in the reader's language, else in the first there is; none before it was made."""
    here = get_language() or "de"
    language = here if here in sizes else next(iter(sizes), "")
    if not language:
        return ()
    name = "version_file" if thing.kind == "version" else "minutes_file"
    with override(language):  # the language of a file is that of its address
        url = reverse(f"public:{name}", args=[thing.identifier, PDF])
    if language == here:
        return (File("PDF", url, "PDF", sizes[language]),)
    spoken = dict(settings.LANGUAGES).get(language, language)
    return (File("PDF", url, f"PDF · {spoken}", sizes[language], language=language),)


def _paper_row(paper: Paper, printed: Mapping[str, int]) -> DocumentRow:
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
        files=_pdf(thing, printed),
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
            files=(
                *row.files,
                File("JSON", _address(thing.identifier, JSON), "JSON"),
                File(_("All formats"), thing.get_absolute_url(), _("All formats")),
            ),
        )
    return row


@login_not_required
@require_safe
def version_file(request: SiteRequest, identifier: str, ending: str) -> HttpResponseBase:
    """One file of a version: the bytes that were made once, under the language's own address.

    What has not been made yet is not there; the page of the version lists only what is.
    """
    rows = queries.versions_visible_to(request.municipality, request.standing)
    if ending != JSON:
        found = get_object_or_404(rows.defer("content"), identifier=identifier)
        return built_file(request, found, ending, name=_name(found))
    found = get_object_or_404(rows, identifier=identifier)
    return download(
        request,
        queries.version_json(found),
        digest=found.checksum,
        name=f"{_name(found)}.{JSON}",
        media_type="application/json",
        public=found.is_public,
    )


def _name(found: ConceptVersion) -> str:
    return f"{found.concept.identifier}-{found.edition}-{found.identifier}"


@public_page()
def objection(request: SiteRequest, identifier: str) -> HttpResponse:
    found = get_object_or_404(
        queries.objections_visible_to(request.municipality, request.standing),
        identifier=identifier,
    )
    language = get_language() or "de"
    localise([found, found.beside], language)
    context = {
        "objection": found,
        "thread": stations(found, standing=request.standing, language=language),
        "crumbs": crumbs_to(
            crumb(
                found.beside,
                _("Measure %(no)s") % {"no": found.measure.number} if found.measure else "",
            ),
            Link(_("Objection")),
        ),
    }
    return render(request, "public/objection.html", context)
