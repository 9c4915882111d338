"""A collection of texts, built once and asked often.

The n-grams lie transposed, a row for each n-gram with the texts that have it: a question adds up
the rows of its own n-grams and touches nothing else. The result is exact; approximate indices
(HNSW, hashing) were not needed for 100,000 texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.grams import Grams, learnt
from miteinander.analysis.similar.encoders import (
    LETTERS_ONLY,
    Encoder,
    Scale,
    chosen,
    encoded,
    languages_of,
)

Verdict = Literal["same", "related", "different"]
SAME_FROM = 0.8
RELATED_FROM = 0.3
TOLERANCE = 6
"""Decimals of log-odds that count; what differs behind them is equal, and the earlier row leads."""


@dataclass(frozen=True)
class Neighbour:
    """A text of the collection (index from 0) and the probability that it says the same."""

    row: int
    score: float

    @property
    def verdict(self) -> Verdict:
        if self.score >= SAME_FROM:
            return "same"
        return "related" if self.score >= RELATED_FROM else "different"


@dataclass(frozen=True)
class Matches:
    """For each question its neighbours, best first, and how they were found.

    `languages` are those recognised in questions and collection (empty without an encoder),
    `encoders` the names of those used; `silent` counts questions without a word or sign.
    """

    neighbours: tuple[tuple[Neighbour, ...], ...]
    size: int
    silent: int
    encoders: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass
class _Sense:
    """The vectors of an encoder for those texts of the collection that were asked for so far."""

    vectors: NDArray[np.float32]
    done: NDArray[np.bool_]


class Index:
    """What is asked for neighbours.

    Building costs about 0.05 ms a text; an encoder costs its own time for each text, spent at the
    first question that needs it.
    """

    def __init__(self, texts: Sequence[str], *, encoders: Sequence[Encoder] = ()) -> None:
        self.texts = tuple(texts)
        self.encoders = tuple(encoders)
        vectors: Any
        self.grams: Grams
        self.grams, vectors = learnt(self.texts)
        self.speaks: NDArray[np.bool_] = np.diff(vectors.indptr) > 0
        self.postings = vectors.astype(np.float32).T.tocsr()
        self.languages = np.array(languages_of(self.texts) if encoders else [], dtype=str)
        self._senses: dict[str, _Sense] = {}

    def neighbours(self, questions: Sequence[str], *, count: int = 5) -> Matches:
        """The `count` nearest texts of each question; fewer where nothing else is alike at all."""
        vectors: Any = self.grams.vectors(questions)
        spoken = self._spoken(questions)
        silent = [not text.split() for text in questions]
        senses = self._question_senses(questions, spoken)
        found = tuple(
            ()
            if mute
            else self._nearest(
                vectors.indices[vectors.indptr[i] : vectors.indptr[i + 1]],
                vectors.data[vectors.indptr[i] : vectors.indptr[i + 1]],
                spoken[i],
                {name: rows[i] for name, rows in senses.items()},
                count,
            )
            for i, mute in enumerate(silent)
        )
        return Matches(
            found,
            len(self.texts),
            sum(silent),
            tuple(senses),
            tuple(sorted({*spoken, *self.languages.tolist()} - {""})),
        )

    def _spoken(self, questions: Sequence[str]) -> list[str]:
        return languages_of(questions) if self.encoders else [""] * len(questions)

    def _routes(self, language: str) -> list[tuple[Encoder | None, NDArray[np.bool_]]]:
        """Which encoder compares a question in this language with which texts."""
        routes: dict[str, tuple[Encoder | None, NDArray[np.bool_]]] = {}
        for other in np.unique(self.languages).tolist():
            encoder = chosen(self.encoders, language, other)
            name = encoder.name if encoder else ""
            mask = self.languages == other
            routes[name] = (encoder, routes[name][1] | mask if name in routes else mask)
        return list(routes.values())

    def _question_senses(
        self, questions: Sequence[str], spoken: Sequence[str]
    ) -> dict[str, NDArray[np.float32]]:
        """The questions' vectors for each encoder that is needed; the collection's are prepared."""
        needed: dict[str, tuple[Encoder, NDArray[np.bool_]]] = {}
        for language in sorted(set(spoken)) if self.encoders else ():
            for encoder, mask in self._routes(language):
                if encoder is not None and (mask := mask & self.speaks).any():
                    before = needed.get(encoder.name)
                    needed[encoder.name] = (encoder, mask | before[1] if before else mask)
        for encoder, mask in needed.values():
            self._prepare(encoder, mask)
        return {name: encoded(encoder, questions) for name, (encoder, _) in needed.items()}

    def _prepare(self, encoder: Encoder, mask: NDArray[np.bool_]) -> None:
        known = self._senses.get(encoder.name)
        missing = np.flatnonzero(mask & ~known.done if known else mask)
        if not len(missing):
            return
        rows = encoded(encoder, [self.texts[int(row)] for row in missing])
        sense = known or _Sense(
            np.zeros((len(self.texts), rows.shape[1]), np.float32), np.zeros(len(self.texts), bool)
        )
        self._senses[encoder.name] = sense
        sense.vectors[missing] = rows
        sense.done[missing] = True

    def _nearest(
        self,
        columns: NDArray[np.int32],
        weights: NDArray[np.float64],
        language: str,
        senses: dict[str, NDArray[np.float32]],
        count: int,
    ) -> tuple[Neighbour, ...]:
        letters = self._letters(columns, weights)
        odds = _odds(LETTERS_ONLY, letters)
        alike = self.speaks & (letters > 0)
        for encoder, mask in self._routes(language) if self.encoders else ():
            if encoder is None or not (mask & self.speaks).any():
                continue
            sense = self._senses[encoder.name].vectors @ senses[encoder.name]
            same = self.languages == language
            told = np.where(
                same, _odds(encoder.within, letters, sense), _odds(encoder.across, letters, sense)
            )
            odds = np.where(mask, told, odds)
            alike |= mask & self.speaks
        odds = np.where(alike, np.round(odds, TOLERANCE), -np.inf)
        few = min(count, int(alike.sum()))
        if not few:
            return ()
        least = np.partition(odds, len(odds) - few)[len(odds) - few]
        rows = np.flatnonzero(odds >= least)
        rows = rows[np.argsort(-odds[rows], kind="stable")][:few]
        return tuple(Neighbour(int(row), float(1 / (1 + np.exp(-odds[row])))) for row in rows)

    def _letters(
        self, columns: NDArray[np.int32], weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The cosine of the n-grams with every text: the rows of the question's n-grams, added."""
        starts, ends = self.postings.indptr[columns], self.postings.indptr[columns + 1]
        total = np.zeros(len(self.texts))
        for start, end, weight in zip(starts, ends, weights, strict=True):
            # A text stands at most once under an n-gram, so that plain indexing adds correctly.
            total[self.postings.indices[start:end]] += weight * self.postings.data[start:end]
        return total


def _odds(
    scale: Scale, letters: NDArray[np.float64], sense: NDArray[np.float32] | float = 0.0
) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = scale.base + scale.letters * letters + scale.sense * sense
    return odds
