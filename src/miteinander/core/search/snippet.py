"""What to show of a hit: the passage in which it was met, its words marked or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from miteinander.analysis.tokens import STEMMED, stem, words
from miteinander.core.search.find import Query

BEFORE, AFTER = 60, 180
"""Characters shown on either side of the first word that was met."""
MOST_READ = 20_000
"""Characters in which a passage is looked for; what is met later is shown by its beginning."""
# Words as they are written, with the marks and soft hyphens that comparing leaves out.
SEEN = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0dff])*")


class Part(NamedTuple):
    text: str
    is_hit: bool


class Passage(NamedTuple):
    language: str
    parts: tuple[Part, ...]


def marked(text: str, query: Query, language: str) -> tuple[Part, ...]:
    """The whole text with its hits marked (titles)."""
    return _parts(text, _hits(text, query, language))


def passage(
    texts: Sequence[tuple[str, str]], query: Query, *, language: str, title: str = ""
) -> Passage | None:
    """The passage of the first text that was met, the reader's language first; else a beginning."""
    in_order = sorted(texts, key=lambda pair: pair[0] != language)
    for tongue, text in in_order:
        hits = _hits(text[:MOST_READ], query, tongue, most=40)
        if hits:
            return Passage(tongue, _cut(text, hits))
    for tongue, text in texts:
        if not title or not text.startswith(title.rstrip("… ")):
            return Passage(tongue, _cut(text, []))
    return None


def _hits(text: str, query: Query, language: str, *, most: int = 400) -> list[tuple[int, int]]:
    wanted = query.marked()
    found = []
    for match in SEEN.finditer(text):
        if _is_met(match.group(), language, wanted):
            found.append(match.span())
            if len(found) >= most:
                break
    return found


def _is_met(word: str, language: str, wanted: frozenset[str]) -> bool:
    return not wanted.isdisjoint(_tokens(word, language))


@lru_cache(maxsize=16_384)
def _tokens(word: str, language: str) -> frozenset[str]:
    tongue = language if language.split("-", maxsplit=1)[0] in STEMMED else ""
    pairs = list(words(word))
    stems = {f"~{found}" for written, _fold in pairs if (found := stem(written, tongue))}
    return frozenset({fold for _written, fold in pairs} | stems)


def _cut(text: str, hits: list[tuple[int, int]]) -> tuple[Part, ...]:
    """The surroundings of the first hit, from a word's beginning to a word's end."""
    middle = hits[0][0] if hits else 0
    start = max(0, middle - BEFORE)
    end = min(len(text), max(middle, BEFORE) + AFTER)
    if start > 0:
        start = min(middle, text.find(" ", start) + 1 or middle)
    if end < len(text):
        end = max(text.rfind(" ", start, end), min(len(text), hits[0][1] if hits else 1), start + 1)
    inside = [(a - start, min(b, end) - start) for a, b in hits if a < end]
    parts = _parts(text[start:end], inside)
    first = (Part("… ", is_hit=False),) if start > 0 else ()
    last = (Part(" …", is_hit=False),) if end < len(text) else ()
    return (*first, *parts, *last)


def _parts(text: str, hits: list[tuple[int, int]]) -> tuple[Part, ...]:
    parts, at = [], 0
    for start, end in hits:
        if start > at:
            parts.append(Part(text[at:start], is_hit=False))
        parts.append(Part(text[start:end], is_hit=True))
        at = end
    if at < len(text):
        parts.append(Part(text[at:], is_hit=False))
    return tuple(parts)
