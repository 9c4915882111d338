"""A call closed while somebody wrote: what they typed can still be sent to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.translation import localise
from miteinander.participation import actions
from miteinander.participation.forms import LateForm
from miteinander.public.views.participation.shared import (
    call_of,
    crumbs,
    language,
    time_left,
)
from miteinander.public.views.sending import confidential, fresh_form, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call
    from miteinander.ui.requests import SiteRequest

SALT = "miteinander.late"


def late_form(request: SiteRequest, call: Call, *, text: str) -> LateForm:
    """The form below a closed call, with what was being written in it."""
    return fresh_form(request, LateForm, SALT, {"text": text}, about=call)


def closed(
    request: SiteRequest,
    call: Call,
    *,
    text: str,
    doing: str = "",
    is_without_picture: bool = False,
) -> HttpResponse:
    """The page of a call that is not open: what was typed is kept, and can be sent while it may."""
    localise([call], language())
    context = {
        "title": call.question,
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(doing or _("Answer"))),
        "call": call,
        "office": call.process.lead_office,
        "typed": text,
        "is_without_picture": is_without_picture,
        **time_left(call, request),
    }
    if actions.takes_late(call, request.standing.at):
        context["late_form"] = late_form(request, call, text=text)
    return render(request, "public/call_closed.html", context, status=422)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def late(request: SiteRequest, identifier: str) -> HttpResponse:
    """Within two days after closing, for the office only; refused afterwards, the text is kept."""
    found = call_of(request, identifier)

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        _contribution, code = actions.submit_late(
            found,
            **data,
            page_language=language(),
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(request, LateForm, SALT, {}, act, about=found)
    if answer is not None:
        return answer
    localise([found], language())
    takes = actions.takes_late(found, request.standing.at)
    context = {
        "title": found.question,
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(_("Answer"))),
        "call": found,
        "office": found.process.lead_office,
        "late_form": form if takes else None,
        "refusal": refusal,
        "typed": request.POST.get("text", ""),
        **time_left(found, request),
    }
    return render(
        request, "public/call_closed.html", context, status=422 if request.method == "POST" else 200
    )
