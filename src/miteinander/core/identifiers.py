"""Short identifiers: in every address, never reused, readable on paper and on the phone."""

from __future__ import annotations

import secrets

# No vowels (no words by accident) and nothing that looks like something else.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
# 27^8 = 2.8e11: among a million things, the next one collides once in 280,000 times, and the
# unique constraint then refuses it. Six letters would collide daily in a large installation.
LENGTH = 8


def new_identifier() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def on_paper(identifier: str) -> str:
    """As it is printed and read out: ``BCDF-GH23``."""
    return "-".join(identifier[at : at + 4] for at in range(0, len(identifier), 4)).upper()


def typed(code: str) -> str:
    """The identifier that somebody typed, with or without hyphens, in large or small letters."""
    return "".join(letter for letter in code.lower() if letter.isalnum())[: LENGTH + 4]
