"""Signing in by a link that the command line printed: once, and within a few days.

Opening the link only shows a button. Programs that look into mails and chats open links too,
and would otherwise use it up.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import LinkExpired, LinkForged, LinkRefused, LinkSpent
from miteinander.core.identifiers import new_identifier
from miteinander.core.models import SpentLink, User

if TYPE_CHECKING:
    from miteinander.core.models import Municipality

SALT = "miteinander.sign-in"
DAYS = 3
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Ticket:
    user: User
    municipality: int
    digest: str


def sign_in_path(user: User, municipality: Municipality, *, at: datetime) -> str:
    """Return the path of a link that signs this account in, once."""
    expires = int((at + timedelta(days=DAYS)).timestamp())
    token = signing.dumps([user.pk, municipality.pk, expires, new_identifier()], salt=SALT)
    return reverse("account_sign_in_by_link", args=[token])


def read_ticket(token: str, *, at: datetime) -> Ticket:
    """Read the link back; forged, expired and spent ones are refused, each with its sentence."""
    try:
        user, municipality, expires, _nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LinkForged from problem
    if at.timestamp() > expires:
        raise LinkExpired
    digest = hashlib.sha256(token.encode()).hexdigest()
    if SpentLink.objects.filter(digest=digest).exists():
        raise LinkSpent
    account = User.objects.filter(pk=user, is_active=True).first()
    if account is None:
        raise LinkForged
    return Ticket(account, municipality, digest)


def spend_ticket(ticket: Ticket, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            SpentLink.objects.create(digest=ticket.digest, at=at)
    except IntegrityError as problem:
        raise LinkSpent from problem


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST signs in and uses the link up."""
    at = timezone.now()
    try:
        ticket = read_ticket(token, at=at)
        if request.method == "POST":
            spend_ticket(ticket, at=at)
            login(request, ticket.user, backend=BACKEND)
            return redirect(settings.LOGIN_REDIRECT_URL)
    except LinkRefused as refusal:
        return render(
            request,
            "workspace/sign_in_link.html",
            {"refusal": refusal},
            status=refusal.status,
        )
    return render(request, "workspace/sign_in_link.html", {"ticket": ticket})
