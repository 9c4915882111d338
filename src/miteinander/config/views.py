"""What belongs to no stage: health, language, permanent addresses, the town's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_GET

from miteinander.core.directory import with_code
from miteinander.core.models import Thing
from miteinander.ui.accent import accent_css

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_GET
def choose_language(request: HttpRequest) -> HttpResponse:
    response = redirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@login_not_required
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer that the process is up; touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """Answer that the process is up and its database is too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def accent(request: HttpRequest, colour: str) -> HttpResponse:
    """Serve the municipality's colour as a style sheet of its own: no inline style, cacheable."""
    if len(colour) != 6 or not set(colour) <= set("0123456789abcdef"):
        raise Http404
    response = HttpResponse(accent_css(f"#{colour}"), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@login_not_required
@require_GET
def permanent(request: SiteRequest, identifier: str) -> HttpResponse:
    """Lead from the short address that stands on paper to the page, whatever became of it."""
    thing = Thing.objects.filter(municipality=request.municipality, identifier=identifier).first()
    # An address says what kind of thing it leads to: not of what the reader may not know about.
    if thing is None or not (thing.is_public or request.standing.is_member):
        raise Http404
    with override(get_language_from_request(request)):
        return redirect(thing)


@login_not_required
@require_GET
def short(request: SiteRequest, code: str = "") -> HttpResponse:
    """Lead from a code on paper to its page; without one, to where it can be typed."""
    thing = with_code(request.municipality, code, request.standing) if code else None
    if code and thing is None:
        raise Http404
    with override(get_language_from_request(request)):
        response = redirect(thing or "public:short_code")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
