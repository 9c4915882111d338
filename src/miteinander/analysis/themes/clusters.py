"""Proposed themes: groups of texts that use similar words.

Spherical k-means (Dhillon, Modha 2001) with a seeded k-means++ start in the space of the n-grams'
main directions. Weighed against it: nonnegative factorisation, graph clustering, density-based
clustering (leaves most short texts without a theme), sentence encoders. None of them finds themes
as people do; see docs/methods/themes.md for how far this one gets.

How many themes there are, no figure tells: reliably, all criteria tried preferred two or as many
as there are texts. The default grows with the cube root of the number of texts, because a person
has to read and name them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.grams import learnt
from miteinander.analysis.text import Text
from miteinander.analysis.themes.names import telling_words
from miteinander.analysis.themes.space import different, directions, unit_rows

RARITY, LEAST, DIRECTIONS = 2.0, 5, 50
MOST = 20
RESTARTS, FIRST, FINISHED, ROUNDS = 10, 8, 3, 60
"""Starts, their first rounds, how many of them go on (the best), and for how long."""
NARROW = 0.05
"""A text whose second theme is nearly as near as its first (cosine) lies in the tray."""
EMPTY = Text(
    "Es gibt keinen Text mit Worten, also auch kein Thema.",
    "There is no text with words, so there is no theme.",
)
ONE = Text(
    "Alle Texte sind gleich: Es gibt nichts zu unterscheiden.",
    "All texts are the same: there is nothing to tell apart.",
)
FOREIGN = Text(
    "Die Texte haben kein Stück Wort gemeinsam: Es gibt nichts, was sie verbindet.",
    "The texts share no part of any word: there is nothing that joins them.",
)


@dataclass(frozen=True)
class Cluster:
    """A proposed theme: up to three telling words as people wrote them, and its rows (from 0)."""

    id: int
    words: tuple[str, ...]
    rows: tuple[int, ...]
    unsure: tuple[int, ...]
    """Those of `rows` that would fit another theme nearly as well."""


@dataclass(frozen=True)
class Proposal:
    """Proposed themes, the largest first; every row with words is in exactly one of them."""

    clusters: tuple[Cluster, ...]
    size: int
    silent: tuple[int, ...]
    """Rows without a word or a sign."""
    reason: Text | None
    """Why nothing was told apart."""


def propose(texts: Sequence[str], *, count: int | None = None, seed: int = 0) -> Proposal:
    """Group texts by their words into `count` themes (default: by their number).

    Fewer when there are fewer different texts. Equal input and seed give equal themes; the order
    of the texts and repeated texts change nothing.
    """
    known = different(texts)
    silent = tuple(int(row) for row in np.flatnonzero(known.of < 0))
    if not known.texts:
        return Proposal((), len(texts), silent, EMPTY)
    groups, narrow, reason = _grouped(known.texts, count, seed)
    rows_of = [
        np.flatnonzero((known.of >= 0) & (groups[known.of] == group)) for group in np.unique(groups)
    ]
    # The largest first; among equals the one whose first text comes first in the alphabet.
    order = sorted(rows_of, key=lambda rows: (-len(rows), int(known.of[rows].min())))
    names = telling_words([[texts[int(row)] for row in rows] for rows in order])
    clusters = tuple(
        Cluster(
            number,
            words,
            tuple(map(int, rows)),
            tuple(int(row) for row in rows if narrow[known.of[row]]),
        )
        for number, (rows, words) in enumerate(zip(order, names, strict=True), start=1)
    )
    return Proposal(clusters, len(texts), silent, reason)


def default_count(texts: int) -> int:
    """Between 2 and 20: 3 for 50 texts, 8 for 1,000, 17 for 10,000."""
    return int(np.clip(round((texts / 2) ** (1 / 3)), 2, MOST))


def _grouped(
    texts: Sequence[str], count: int | None, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_], Text | None]:
    """The group of each different text, and whether a second one is nearly as near."""
    alone = np.zeros(len(texts), np.int64), np.zeros(len(texts), bool)
    if len(texts) == 1:
        return *alone, ONE
    _, vectors = learnt(texts, power=RARITY, least=LEAST if len(texts) > 4 * LEAST else 1)
    if not vectors.nnz:
        return *alone, FOREIGN
    left, strengths = directions(vectors, DIRECTIONS)
    points = unit_rows(left * strengths)
    wanted = min(count or default_count(len(texts)), len(texts))
    groups, nearness = _kmeans(points, wanted, seed)
    if nearness.shape[1] == 1:
        return *alone, None
    first, second = -np.partition(-nearness, 1, axis=1)[:, :2].T
    return groups, first - second < NARROW, None


def _kmeans(
    points: NDArray[np.float64], count: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The group of each point and its cosine to the middle of every group; the best of several."""
    lot = np.random.default_rng(seed)
    begun = [_rounds(points, _start(points, count, lot), FIRST) for _ in range(RESTARTS)]
    begun.sort(key=lambda found: -round(found[0], 6))
    ended = [_rounds(points, middles, ROUNDS) for _, middles in begun[:FINISHED]]
    _, middles = max(ended, key=lambda found: round(found[0], 6))
    nearness = _nearness(points, middles)
    return nearness.argmax(axis=1), nearness


def _rounds(
    points: NDArray[np.float64], middles: NDArray[np.float64], most: int
) -> tuple[float, NDArray[np.float64]]:
    """Middles moved until no point changes its group or `most` times; how near all points are."""
    groups = np.full(len(points), -1, np.int64)
    nearness = _nearness(points, middles)
    for _ in range(most):
        before, groups = groups, nearness.argmax(axis=1)
        if np.array_equal(before, groups):
            break
        members = np.eye(len(middles))[groups]
        sums = np.einsum("pg,pd->gd", members, points)
        middles = np.where(members.any(axis=0)[:, None], unit_rows(sums), middles)
        nearness = _nearness(points, middles)
    return float(nearness.max(axis=1).sum()), middles


def _nearness(points: NDArray[np.float64], middles: NDArray[np.float64]) -> NDArray[np.float64]:
    # einsum, not @: so small a product gains nothing from several threads, and on a busy machine
    # they wait for each other (measured: ten times as long).
    cosines: NDArray[np.float64] = np.einsum("pd,gd->pg", points, middles)
    return cosines


def _start(
    points: NDArray[np.float64], count: int, lot: np.random.Generator
) -> NDArray[np.float64]:
    """First middles by k-means++: far from those chosen before, by lot; fewer when all are met."""
    chosen = [int(lot.integers(len(points)))]
    far = 1 - points @ points[chosen[0]]
    while len(chosen) < count:
        far = np.where(far > 1e-9, far, 0.0)
        if not far.any():
            break
        chosen.append(int(lot.choice(len(points), p=far / far.sum())))
        far = np.minimum(far, 1 - points @ points[chosen[-1]])
    return points[chosen]
