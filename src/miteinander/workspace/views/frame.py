"""*Heute* and the style book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from miteinander.community.queries import bodies_visible_to
from miteinander.core.errors import NotThere
from miteinander.core.events.read import timeline
from miteinander.ui.samples import samples
from miteinander.ui.shapes import TimelineEntry
from miteinander.workspace.waiting import waiting_for

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def today(request: MemberRequest) -> HttpResponse:
    """What waits for me, oldest promise first, each with its one action."""
    standing = request.standing
    if not standing.is_member:
        raise NotThere
    events = timeline(request.municipality, public_only=not standing.is_coordinator, limit=8)
    return render(
        request,
        "workspace/today.html",
        {
            "todos": waiting_for(request.municipality, standing),
            "today": localdate(standing.at),
            "groups": bodies_visible_to(request.municipality, standing).filter(
                pk__in=standing.bodies
            ),
            "recent": [
                TimelineEntry(text=e.sentence, at=e.at, by=e.function, url=e.url) for e in events
            ],
        },
    )


@require_GET
def stylebook(request: MemberRequest) -> HttpResponse:
    if not request.standing.is_member:
        raise NotThere
    return render(request, "ui/stilbuch.html", samples())
