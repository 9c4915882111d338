"""Lists that people write into one line, such as target groups (decision 72).

People write “Kinder, Eltern (mit Kita, Schule)”. A comma, a semicolon or a new line divides;
what stands in brackets belongs together. Words that differ in capital letters only are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

BETWEEN = re.compile(r"[,;\n](?![^()]*\))")


@lru_cache(maxsize=4096)
def words_in(text: str) -> tuple[str, ...]:
    """Divide what was written into words, each once, in the order of the writing.

    >>> words_in("Kinder, Eltern (mit Kita, Schule); kinder")
    ('Kinder', 'Eltern (mit Kita, Schule)')
    """
    found: dict[str, str] = {}
    for part in BETWEEN.split(text):
        name = " ".join(part.split())
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def written(text: str) -> str:
    """Write a list as it is kept: one comma and one space between two."""
    return ", ".join(words_in(text))


def words_of(texts: Iterable[str]) -> list[str]:
    """Every word that some texts name, by the alphabet, as it was written first."""
    found: dict[str, str] = {}
    for text in texts:
        for name in words_in(text):
            found.setdefault(name.casefold(), name)
    return [found[key] for key in sorted(found)]


def names(text: str, word: str) -> bool:
    """Whether a text names a word."""
    wanted = word.casefold()
    return any(name.casefold() == wanted for name in words_in(text))
