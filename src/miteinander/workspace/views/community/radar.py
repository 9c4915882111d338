"""Who is missing: over everything, and in each body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from miteinander.community import insights, queries
from miteinander.core.rights import allowed
from miteinander.participation.queries import open_calls
from miteinander.process.queries import meetings_to_come
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import enter, sought
from miteinander.workspace.radar import (
    columns,
    file_links,
    file_of,
    proposal_columns,
    proposal_rows,
    sections,
)
from miteinander.workspace.views.community.bodies import body_crumbs
from miteinander.workspace.views.community.crumbs import CHANGE, register_crumbs

if TYPE_CHECKING:
    from miteinander.community.insights import Radar
    from miteinander.community.models import Body
    from miteinander.ui.requests import MemberRequest

SEE_RADAR, SEE_PROPOSALS = "community.see_radar", "community.see_proposals"


def radar_context(request: MemberRequest, radar: Radar) -> dict[str, Any]:
    """What every radar page shows."""
    return {
        "radar": radar,
        "sections": sections(radar),
        "columns": columns(),
        "proposal_columns": proposal_columns(),
        "may_set": allowed(request.standing, "community.set_targets"),
    }


@require_GET
def overview(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    whole, parts = _everything(request)
    context = {
        **radar_context(request, whole),
        "title": _("Who is missing at the table"),
        "is_overview": True,
        "lead": ngettext(
            "%(n)s seat in all bodies is taken.",
            "%(n)s seats in all bodies are taken.",
            whole.people,
        )
        % {"n": whole.people},
        "crumbs": register_crumbs(Link(_("Who is missing"))),
        "files": file_links("radar_file"),
        "part_columns": [
            Column(_("Body")),
            Column(_("Seats taken"), is_number=True),
            Column(_("Nobody or too few")),
        ],
        "parts": [
            [
                Cell(body.title, url=reverse("workspace:body_radar", args=[body.identifier])),
                Cell(part.people),
                Cell(_gaps(part)),
            ]
            for body, part in parts
        ]
        if whole.has_targets
        else [],
        "ahead": _ahead(request),
    }
    return render(request, "workspace/radar.html", context)


def _gaps(radar: Radar) -> str:
    """Who is missing in a body, in a few words."""
    if not radar.people:
        return _("nobody sits there yet")
    return ", ".join(row.label for row in radar.all_missing) or _("no gap that is certain")


def _ahead(request: MemberRequest) -> list[dict[str, Any]]:
    """Meetings and calls for which there is still time: two queries."""
    town, at = request.municipality, request.standing.at
    meetings = [
        Link(
            f"{row.title}, {written_day(row.happened_on)}" if row.happened_on else row.title,
            reverse("workspace:meeting_radar", args=[row.identifier]),
        )
        for row in meetings_to_come(town, day=localdate(at))
    ]
    calls = [
        Link(row.title, reverse("workspace:call_radar", args=[row.identifier]))
        for row in open_calls(town, at)
    ]
    named = ((_("Meetings to come"), meetings), (_("Open calls"), calls))
    return [{"title": title, "links": links} for title, links in named if links]


@require_GET
def overview_file(request: MemberRequest, ending: str) -> HttpResponse:
    enter(request, CHANGE)
    whole, _parts = _everything(request)
    return file_of(request, whole, title=_("all"), ending=ending)


def _everything(request: MemberRequest) -> tuple[Radar, list[tuple[Body, Radar]]]:
    bodies = list(queries.bodies_of(request.municipality))
    return insights.radar_of_all(request.municipality, bodies, day=localdate(request.standing.at))


@require_GET
def body(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    day = localdate(request.standing.at)
    radar = insights.radar_of_body(found, day=day)
    shows_proposals = allowed(request.standing, SEE_PROPOSALS, found) and bool(radar.all_missing)
    proposals = []
    if shows_proposals:
        proposals = insights.proposals_for_body(
            found, radar, day=day, with_people=allowed(request.standing, CHANGE, found)
        )
    context = {
        **radar_context(request, radar),
        "title": found.title,
        "lead": ngettext("%(n)s seat is taken.", "%(n)s seats are taken.", radar.people)
        % {"n": radar.people},
        "crumbs": body_crumbs(found, _("Who is missing")),
        "files": file_links("body_radar_file", found.identifier),
        "shows_proposals": shows_proposals,
        "proposals": proposal_rows(request, proposals, body=found),
    }
    return render(request, "workspace/radar.html", context)


@require_GET
def body_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    found = _body(request, identifier)
    radar = insights.radar_of_body(found, day=localdate(request.standing.at))
    return file_of(request, radar, title=found.identifier, ending=ending)


def _body(request: MemberRequest, identifier: str) -> Body:
    rows = queries.bodies_visible_to(request.municipality, request.standing)
    found = sought(request, rows, identifier)
    enter(request, SEE_RADAR, found)
    return found
