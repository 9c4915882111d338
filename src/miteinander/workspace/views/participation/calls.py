"""The overview of participation, and the page of one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.participation import queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import enter
from miteinander.workspace.views.community.words import languages_for
from miteinander.workspace.views.participation.methods import rooms_of
from miteinander.workspace.views.participation.rooms import call_of, crumbs

if TYPE_CHECKING:
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
                {"call": c, "figures": numbers[c.pk], "is_open": c.is_open(at, day)}
                for c in everything
                if c.process_id == process.pk
            ],
        }
        for process in processes
    ]
    context = {"title": _("Participation"), "crumbs": crumbs(), "rooms": rooms}
    return render(request, "workspace/calls.html", context)


@require_safe
def call(request: MemberRequest, identifier: str) -> HttpResponse:
    """One call: how it goes, and everything that the office does with it."""
    found = call_of(request, identifier)
    at = request.standing.at
    context = {
        "title": found.title,
        "crumbs": crumbs(Link(found.title)),
        "call": found,
        "figures": queries.figures(found),
        "is_open": found.is_open(at, localdate(at)),
        "rooms": rooms_of(found),
        "languages": languages_for(found),
    }
    return render(request, "workspace/call.html", context)
