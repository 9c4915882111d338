"""Commenting on what somebody said: the form of its call, with what it is about above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import NotThere
from miteinander.participation import queries
from miteinander.participation.states import Allowed
from miteinander.public.views.participation.calls import contributing
from miteinander.public.views.sending import confidential

if TYPE_CHECKING:
    from django.http import HttpResponse

    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def comment(request: SiteRequest, identifier: str) -> HttpResponse:
    """No account, no name; a receipt like every contribution. Comments have no comments."""
    found = queries.contribution_at(request.municipality, request.standing, identifier)
    call = found.call
    if call is None or not call.allowed(Allowed.COMMENTS) or found.replies_to_id is not None:
        raise NotThere
    call = queries.call_at(request.municipality, request.standing, call.identifier)
    return contributing(request, call, replies_to=found)
