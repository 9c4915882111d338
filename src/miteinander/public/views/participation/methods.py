"""How the page of a call looks for each method, and where one answers.

The page itself is read by everybody and kept in front of Django, so nothing is sent from it: the
form of each method has an uncached page of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from miteinander.community.queries import public_neighbourhoods
from miteinander.participation import queries
from miteinander.participation.forms import ContributeForm, IdeaForm
from miteinander.participation.states import CallMethod
from miteinander.public.views.participation.review import draft_shown
from miteinander.public.views.participation.shared import language
from miteinander.public.views.participation.survey_results import survey_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.core.errors import Text
    from miteinander.participation.models import Call, Contribution
    from miteinander.ui.requests import SiteRequest


def _nothing(_request: SiteRequest, _call: Call) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class MethodPage:
    """What the page of a call shows for its method."""

    answer: str
    """The name of the address where one answers."""
    label: Text
    """What the button says that leads there."""
    part: str = ""
    """A template between the head of the page and what others say; none where that is all."""
    shown: Callable[[SiteRequest, Call], dict[str, Any]] = _nothing
    """What that template needs."""


def form_for(call: Call, replies_to: Contribution | None) -> Callable[..., ContributeForm]:
    """The form of words, with what the call takes beside them; comments are words alone."""
    if replies_to is not None:
        return partial(ContributeForm, is_comment=True)
    if not (queries.takes_pictures(call) or queries.takes_places(call)):
        return ContributeForm
    parts = public_neighbourhoods(call.municipality) if queries.takes_places(call) else []
    return partial(IdeaForm, call=call, neighbourhoods=parts)


CONTRIBUTE = MethodPage("public:contribute", _("Answer the question"))


def _map(_request: SiteRequest, call: Call) -> dict[str, Any]:
    return {"map": queries.shown_map(call, language())}


VOTE = MethodPage("public:vote", _("Vote on the statements"), "public/parts/opinion_map.html", _map)

METHODS: dict[CallMethod, MethodPage] = {
    CallMethod.IDEAS: CONTRIBUTE,
    CallMethod.CARDS: CONTRIBUTE,
    CallMethod.STATEMENTS: VOTE,
    CallMethod.SURVEY: MethodPage(
        "public:survey", _("Answer the survey"), "public/parts/survey.html", survey_shown
    ),
    CallMethod.REVIEW: MethodPage(
        "public:contribute",
        _("Say something about the whole"),
        "public/parts/draft.html",
        draft_shown,
    ),
    CallMethod.LIVE: MethodPage("public:live", _("To the questions in the room")),
}
