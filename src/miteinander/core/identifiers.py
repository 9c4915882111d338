"""Short identifiers: in every address, never reused, readable on paper and on the phone."""

from __future__ import annotations

import secrets

# No vowels (no words by accident) and nothing that looks like something else.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 6  # 27^6 = 387 million; a collision is caught by the unique constraint


def new_identifier() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
