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
from miteinander.participation.forms import LateForm, point_in
from miteinander.public.views.participation.shared import (
    call_of,
    crumbs,
    language,
    time_left,
)
from miteinander.public.views.sending import confidential, fresh_form, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution
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


def too_late(
    request: SiteRequest, call: Call, *, replies_to: Contribution | None = None, doing: str = ""
) -> HttpResponse:
    """The same for the form of ideas, whichever of its buttons was pressed: nothing typed is lost.

    A picture cannot come along, and that is said.
    """
    picture = request.FILES.get("picture") or request.POST.get("picture_kept")
    text = _typed(request, replies_to)
    return closed(request, call, text=text, doing=doing, is_without_picture=bool(picture))


def _typed(request: SiteRequest, replies_to: Contribution | None) -> str:
    """Everything that was written, for whoever comes too late: one text."""

    def said(name: str) -> str:
        return request.POST.get(name, "").strip()

    point = said("point")
    if there := point_in(point):  # no more exact in words than it would have been kept
        point = ", ".join(str(degrees) for degrees in actions.blurred(there))
    lines = [said("text")]
    if where := ", ".join(filter(None, (said("neighbourhood"), said("place_words"), point))):
        lines.append(_("Where: %(place)s") % {"place": where})
    if seen := said("picture_text"):
        lines.append(_("In the picture: %(words)s") % {"words": seen})
    lines = list(filter(None, lines))
    if lines and replies_to is not None:
        lines.insert(0, _("Comment on “%(title)s”:") % {"title": replies_to.title})
    return "\n\n".join(lines)


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
