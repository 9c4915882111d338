"""Questions from the room, on the phone: read, support, ask.

The list is kept in front of Django for five seconds, so that three hundred phones that look every
few seconds cost what one does. The form has a page of its own.
"""

from __future__ import annotations

from datetime import timedelta
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
from miteinander.participation.forms import RoomQuestionForm
from miteinander.participation.states import CallMethod
from miteinander.public.freshness import public_page, shown_until
from miteinander.public.views.participation.late import closed
from miteinander.public.views.participation.shared import (
    call_of,
    crumbs,
    language,
    support_of,
    time_left,
)
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.participation.models import Call, Contribution
    from miteinander.ui.requests import SiteRequest

LOOKED_AGAIN = timedelta(seconds=5)
MOST_SHOWN = 50


@public_page()
def live(request: SiteRequest, identifier: str) -> HttpResponse:
    """What is answered now, what waits with how many behind it, what was answered."""
    call = _round(request, identifier)
    found = queries.room_questions_of(call, most=MOST_SHOWN)
    localise([call, *found.all], language())
    left = time_left(call, request)
    if left["is_open"]:
        shown_until(request, request.standing.at + LOOKED_AGAIN)
    context = {
        "title": call.title,
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Questions"))),
        "call": call,
        "current": _rows([found.current] if found.current else [], call, left),
        "ahead": _rows(found.ahead, call, left),
        "done": found.done,
        **left,
    }
    return render(request, "public/live.html", context)


def _rows(rows: Sequence[Contribution], call: Call, left: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "question": row,
            "box": support_of(
                row, may_press=queries.can_be_supported(row, call, is_open=left["is_open"])
            ),
        }
        for row in rows
    ]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def live_ask(request: SiteRequest, identifier: str) -> HttpResponse:
    """One field. The receipt leads back to the questions."""
    call = _round(request, identifier)

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        _question, code = actions.ask_question(
            call,
            text=data["text"],
            page_language=language(),
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(request, RoomQuestionForm, SALT, {}, act, about=call)
    if answer is not None:
        return answer
    left = time_left(call, request)
    if not left["is_open"]:
        text = request.POST.get("text", "")
        return closed(request, call, text=text, doing=_("Ask a question"))
    localise([call], language())
    context = {
        "title": _("Ask a question"),
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Ask a question"))),
        "call": call,
        "office": call.process.lead_office,
        "form": form,
        "refusal": refusal,
        **left,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public/live_ask.html", context, status=status)


def _round(request: SiteRequest, identifier: str) -> Call:
    call = call_of(request, identifier)
    if call.method != CallMethod.LIVE:
        raise NotThere
    return call
