"""A browser that several people use: whoever comes next begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import actions
from miteinander.participation.states import CallMethod
from miteinander.public.views.participation.shared import call_of, crumbs, language
from miteinander.public.views.sending import confidential, see
from miteinander.public.views.taking_part import COOKIE, known_participant, token_of
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest

BEGINS = {CallMethod.SURVEY: "survey", CallMethod.STATEMENTS: "vote"}
"""Where somebody new begins, in the methods that know a browser again."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def somebody_else(request: SiteRequest, identifier: str) -> HttpResponse:
    """The browser lets go of its key; what was said under it stays, and its code opens it."""
    found = call_of(request, identifier)
    method = CallMethod(found.method)
    if method not in BEGINS:
        raise NotThere
    if request.method == "POST":
        answer = see(BEGINS[method], found.identifier)
        answer.delete_cookie(COOKIE, samesite="Lax")
        return answer
    localise([found], language())
    participant = known_participant(request, found)
    context = {
        "title": _("Somebody else answers here"),
        "crumbs": crumbs(
            Link(found.title, found.get_absolute_url()), Link(_("Somebody else answers here"))
        ),
        "call": found,
        "code": actions.participant_code(found, token_of(request)) if participant else "",
    }
    return render(request, "public/somebody_else.html", context)
