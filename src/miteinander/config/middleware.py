"""What happens to every request that reaches Django: refusals, policy, log, municipality."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from miteinander.community.queries import standing_of
from miteinander.config.errors import refusal_page
from miteinander.core.errors import Refusal
from miteinander.core.logs import RequestCounts
from miteinander.core.models import Municipality
from miteinander.core.opened import codes_in
from miteinander.public.views.proving import OneMoment, one_moment

if TYPE_CHECKING:
    from miteinander.core.models import User
    from miteinander.ui.requests import SiteRequest

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("miteinander.requests")

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",  # the proof of work, beside the page
        "style-src 'self'",
        "img-src 'self' data:",  # KERN's icons and the yarn are data URIs inside style sheets
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class refusals_become_pages:  # noqa: N801 -- middleware reads as what it does
    """A refusal that no view has caught becomes a page that says what, where and what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, OneMoment):
            return one_moment(cast("SiteRequest", request), problem)
        return refusal_page(request, problem) if isinstance(problem, Refusal) else None


def content_security_policy(answer: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        # A page with a map may load its tiles from the one server that the town has named.
        host = getattr(response, "pictures_from", "")
        policy = POLICY.replace("img-src", f"img-src https://{host}", 1) if host else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def log_without_persons(answer: Answer) -> Answer:
    """One line per request: the route's name, never the address, the agent or the parameters."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = answer(request)
        match = request.resolver_match
        name = match.view_name if match else "unknown"
        log_request(name, request.method or "", response.status_code, began)
        return response

    return middleware


def log_request(route: str, method: str, status: int, began: float) -> None:
    """Write the line of one request; `began` is a moment of `time.perf_counter`."""
    log.info(
        "request",
        extra={
            "route": route,
            "method": method,
            "status": status,
            "milliseconds": round((time.perf_counter() - began) * 1000, 1),
        },
    )


kept_pages = RequestCounts(log)
"""The same lines for pages that do not reach Django; written a moment later."""


def find_municipality(answer: Answer) -> Answer:
    """The host name says whose page this is; an installation with one town needs no host."""

    def middleware(request: HttpRequest) -> HttpResponse:
        site = cast("SiteRequest", request)
        # What is no page belongs to no town: "I am up" must not depend on the database.
        is_page = not request.path.startswith(("/-/", "/static/"))
        municipality = municipality_for(request.get_host()) if is_page else None
        site.municipality = municipality  # type: ignore[assignment]  # None only where no page is
        now = timezone.now()
        site.standing = SimpleLazyObject(  # type: ignore[assignment]  # lazily the same type
            lambda: standing_of(
                municipality, _who(request), at=now, codes=codes_in(request.COOKIES)
            )
        )
        if municipality is None and is_page:
            return refusal_page(request, NoMunicipality())
        return answer(request)

    return middleware


class NoMunicipality(Refusal):
    status = 404

    def __init__(self) -> None:
        super().__init__(
            _("No municipality answers under this address."),
            do=_("Please check the address. For IT: create one with `miteinander invite`."),
        )


def municipality_for(host: str) -> Municipality | None:
    """The municipality of a host name, else the first that has none; ports do not matter."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    found = Municipality.objects.filter(Q(host=name.lower()) | Q(host=None))
    return found.order_by(F("host").asc(nulls_last=True), "pk").first()


def _who(request: HttpRequest) -> User | AnonymousUser:
    """Without a session cookie nobody is asked about: public pages cost no query for it."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return AnonymousUser()
    return request.user
