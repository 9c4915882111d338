"""Signed links: somebody without an account may do one thing, once, for a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from miteinander.core.errors import LinkExpired, LinkForged, LinkSpent
from miteinander.core.identifiers import new_identifier
from miteinander.core.models import Municipality, SpentLink, Thing

SALT = "miteinander.link"


@dataclass(frozen=True, slots=True)
class SignedLink:
    purpose: str
    thing: int
    identifier: str
    function: str
    expires: datetime
    token: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def path(self) -> str:
        return reverse("public:link", args=[self.token])


def address_of(municipality: Municipality) -> str:
    """Return where a municipality's pages begin: mails are written where no request tells it."""
    if not municipality.host:
        return str(settings.PUBLIC_ADDRESS)
    return f"{'https' if settings.HTTPS else 'http'}://{municipality.host}"


def short_address(thing: Thing) -> str:
    """Where paper leads: the whole address that a QR code holds and that one can also type."""
    return f"{address_of(thing.municipality)}/k/{thing.identifier}"


def sign_link(purpose: str, thing: Thing, *, function: str, at: datetime, days: int) -> SignedLink:
    """Make a link for one purpose and one thing; `function` names who it was made for."""
    expires = at + timedelta(days=days)
    payload = [purpose, thing.pk, thing.identifier, function, int(expires.timestamp())]
    token = signing.dumps([*payload, new_identifier()], salt=SALT, compress=True)
    return SignedLink(purpose, thing.pk, thing.identifier, function, expires, token)


def read_link(token: str, *, at: datetime) -> SignedLink:
    """Read a link back; forged and expired ones are refused, spent ones by :func:`spend`."""
    try:
        purpose, thing, identifier, function, expires, _nonce = signing.loads(token, salt=SALT)
        when = datetime.fromtimestamp(expires, tz=at.tzinfo)
    except (signing.BadSignature, ValueError, TypeError, OverflowError) as problem:
        raise LinkForged from problem
    if at > when:
        raise LinkExpired
    return SignedLink(purpose, thing, identifier, function, when, token)


def is_spent(link: SignedLink) -> bool:
    return SpentLink.objects.filter(digest=link.digest).exists()


def spend(link: SignedLink, *, at: datetime) -> None:
    """Use the link up, in the caller's transaction; the second of two at once is refused."""
    try:
        with transaction.atomic():
            SpentLink.objects.create(digest=link.digest, at=at)
    except IntegrityError as problem:
        raise LinkSpent from problem
