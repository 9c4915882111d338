"""Texts become tokens: the same ones for what is written and for what is looked for.

Neither database is trusted with words: their parsers differ, and neither knows Ukrainian. A text
is cut here into *words* (NFKC, folded case, umlauts written out, accents and soft hyphens gone)
and each word has a *stem* in its language. A token holds letters and digits only, with a mark in
front that says what it is: ``kurs`` a word, ``~kurs`` a stem, ``=kurs`` and ``=~kurs`` the same in
a title. The *pieces* of a word are its trigrams with its edges, ``^ku kur urs rs$``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from Stemmer import Stemmer

LONGEST_WORD = 64
LONGEST_TEXT = 200_000
"""Characters of one text that are searched: a hundred printed pages."""

# Soft hyphens, joiners, marks of direction, variation selectors, byte-order marks; the vowel
# points of Arabic and Hebrew, which some write and most leave out, and the Arabic stretch.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Combining marks belong to their letter: to Python they are no letters, and would cut words.
LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])"
WORD = re.compile(LETTER + "+")
JOINED = re.compile(rf"{LETTER}+(?:[-‐‑–/·’']{LETTER}+)+")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
"""Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

# Umlauts and ß are written out; letters that Unicode does not take apart follow their neighbours.
SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d",
     "ð": "d", "þ": "th", "ı": "i", "ə": "e", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ґ": "г"}
)  # fmt: skip

STEMMED = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fa": "persian", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Languages with a stemmer; the others are searched by words and parts of words."""

# Words that nearly every text has: looking for them finds everything and says nothing.
STOP_WORDS = frozenset(
    [
        "aber",
        "alle",
        "allem",
        "allen",
        "aller",
        "alles",
        "als",
        "also",
        "am",
        "an",
        "and",
        "are",
        "as",
        "at",
        "auch",
        "auf",
        "aus",
        "be",
        "bei",
        "beim",
        "bin",
        "bis",
        "bist",
        "but",
        "by",
        "da",
        "dadurch",
        "daher",
        "dann",
        "darf",
        "das",
        "dass",
        "dein",
        "deine",
        "dem",
        "den",
        "denn",
        "der",
        "des",
        "deshalb",
        "dich",
        "die",
        "dies",
        "diese",
        "diesem",
        "diesen",
        "dieser",
        "dieses",
        "dir",
        "doch",
        "dort",
        "du",
        "durch",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "eines",
        "er",
        "es",
        "euer",
        "eure",
        "for",
        "from",
        "fuer",
        "hat",
        "have",
        "haben",
        "hier",
        "hinter",
        "ich",
        "ihr",
        "ihre",
        "im",
        "in",
        "is",
        "ist",
        "it",
        "ja",
        "jede",
        "jedem",
        "jeden",
        "jeder",
        "jedes",
        "jener",
        "kann",
        "kein",
        "keine",
        "koennen",
        "la",
        "le",
        "les",
        "machen",
        "man",
        "mein",
        "meine",
        "mich",
        "mir",
        "mit",
        "muss",
        "nach",
        "nicht",
        "noch",
        "nur",
        "ob",
        "oder",
        "of",
        "of",
        "on",
        "or",
        "ohne",
        "sehr",
        "sein",
        "seine",
        "sich",
        "sie",
        "sind",
        "so",
        "soll",
        "sollen",
        "sollte",
        "that",
        "the",
        "their",
        "there",
        "these",
        "this",
        "to",
        "um",
        "und",
        "uns",
        "unser",
        "unsere",
        "unter",
        "vom",
        "von",
        "vor",
        "wann",
        "war",
        "waren",
        "warum",
        "was",
        "we",
        "wegen",
        "weil",
        "weiter",
        "wenn",
        "wer",
        "werden",
        "wie",
        "wieder",
        "will",
        "wir",
        "wird",
        "wo",
        "with",
        "woher",
        "wohin",
        "you",
        "zu",
        "zum",
        "zur",
    ]
)


def plain(text: str) -> str:
    """One spelling of the same letters; what nobody sees is gone."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    return UNSEEN.sub("", text.casefold())


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A plain word as it is compared: “Maßnähme” and “massnaehme” are one."""
    if word.isascii():
        return word[:LONGEST_WORD]
    spelt = unicodedata.normalize("NFC", word).translate(SPELT_OUT)
    apart = unicodedata.normalize("NFKD", spelt)
    return "".join(c for c in apart if c.isalnum())[:LONGEST_WORD]


def words(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text as it is written (plain) and as it is compared (folded).

    “Kita-Platz” is three words: both parts, and the whole.
    """
    seen = plain(text)
    for word in WORD.findall(seen):
        for run in UNSPACED.findall(word) if not word.isascii() else ():
            # Two characters at a time: what is looked for is cut the same way.
            yield from ((run[at : at + 2],) * 2 for at in range(max(1, len(run) - 1)))
        if (fold := folded(word)) and not UNSPACED.search(word):
            yield word, fold
    for match in JOINED.finditer(seen):
        whole = "".join(WORD.findall(match.group()))
        if fold := folded(whole):
            yield whole, fold


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of a plain word, folded; "" where the language has no stemmer."""
    stemmer = _stemmer(language.split("-", maxsplit=1)[0])
    return folded(stemmer.stemWord(word)) if stemmer else ""


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Stemmer | None:
    if language not in STEMMED:
        return None
    from Stemmer import Stemmer  # deferred: a process that neither writes nor searches needs none

    return Stemmer(STEMMED[language])


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


def pieces(fold: str, *, start: bool = True, end: bool = True) -> list[str]:
    """The trigrams of a word, with its edges where they are meant."""
    edged = f"{'^' if start else ''}{fold}{'$' if end else ''}"
    return sorted({edged[at : at + 3] for at in range(len(edged) - 2)})


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
