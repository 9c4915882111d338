"""Statements on paper, typed in when they come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.participation import actions, forms, queries
from miteinander.participation.states import StatementState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.call_papers import BALLOT
from miteinander.workspace.views.participation.rooms import crumbs, facts, form_view
from miteinander.workspace.views.participation.statements import desk_of, voted_call

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def ballots(request: MemberRequest, identifier: str) -> HttpResponse:
    """Type sheets in, one line each; sent twice, they are entered once."""
    call = voted_call(request, identifier, "participation.record_contribution")
    rows = queries.asked_in(call)
    last = max((row.statement.order for row in rows), default=0)
    initial = {"form_key": actions.fresh_form_key(at=request.standing.at)}
    form = forms.BallotsForm(typed(request), last=last, initial=initial)
    address = reverse("workspace:ballots", args=[call.identifier])

    def act() -> str:
        data = form.cleaned_data
        actions.enter_ballots(
            call,
            data["sheets"],
            form_key=data["form_key"] or actions.fresh_form_key(at=request.standing.at),
            channel=data["channel"],
            **facts(request),
        )
        return address

    question = Question(
        title=_("Enter sheets"),
        intro=_("What was circled on paper or said on the phone counts like every other vote."),
        submit=_("Enter and go on"),
        done=_("The sheets have been entered. The next ones?"),
        crumbs=crumbs(Link(call.title, desk_of(call)), Link(_("Sheets"))),
        missing=[] if rows else [Link(_("Statements"), desk_of(call))],
    )
    more = {
        "call": call,
        "rows": rows,
        "taken_out": [
            row.statement.order for row in rows if row.statement.state == StatementState.WITHDRAWN
        ],
        "endings": BALLOT.endings,
        "takes_proposals": queries.takes_proposals(call),
    }
    return ask(request, form, question, act=act, template="workspace/ballots.html", more=more)
