"""What waits for somebody where texts are handed in and come back (*Heute*)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.community.states import BodyKind
from miteinander.strategy.queries import (
    answers_for,
    hand_overs_come_back,
    hand_overs_waiting,
    waiting_in,
)
from miteinander.ui.shapes import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing
    from miteinander.strategy.models import ChangeProposal

MOST = 30


def drafting_todos(town: Municipality, standing: Standing) -> Iterator[Todo]:
    """Four queries at most, and none for who neither reviews nor sits anywhere nor proposes."""
    in_steering_group = any(
        seat.speaks and seat.body_kind == BodyKind.STEERING_GROUP for seat in standing.seats
    )
    if standing.is_coordinator or in_steering_group:
        for one in hand_overs_waiting(town)[:MOST]:
            yield Todo(
                title=_("Handed in: %(title)s") % {"title": one.field.title},
                text=one.note,
                url=reverse("workspace:hand_over", args=[one.pk]),
                action=_("Look at it"),
                waiting_since=localdate(one.handed_in_at),
                is_example=one.field.is_example,
            )
    if standing.bodies:
        for one in hand_overs_come_back(town, standing.bodies)[:MOST]:
            yield Todo(
                title=_("Given back: %(title)s") % {"title": one.field.title},
                text=one.reason,
                url=reverse("workspace:hand_over", args=[one.pk]),
                action=_("See why, and write on"),
                waiting_since=localdate(one.answered_at) if one.answered_at else None,
                is_example=one.field.is_example,
            )
        yield from _to_answer(list(waiting_in(standing.bodies)[:MOST]))
    if standing.person is not None:
        for said in answers_for(standing.person, town, at=standing.at)[:MOST]:
            yield Todo(
                title=_("Answered: %(outcome)s") % {"outcome": said.get_state_display()},
                text=f"{said.reason} – {said.response}" if said.response else said.reason,
                url=_page_of(said),
                action=_("Read the answer"),
                waiting_since=localdate(said.settled_at) if said.settled_at else None,
            )


def _to_answer(waiting: list[ChangeProposal]) -> Iterator[Todo]:
    """All of a group in one, beginning with the oldest."""
    if not waiting:
        return
    yield Todo(
        title=ngettext(
            "%(count)d remark or proposal waits for your group",
            "%(count)d remarks and proposals wait for your group",
            len(waiting),
        )
        % {"count": len(waiting)},
        text=waiting[0].reason,
        url=_page_of(waiting[0]),
        action=_("Answer"),
        waiting_since=localdate(waiting[0].proposed_at),
    )


def _page_of(one: ChangeProposal) -> str:
    if one.thing is None:
        page = reverse("workspace:chapter_proposals", args=[one.chapter_id])
    else:
        page = reverse(f"workspace:{one.thing.kind}_proposals", args=[one.thing.identifier])
    return f"{page}#vorschlag-{one.pk}"
