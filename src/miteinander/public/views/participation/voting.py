"""Voting on statements: one at a time, three buttons, nothing asked about whoever presses them.

Every press is a form of its own and ends in a redirect, so it works without JavaScript; with htmx
only the card is exchanged, and what was noted is said in a live region.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import Closed, NotThere, Refusal
from miteinander.core.translation import localise
from miteinander.participation import actions, insights, queries
from miteinander.participation.states import CallMethod, Stance
from miteinander.public.views.participation.shared import call_of, crumbs, language, time_left
from miteinander.public.views.proving import newcomers_fields
from miteinander.public.views.sending import confidential, see
from miteinander.public.views.taking_part import (
    known_participant,
    own_token,
    remembered,
    token_of,
)
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.participation.models import Call, Participant, Statement
    from miteinander.participation.queries import OwnVote
    from miteinander.ui.requests import SiteRequest

BUTTONS = (Stance.AGREE, Stance.DISAGREE, Stance.PASS)
"""In the order of the keys 1, 2, 3."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and what this person said to it."""

    statement: Statement
    stance: Stance


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody sees now: a statement or none, and how far they have come."""

    statement: Statement | None
    stance: Stance | None
    """What they said to it before, where they have come back to it."""
    last: Said | None
    """What they said last, to be taken back."""
    before: Said | None
    """The one before the statement that is shown, to go back to."""
    seen: int
    total: int


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def vote(request: SiteRequest, identifier: str) -> HttpResponse:
    """The next statement for whoever asks, or the one that `?these=` names."""
    found = voting_call(request, identifier)
    if request.method == "POST":
        return _noted(request, found)
    if not time_left(found, request)["is_open"]:
        return _over(request, found)
    return _shown(request, found)


def voting_call(request: SiteRequest, identifier: str) -> Call:
    found = call_of(request, identifier)
    if found.method != CallMethod.STATEMENTS:
        raise NotThere
    return found


def _noted(request: SiteRequest, call: Call) -> HttpResponse:
    """One vote, or one taken back; then the next card."""
    token = own_token(request, call)
    code, at = actions.participant_code(call, token), request.standing.at
    statement = request.POST.get("statement", "")[:12]
    try:
        if "undo" in request.POST:
            actions.take_back_vote(call, code, statement=statement, at=at)
            answer = see("vote", call.identifier)
            answer["Location"] += f"?these={statement}#karte"
        else:
            value = _stance(request.POST.get("vote", ""))
            actions.cast_vote(call, code, statement=statement, value=value, at=at)
            answer = see("vote", call.identifier)
            answer["Location"] += "#karte"
    except NotThere:
        raise
    except Closed as refusal:
        if time_left(call, request)["is_open"]:
            return _shown(request, call, refusal=refusal)
        return _over(request, call)
    except Refusal as refusal:
        return _shown(request, call, refusal=refusal)
    return remembered(answer, token)


def _stance(typed: str) -> int:
    """The value of a button; whatever else was sent is none, and is refused with words."""
    return {str(int(each)): int(each) for each in Stance}.get(typed, 9)


def _shown(request: SiteRequest, call: Call, *, refusal: Refusal | None = None) -> HttpResponse:
    participant = known_participant(request, call)
    card = _card(request, call, participant)
    shown = [each.statement for each in (card.last, card.before) if each]
    localise([call, *([card.statement] if card.statement else []), *shown], language())
    context = {
        "title": call.title,
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Vote"))),
        "call": call,
        "card": card,
        "newcomer": None if participant else newcomers_fields(request, call),
        "buttons": BUTTONS,
        "refusal": refusal,
        "may_propose": queries.takes_proposals(call),
        "code": actions.participant_code(call, token_of(request)) if participant else "",
        "is_part": bool(request.htmx),
        **time_left(call, request),
    }
    page = "public/parts/vote_card.html" if request.htmx else "public/vote.html"
    return render(request, page, context, status=422 if refusal else 200)


def _card(request: SiteRequest, call: Call, participant: Participant | None) -> Card:
    statements, votes = queries.open_statements(call), queries.votes_by(participant)
    said = _said(statements, votes)
    wanted = request.GET.get("these", "")
    shown = next((s for s in statements if s.identifier == wanted), None) if wanted else None
    if shown is None:
        shown = insights.next_statement(call, statements, votes)
    at = next((n for n, each in enumerate(said) if shown and each.statement.pk == shown.pk), None)
    earlier = said if at is None else said[:at]
    return Card(
        statement=shown,
        stance=None if at is None else said[at].stance,
        last=said[-1] if said and at is None else None,
        before=earlier[-1] if earlier else None,
        seen=len(said),
        total=len(statements),
    )


def _said(statements: Sequence[Statement], votes: Sequence[OwnVote]) -> list[Said]:
    """Votes on what may still be voted on, the first one first."""
    by_pk = {statement.pk: statement for statement in statements}
    return [
        Said(by_pk[each.statement], Stance(each.value)) for each in votes if each.statement in by_pk
    ]


def _over(request: SiteRequest, call: Call) -> HttpResponse:
    """Not open yet, or closed: when it is, and where the results are."""
    localise([call], language())
    participant = known_participant(request, call)
    context: dict[str, Any] = {
        "title": call.title,
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Vote"))),
        "call": call,
        "code": actions.participant_code(call, token_of(request)) if participant else "",
        **time_left(call, request),
    }
    # A fragment would be put where the card was: the whole page says it, so the whole is loaded.
    response = render(request, "public/vote_over.html", context, status=422)
    if request.htmx:
        response = HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return response
