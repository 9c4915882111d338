"""What a browser has opened by typing a code: kept by the browser itself, signed, for a time.

The codes stand there as they were typed, and nothing else: no name, no number of its own, no
moment. A code that is taken out of use opens nothing any more, whoever still carries it. They
are signed so that nobody can hand in a thousand guesses with one request.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing

COOKIE = "opened_by_code"
COOKIE_DAYS = 180
MOST = 20
"""So many codes are carried; the oldest goes when another one comes."""
SALT = "miteinander.opened"


def codes_in(cookies: Mapping[str, str]) -> frozenset[str]:
    """The codes that a browser carries; none where it has none, or where they are not ours."""
    return frozenset(_carried(cookies))


def carried_with(cookies: Mapping[str, str], code: str) -> str:
    """What a browser is to carry after one more code, as the value of `COOKIE`."""
    others = [other for other in _carried(cookies) if other != code]
    return signing.dumps([code, *others][:MOST], salt=SALT, compress=True)


def _carried(cookies: Mapping[str, str]) -> list[str]:
    if COOKIE not in cookies:
        return []
    try:
        found = signing.loads(cookies[COOKIE], salt=SALT, max_age=COOKIE_DAYS * 86_400)
    except signing.BadSignature:
        return []
    return [code for code in found if code]
