"""Who takes part without an account: a key in their browser, made when they first say something.

Reading sets no cookie. The key is this site's alone, opens nothing but what this browser said
itself, and is worth one participant in each call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from miteinander.participation import actions, queries
from miteinander.public.views.proving import OneMoment, require_proof

if TYPE_CHECKING:
    from django.http import HttpResponse

    from miteinander.participation.models import Call, Participant
    from miteinander.ui.requests import SiteRequest

COOKIE = "taking_part"
COOKIE_DAYS = 180
LONGEST_TOKEN = 64


def token_of(request: SiteRequest) -> str:
    """The key of this browser; empty where it has none yet, or one that we never made."""
    token = str(request.COOKIES.get(COOKIE, ""))
    return token if len(token) <= LONGEST_TOKEN and token.isascii() else ""


def known_participant(request: SiteRequest, call: Call, token: str = "") -> Participant | None:
    """Whoever took part in this call with this browser before: one query, or none.

    `token` is the key that this very request has made, where it has.
    """
    token = token or token_of(request)
    if not token:
        return None
    return queries.participant_with(call, actions.participant_code(call, token))


def own_token(request: SiteRequest, call: Call, *, otherwise: str = "") -> str:
    """The key with which somebody says something now; that of a new participant costs a proof.

    See :mod:`miteinander.public.views.proving`: it is that of the form, or else
    :class:`OneMoment` is raised and a page in between sends the same once more. Where no proof is
    asked, the key of the form can be given as `otherwise`.
    """
    token = token_of(request)
    if token and known_participant(request, call) is not None:
        return token
    proven = require_proof(request, call)
    if token:
        if proven and not proven.is_first:
            raise OneMoment(call)  # one proof, and a second key: that would be a second participant
        return token
    # Of the form: sent twice at once, it is one participant.
    key = proven.key if proven else otherwise
    return actions.token_of_form(key) if key else actions.fresh_token()


def taking_part(
    request: SiteRequest, call: Call, *, otherwise: str = ""
) -> tuple[Participant, str]:
    """The participant who says something now, and the token that :func:`remembered` keeps."""
    token = own_token(request, call, otherwise=otherwise)
    code = actions.participant_code(call, token)
    return actions.take_part(call, code, at=request.standing.at), token


def remembered(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep its key."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
