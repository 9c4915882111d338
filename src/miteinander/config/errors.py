"""Error pages: all in one design, all with what is wrong and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import NotAllowed, NotThere, Refusal


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    html = render_to_string("ui/refusal.html", {"refusal": refusal}, request=request)
    return HttpResponse(html, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also what an unknown host name gets: Django refuses it before anything else."""
    refusal = Refusal(
        _("This request cannot be answered."),
        do=_("Please check the address. For IT: known host names stand in MITEINANDER_HOSTS."),
    )
    refusal.status = 400
    # Without the request: reading anything from it would ask for the host again.
    return HttpResponse(render_to_string("ui/refusal.html", {"refusal": refusal}), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal_page(request, NotAllowed())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal_page(request, NotThere())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without its protection (cookies off, or the page is older than a session)."""
    refusal = Refusal(
        _("This form could not be checked."),
        do=_(
            "Please go back with your browser's button: what you typed is still there. "
            "Reload the page, allow cookies for this site, and send it again."
        ),
    )
    refusal.status = 403
    return refusal_page(request, refusal)


def server_error(request: HttpRequest) -> HttpResponse:
    refusal = Refusal(
        _("Something went wrong on our side."),
        do=_("Please try again in a few minutes. Nothing that was saved before is lost."),
    )
    refusal.status = 500
    return HttpResponse(render_to_string("ui/refusal.html", {"refusal": refusal}), status=500)
