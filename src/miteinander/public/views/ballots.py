"""Results of ballots for everybody: what was asked, by which rules, and every paper to count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.adoption import insights, queries
from miteinander.adoption.states import BallotState
from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.documents.votes import shown_result
from miteinander.public.freshness import public_page
from miteinander.public.thread import stations
from miteinander.public.views.files import download
from miteinander.ui.shapes import Link
from miteinander.ui.words import written_day, written_time

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from miteinander.adoption.models import Ballot
    from miteinander.ui.requests import SiteRequest


def _ballot(request: SiteRequest, identifier: str) -> Ballot:
    rows = queries.ballots_visible_to(request.municipality, request.standing)
    return get_object_or_404(rows, identifier=identifier)


@public_page()
def ballot(request: SiteRequest, identifier: str) -> HttpResponse:
    found = _ballot(request, identifier)
    language = get_language() or "de"
    localise([found], language)
    is_closed = found.state == BallotState.CLOSED
    names = (
        ("papers", _("The papers, to be counted again")),
        ("json", _("Everything as data (JSON)")),
    )
    context = {
        "title": found.title,
        "crumbs": [
            Link(_("Start"), reverse("public:home")),
            Link(_("Processes"), reverse("public:processes")),
            Link(found.process.title, found.process.get_absolute_url()),
            Link(_("Ballot")),
        ],
        "ballot": found,
        "ends": f"{written_day(found.closes_at)}, {written_time(found.closes_at)}",
        "result": shown_result(queries.ballot_result(found)) if is_closed else None,
        "options": [] if is_closed else list(found.options.all()),
        "files": [
            Link(label, reverse("public:ballot_file", args=[identifier, name]))
            for name, label in names
        ],
        "thread": stations(found, standing=request.standing, language=language),
    }
    return render(request, "public/ballot.html", context)


@login_not_required
@require_safe
def ballot_file(request: SiteRequest, identifier: str, name: str) -> HttpResponseBase:
    """The papers as the file that was counted, or the frozen text itself."""
    found = _ballot(request, identifier)
    if found.state != BallotState.CLOSED or name not in {"papers", "json"}:
        raise NotThere
    if name == "json":
        content, called, kind = found.content.encode(), f"{identifier}.json", "application/json"
    else:
        file = insights.exported(queries.ballot_result(found))
        content, called, kind = file.content, file.name, "text/plain; charset=utf-8"
    return download(
        request,
        content,
        digest=f"{found.checksum}-{name}",
        name=called,
        media_type=kind,
        public=found.is_public,
    )
