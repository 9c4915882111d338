"""Standing behind what others say: a button in lists and on the page of a contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import Closed
from miteinander.core.translation import localise
from miteinander.participation import actions, queries
from miteinander.public.views.participation.shared import crumbs, language, support_of
from miteinander.public.views.pressing import pressed_here
from miteinander.public.views.sending import confidential, see
from miteinander.public.views.taking_part import known_participant, remembered, taking_part
from miteinander.ui.shapes import Link, Support

if TYPE_CHECKING:
    from miteinander.participation.models import Contribution
    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@pressed_here
@confidential
def support(request: SiteRequest, identifier: str) -> HttpResponse:
    """Press and take back. The true number stands here; kept pages are a minute behind at most.

    With the script of the page only the button is drawn again, in its place.
    """
    found = queries.contribution_at(request.municipality, request.standing, identifier)
    refusal, token = None, ""
    if request.method == "POST":
        try:
            token = _press(request, found)
        except Closed as problem:
            refusal = problem
        else:
            if not request.htmx:
                return _kept(see("support", identifier), token)
        found.refresh_from_db(fields=["supports"])
    box = _box(request, found, token)
    status = 422 if refusal else 200
    if request.htmx:
        part = {"box": box, "refusal": refusal}
        response = render(request, "public/parts/support.html", part, status=status)
        response["X-Part"] = "yes"  # what comes without it is a whole page, and is opened as one
        return _kept(response, token)
    localise([found], language())
    context = {
        "title": _("Support this"),
        "crumbs": crumbs(Link(found.title, found.get_absolute_url()), Link(_("Support this"))),
        "contribution": found,
        "box": box,
        "refusal": refusal,
    }
    return render(request, "public/support.html", context, status=status)


def _press(request: SiteRequest, found: Contribution) -> str:
    """Do what the button says; returns the key that the browser should keep, if there is one."""
    if request.POST.get("do") == "take_back":
        if found.call and (participant := known_participant(request, found.call)):
            actions.take_back_support(found, participant)
        return ""
    at = request.standing.at
    actions.require_supportable(found, at=at)  # before anybody is noted as taking part
    assert found.call is not None, "only what answers a call can be supported"
    participant, token = taking_part(request, found.call)
    actions.support(found, participant, at=at)
    return token


def _box(request: SiteRequest, found: Contribution, token: str) -> Support | None:
    if found.call is None:
        return support_of(found, may_press=False)
    participant = known_participant(request, found.call, token)
    is_open = found.call.is_open(request.standing.at, localdate(request.standing.at))
    return support_of(
        found,
        may_press=queries.can_be_supported(found, found.call, is_open=is_open),
        is_mine=bool(queries.supported_by(participant, [found])),
    )


def _kept(response: HttpResponse, token: str) -> HttpResponse:
    return remembered(response, token) if token else response
