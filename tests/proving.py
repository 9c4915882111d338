"""Doing the sum of a form as a browser does: for tests and benchmarks."""

from __future__ import annotations

import hashlib
import re
from itertools import count


def answer_to(seed: str, bits: int, parts: int) -> str:
    return "".join(_nonce(f"{seed}{part:04d}", bits) for part in range(parts))


def _nonce(beginning: str, bits: int) -> str:
    for number in count():
        nonce = f"{number:08x}"
        digest = hashlib.sha256(f"{beginning}{nonce}".encode()).digest()
        if int.from_bytes(digest[:8]) >> (64 - bits) == 0:
            return nonce
    raise AssertionError("counting ends never")


def proof_in(html: str) -> str:
    """The answer to what a page asks for."""
    tag = re.search(r"<input[^>]*data-proof=[^>]*>", html)[0]
    asked = dict(re.findall(r'data-proof(-?\w*)="([^"]*)"', tag))
    return answer_to(asked[""], int(asked["-bits"]), int(asked["-parts"]))


def hidden_in(html: str) -> dict[str, str]:
    """The hidden fields of a page, with the sum done."""
    fields = dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', html))
    return fields | {"proof": proof_in(html)}
