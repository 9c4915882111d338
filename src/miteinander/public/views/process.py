"""The process as everybody may follow it: phases, meetings, minutes, resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.core.translation import localise
from miteinander.process import queries
from miteinander.process.states import Permit
from miteinander.public.freshness import public_page
from miteinander.public.thread import stations
from miteinander.ui.shapes import Link, LogRow, PhaseStep, SeatRow
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.process.models import Meeting, Phase
    from miteinander.process.queries import Happening, SeatLine
    from miteinander.ui.requests import SiteRequest

PER_PAGE = 20
UPCOMING = 50
"""So many meetings ahead are shown; more dates than that nobody plans."""


def _language() -> str:
    return get_language() or "de"


def _crumbs(*more: Link) -> list[Link]:
    return [Link(_("Start"), reverse("public:home")), *more]


@public_page("page")
def processes(request: SiteRequest) -> HttpResponse:
    day = localdate(request.standing.at)
    rows = queries.processes_visible_to(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    localise(shown, _language())
    context = {
        "title": _("Processes"),
        "crumbs": _crumbs(Link(_("Processes"))),
        "rows": [(row, queries.duration_of(row, day)) for row in shown],
        "page": page,
    }
    return render(request, "public/processes.html", context)


@public_page()
def process_page(request: SiteRequest, identifier: str) -> HttpResponse:
    """One process: where it stands, what it permits now, what happened so far."""
    process = queries.process_at(request.municipality, request.standing, identifier)
    day = localdate(request.standing.at)
    page = queries.process_page(process, request.standing, day=day)
    localise([process, *(line.body for line in page.bodies)], _language())
    context = {
        "title": process.title,
        "crumbs": _crumbs(Link(_("Processes"), reverse("public:processes")), Link(process.title)),
        "process": process,
        "page": page,
        "steps": [
            PhaseStep(
                title=each.phase.title,
                when=written_day(each.phase.starts, _coarse(each.phase.precision)),
                position=each.position,
            )
            for each in page.phases
        ],
        "phases": [
            (each, span(each.phase), [Permit(permit).label for permit in each.phase.permits])
            for each in page.phases
        ],
        "happenings": [_log_row(happening) for happening in page.happenings],
        "bodies": [(line.body, [_seat_row(seat) for seat in line.seats]) for line in page.bodies],
        "day": day,
    }
    return render(request, "public/process.html", context)


def _log_row(happening: Happening) -> LogRow:
    is_resolution = happening.kind == "resolution"
    named = _("Resolution") + f": {happening.title}" if is_resolution else happening.title
    return LogRow(
        title=named,
        url=happening.address,
        when=happening.on,
        precision=happening.precision,
        body=happening.body,
        result=happening.result_label,
        is_example=happening.is_example,
    )


def _seat_row(seat: SeatLine) -> SeatRow:
    return SeatRow(seat.function, seat.perspective, leads=seat.leads, is_vacant=seat.is_vacant)


def span(phase: Phase) -> str:
    """“Dezember 2019 bis März 2020”, or since when where the end is open."""
    first = written_day(phase.starts, phase.precision)
    if phase.ends is None:
        return _("from %(first)s") % {"first": first}
    last = written_day(phase.ends, phase.precision)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _coarse(precision: str) -> str:
    """On the line across the page a month is exact enough."""
    return "year" if precision == "year" else "month"


@public_page("page")
def meetings(request: SiteRequest) -> HttpResponse:
    day = localdate(request.standing.at)
    town, standing = request.municipality, request.standing
    upcoming = queries.next_meetings(town, standing, day=day, most=UPCOMING)
    past = Paginator(queries.past_meetings(town, standing, day=day), PER_PAGE).get_page(
        request.GET.get("page")
    )
    earlier = (
        queries.last_meetings(town, standing, day=day, most=PER_PAGE)
        if past.number == 1
        else list(past.object_list)
    )
    localise([*upcoming, *earlier], _language())
    context = {
        "title": _("Dates"),
        "crumbs": _crumbs(Link(_("Dates"))),
        "upcoming": upcoming,
        "earlier": earlier,
        "past": past,
    }
    return render(request, "public/meetings.html", context)


@public_page()
def meeting(request: SiteRequest, identifier: str) -> HttpResponse:
    row = queries.meeting_at(request.municipality, request.standing, identifier)
    page = queries.meeting_page(row, request.standing)
    # Also brings the translations of the meeting itself: it stands on its own thread.
    thread = stations(row, standing=request.standing, language=_language())
    context = {
        "title": row.title,
        "crumbs": _crumbs(Link(_("Dates"), reverse("public:meetings")), Link(row.title)),
        "meeting": row,
        "page": page,
        "is_past": _is_past(row, request),
        "thread": thread,
    }
    return render(request, "public/meeting.html", context)


def _is_past(row: Meeting, request: SiteRequest) -> bool:
    return row.happened_on is not None and row.happened_on < localdate(request.standing.at)


@public_page()
def minutes(request: SiteRequest, identifier: str) -> HttpResponse:
    found = queries.minutes_visible_to(request.municipality, request.standing)
    row = get_object_or_404(found, identifier=identifier)
    localise([row, row.meeting], _language())
    context = {
        "title": row.title,
        "crumbs": _crumbs(
            Link(_("Dates"), reverse("public:meetings")),
            Link(row.meeting.title, row.meeting.get_absolute_url()),
            Link(_("Minutes")),
        ),
        "minutes": row,
        "meeting": row.meeting,
    }
    return render(request, "public/minutes.html", context)


@public_page()
def resolution(request: SiteRequest, identifier: str) -> HttpResponse:
    row = queries.resolution_at(request.municipality, request.standing, identifier)
    context = {
        "title": row.title,
        "crumbs": _crumbs(
            Link(_("Processes"), reverse("public:processes")),
            Link(row.process.title, row.process.get_absolute_url()),
            Link(_("Resolution")),
        ),
        "resolution": row,
        "thread": stations(row, standing=request.standing, language=_language()),
    }
    return render(request, "public/resolution.html", context)
