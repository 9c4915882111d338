"""Small papers, made while one waits, in a process of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.documents.meetings import minutes_of
from miteinander.participation.queries import calls_of
from miteinander.process import queries
from miteinander.ui.shapes import Link
from miteinander.workspace import kit
from miteinander.workspace.asking import enter
from miteinander.workspace.building import PAPERS
from miteinander.workspace.views.process.ways import meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from miteinander.documents.apart import Printed
    from miteinander.participation.models import Call
    from miteinander.process.models import Meeting
    from miteinander.ui.requests import MemberRequest
    from miteinander.workspace.kit import Desk

FOR_OFFICES = ("pdf", "docx", "odt", "html")
MADE: dict[str, tuple[Callable[[Desk], Printed], tuple[str, ...]]] = {
    "anwesenheit": (kit.attendance_list, PAPERS),
    "tagesordnung": (kit.agenda, FOR_OFFICES),
    "aufgaben": (kit.tasks, FOR_OFFICES),
    "namensschilder": (lambda desk: kit.signs(desk, "tent"), ("pdf",)),
    "ansteckschilder": (lambda desk: kit.signs(desk, "badge"), ("pdf",)),
    "tabelle-anwesenheit": (kit.attendance_table, ("xlsx",)),
}
"""The papers of a meeting by the name in their address, and the formats each can be had in."""


@require_GET
def papers(request: MemberRequest, identifier: str) -> HttpResponse:
    """Everything that can be printed for a meeting, and how it comes back."""
    meeting = at_desk(request, identifier)
    desk = kit.desk_of(meeting, request.standing)
    context = {
        "title": _("Papers and kit"),
        "crumbs": meeting_crumbs(meeting, Link(_("Papers and kit"))),
        "meeting": meeting,
        "expected": desk.guests,
        "by_letter": desk.by_letter,
        "calls": kit.calls_for(meeting, request.standing),
        "formats": FOR_OFFICES,
        "card_count": kit.CARDS_IN_KIT,
        "most_cards": kit.MOST_CARDS,
    }
    return render(request, "workspace/papers.html", context)


@require_GET
def minutes_paper(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The minutes as they stand, a draft too: for those who may read them."""
    meeting = the_meeting(request, identifier)
    page = queries.meeting_page(meeting, request.standing)
    if page.minutes is None:
        raise NotThere
    if ending not in PAPERS:
        raise NotThere
    sheet = queries.minutes_sheet(page.minutes)
    document = minutes_of(page, sheet, language=get_language() or "de")
    return _sent(document, ending, name=f"protokoll-{meeting.identifier}")


@require_GET
def attendance_paper(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """A list to sign, for whoever keeps the minutes; nobody else is told who is expected."""
    return meeting_paper(request, identifier, "anwesenheit", ending)


@require_GET
def meeting_paper(request: MemberRequest, identifier: str, paper: str, ending: str) -> HttpResponse:
    """One of the papers of a meeting."""
    meeting = at_desk(request, identifier)
    if paper not in MADE or ending not in MADE[paper][1]:
        raise NotThere
    made = MADE[paper][0](kit.desk_of(meeting, request.standing))
    return _sent(made, ending, name=f"{paper}-{meeting.identifier}")


@require_GET
def invitation_letters(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """Letters with names and addresses: for the coordination. `?alle` writes to everybody."""
    meeting = the_meeting(request, identifier)
    enter(request, "process.change", meeting)
    if ending not in {"pdf", "docx"}:
        raise NotThere
    desk = kit.desk_of(meeting, request.standing)
    to_all = [guest for guest in desk.guests if guest.person is not None or guest.name]
    letters = kit.invitations(desk, to_all if "alle" in request.GET else desk.by_letter)
    if not letters.letters:
        raise NotThere
    return _sent(letters, ending, name=f"einladungen-{meeting.identifier}")


@require_GET
def meeting_cards(request: MemberRequest, identifier: str, call: str, ending: str) -> HttpResponse:
    """Cards to write on, or the table to type them into; `?anzahl` says how many."""
    meeting = at_desk(request, identifier)
    found = the_call(request, meeting, call)
    desk = kit.desk_of(meeting, request.standing)
    typed = request.GET.get("anzahl", "")
    asked = int(typed) if typed.isascii() and typed.isdecimal() else kit.CARDS_IN_KIT
    count = max(1, min(asked, kit.MOST_CARDS))
    if ending not in {"pdf", "xlsx"}:
        raise NotThere
    made = kit.cards(desk, found, count) if ending == "pdf" else kit.cards_table(desk, found, count)
    return _sent(made, ending, name=f"karten-{found.identifier}")


@require_GET
def meeting_kit(request: MemberRequest, identifier: str) -> HttpResponse:
    """All papers, tables and pages for the wall in one file."""
    meeting = at_desk(request, identifier)
    desk = kit.desk_of(meeting, request.standing)
    content = kit.kit_of(desk, kit.calls_for(meeting, request.standing))
    return _file(content, "application/zip", f"mappe-{meeting.identifier}.zip")


def at_desk(request: MemberRequest, identifier: str) -> Meeting:
    meeting = the_meeting(request, identifier)
    enter(request, "process.edit_minutes", meeting)
    return meeting


def the_call(request: MemberRequest, meeting: Meeting, identifier: str) -> Call:
    """A call of the meeting's own process that this person may see."""
    for call in calls_of(meeting.process):
        if call.identifier == identifier and allowed(
            request.standing, "participation.see_call", call
        ):
            return call
    raise NotThere


def _sent(made: Printed, ending: str, *, name: str) -> HttpResponse:
    chosen = FORMATS[ending]
    return _file(render_apart(made, chosen.name), chosen.media_type, f"{name}.{chosen.suffix}")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
