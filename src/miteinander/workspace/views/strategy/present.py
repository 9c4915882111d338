"""Who else is at a draft just now, asked again by its page every few seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from miteinander.community.queries import bodies_visible_to
from miteinander.core.errors import NotThere
from miteinander.workspace.asking import enter, sought
from miteinander.workspace.presence import present_at, present_in
from miteinander.workspace.views.chapters import chapter_of
from miteinander.workspace.views.strategy.rooms import field_of, goal_of, measure_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.ui.requests import MemberRequest
    from miteinander.workspace.presence import Draft

DRAFTS: dict[str, Callable[[MemberRequest, str], Draft]] = {
    "field": field_of,
    "goal": goal_of,
    "measure": measure_of,
}


@require_GET
def present(request: MemberRequest, kind: str, key: str) -> HttpResponse:
    """Only for those who write it, as the page itself."""
    if kind == "chapter" and key.isascii() and key.isdigit() and len(key) < 19:
        chapter = chapter_of(request, int(key))
        enter(request, "strategy.write_chapter", chapter.concept)
        shown = present_at(request, chapter)
    elif kind == "body":
        enter(request, "strategy.see_board")
        bodies = bodies_visible_to(request.municipality, request.standing)
        shown = present_in(request, sought(request, bodies, key))
    elif kind in DRAFTS:
        found = DRAFTS[kind](request, key)
        enter(request, "strategy.work_on_field", found)
        shown = present_at(request, found)
    else:
        raise NotThere
    context = {"present": shown}
    response = render(request, "workspace/parts/present.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
