"""Buttons on pages that are kept in front of Django.

Such a page is the same for everybody, so it cannot carry a token that belongs to one browser. The
browser itself says from which site a form is sent; that is asked instead (decision 117).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from miteinander.core.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from miteinander.ui.requests import SiteRequest


def pressed_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take a button without a token, but only from our own pages."""

    @wraps(view)
    def guarded(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not _is_from_here(request):
            raise NotAllowed(
                _("This was not sent from our own page."),
                do=_("Please open the page here and press the button there."),
            )
        return view(request, *args, **kwargs)

    without_token: Callable[..., HttpResponse] = csrf_exempt(guarded)
    return without_token


def _is_from_here(request: SiteRequest) -> bool:
    """What browsers say since 2020, else what they said before.

    Whoever says nothing of it is no browser: nobody's key can be lured out of it.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return not said or urlsplit(said).netloc == request.get_host()
