"""Who else is at the same text just now: shown when the page is loaded, and refreshed quietly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from miteinander.strategy import actions, queries

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.strategy.models import Chapter, FieldOfAction, Goal, Measure
    from miteinander.ui.requests import MemberRequest

    Draft = FieldOfAction | Goal | Measure | Chapter


@dataclass(frozen=True, slots=True)
class Present:
    """The others, by their functions; and where to ask again."""

    url: str
    who: tuple[str, ...] = ()


def present_at(request: MemberRequest, row: Draft) -> Present:
    """Say that one is at a draft, and learn who else is."""
    kind = queries.kind_of(row)
    key = row.pk if kind == "chapter" else getattr(row, "identifier", "")
    others = actions.be_present(row, by=request.standing, at=request.standing.at)
    who = tuple(one.function for one in others)
    return Present(reverse("workspace:present", args=[kind, key]), who)


def present_in(request: MemberRequest, body: Body) -> Present:
    """Who is in the room of a group, or at one of its texts."""
    standing = request.standing
    others = actions.be_present(body, by=standing, at=standing.at)
    who = tuple(
        one.function
        if one.thing is None or one.thing_id == body.pk
        else f"{one.function} ({one.thing.title})"
        for one in others
    )
    return Present(reverse("workspace:present", args=["body", body.identifier]), who)
