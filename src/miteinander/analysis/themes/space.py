"""The space in which short texts are neighbours: n-grams, then their main directions.

Two texts on one theme often share no word. Latent semantic analysis (Deerwester et al. 1990; a
truncated singular value decomposition of the n-grams) brings them near when others use the words
of both. A sentence encoder was tried in its place: hardly better at sorting, and not in every
installation.

Texts are looked at once each, in the order of their letters: whoever sends the same sentence ten
times, or sends it first, moves no theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.tokens import units

DENSE_UP_TO = 300
"""Texts or n-grams: below it a full decomposition is quicker, and the only one that may be."""

SPARE, REFINED = 14, 2


@dataclass(frozen=True)
class Different:
    """The different texts of a collection: `texts` in order, `of` the one of each row (-1: none).

    Two rows are the same text when all their words are, whatever the capitals, accents and signs.
    """

    texts: tuple[str, ...]
    of: NDArray[np.int64]


def different(texts: Sequence[str]) -> Different:
    keys = [" ".join(units(text)) for text in texts]
    ordered = sorted(set(keys) - {""})
    at = {key: place for place, key in enumerate(ordered)} | {"": -1}
    return Different(tuple(ordered), np.array([at[key] for key in keys], dtype=np.int64))


def directions(vectors: Any, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows in the main directions of a sparse matrix (texts × n-grams), and their strengths.

    At most `count` columns, the strongest first; the rows are not scaled by the strengths.
    """
    count = min(count, *vectors.shape)
    if min(vectors.shape) <= max(DENSE_UP_TO, count + 1):
        left, strengths, _ = np.linalg.svd(vectors.toarray(), full_matrices=False)
        left, strengths = left[:, :count], strengths[:count]
    else:
        left, strengths = _sketched(vectors, count)
    there = strengths > 1e-9
    return left[:, there], strengths[there]


def _sketched(vectors: Any, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same by a random sketch, refined twice (Halko, Martinsson, Tropp 2011, algorithm 4.4).

    Lanczos (`svds`) took about twice as long for 10,000 texts and sorted a trace better (macro-F1
    0.58 instead of 0.57 on titles and texts); the lot is fixed.
    """
    lot = np.random.default_rng(0)
    basis = np.linalg.qr(vectors @ lot.standard_normal((vectors.shape[1], count + SPARE)))[0]
    for _ in range(REFINED):
        basis = np.linalg.qr(vectors @ (vectors.T @ basis))[0]
    inner, strengths, _ = np.linalg.svd((vectors.T @ basis).T, full_matrices=False)
    return (basis @ inner)[:, :count], strengths[:count]


def unit_rows(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of length 1; an empty one stays empty."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[np.float64] = rows / np.where(lengths > 1e-12, lengths, 1)
    return scaled
