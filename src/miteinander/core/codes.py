"""Codes to type by hand, and forms that are taken in once: for people without an account.

A code is derived from the form by a secret, not drawn by lot: sent twice, the same form gives
the same code, and a unique column decides on either database which of two threads stores it.
Only a keyed hash of a code is stored, so the database alone opens nothing. A code has 60 bits;
looking up is one index read, so there is no pause and no counter (a counter would need to know
who asks).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing

from miteinander.core.errors import LinkExpired, LinkForged

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
LETTERS = 12
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
FORM_KEY_HOURS = 24


def written(code: str) -> str:
    """In groups of four: ``M4RK-7TZW-0QHA``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """The code in its one spelling, however it was typed; empty when it cannot be one."""
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(ALIKE)
    if len(letters) != LETTERS or not set(letters) <= set(ALPHABET):
        return ""
    return written(letters)


def keyed(secret: str, purpose: str, message: bytes) -> bytes:
    """A keyed digest; each `purpose` has a key of its own."""
    key = hashlib.sha256(f"miteinander.{purpose}:{secret}".encode()).digest()
    return hmac.new(key, message, hashlib.sha256).digest()


def code_from(purpose: str, *parts: str) -> str:
    """The code that belongs to these parts, the same each time, such as ``M4RK-7TZW-0QHA``."""
    digest = keyed(settings.SECRET_KEY, purpose, "\x1f".join(parts).encode())
    number = int.from_bytes(digest[:8], "big")
    return written("".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LETTERS)))


def hash_of(purpose: str, code: str, *, secret: str | None = None) -> str:
    """What is stored instead of the code."""
    return keyed(secret or settings.SECRET_KEY, purpose, code.encode()).hex()


def hashes_of(purpose: str, code: str) -> Sequence[str]:
    """Under what a code may have been stored: with this year's key, or with a former one."""
    return [
        hash_of(purpose, code, secret=secret)
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


@dataclass(frozen=True, slots=True)
class FormKey:
    """What the hidden field of a form holds: a value drawn by lot, and when it was made."""

    value: str
    made: int
    bits: int
    """How much work its proof was asked for (see :mod:`miteinander.core.proof`)."""


def fresh_form_key(salt: str, *, at: datetime, bits: int = 0) -> str:
    """A signed random value for the hidden field of a form."""
    return signing.dumps([secrets.token_urlsafe(16), int(at.timestamp()), bits], salt=salt)


def read_form_key(salt: str, signed: str, *, at: datetime) -> FormKey:
    """All that a form key holds; refused when forged or older than a day."""
    try:
        value, made, bits = signing.loads(signed, salt=salt)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LinkForged from problem
    if at.timestamp() - made > FORM_KEY_HOURS * 3600:
        raise LinkExpired
    return FormKey(str(value), int(made), int(bits))


def opened_form_key(salt: str, signed: str, *, at: datetime) -> str:
    """The random value back; refused when forged or older than a day."""
    return read_form_key(salt, signed, at=at).value
