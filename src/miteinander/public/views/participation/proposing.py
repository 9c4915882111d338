"""A statement of one's own, and the page of each statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import actions, queries
from miteinander.participation.actions.receipts import SALT
from miteinander.participation.forms import ProposeForm
from miteinander.participation.states import StatementState
from miteinander.public.freshness import public_page
from miteinander.public.thread import stations
from miteinander.public.views.participation.late import closed
from miteinander.public.views.participation.shared import crumbs, language, time_left
from miteinander.public.views.participation.voting import voting_call
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@public_page()
def statement(request: SiteRequest, identifier: str) -> HttpResponse:
    """One statement: its words, whether it may be voted on, its thread."""
    found = queries.statement_at(request.municipality, request.standing, identifier)
    call = found.call
    thread = stations(found, standing=request.standing, language=language(), beside=[call])
    context = {
        "title": found.title,
        "crumbs": crumbs(
            Link(call.title, call.get_absolute_url() if call.is_public else ""),
            Link(_("Statement %(number)s") % {"number": found.order}),
        ),
        "statement": found,
        "call": call,
        "is_withdrawn": found.state == StatementState.WITHDRAWN,
        "thread": thread,
    }
    return render(request, "public/statement.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def propose(request: SiteRequest, identifier: str) -> HttpResponse:
    """A further statement is a contribution: read first, with a receipt, like every other."""
    call = voting_call(request, identifier)
    if not queries.takes_proposals(call):
        raise NotThere

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        _contribution, code = actions.submit_contribution(
            call,
            **data,
            may_publish=True,
            page_language=language(),
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(request, ProposeForm, SALT, {}, act, about=call)
    if answer is not None:
        return answer
    left = time_left(call, request)
    if not left["is_open"]:
        text = request.POST.get("text", "")
        return closed(request, call, text=text, doing=_("Propose a statement"))
    localise([call], language())
    context = {
        "title": _("Propose a statement"),
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Propose a statement"))),
        "call": call,
        "office": call.process.lead_office,
        "form": form,
        "refusal": refusal,
        **left,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public/propose.html", context, status=status)
