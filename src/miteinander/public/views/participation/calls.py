"""Have your say: what is asked now, one call, and the form without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.translation import localise
from miteinander.documents.call_tables import TYPES
from miteinander.participation import actions, insights, queries
from miteinander.participation.actions.receipts import SALT
from miteinander.participation.states import Allowed, CallMethod
from miteinander.public.freshness import public_page
from miteinander.public.views.participation.late import too_late
from miteinander.public.views.participation.methods import METHODS, form_for
from miteinander.public.views.participation.shared import (
    call_of,
    counts_soon,
    crumbs,
    has_map,
    language,
    map_url,
    place_of,
    time_left,
    voices_of,
)
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution
    from miteinander.ui.requests import SiteRequest


@public_page()
def calls(request: SiteRequest) -> HttpResponse:
    """What is open now, what is planned, what was asked before."""
    everything = queries.calls_put_to(request.municipality, request.standing)
    localise(everything, language())
    numbers = queries.figures_of(everything)
    shown = [
        {
            "call": call,
            "figures": numbers[call.pk],
            "method": METHODS[CallMethod(call.method)],
            **time_left(call, request),
        }
        for call in everything
    ]
    context = {
        "title": _("Have your say"),
        "crumbs": crumbs(),
        "open_calls": sorted((c for c in shown if c["is_open"]), key=lambda c: c["call"].closes_at),
        "planned": [c for c in shown if c["is_ahead"]],
        "closed": [c for c in shown if not c["is_open"] and not c["is_ahead"]],
    }
    return render(request, "public/calls.html", context)


@public_page("newer", "older")
def call(request: SiteRequest, identifier: str) -> HttpResponse:
    """The question, the time left, the ways to answer, and what others say."""
    found = call_of(request, identifier)
    method = METHODS[CallMethod(found.method)]
    said = queries.published_in(found, **place_of(request))
    localise([found, *said.rows], language())
    left = time_left(found, request)
    if left["is_open"] and found.allowed(Allowed.SUPPORT):
        counts_soon(request)
    comments = (
        queries.comment_counts(said.rows) if found.allowed(Allowed.COMMENTS) and said.rows else {}
    )
    numbers = queries.figures(found)
    context = {
        "title": found.title,
        "crumbs": crumbs(Link(found.title)),
        "call": found,
        "office": found.process.lead_office,
        "figures": numbers,
        "clock": queries.answer_clock(found, numbers, day=localdate(request.standing.at)),
        "contributions": said,
        "voices": voices_of(said.rows, call=found, is_open=left["is_open"], comments=comments),
        "places": queries.places_in(found) if queries.takes_places(found) else [],
        "map_url": map_url(request, found),
        "method": method,
        "tables": insights.tables_of(found, "everybody", at=request.standing.at),
        "endings": list(TYPES),
        **method.shown(request, found),
        **left,
    }
    return render(request, "public/call.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def contribute(request: SiteRequest, identifier: str) -> HttpResponse:
    """One textarea. No account, no name; nothing about the sender is read or kept.

    After success a redirect leads to the receipt, so that a reload sends nothing twice; the
    signed key in the form makes a double click one contribution.
    """
    return contributing(request, call_of(request, identifier))


def contributing(
    request: SiteRequest, found: Call, *, replies_to: Contribution | None = None
) -> HttpResponse:
    """The form of a call, also for a comment on what somebody said there."""

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        _contribution, code = actions.submit_contribution(
            found,
            **data,
            page_language=language(),
            replies_to=replies_to,
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(
        request, form_for(found, replies_to), SALT, {}, act, about=found
    )
    if answer is not None:
        return answer
    left = time_left(found, request)
    doing = _("Comment") if replies_to else _("Answer")
    if not left["is_open"]:
        return too_late(request, found, replies_to=replies_to, doing=doing)
    localise([found, *([replies_to] if replies_to else [])], language())
    context = {
        "title": found.question,
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(doing)),
        "replies_to": replies_to,
        "call": found,
        "office": found.process.lead_office,
        "form": form,
        "refusal": refusal,
        "has_map": has_map(request, found),
        **left,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public/contribute.html", context, status=status)
