"""What a view may rely on. `SiteRequest` for everybody, `MemberRequest` behind the sign-in.

Only annotations: at run time a request is Django's own, dressed by the middleware.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest  # noqa: TID251 -- the type of a request is no HTTP work

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from miteinander.core.models import Municipality, User
    from miteinander.core.proof import Proven
    from miteinander.core.standing import Standing


class SiteRequest(HttpRequest):
    """A request with its municipality and with who is asking."""

    municipality: Municipality
    standing: Standing
    htmx: HtmxDetails
    proven: Proven
    """Its proof of work was checked; only there on forms without an account."""


class MemberRequest(SiteRequest):
    """The same, signed in: `user` is a user and never anonymous."""

    user: User
