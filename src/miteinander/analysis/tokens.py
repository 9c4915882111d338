"""Texts become words and pieces of words: the same ones for the search and for the analysis.

Neither a database nor a library is trusted with words: their parsers differ, and few know
Ukrainian. A text is cut here into *words* (NFKC, folded case, umlauts written out, accents and
soft hyphens gone) and each word has a *stem* in its language. The *pieces* of a word are its
trigrams with its edges, ``^ku kur urs rs$``. Needs no NumPy: the search runs in every web process.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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

# Words that nearly every text has: looking for them finds everything and says nothing. Folded,
# as they are compared; what two languages share (“in”, “so”, “was”) stands in the first.
GERMAN = """
    aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da
    dadurch daher dann darf das dass dein deine dem den denn der des deshalb dich die dies
    diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer
    eines er es euer eure fuer hat haben hier hinter ich ihr ihre im in ist ja jede jedem
    jeden jeder jedes jener kann kein keine koennen machen man mein meine mich mir mit muss
    nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so soll sollen sollte um
    und uns unser unsere unter vom von vor wann war waren warum was wegen weil weiter wenn
    wer werden wie wieder will wir wird wo woher wohin zu zum zur
"""
ENGLISH = """
    and are as at be but by for from have is it of on or that the their there these this to
    we with you
"""
FRENCH = "la le les"
STOP_WORDS = frozenset(f"{GERMAN} {ENGLISH} {FRENCH}".split())


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


def pieces(fold: str, *, start: bool = True, end: bool = True) -> list[str]:
    """The trigrams of a word, with its edges where they are meant."""
    edged = f"{'^' if start else ''}{fold}{'$' if end else ''}"
    return sorted({edged[at : at + 3] for at in range(len(edged) - 2)})


SHORTEST, LONGEST = 3, 5
SIGNS = re.compile(r"\S+")


def units(text: str) -> list[str]:
    """The folded words of a text; where it has none, its signs (emoji are said as well)."""
    seen = plain(text)
    return [fold for word in WORD.findall(seen) if (fold := folded(word))] or SIGNS.findall(seen)


@lru_cache(maxsize=65_536)
def grams(unit: str) -> tuple[str, ...]:
    """The runs of 3 to 5 characters of a word with its edges; a shorter one is its own run."""
    edged = f" {unit} "
    return tuple(
        edged[at : at + length]
        for length in range(SHORTEST, LONGEST + 1)
        for at in range(max(1, len(edged) - length + 1))
        if length <= len(edged) or length == SHORTEST
    )
