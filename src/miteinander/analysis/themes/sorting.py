"""The rest is sorted: from texts that people put into themes to those they did not reach.

Ridge regression on themes (Fung, Mangasarian 2005; regularised least squares classification) with
a kernel half of n-grams and half of their main directions. It has its leave-one-out predictions in
closed form, so that every labelled text says how the method does on a text it has not seen. From
those (Platt 1999) comes the probability that a label is right. Each theme weighs the same however
few texts it has, or the large one would swallow the rest.

Tried and left: stems, n-grams alone (macro-F1 0.55 on titles and texts of the method's page),
and a sentence encoder beside n-grams (0.60, where n-grams and directions had 0.58).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.grams import learnt
from miteinander.analysis.text import Text
from miteinander.analysis.themes.space import different, directions, unit_rows

RARITY, LEAST, DIRECTIONS = 1.5, 2, 100
PENALTY = 1.0
MOST_LEARNT = 4_000
"""Different labelled texts; of more, evenly spread ones are learnt from: the rest adds little."""
SURE_FROM = 0.5
"""A label is sure when it is rather right than wrong."""
FEW = 30
"""Labelled texts below which nothing can be said about how often the labels are right.

Then no label is sure: people read each.
"""

NOTHING_LABELLED = Text(
    "Noch ist kein Text einem Thema zugeordnet: Es gibt nichts, woraus gelernt werden kann.",
    "No text has been given a theme yet: there is nothing to learn from.",
)
ONE_THEME = Text(
    "Alle zugeordneten Texte haben dasselbe Thema: Zum Unterscheiden braucht es mindestens zwei.",
    "All labelled texts have the same theme: telling apart takes at least two.",
)
ALL_LABELLED = Text(
    "Alle Texte sind schon zugeordnet.",
    "All texts have a theme already.",
)


@dataclass(frozen=True)
class Prediction:
    """The suggested theme of a row (from 0) and the probability that it is right.

    `unsure` rows belong into the tray for people. A text without words has no label and p 0.
    """

    row: int
    label: str | None
    p: float
    unsure: bool


@dataclass(frozen=True)
class Sorted:
    """The suggestions, and how the method did on the labelled texts without looking at them.

    `right` is the share of labelled texts whose theme it found, `f1` the mean over themes of the
    harmonic mean of precision and recall, `sure_right` the share among those it was sure of and
    `sure` their share of all; None when fewer than 30 different texts are labelled.
    """

    predictions: tuple[Prediction, ...]
    labels: tuple[str, ...]
    labelled: int
    right: float | None
    f1: float | None
    sure: float | None
    sure_right: float | None
    reason: Text | None


def sort_rest(texts: Sequence[str], labels: Sequence[str]) -> Sorted:
    """Suggest a theme for each text whose label is "". Both sequences have one entry per text.

    Deterministic; the order of the texts and repeated texts with equal labels change nothing.
    """
    open_rows = [row for row, label in enumerate(labels) if not label]
    names = tuple(sorted({label for label in labels if label}))
    labelled = len(labels) - len(open_rows)
    known = different(texts)
    if not names or len(names) == 1 or not open_rows:
        reason = ALL_LABELLED if labelled and not open_rows else ONE_THEME
        reason = reason if names else NOTHING_LABELLED
        return Sorted((), names, labelled, None, None, None, None, reason)
    pairs = sorted(
        {(int(known.of[row]), names.index(label)) for row, label in enumerate(labels) if label}
    )
    pairs = [pair for pair in pairs if pair[0] >= 0]
    pairs = [pairs[at] for at in _spread(len(pairs), MOST_LEARNT)]
    learnt_from = np.array([text for text, _ in pairs], dtype=np.int64)
    themes = np.array([theme for _, theme in pairs], dtype=np.int64)
    asked = np.unique([known.of[row] for row in open_rows])
    asked = asked[asked >= 0]
    if len(np.unique(themes)) < 2:
        unread = tuple(Prediction(row, None, 0.0, unsure=True) for row in open_rows)
        return Sorted(unread, names, labelled, None, None, None, None, ONE_THEME)
    space = _space(known.texts)
    scores, held_out = _ridge(space, learnt_from, themes, asked, len(names))
    sure_of = _Certainty.learnt(held_out, themes, len(names))
    found = dict(
        zip(
            asked.tolist(),
            zip(scores.argmax(axis=1).tolist(), sure_of(scores).tolist(), strict=True),
            strict=True,
        )
    )
    predictions = []
    is_checked = len(themes) >= FEW
    for row in open_rows:
        theme, p = found.get(int(known.of[row]), (None, 0.0))
        label = None if theme is None else names[theme]
        predictions.append(Prediction(row, label, p, not is_checked or p < SURE_FROM))
    result = Sorted(tuple(predictions), names, labelled, None, None, None, None, None)
    return _checked(result, held_out, themes, sure_of) if is_checked else result


def _spread(size: int, most: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, size - 1, min(size, most)).round().astype(np.int64))


@dataclass(frozen=True)
class _Space:
    """N-grams (sparse) and main directions of all texts; a kernel is half of each."""

    vectors: Any
    directions: NDArray[np.float64]

    def kernel(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
        letters = (self.vectors[one] @ self.vectors[other].T).toarray()
        half: NDArray[np.float64] = (letters + self.directions[one] @ self.directions[other].T) / 2
        return half


def _space(texts: Sequence[str]) -> _Space:
    _, vectors = learnt(texts, power=RARITY, least=LEAST if len(texts) > 4 * LEAST else 1)
    if not vectors.nnz:
        return _Space(vectors, np.zeros((len(texts), 1)))
    left, strengths = directions(vectors, DIRECTIONS)
    return _Space(vectors, unit_rows(left * np.sqrt(strengths)))


def _ridge(
    space: _Space,
    learnt_from: NDArray[np.int64],
    themes: NDArray[np.int64],
    asked: NDArray[np.int64],
    count: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores (texts × themes) of the asked texts, and of the labelled ones when left out."""
    sizes = np.bincount(themes, minlength=count)
    weights = len(themes) / (count * np.maximum(sizes, 1))
    root = np.sqrt(weights[themes])
    target = np.eye(count)[themes]
    middle = np.average(target, axis=0, weights=root**2)
    matrix = space.kernel(learnt_from, learnt_from) * root[:, None] * root
    matrix[np.diag_indices_from(matrix)] += PENALTY
    inverse = np.linalg.inv(matrix)
    wanted = root[:, None] * (target - middle)
    dual = inverse @ wanted
    held_out = (wanted - dual / np.diag(inverse)[:, None]) / root[:, None] + middle
    scores = np.concatenate(
        [
            space.kernel(asked[at : at + 2_000], learnt_from) @ (root[:, None] * dual) + middle
            for at in range(0, len(asked), 2_000)
        ]
        or [np.zeros((0, count))]
    )
    return scores, held_out


