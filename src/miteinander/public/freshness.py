"""Public pages, and how long what they show stays true.

A view marked ``@public_page`` looks the same for everybody who is not signed in, and may be
answered by the page cache in front of Django (:mod:`miteinander.config.pagecache`). The mark is
a promise: the page depends on its address, on the parameters that are named here, on the town's
records, and on the clock as far as :func:`shown_until` says. Nothing else reaches the view:

    @public_page("page", "state")
    def measures(request: SiteRequest) -> HttpResponse: ...

Parameters that are not named are taken away before the view runs, for members too. So they can
neither fill the cache nor smuggle something onto a page that others are then shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, QueryDict
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from miteinander.core.opened import COOKIE as OPENED

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest

T = TypeVar("T")
View = Callable[..., HttpResponse]
RENEWED = 600
"""Seconds after which shared parts are made anew; midnight is always such a moment."""
MARK = "miteinander.shown"
"""Where a request's environment carries what its page says about itself."""


@dataclass(slots=True)
class Shown:
    """What a public page says about itself: the moment from which it shows something else."""

    until: datetime | None = None


def public_page(*parameters: str) -> Callable[[View], View]:
    """Mark a view as a public page: read by everybody, by GET and HEAD, cached for visitors.

    Not for pages with a form that is sent by POST (its token belongs to one browser), nor for
    anything that only its holder may read. Whatever the page shows that ends or begins at a
    moment of its own is told with :func:`shown_until`; days need no word, every page is made
    anew at midnight.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def shown(request: SiteRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _keep_only(request, parameters)
            request.META[MARK] = Shown()
            response = view(request, *args, **kwargs)
            # Whoever keeps it asks each time whether it is still so; what a member sees, or
            # whoever carries a code, is for nobody else.
            is_own = settings.SESSION_COOKIE_NAME in request.COOKIES or OPENED in request.COOKIES
            own = {"private": True} if is_own else {}
            patch_cache_control(response, no_cache=True, **own)
            return response

        marked: View = login_not_required(require_safe(shown))
        marked.parameters = frozenset(parameters)  # type: ignore[attr-defined]  # read by the cache
        return marked

    return mark


def parameters_of(view: object) -> frozenset[str] | None:
    """The parameters that a public page reads; None for a view that is no public page."""
    found: frozenset[str] | None = getattr(view, "parameters", None)
    return found


def shown_until(request: SiteRequest, *moments: datetime | None) -> None:
    """Say at which moments the page will show something else; what is past or None says nothing.

    Also called for pages that are not public (the frame is the same): there it changes nothing.
    """
    page: Shown | None = request.META.get(MARK)
    if page is None:
        return
    ahead = [moment for moment in moments if moment is not None and moment > request.standing.at]
    page.until = min([*ahead, *([page.until] if page.until else [])], default=None)


class Shared(Generic[T]):
    """What several public pages of a town show alike, worked out once for its public version.

    The page cache keeps whole pages; this keeps what a page and all its filtered sisters have in
    common. It holds under the same condition: every public event advances the version, and after
    `RENEWED` what changes without one shows as well. Whatever is kept must look the same for
    everybody, and nobody may change it.
    """

    def __init__(self, *, most: int = 32) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def of(self, request: SiteRequest, *which: Hashable, at: datetime, make: Callable[[], T]) -> T:
        """Return what was kept for these, or make and keep it."""
        town = request.municipality
        moment = int(at.timestamp() // RENEWED)
        key = (town.pk, town.public_version, get_language(), moment, *which)
        found = self._kept.get(key)
        if found is None:
            found = make()  # the version was read before: what is made is at least as new
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        """Forget everything: for tests that change rows without an event."""
        self._kept.clear()


def normalised(query: str, parameters: frozenset[str]) -> str:
    """A query string with the named parameters only, in the order of their names.

    >>> normalised("page=2&from=mail&light=done&page=3", frozenset({"light", "page"}))
    'light=done&page=2&page=3'
    """
    if not query or not parameters:
        return ""
    asked = QueryDict(query).lists()
    return urlencode(sorted((k, v) for k, v in asked if k in parameters), doseq=True)


def _keep_only(request: SiteRequest, parameters: tuple[str, ...]) -> None:
    query = normalised(request.META.get("QUERY_STRING", ""), frozenset(parameters))
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)
