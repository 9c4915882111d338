"""Home, contact, and the one door for signed links."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miteinander.community.queries import closures_of, frame_of, opening_now
from miteinander.core.errors import LinkForged
from miteinander.core.links import read_link
from miteinander.core.translation import localise
from miteinander.monitoring.queries import Counts, overall_counts
from miteinander.monitoring.rules import REPORT_LINK
from miteinander.participation.queries import figures, open_calls_and_next
from miteinander.participation.states import CallMethod
from miteinander.process.queries import next_meetings, position_of
from miteinander.process.rules import ANSWER_MEETING, ANSWER_POLL
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.views.inviting import answer_meeting_page, answer_poll_page
from miteinander.public.views.monitoring import report_page, segments
from miteinander.public.views.participation.methods import METHODS
from miteinander.public.views.strategy import accept_lead_page
from miteinander.strategy.queries import processes_with_concepts
from miteinander.strategy.rules import ACCEPT_LEAD
from miteinander.ui.shapes import Link, PhaseStep
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.standing import Standing
    from miteinander.process.models import Phase, Process
    from miteinander.strategy.models import Concept
    from miteinander.ui.requests import SiteRequest

PAGES_OF_LINKS = {
    ACCEPT_LEAD: accept_lead_page,
    REPORT_LINK: report_page,
    ANSWER_MEETING: answer_meeting_page,
    ANSWER_POLL: answer_poll_page,
}
MOST_CLOSURES = 8


@public_page()
def home(request: SiteRequest) -> HttpResponse:
    """What is this, where do we stand, what can I do now, what became of it."""
    town, standing = request.municipality, request.standing
    today = localdate(standing.at)
    processes = processes_with_concepts(town, standing)
    main = _main(processes, standing)
    if main is None:
        return render(request, "public/home_empty.html")
    calls, next_opens = open_calls_and_next(town, standing.at)
    shown_until(request, next_opens, *(call.closes_at for call in calls))
    meetings = next_meetings(town, standing, day=today, most=3)
    news = frame_of(town).newest(standing.at)
    localise([main, *calls, *meetings, *news], get_language() or "de")
    concept = _concept(main, standing)
    counts = overall_counts(concept, at=standing.at) if concept else Counts({})
    return render(
        request,
        "public/home.html",
        {
            "process": main,
            "steps": _steps(processes, main, today),
            "concept": concept,
            "counts": counts,
            "segments": segments(counts),
            "calls": calls,
            "call": calls[0] if calls else None,
            "method": METHODS[CallMethod(calls[0].method)] if calls else None,
            "days_left": (localdate(calls[0].closes_at) - today).days if calls else 0,
            "meetings": meetings,
            "news": news,
            "said": figures(main),
            "today": today,
        },
    )


def _main(processes: list[Process], standing: Standing) -> Process | None:
    """The process that the page is about: the latest with an adopted concept, else the latest."""
    adopted = [p for p in processes if (c := _concept(p, standing)) and c.state == "adopted"]
    return next(iter(adopted or processes), None)


def _concept(process: Process, standing: Standing) -> Concept | None:
    concept: Concept | None = getattr(process, "concept", None)
    return concept if concept and (concept.is_public or standing.is_member) else None


def _steps(processes: list[Process], main: Process, today: date) -> list[PhaseStep]:
    """The phases of the process on one thread, and the next edition at its end."""
    later = [p for p in processes if p.starts > main.starts]
    steps = [
        PhaseStep(
            title=phase.title,
            when=_when(phase),
            url=reverse("public:process", args=[main.identifier]),
            position=position_of(phase, today),
        )
        for phase in main.phases.all()
    ]
    steps += [
        PhaseStep(
            title=_("Next edition"),
            when=_("since %(day)s") % {"day": written_day(process.starts, "month")},
            url=process.get_absolute_url(),
            position="now" if process.starts <= today else "next",
        )
        for process in reversed(later)
    ]
    return steps


def _when(phase: Phase) -> str:
    start = written_day(phase.starts, "month" if phase.precision == "day" else phase.precision)
    if phase.ends is None:
        return _("since %(day)s") % {"day": start}
    return start


@public_page()
def contact(request: SiteRequest) -> HttpResponse:
    office = frame_of(request.municipality).office
    opening = opening_now(office, request.standing.at) if office else None
    shown_until(request, opening.changes_at(request.standing.at) if opening else None)
    today = localdate(request.standing.at)
    context = {
        "office": office,
        "opening": opening,
        "closures": closures_of(office, since=today)[:MOST_CLOSURES] if office else [],
        "crumbs": [Link(_("Home"), reverse("public:home")), Link(_("Contact"))],
    }
    return render(request, "public/contact.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def signed_link(request: SiteRequest, token: str) -> HttpResponse:
    """Open what a signed link is for; forged and expired ones are refused before anything."""
    link = read_link(token, at=request.standing.at)
    page = PAGES_OF_LINKS.get(link.purpose)
    if page is None:
        raise LinkForged
    response: HttpResponse = page(request, link)
    # The token stays on this site. Not "no-referrer": browsers would then send "Origin: null"
    # with the form, and its protection would refuse it.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