def _evidence(scores: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the certainty rests on: lead over the second theme, score, size of the theme."""
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, -1], ordered[:, -2]
    size = np.log(shares[scores.argmax(axis=1)])
    return np.column_stack([np.ones(len(scores)), best - second, best, size])


@dataclass(frozen=True)
class _Certainty:
    """Platt's logistic curve from scores to the probability that the first theme is right."""

    slopes: NDArray[np.float64]
    shares: NDArray[np.float64]

    def __call__(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        odds = _evidence(scores, self.shares) @ self.slopes
        p: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return p

    @classmethod
    def learnt(
        cls, held_out: NDArray[np.float64], themes: NDArray[np.int64], count: int
    ) -> _Certainty:
        shares = (np.bincount(themes, minlength=count) + 1) / (len(themes) + count)
        evidence = _evidence(held_out, shares)
        hits = held_out.argmax(axis=1) == themes
        # Platt's targets: even where all were right, the next may be wrong.
        yes, no = (hits.sum() + 1) / (hits.sum() + 2), 1 / ((~hits).sum() + 2)
        target = np.where(hits, yes, no)
        slopes = np.zeros(evidence.shape[1])
        calm = np.diag([1e-6, 0.01, 0.01, 0.3])
        for _ in range(50):  # Newton; the penalty keeps a few labelled texts from certainty
            p = 1 / (1 + np.exp(-np.clip(evidence @ slopes, -30, 30)))
            bend = evidence.T @ (evidence * (p * (1 - p))[:, None]) + calm
            step = np.linalg.solve(bend, evidence.T @ (target - p) - calm @ slopes)
            slopes = slopes + step
            if np.abs(step).max() < 1e-9:
                break
        return cls(slopes, shares)


def _checked(
    result: Sorted,
    held_out: NDArray[np.float64],
    themes: NDArray[np.int64],
    sure_of: _Certainty,
) -> Sorted:
    """The result with what the labelled texts say about it."""
    found = held_out.argmax(axis=1)
    sure = sure_of(held_out) >= SURE_FROM
    parts = []
    for theme in np.unique(themes):
        both = int(((found == theme) & (themes == theme)).sum())
        parts.append(2 * both / int((found == theme).sum() + (themes == theme).sum()))
    sure_right = float((found == themes)[sure].mean()) if sure.any() else None
    return replace(
        result,
        right=float((found == themes).mean()),
        f1=float(np.mean(parts)),
        sure=float(sure.mean()),
        sure_right=sure_right,
    )
