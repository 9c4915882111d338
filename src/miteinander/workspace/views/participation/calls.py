"""The overview of participation, and the page of one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.documents.call_tables import TYPES
from miteinander.participation import insights, queries
from miteinander.participation.states import Allowed, CallMethod
from miteinander.ui.shapes import Column, Link
from miteinander.workspace.asking import enter
from miteinander.workspace.call_course import (
    IN_WORDS,
    countdown,
    languages_of,
    moments_of,
    points_of,
    sentence_of,
    steps_of,
    ways_of,
)
from miteinander.workspace.call_papers import papers_of
from miteinander.workspace.kit import CARDS_IN_KIT
from miteinander.workspace.views.community.words import languages_for
from miteinander.workspace.views.participation.methods import first_steps_of, rooms_of
from miteinander.workspace.views.participation.rooms import call_of, crumbs

if TYPE_CHECKING:
    from datetime import datetime

    from miteinander.participation.models import Call
    from miteinander.ui.requests import MemberRequest


@require_safe
def calls(request: MemberRequest) -> HttpResponse:
    """Every process with its calls and with what waits in it."""
    enter(request, "community.see_register")
    processes = list(queries.processes_taking_part(request.municipality, request.standing)[:20])
    everything = queries.calls_of_all(processes, request.standing)
    numbers = queries.figures_of([*processes, *everything])
    at, day = request.standing.at, localdate(request.standing.at)
    rooms = [
        {
            "process": process,
            "figures": numbers[process.pk],
            "may_collect": process.permits("contribute", day),
            "calls": [
                {
                    "call": c,
                    "figures": numbers[c.pk],
                    "is_open": c.is_open(at, day),
                    "is_ahead": c.is_ahead(at),
                    "countdown": countdown(c, at),
                }
                for c in everything
                if c.process_id == process.pk
            ],
        }
        for process in processes
    ]
    context = {"title": _("Participation"), "crumbs": crumbs(), "rooms": rooms}
    return render(request, "workspace/calls.html", context)


def _first(call: Call, at: datetime) -> list[Link]:
    """A call that is over needs no questions any more."""
    return first_steps_of(call) if at < call.closes_at else []


@require_safe
def call(request: MemberRequest, identifier: str) -> HttpResponse:
    """One call: how it goes, and everything that the office does with it."""
    found = call_of(request, identifier)
    at = request.standing.at
    figures, course = queries.figures(found), queries.course_of(found)
    points = points_of(course)
    context = {
        "title": found.title,
        "crumbs": crumbs(Link(found.title)),
        "call": found,
        "figures": figures,
        "is_open": found.is_open(at, localdate(at)),
        "is_ahead": found.is_ahead(at),
        "countdown": countdown(found, at),
        "moments": moments_of(found, at),
        "steps": [*_first(found, at), *steps_of(found, figures, at)],
        "course": course,
        "points": points if len(points) > 1 else [],
        "sentence": sentence_of(course),
        "ways": ways_of(course),
        "spoken": languages_of(course),
        "way_columns": [Column(_("How it came in")), Column(_("Number"), is_number=True)],
        "language_columns": [Column(_("Language")), Column(_("Number"), is_number=True)],
        "rooms": rooms_of(found),
        "languages": languages_for(found),
        "papers": papers_of(found),
        "card_count": CARDS_IN_KIT,
        "takes_words": CallMethod(found.method) in IN_WORDS,
        "tables": insights.tables_of(found, "office", at=at),
        "endings": list(TYPES),
        "by_code": request.build_absolute_uri(
            reverse("public:by_code_opened", args=[found.access_code])
        )
        if found.access_code
        else "",
        "allowed_here": [Allowed(each).label for each in found.allows],
        "today": localdate(at),
    }
    return render(request, "workspace/call.html", context)
