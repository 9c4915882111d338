"""Finding a contribution by its receipt: three groups of four letters, typed by hand."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from miteinander.core.models import Municipality
from miteinander.participation.models import Contribution

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
LETTERS = 12
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


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
    key = hashlib.sha256(f"miteinander.receipt.{purpose}:{secret}".encode()).digest()
    return hmac.new(key, message, hashlib.sha256).digest()


def receipt_hash(code: str, *, secret: str | None = None) -> str:
    """What is stored instead of the code."""
    return keyed(secret or settings.SECRET_KEY, "hash", code.encode()).hex()


def contribution_with_receipt(municipality: Municipality, typed: str) -> Contribution | None:
    """For whoever holds the receipt: one query, also with the keys of former years."""
    code = read_code(typed)
    if not code:
        return None
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return (
        Contribution.objects.filter(
            municipality=municipality,
            receipt_hash__in=[receipt_hash(code, secret=secret) for secret in secrets],
        )
        .select_related("call", "theme", "process__lead_office__organisation", "answer")
        .first()
    )
