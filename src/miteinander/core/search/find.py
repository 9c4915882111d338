"""Asking the index: what somebody types becomes a wanted expression, and rows come back ranked.

A visitor types “Sprachkus Eltren 2.4”. Each word may be met by itself, by its stem in any language
that we know, by a longer word that holds it (“Kurs” in “Sprachkurs”), and, only where nothing of
that exists, by a word that differs by a typing error. All words must be met. What is met in the
title comes first, then what is met in the text, then parts of words and corrected ones; within
that what still holds before what was retired, concepts before voices, the newest first. Display
numbers and identifiers are asked of the things themselves and stand above everything.

Of voices there can be a hundred thousand, of everything else hundreds. So voices are read from the
end of the index, no more than a page needs, and counted to a thousand; all others are ranked.

What was typed is neither stored nor logged here or anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from miteinander.analysis.tokens import STEMMED, STOP_WORDS, pieces, plain, stem, words
from miteinander.core.models import Municipality, SearchEntry, SearchWord, Thing
from miteinander.core.search.matching import first_keys, newest_of
from miteinander.core.search.words import (
    INSIDE,
    VOICES,
    belongs,
    distance,
    inside,
    slips,
    stands_in,
)

LONGEST_QUERY = 200
"""Characters; what is longer is cut, and the page says so."""
MOST_TERMS = 8
MOST_WAYS = 40
"""Longer words that may stand for one that was typed, the shortest first."""
MOST_CORRECTED = 5
PER_PAGE = 20
LAST_PAGE = 50
"""Nobody reads the thousandth hit; whoever needs it types another word."""
MOST_COUNTED = 1_000
"""Voices: beyond it people are told "more than"; counting on would cost more than finding."""

NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\.?")
IDENTIFIER = re.compile(r"[0-9a-z]{6,12}")
# In this order among equals: what the town resolves to do before what leads there.
ORDER = (
    "news", "page", "measure", "goal", "field", "cross_cutting_theme", "concept", "call",
    "resolution", "report", "theme", "statement", "meeting", "minutes", "process", "body",
    "organisation", "offer", "perspective", "version", "objection", "ballot",
    "draw",
)  # fmt: skip

Ranked = tuple[int, str, int, int]
"""Key, kind, nearness (0 in the title, 1 in the text, 2 in part or corrected), 1 where it ended."""
Voices = tuple[list[int], list[int], list[int]]
"""Keys for each nearness."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, and which of its texts to show."""

    thing: Thing
    texts: tuple[tuple[str, str], ...]
    is_direct: bool = False
    """Its number or identifier was typed."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, read: words that count, what may stand for them, what was corrected."""

    typed: str
    terms: tuple[str, ...] = ()
    """Folded words that are looked for."""
    ways: tuple[tuple[str, ...], ...] = ()
    """For each term the words and stems that meet it exactly."""
    wider: tuple[tuple[str, ...], ...] = ()
    """For each term longer words that hold it, or corrected ones."""
    corrected: tuple[tuple[str, str], ...] = ()
    """(what was typed, how it is spelt) of each term that nobody ever wrote."""
    is_cut: bool = False
    only_stop_words: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.terms

    def marked(self) -> frozenset[str]:
        """The tokens that a hit may hold, to be marked in what is shown."""
        return frozenset(w for ways in (*self.ways, *self.wider) for w in ways)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    query: Query
    hits: list[Hit] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """How many of each kind, whichever kind is shown."""
    total: int = 0
    """Of the kind that is shown."""
    page: int = 1
    pages: int = 1
    is_open: bool = False
    """There are more voices than were counted."""

    @property
    def everything(self) -> int:
        return sum(self.counts.values())


