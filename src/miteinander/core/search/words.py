"""What the search keeps of a thing, and how far what is typed may be from what is meant.

A token holds letters and digits only, with a mark in front that says what it is: ``kurs`` a word,
``~kurs`` a stem, ``=kurs`` and ``=~kurs`` the same in a title. How a text becomes words and stems
is known to `miteinander.analysis.tokens`, which the analysis of texts uses as well.

What only the office may read is kept with another mark: ``^kurs``, ``^~kurs``; the trigrams of its
words with ``=`` in front. Whoever asks for what is public never asks for these tokens, so that not
even a correction tells a word that nobody may read. ``=$12`` says that something belongs to the
thing 12 (a process, a call), whoever may read it; ``=$v3`` that it is a voice in town 3, one of
what comes in thousands; ``=$t3`` that it is one of all other things there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miteinander.analysis.tokens import STOP_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable


def tokens(title: str, texts: Iterable[tuple[str, str]], *, language: str) -> str:
    """What is kept of one thing: its title and its texts as (language, text), sorted, once each."""
    found: set[str] = set()
    for tongue, text, mark in ((language, title, "="), *((*each, "") for each in texts)):
        for word, fold in words(text):
            if fold in STOP_WORDS:
                continue
            found.update((fold, f"={fold}") if mark else (fold,))
            if stemmed := stem(word, tongue):
                found.update((f"~{stemmed}", f"=~{stemmed}") if mark else (f"~{stemmed}",))
    return " ".join(sorted(found))


INSIDE = "^"


def inside(token: str) -> str:
    """The token by which only the office finds something."""
    return INSIDE + token


def belongs(thing: int) -> str:
    """The token of what belongs to a thing."""
    return f"=${thing}"


VOICES = "contribution"
"""The kind of which there can be a hundred thousand."""


def stands_in(town: int, *, voices: bool) -> str:
    """The token of the voices in a town, or of all its other things."""
    return f"=${'v' if voices else 't'}{town}"


def slips(length: int) -> int:
    """How many typing errors a word of this length is forgiven."""
    return 0 if length < 4 else 1 if length < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters added, left out, exchanged or swapped between two words; `most` + 1 when more.

    The restricted Damerau-Levenshtein distance, row by row, given up as soon as it is too far.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if earlier and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
