"""“Sign in as …”: only in a demo folder, where everybody may look through everybody's eyes.

The address does not exist anywhere else (config.urls), the view refuses anyway, and
`miteinander check` refuses a demo that answers to the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from miteinander.community.queries import people_with_account
from miteinander.core.errors import NotThere

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_as(request: SiteRequest) -> HttpResponse:
    if not settings.DEMO:
        raise NotThere
    people = people_with_account(request.municipality)
    if request.method == "POST":
        chosen = next((p for p in people if str(p.pk) == request.POST.get("person")), None)
        if chosen is None or chosen.user is None:
            raise NotThere
        login(request, chosen.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("workspace:today")
    return render(request, "config/sign_in_as.html", {"people": people})
