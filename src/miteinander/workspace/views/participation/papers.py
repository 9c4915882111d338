"""Papers of a call, made while one waits, in a process of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from miteinander.core.errors import NotThere
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.workspace.call_papers import Order, counted, papers_of
from miteinander.workspace.views.participation.rooms import call_of

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def call_paper(request: MemberRequest, identifier: str, paper: str, ending: str) -> HttpResponse:
    """One of the papers of a call; `?anzahl` says how many cards."""
    found = call_of(request, identifier)
    papers = papers_of(found)
    if paper not in papers or ending not in papers[paper].endings:
        raise NotThere
    order = Order(
        found,
        language=get_language() or "de",
        today=localdate(request.standing.at),
        count=counted(request.GET.get("anzahl", "")),
    )
    made = FORMATS[ending]
    content = render_apart(papers[paper].made(order), made.name)
    response = HttpResponse(content, content_type=made.media_type)
    name = f"{paper}-{found.identifier}.{made.suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
