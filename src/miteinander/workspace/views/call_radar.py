"""Who is missing among those who answer a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from miteinander.participation import insights, queries
from miteinander.ui.shapes import Link
from miteinander.ui.words import written_number
from miteinander.workspace.asking import enter
from miteinander.workspace.radar import file_links, file_of, proposal_rows
from miteinander.workspace.views.community.radar import radar_context

if TYPE_CHECKING:
    from miteinander.participation.insights import CallRadar
    from miteinander.participation.models import Call
    from miteinander.ui.requests import MemberRequest

SEE = "participation.see_call_radar"


@require_GET
def call_radar(request: MemberRequest, identifier: str) -> HttpResponse:
    call = _call(request, identifier)
    found = insights.radar_of_call(call)
    shows_proposals = bool(found.radar.all_missing) and call.closes_at > request.standing.at
    proposals = insights.proposals_for_call(call, found.radar) if shows_proposals else []
    context = {
        **radar_context(request, found.radar),
        "title": call.title,
        "lead": ngettext(
            "%(n)s contribution so far.", "%(n)s contributions so far.", found.radar.people
        )
        % {"n": written_number(found.radar.people)},
        "crumbs": [
            Link(_("Today"), reverse("workspace:today")),
            Link(_("Participation"), reverse("workspace:calls")),
            Link(_("Who is missing")),
        ],
        "files": file_links("call_radar_file", call.identifier),
        "shows_proposals": shows_proposals,
        "proposals": proposal_rows(request, proposals, body=None),
        "remarks": _remarks(found),
    }
    return render(request, "workspace/radar.html", context)


def _remarks(found: CallRadar) -> list[str]:
    hidden = _("(not shown)")
    ways = ", ".join(
        f"{way.label} {hidden if way.count is None else written_number(way.count)}"
        for way in found.ways
        if way.count != 0
    )
    empty = ", ".join(way.label for way in found.ways if way.count == 0)
    told = []
    if ways:
        told.append(_("How they came: %(ways)s.") % {"ways": ways})
    if ways and empty:
        told.append(_("Nobody has answered in this way yet: %(ways)s.") % {"ways": empty})
    told.append(
        _(
            "Contributions say nothing about the person: gender, age and neighbourhood are not "
            "asked for here, so that everybody can speak without fear."
        )
    )
    return told


@require_GET
def call_radar_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    call = _call(request, identifier)
    radar = insights.radar_of_call(call).radar
    return file_of(request, radar, title=call.identifier, ending=ending)


def _call(request: MemberRequest, identifier: str) -> Call:
    enter(request, SEE)
    rows = queries.calls_visible_to(request.municipality, request.standing)
    return get_object_or_404(rows, identifier=identifier)
