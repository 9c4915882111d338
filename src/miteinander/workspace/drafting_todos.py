"""What waits for somebody where texts are handed in and come back (*Heute*)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.community.states import BodyKind
from miteinander.strategy.queries import hand_overs_come_back, hand_overs_waiting
from miteinander.ui.shapes import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.core.models import Municipality
    from miteinander.core.standing import Standing

MOST = 30


def drafting_todos(town: Municipality, standing: Standing) -> Iterator[Todo]:
    """Two queries at most, and none for who neither reviews nor sits anywhere."""
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
