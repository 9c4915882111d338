"""The process as everybody may follow it: phases, meetings, minutes, resolutions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.translation import localise
from miteinander.participation.queries import answer_clock, figures, round_of_meeting
from miteinander.process import queries
from miteinander.process.states import Permit, Registration
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.thread import stations
from miteinander.public.views.files import built_file, files_to_load
from miteinander.ui.shapes import BodyRow, Link, LogRow, PhaseStep, PlanMark, PlanRow, SeatRow
from miteinander.ui.words import add_months, written_day

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from miteinander.participation.models import Call
    from miteinander.process.models import Meeting, Minutes, Phase
    from miteinander.process.queries import BodyLine, Happening, PhaseAt, ProcessPage, SeatLine
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
        "plan": _plan(page, day),
        "marks": _marks(page, day),
        # What follows the resolution goes on for years; it only begins on this scale.
        "until": add_months(process.ended, 4) if process.ended else None,
        "happenings": [_log_row(happening) for happening in page.happenings],
        "bodies": [_body_row(line) for line in page.bodies],
        "day": day,
        "clock": answer_clock(process, figures(process), day=day, with_median=False),
        "gate": _gate(page),
    }
    return render(request, "public/process.html", context)


def _gate(page: ProcessPage) -> Phase | None:
    """The phase that waits until everybody has an answer, if one of them runs or is over."""
    for each in page.phases:
        phase = each.phase
        collects = {"contribute", "gather"} & set(phase.permits)
        if collects and each.position != "next" and not phase.closed_on:
            return phase
    return None


def _plan(page: ProcessPage, day: date) -> list[PlanRow]:
    """Draw the process and its phases: as they were planned, and as they went."""
    process, duration = page.process, page.duration
    months = _("planned: %(planned)s months, so far: %(actual)s months")
    if duration.is_over:
        months = _("planned: %(planned)s months, it took %(actual)s months")
    whole = PlanRow(
        label=_("From the mandate to the resolution"),
        planned=(process.starts, add_months(process.starts, duration.planned)),
        actual=(process.starts, process.ended) if process.starts <= day else None,
        position="past" if duration.is_over else "next" if process.starts > day else "now",
        state_label=process.get_state_display(),
        spoken=months % {"planned": duration.planned, "actual": duration.actual},
        is_whole=True,
    )
    return [whole, *(_plan_row(each, day) for each in page.phases)]


def _plan_row(at: PhaseAt, day: date) -> PlanRow:
    phase = at.phase
    begun = phase.starts <= day
    spoken = span(phase)
    if phase.closed_on and phase.ends and phase.closed_on != phase.ends:
        closed = written_day(phase.closed_on)
        spoken += "; " + _("closed on %(day)s") % {"day": closed}
    permits = ", ".join(str(Permit(permit).label) for permit in phase.permits)
    said = {
        "past": _("This was possible: %(permits)s"),
        "now": _("Possible now: %(permits)s"),
        "next": _("Possible then: %(permits)s"),
    }[at.position]
    warning = _("Closed although not everybody had an answer. The reason: %(reason)s")
    return PlanRow(
        label=phase.title,
        planned=(phase.starts, phase.ends),
        actual=(phase.starts, _went_until(phase, at, day)) if begun else None,
        position=at.position,
        state_label=_("we are here") if at.position == "now" else "",
        spoken=spoken,
        remark=said % {"permits": permits} if permits else "",
        warning=warning % {"reason": phase.closed_despite} if phase.closed_despite else "",
    )


def _went_until(phase: Phase, at: PhaseAt, day: date) -> date | None:
    """When it really ended; None while it runs, and the plan's end where nobody closed it."""
    if phase.closed_on:
        return phase.closed_on
    return None if at.position == "now" else phase.ends


def _marks(page: ProcessPage, day: date) -> list[PlanMark]:
    happened = [PlanMark(each.title, each.on, each.on > day) for each in page.happenings if each.on]
    return happened + [
        PlanMark(m.title, m.reached_on or m.on, m.reached_on is None) for m in page.milestones
    ]


def _body_row(line: BodyLine) -> BodyRow:
    body = line.body
    localised = getattr(body, "localised", {}).get("title")
    foreign = body.language if body.language != _language() else ""
    views = (seat.perspective for seat in line.seats if seat.perspective)
    return BodyRow(
        title=localised.text if localised else body.title,
        language="" if localised else foreign,
        url=body.get_absolute_url(),
        kind=body.get_body_kind_display(),
        # Each view once, where the function of the seat does not say it already.
        perspectives=tuple(dict.fromkeys(views)),
        seats=tuple(_seat_row(seat) for seat in line.seats),
        is_example=body.is_example,
    )


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
        "registration": _registration(row, request),
        "round": _round(row, request),
        "thread": thread,
    }
    return render(request, "public/meeting.html", context)


def _round(row: Meeting, request: SiteRequest) -> Call | None:
    """The call that takes questions while this meeting is held, until it closes."""
    found = round_of_meeting(row, request.standing, request.standing.at)
    shown_until(request, found.closes_at if found is not None else None)
    return found


def _registration(row: Meeting, request: SiteRequest) -> queries.RegistrationAt | None:
    """How one may register, where everybody may; the page says so until it changes."""
    if row.registration != Registration.PUBLIC or _is_past(row, request):
        return None
    state = queries.registration_of(row, at=request.standing.at)
    shown_until(request, state.opens_at, state.closes_at)
    return None if state.station == "none" else state


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
        "sheet": queries.minutes_sheet(row),
        "remarks": queries.remarks_of(row),
        **_files_of(row),
    }
    return render(request, "public/minutes.html", context)


def _files_of(row: Minutes) -> dict[str, object]:
    def address(ending: str) -> str:
        return reverse("public:minutes_file", args=[row.identifier, ending])

    here, elsewhere = files_to_load(row, address, language=_language())
    return {"files": here, "other_files": elsewhere}


@login_not_required
@require_safe
def minutes_file(request: SiteRequest, identifier: str, ending: str) -> HttpResponseBase:
    """Approved minutes as a file, as it was made once."""
    rows = queries.minutes_visible_to(request.municipality, request.standing)
    row = get_object_or_404(rows, identifier=identifier)
    return built_file(request, row, ending, name=f"protokoll-{row.identifier}")


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
        "dissents": list(row.dissents.all()),
        "thread": stations(row, standing=request.standing, language=_language()),
    }
    return render(request, "public/resolution.html", context)
