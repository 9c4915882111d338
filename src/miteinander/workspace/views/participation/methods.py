"""What the office does with a call besides its wording and times, for each method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.participation.states import CallMethod
from miteinander.ui.shapes import Link
from miteinander.workspace.views.participation.live import live_rooms
from miteinander.workspace.views.participation.review import review_rooms
from miteinander.workspace.views.participation.surveys import survey_rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.participation.models import Call


def _statements(call: Call) -> list[Link]:
    return [
        Link(_("Statements"), reverse("workspace:statements", args=[call.identifier])),
        Link(_("Enter sheets"), reverse("workspace:ballots", args=[call.identifier])),
        Link(_("Opinion map"), reverse("workspace:opinion_map", args=[call.identifier])),
    ]


ROOMS: dict[CallMethod, Callable[[Call], list[Link]]] = {
    CallMethod.STATEMENTS: _statements,
    CallMethod.REVIEW: review_rooms,
    CallMethod.LIVE: live_rooms,
    CallMethod.SURVEY: survey_rooms,
}
"""Further pages of a call, in the order in which one needs them."""


def rooms_of(call: Call) -> list[Link]:
    further = ROOMS.get(CallMethod(call.method))
    return further(call) if further else []
