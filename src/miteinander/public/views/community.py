"""Who is at the table, as everybody may see it: by function, never by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.community import queries
from miteinander.core.translation import localise
from miteinander.monitoring.queries import ORDER, measures_led_by
from miteinander.process.queries import meetings_of_body, processes_of_body
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.views.monitoring import measure_row
from miteinander.strategy.states import LeadState
from miteinander.ui.shapes import Link, MeasureRow, Segment

if TYPE_CHECKING:
    from miteinander.strategy.models import Measure
    from miteinander.ui.requests import SiteRequest

LED = 60
"""So many measures a page shows of what one organisation leads; nobody leads more."""


def _crumbs(here: str) -> list[Link]:
    return [
        Link(_("Start"), reverse("public:home")),
        Link(_("Process"), reverse("public:processes")),
        Link(here),
    ]


@public_page()
def organisation(request: SiteRequest, identifier: str) -> HttpResponse:
    found = queries.organisations_visible_to(request.municipality, request.standing)
    row = get_object_or_404(found, identifier=identifier)
    page = queries.organisation_page(row, request.standing)
    at = request.standing.at
    opening = queries.opening_now(page.office, at) if page.office else None
    shown_until(request, opening.changes_at(at) if opening else None)
    led = measures_led_by(row, at=at, most=LED)
    accepted = [measure for measure in led if measure.lead_state == LeadState.ACCEPTED]
    bodies = {seat.body_id: seat.body for seat in page.seats}
    localise([row, *page.perspectives, *bodies.values(), *led], get_language() or "de")
    context = {
        "title": row.title,
        "crumbs": _crumbs(row.title),
        "organisation": row,
        "page": page,
        "accepted": _led_rows(accepted),
        "asked": _led_rows(m for m in led if m.lead_state != LeadState.ACCEPTED),
        "segments": _lights(accepted),
        "week": [(day.label, spans) for day, spans in queries.week_of(page.office) if spans]
        if page.office
        else [],
        "opening": opening,
    }
    return render(request, "public/organisation.html", context)


def _led_rows(measures: Iterable[Measure]) -> list[MeasureRow]:
    """On the page of the lead itself a row says whether it has accepted, not who it is."""
    return [
        replace(measure_row(measure), lead=LeadState(measure.lead_state).label)
        for measure in measures
    ]


def _lights(measures: Iterable[Measure]) -> list[Segment]:
    counted = Counter(measure.light for measure in measures)  # type: ignore[attr-defined]  # annotated by the query
    return [Segment(light, counted[light]) for light in ORDER if counted[light]]


@public_page()
def body(request: SiteRequest, identifier: str) -> HttpResponse:
    row = queries.body_at(request.municipality, request.standing, identifier)
    seats = queries.seats_shown(row)
    processes = processes_of_body(row, request.standing)
    meetings = meetings_of_body(row, request.standing)
    localise([row, *processes, *meetings], get_language() or "de")
    heard = {seat.perspective_id: seat.perspective for seat in seats if seat.perspective}
    context = {
        "title": row.title,
        "crumbs": _crumbs(row.title),
        "body": row,
        "seats": seats,
        "heard": [each for each in heard.values() if _open(request, each)],
        "processes": processes,
        "meetings": meetings,
    }
    return render(request, "public/body.html", context)


@public_page()
def perspective(request: SiteRequest, identifier: str) -> HttpResponse:
    found = queries.perspectives_visible_to(request.municipality, request.standing)
    row = get_object_or_404(found, identifier=identifier)
    page = queries.perspective_page(row, request.standing)
    bodies = {seat.body_id: seat.body for seat in page.seats}
    localise([row, *page.organisations, *bodies.values()], get_language() or "de")
    context = {
        "title": row.title,
        "crumbs": _crumbs(row.title),
        "perspective": row,
        "page": page,
    }
    return render(request, "public/perspective.html", context)


def _open(request: SiteRequest, thing: object) -> bool:
    return request.standing.is_member or bool(getattr(thing, "is_public", False))
