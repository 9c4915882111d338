"""What the office does with a call besides its wording and times, for each method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.participation import queries
from miteinander.participation.states import CallMethod
from miteinander.ui.shapes import Link
from miteinander.workspace.views.participation.draft_words import words_rooms
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
    CallMethod.REVIEW: lambda call: [*review_rooms(call), *words_rooms(call)],
    CallMethod.LIVE: live_rooms,
    CallMethod.SURVEY: survey_rooms,
}
"""Further pages of a call, in the order in which one needs them."""


def rooms_of(call: Call) -> list[Link]:
    further = ROOMS.get(CallMethod(call.method))
    return further(call) if further else []


def _without_questions(call: Call) -> list[Link]:
    if queries.questions_of(call):
        return []
    address = reverse("workspace:survey_questions", args=[call.identifier])
    return [Link(_("Write the questions"), address)]


def _without_statements(call: Call) -> list[Link]:
    if queries.open_statements(call):
        return []
    return [
        Link(_("Write the statements"), reverse("workspace:statements", args=[call.identifier]))
    ]


def _without_draft(call: Call) -> list[Link]:
    if queries.passages_of(call):
        return []
    return [Link(_("Lay out the draft"), reverse("workspace:call_draft", args=[call.identifier]))]


FIRST: dict[CallMethod, Callable[[Call], list[Link]]] = {
    CallMethod.SURVEY: _without_questions,
    CallMethod.STATEMENTS: _without_statements,
    CallMethod.REVIEW: _without_draft,
}
"""What has to be there before anybody can answer; one query for each."""


def first_steps_of(call: Call) -> list[Link]:
    """What the office writes first; nothing once it stands there."""
    missing = FIRST.get(CallMethod(call.method))
    return missing(call) if missing else []
