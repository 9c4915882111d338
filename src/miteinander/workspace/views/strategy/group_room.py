"""The room of a group: what is its own, what it lacks, what was said, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community.queries import bodies_visible_to
from miteinander.core.events.read import sentence
from miteinander.core.rights import allowed
from miteinander.process.queries import upcoming_meetings
from miteinander.strategy import actions, queries
from miteinander.ui.shapes import Link, TimelineEntry
from miteinander.workspace.asking import enter, sought
from miteinander.workspace.presence import present_in

if TYPE_CHECKING:
    from miteinander.core.models import Thing
    from miteinander.strategy.models import ChangeProposal
    from miteinander.strategy.queries import OwnField
    from miteinander.ui.requests import MemberRequest

PAGES = {
    "field": "workspace:field_proposals",
    "goal": "workspace:goal_proposals",
    "measure": "workspace:measure",
}
"""Where members read a draft."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the group, with what one may do in it."""

    own: OwnField
    may_draft: bool


@require_GET
def group_room(request: MemberRequest, identifier: str) -> HttpResponse:
    """What members of a group open on their phone. Remembers who looked when."""
    standing = request.standing
    enter(request, "strategy.see_board")
    body = sought(request, bodies_visible_to(request.municipality, standing), identifier)
    since = actions.note_room(body, by=standing, at=standing.at)
    room = queries.room_of(body, since=since, by=standing)
    meetings = upcoming_meetings(request.municipality, standing, day=localdate(standing.at))
    context = {
        "body": body,
        "room": room,
        "present": present_in(request, body),
        "since": since,
        "is_mine": body.pk in standing.bodies,
        "meeting": meetings.filter(body=body, cancelled_on=None).first(),
        "fields": [
            Shown(own, may_draft=allowed(standing, "strategy.draft", own.field))
            for own in room.fields
        ],
        "said": [(one, _page_of(one)) for one in room.said],
        "changes": [
            TimelineEntry(
                text=sentence(event), at=event.at, by=event.function, url=_written(event.thing)
            )
            for event in room.changes
        ],
        "crumbs": [Link(_("Today"), reverse("workspace:today")), Link(body.title)],
    }
    return render(request, "workspace/group_room.html", context)


def _page_of(one: ChangeProposal) -> str:
    assert one.thing is not None, "fields, goals and measures are things"
    page = reverse(f"workspace:{one.thing.kind}_proposals", args=[one.thing.identifier])
    return f"{page}#vorschlag-{one.pk}"


def _written(thing: Thing | None) -> str:
    return reverse(PAGES[thing.kind], args=[thing.identifier]) if thing else ""
