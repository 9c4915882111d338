"""Small papers, made while one waits, in a process of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from miteinander.community.queries import seats_of
from miteinander.core.errors import NotThere
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.documents.meetings import Expected, attendance_of, minutes_of
from miteinander.process import queries
from miteinander.workspace.asking import enter
from miteinander.workspace.building import PAPERS
from miteinander.workspace.views.process.ways import the_meeting

if TYPE_CHECKING:
    from miteinander.documents.shapes import Document
    from miteinander.ui.requests import MemberRequest


@require_GET
def minutes_paper(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The minutes as they stand, a draft too: for those who may read them."""
    meeting = the_meeting(request, identifier)
    page = queries.meeting_page(meeting, request.standing)
    if page.minutes is None:
        raise NotThere
    sheet = queries.minutes_sheet(page.minutes)
    document = minutes_of(page, sheet, language=get_language() or "de")
    return _paper(document, ending, name=f"protokoll-{meeting.identifier}")


@require_GET
def attendance_paper(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """A list to sign, for whoever keeps the minutes; nobody else is told who is expected."""
    meeting = the_meeting(request, identifier)
    enter(request, "process.edit_minutes", meeting)
    day = meeting.happened_on or localdate(request.standing.at)
    expected = [
        Expected(seat.function, seat.organisation.title if seat.organisation else "")
        for seat in seats_of(meeting.body)
        if seat.in_term(day)
    ]
    document = attendance_of(meeting, expected, language=get_language() or "de")
    return _paper(document, ending, name=f"anwesenheit-{meeting.identifier}")


def _paper(document: Document, ending: str, *, name: str) -> HttpResponse:
    if ending not in PAPERS:
        raise NotThere
    chosen = FORMATS[ending]
    response = HttpResponse(render_apart(document, chosen.name), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.suffix}"'
    response["Cache-Control"] = "no-store, private"
    return response
