"""Receipts: how somebody without an account finds their contribution again.

The code is derived from the form by a secret, not drawn by lot: sent twice, the same form
gives the same code, and the unique hash decides on either database which of two threads
stores it. Only a keyed hash of the code is stored, so the database alone opens nothing.
A code has 60 bits. Somebody who tries a thousand codes a second against 100,000 contributions
finds one in some 360 years; looking up is one index read, so there is no pause and no counter
(a counter would need to know who asks).
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.core import signing

from miteinander.core.errors import LinkExpired, LinkForged
from miteinander.participation.queries.receipts import ALPHABET, LETTERS, keyed, written

FORM_KEY_HOURS = 24
SALT = "miteinander.contribute"


def fresh_form_key(*, at: datetime) -> str:
    """A signed random value for the hidden field of a form."""
    return signing.dumps([secrets.token_urlsafe(16), int(at.timestamp())], salt=SALT)


def opened_form_key(signed: str, *, at: datetime) -> str:
    """The random value back; refused when forged or older than a day."""
    try:
        key, made = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LinkForged from problem
    if at.timestamp() - made > FORM_KEY_HOURS * 3600:
        raise LinkExpired
    return str(key)


def receipt_code(form_key: str, *parts: str) -> str:
    """The code of one form with one content, such as ``M4RK-7TZW-0QHA``.

    `parts` is what was typed: whoever goes back and sends a changed text has made a second
    contribution, and nothing of it is dropped.
    """
    message = "\x1f".join((form_key, *parts)).encode()
    digest = keyed(settings.SECRET_KEY, "code", message)
    number = int.from_bytes(digest[:8], "big")
    return written("".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LETTERS)))