def search(
    town: Municipality,
    typed: str,
    *,
    kind: str = "",
    page: int = 1,
    home: int | None = None,
    among: QuerySet[Any, Any] | None = None,
) -> Found:
    """Find what everybody may read: five queries, whatever was typed; none for an empty one.

    `home`: only the voices that belong to this thing. `among`: only among these keys, which whoever
    asks may read, also where not everybody may.
    """
    query = read(typed)
    is_everywhere = home is None and among is None
    direct = _direct(town, query.typed) if is_everywhere else []
    if direct and not any(term.isalpha() for term in query.terms):
        query = replace(query, terms=())  # "2.4" is a number, not two words
    if query.is_empty and not direct:
        return Found(query)
    page = max(1, min(page, LAST_PAGE))
    ranked: list[Ranked] = []
    voices: Voices = ([], [], [])
    count = 0
    there = {thing.pk for thing in direct}
    if not query.is_empty:
        if home is None:
            found = _ranked(_matching(town, query, among), query)
            ranked = [row for row in found if row[0] not in there]
        if among is None:
            most = page * PER_PAGE if kind in {"", VOICES} else 0
            voices, count = _voices(town, query, home, most=most)
    counts = Counter([thing.kind for thing in direct] + [row[1] for row in ranked])
    if count:
        counts[VOICES] += min(count, MOST_COUNTED)
    is_open = count > MOST_COUNTED
    if kind:
        direct = [thing for thing in direct if thing.kind == kind]
        ranked = [row for row in ranked if row[1] == kind]
    total = counts[kind] if kind else counts.total()
    pages = max(1, min(LAST_PAGE, -(-total // PER_PAGE)))
    page = min(page, pages)
    start = (page - 1) * PER_PAGE
    hits = [Hit(thing, _texts(thing), is_direct=True) for thing in direct[start : start + PER_PAGE]]
    begin = max(0, start - len(direct))
    others = [key for key in _together(ranked, voices) if key not in there]
    shown = others[begin : begin + PER_PAGE - len(hits)]
    hits += [hit for hit in _rows(shown) if among is not None or hit.thing.is_public]
    return Found(query, hits, dict(counts), total, page, pages, is_open)


def _together(ranked: list[Ranked], voices: Voices) -> list[int]:
    """Keys in the order in which they are shown: voices between what holds and what has ended."""
    found: list[int] = []
    for near, some in enumerate(voices):
        found += [row[0] for row in ranked if row[2:] == (near, 0)]
        found += some
        found += [row[0] for row in ranked if row[2:] == (near, 1)]
    return found


def _rows(pks: list[int]) -> list[Hit]:
    """The hits behind some keys: only these are read whole, and not whatever was sorted."""
    found = SearchEntry.objects.select_related("thing").defer("tokens").in_bulk(pks)
    return [Hit(found[pk].thing, _pairs(found[pk])) for pk in pks if pk in found]


def _texts(thing: Thing) -> tuple[tuple[str, str], ...]:
    entry: SearchEntry | None = getattr(thing, "found_by", None)
    return _pairs(entry) if entry else ()


def _pairs(entry: SearchEntry) -> tuple[tuple[str, str], ...]:
    return tuple((language, text) for language, text in entry.texts)


# --- reading what was typed ------------------------------------------------------------------


def read(typed: str, *, with_inside: bool = False) -> Query:
    """Understand a query: one look at the words that exist, none where nothing is to be found.

    `with_inside`: among them words that only the office may read.
    """
    cut = typed[:LONGEST_QUERY]
    is_cut = len(typed) > LONGEST_QUERY
    kept = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", cut).split())
    pairs: dict[str, str] = {}
    for written, fold in _apart(kept):
        if fold not in STOP_WORDS:
            pairs.setdefault(fold, written)
    if not pairs:
        return Query(kept, is_cut=is_cut, only_stop_words=any(True for _pair in words(kept)))
    terms = tuple(pairs)[:MOST_TERMS]
    exact = [(term, *_stems(pairs[term])) for term in terms]
    wider, corrected = _wider(terms, exact, with_inside=with_inside)
    return Query(
        typed=kept,
        terms=terms,
        ways=tuple(exact),
        wider=tuple(wider),
        corrected=corrected,
        is_cut=is_cut or len(pairs) > MOST_TERMS,
    )


def _apart(kept: str) -> Iterable[tuple[str, str]]:
    """Words as they are typed; of “Kita-Platz” both parts, not the whole as well."""
    return words(re.sub(r"[-‐‑–/·’']", " ", kept))


def _stems(written: str) -> tuple[str, ...]:
    """The stems of a word in every language we know: whoever searches names none."""
    return tuple(sorted({f"~{found}" for tongue in STEMMED if (found := stem(written, tongue))}))


def _needle(term: str, stems: tuple[str, ...]) -> str:
    """What a longer word must hold: the word without a German or English ending."""
    written = plain(term)
    ends = [found for tongue in ("de", "en") if len(found := stem(written, tongue)) >= 4]
    return min([term, *(end for end in ends if term.startswith(end))], key=lambda n: (len(n), n))


def _wider(
    terms: tuple[str, ...], exact: list[tuple[str, ...]], *, with_inside: bool
) -> tuple[list[tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Longer words and corrected ones for each term, from one look at the vocabulary."""
    needles = {term: _needle(term, ways[1:]) for term, ways in zip(terms, exact, strict=True)}
    conditions: list[list[str]] = []
    for term, needle in needles.items():
        if len(term) >= 3:
            conditions += _conditions(term, needle)
    known: dict[str, str] = {}
    if conditions:
        if with_inside:
            conditions += [[f"={piece}" for piece in way] for way in conditions]
        rows = SearchWord.objects.filter(tokens__holds=[conditions]).order_by("pk")
        for word, spelling in rows.values_list("word", "spelling"):
            known.setdefault(word.removeprefix(INSIDE), spelling)
    wider, corrected = [], []
    for term, needle in needles.items():
        holding = [word for word in known if _holds(word, needle) and word != term]
        if holding or term in known or len(term) < 4:
            wider.append(tuple(sorted(holding, key=lambda w: (len(w), w))[:MOST_WAYS]))
            continue
        most = slips(len(term))
        near = sorted(
            (far, abs(len(word) - len(term)), word)
            for word in known
            if (far := distance(term, word, most)) <= most
        )
        best = [word for far, _length, word in near if far == near[0][0]][:MOST_CORRECTED]
        stems = [found for word in best for found in _stems(plain(known[word]))]
        wider.append(tuple(dict.fromkeys([*best, *stems])))
        if best:
            corrected.append((term, known[best[0]]))
    return wider, tuple(corrected)


def _holds(word: str, needle: str) -> bool:
    """Short words are met only at the edges of longer ones: “Amt” in “Jugendamt”, not in “samt”."""
    if len(needle) >= 4:
        return needle in word
    return len(word) > len(needle) + 2 and (word.startswith(needle) or word.endswith(needle))


def _conditions(term: str, needle: str) -> list[list[str]]:
    """Which trigrams a word must have to be looked at; what it is worth is decided afterwards.

    Of a word with one error one half is whole, of one with two errors one third is: so few words
    come back, and none that is near enough is missed (swaps at a seam apart).
    """
    ways = [pieces(needle, start=False, end=False)] if len(needle) >= 4 else []
    if len(needle) < 4:
        ways = [pieces(needle, end=False), pieces(needle, start=False)]
    parts = slips(len(term)) + 1
    if parts > 1:
        size = -(-len(term) // parts)
        for number in range(parts):
            part = term[number * size : (number + 1) * size]
            found = pieces(part, start=number == 0, end=number == parts - 1)
            if found:
                ways.append(found)
    return ways


# --- asking ----------------------------------------------------------------------------------


def _wanted(query: Query, *, with_inside: bool = False) -> list[list[list[str]]]:
    """What every hit holds: each word in one of its ways."""
    return [
        [
            [token]
            for way in (*exact, *wider)
            for token in ((way, inside(way)) if with_inside else (way,))
        ]
        for exact, wider in zip(query.ways, query.wider, strict=True)
    ]


def inside_of(
    home: Thing, query: Query, *, below: int | None = None, above: int | None = None, most: int
) -> list[int]:
    """Keys of what belongs to a thing and is met, whoever may read it: for the office only.

    The newest first, or with `above` the oldest first; read in slices, so that what half of all
    contributions hold costs no more than what one holds. One query.
    """
    wanted = [*_wanted(query, with_inside=True), [[belongs(home.pk)]]]
    return first_keys(wanted, below=below, above=above, most=most)


def _voices(town: Municipality, query: Query, home: int | None, *, most: int) -> tuple[Voices, int]:
    """The newest voices for each nearness, and how many there are: one query.

    A voice has no title: what it begins with is worth no more than the rest of it.
    """
    place = [[stands_in(town.pk, voices=True) if home is None else belongs(home)]]
    exact = [[[token] for token in ways] for ways in query.ways]
    ways = [exact, _wanted(query)] if any(query.wider) else [exact]
    found, count = newest_of([[*each, place] for each in ways], most=most, counted=MOST_COUNTED + 1)
    met = set(found[0])
    return ([], found[0], [key for key in found[-1] if key not in met]), count


def _matching(
    town: Municipality, query: Query, among: QuerySet[Any, Any] | None
) -> QuerySet[SearchEntry]:
    """What is met and is no voice; or, among some keys, whatever is met."""
    if among is not None:
        wanted = _wanted(query, with_inside=True)
        return SearchEntry.objects.filter(tokens__holds=wanted, pk__in=among)
    wanted = [*_wanted(query), [[stands_in(town.pk, voices=False)]]]
    return SearchEntry.objects.filter(tokens__holds=wanted, thing__is_public=True)


def _ranked(found: QuerySet[SearchEntry], query: Query) -> Iterable[Ranked]:
    """Rank by whole numbers only: scores of the databases' own would differ."""
    title = [[[f"={token}"] for token in exact] for exact in query.ways]
    text = [[[token] for token in exact] for exact in query.ways]
    near = Case(
        When(tokens__holds=title, then=Value(0)),
        When(tokens__holds=text, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    kinds = Case(
        *(When(thing__kind=kind, then=Value(place)) for place, kind in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    ended = Case(
        When(thing__retired_on=None, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    newest = F("thing__happened_on").desc(nulls_last=True)
    rows = found.annotate(near=near, ended=ended).order_by("near", "ended", kinds, newest, "-pk")
    return rows.values_list("pk", "thing__kind", "near", "ended")


def _direct(town: Municipality, typed: str) -> list[Thing]:
    """Things whose number or identifier was typed; the latest first."""
    asked = typed.casefold().strip()
    wanted = Q()
    if NUMBER.fullmatch(asked):
        wanted |= Q(number=asked.rstrip("."))
    if IDENTIFIER.fullmatch(asked):
        wanted |= Q(identifier=asked)
    if not wanted:
        return []
    found: Any = Thing.objects.filter(wanted, municipality=town, is_public=True)
    found = found.select_related("found_by").defer("found_by__tokens")
    return list(found.order_by(F("retired_on").desc(nulls_first=True), "-pk")[:PER_PAGE])
