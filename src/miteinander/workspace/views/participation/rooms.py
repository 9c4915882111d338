"""What the pages of participation share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.translation import localise
from miteinander.participation import queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import enter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import QueryDict

    from miteinander.core.models import Thing
    from miteinander.core.standing import Standing
    from miteinander.participation.models import Call, Contribution, Theme
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


class Facts(TypedDict):
    by: Standing
    at: datetime


MODERATE, GATHER, ANSWER = (
    "participation.moderate",
    "participation.gather",
    "participation.answer",
)
MOST_AT_ONCE = 500
form_view = require_http_methods(["GET", "HEAD", "POST"])


def facts(request: MemberRequest) -> Facts:
    """Who acts and when, as every action wants it."""
    return {"by": request.standing, "at": request.standing.at}


def crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Participation"), reverse("workspace:calls")),
        *more,
    ]


def process_of(request: MemberRequest, identifier: str, right: str) -> Process:
    """A process of this municipality, for whoever has the right; 404 before 403."""
    enter(request, right)
    found = queries.processes_taking_part(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def overview_of(request: MemberRequest, identifier: str, right: str) -> queries.Overview:
    """A process with its calls, themes and phases as lists show them; 404 before 403."""
    enter(request, right)
    return queries.overview_of(request.municipality, identifier)


def call_of(
    request: MemberRequest, identifier: str, right: str = "participation.open_call"
) -> Call:
    """A call of this municipality, for whoever has the right; 404 before 403."""
    enter(request, right)
    found = queries.calls_visible_to(request.municipality, request.standing)
    return get_object_or_404(found.select_related("body"), identifier=identifier)


def theme_of(request: MemberRequest, identifier: str, right: str = GATHER) -> Theme:
    enter(request, right)
    found = queries.themes_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def contribution_of(request: MemberRequest, identifier: str, right: str) -> Contribution:
    enter(request, right)
    found = queries.contributions_visible_to(request.municipality, request.standing)
    found = found.select_related(
        "call",
        "theme",
        "meeting",
        "process",
        "answer__organisation",
        "replies_to",
        "picture",
        "place",
        "passage_comment__passage",
        "blacked_out",
        "survey_answer__question",
    )
    return get_object_or_404(found, identifier=identifier)


def place_of(request: MemberRequest) -> dict[str, int]:
    """Where a long list goes on, as `queries.sliced` takes it; nothing at the top."""
    for name in ("older", "newer"):
        value = request.GET.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 16:
            return {name: int(value)}
    return {}


def address_of(page: str, thing: Thing) -> str:
    return reverse(f"workspace:{page}", args=[thing.identifier])


def understood(rows: Iterable[Contribution]) -> None:
    """Attach what there is of them in the language of the page: one query, or none.

    Whoever decides about words must be able to read them; it stands below the original.
    """
    localise(rows, get_language() or "de")


def near_of(request: MemberRequest, found: Contribution) -> dict[str, object]:
    """What says nearly the same, to be gathered or merged with it; nothing where it is done."""
    if not found.is_counted or found.is_merged or found.is_split:
        return {}
    near = queries.neighbours_of(found, request.standing)
    understood(each.contribution for each in near)
    return {
        "near": near,
        "themes": queries.themes_of(found.process, live_only=True) if near else [],
    }


def undo_of(request: MemberRequest, process: Process) -> str:
    """Where what this request has sorted can be undone."""
    steps = queries.steps_of_moment(process, request.standing.at)
    if not steps:
        return ""  # nothing changed
    query = urlencode([("step", step.pk) for step in steps])
    return f"{address_of('undo', process)}?{query}"


def ticked(request: MemberRequest, process: Process, boxes: QueryDict) -> list[Contribution]:
    wanted = boxes.getlist("c")[:MOST_AT_ONCE]
    return queries.chosen_contributions(process, request.standing, wanted)
