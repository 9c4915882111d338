"""The picture: a place in the plane for each person, so that near means voting alike.

Centring every statement on the mean of its votes and filling the gaps with that mean leaves a
matrix that is zero wherever nobody voted. So the two principal components come from a sparse
matrix, in time linear in the number of votes, and no table of all people times all statements is
ever made (Small et al. 2021 describe the method; Polis fills the table).

Who has voted little is drawn towards the middle, because little is known: the projection of n_i of
m votes is scaled by √(m/n_i), as Polis does, then shrunk by n_i/(n_i + κ), and carries a spread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from miteinander.analysis.opinion.votes import Votes

KAPPA = 4.0
"""So many votes are worth as much as knowing nothing; only the drawing depends on it."""
PRIOR = 4.0
"""Votes' worth of the common variance in the variance of a person with few votes."""
FEW_COLUMNS, ROWS = 64, 20_000
"""Up to so many statements all their products are made, from full tables of so many rows."""
BLOCK, STEPS, CLOSE = 4, 40, 1e-6
"""Of the search for the two components among many statements; the last one limits the error."""


@dataclass(frozen=True)
class Picture:
    """Where people (P) and statements (S) lie.

    `position` is float64 of shape (P, 2), `spread` (P,) is the standard error of a position along
    one axis, in the same unit; both are 0 and infinite for somebody without votes. `loading`
    (S, 2) says how far agreeing with a statement moves a person. `explained` are the shares of
    the variance of all votes along both axes.
    """

    position: NDArray[np.float64]
    spread: NDArray[np.float64]
    loading: NDArray[np.float64]
    explained: tuple[float, float]


def centred(votes: Votes) -> csr_array:
    """The sparse matrix (P, S) of votes less the mean of their statement, float32."""
    from scipy.sparse import csr_array  # deferred: SciPy is loaded where something is reckoned

    people, columns = votes.shape
    disagree, passed, agree = votes.tally[:, 0]
    seen = disagree + passed + agree
    mean = ((agree - disagree) / np.maximum(seen, 1)).astype(np.float32)
    data = votes.value.astype(np.float32)
    for part in votes.chunks():
        data[part] -= mean[votes.statement[part]]
    # SciPy widens, and so copies, all indices to the type of the starts.
    narrow = np.int32 if len(votes) < np.iinfo(np.int32).max else np.int64
    starts = votes.starts.astype(narrow)
    return csr_array((data, votes.statement, starts), shape=(people, columns))


def picture(votes: Votes, *, previous: NDArray[np.float64] | None = None) -> Picture:
    """Place everybody; with the positions of an earlier picture, turned so that it looks alike.

    `previous` has shape (P, 2) in the order of `votes.participants`, NaN for who is new.
    """
    matrix = centred(votes)
    loading, explained = _components(matrix)
    seen = np.diff(votes.starts)
    raw = matrix @ loading.astype(np.float32)
    position = _placed(raw, seen, len(votes.statements))
    spread = _spread(matrix, raw, loading, seen)
    if previous is not None:
        turn = _turn(position, previous)
        position, loading = position @ turn, loading @ turn
    return Picture(position, spread, loading, explained)


def positions(votes: Votes) -> NDArray[np.float64]:
    """Only the positions (P, 2) of a picture."""
    matrix = centred(votes)
    loading, _explained = _components(matrix)
    raw = matrix @ loading.astype(np.float32)
    return _placed(raw, np.diff(votes.starts), len(votes.statements))


def _placed(raw: NDArray[np.float32], seen: NDArray[np.int64], columns: int) -> NDArray[np.float64]:
    scale = np.sqrt(columns / np.maximum(seen, 1)) * seen / (seen + KAPPA)
    return np.asarray(raw, dtype=np.float64) * scale[:, None]


def _components(matrix: csr_array) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """The first two right singular vectors as columns (S, 2), always with the same sign."""
    _people, columns = matrix.shape
    total = _squared(matrix.data)
    loading = np.zeros((columns, 2))
    if total <= 1e-12:
        return loading, (0.0, 0.0)
    vectors, values = _leading(matrix)
    count = min(2, vectors.shape[1])
    loading[:, :count] = vectors[:, :count]
    for axis in range(count):
        # The heaviest statement points to the right, or up; of equally heavy ones the first.
        heaviest = int(np.argmax(np.round(np.abs(loading[:, axis]), 9)))
        if loading[heaviest, axis] < 0:
            loading[:, axis] *= -1
    shares = [float(value / total) for value in values[:count]] + [0.0, 0.0]
    return loading, (shares[0], shares[1])


def _leading(matrix: csr_array) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Leading eigenvectors (S, ≥ 1) and eigenvalues of the Gram matrix of the columns."""
    people, columns = matrix.shape
    if columns <= FEW_COLUMNS:
        products = np.zeros((columns, columns))
        for start in range(0, people, ROWS):
            full = matrix[start : start + ROWS].toarray().astype(np.float64)
            products += full.T @ full
        values, vectors = np.linalg.eigh(products)
        return vectors[:, ::-1][:, :2], np.maximum(values[::-1][:2], 0)
    return _krylov(matrix)


def _krylov(matrix: csr_array) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same from few products with the sparse matrix, the same in every run.

    Block Lanczos (Golub, Underwood 1977) from a fixed start, orthogonalised twice; it also tells
    two components apart that are nearly as strong as each other, where power iteration crawls.
    """
    columns = matrix.shape[1]
    transposed = matrix.T
    block, _r = np.linalg.qr(np.random.default_rng(0).standard_normal((columns, BLOCK)))
    basis = image = np.empty((columns, 0))
    vectors, values = block, np.zeros(2)
    for _step in range(STEPS):
        product = transposed @ (matrix @ block.astype(np.float32))
        basis = np.hstack([basis, block])
        image = np.hstack([image, product.astype(np.float64)])
        reduced = basis.T @ image
        inner, turned = np.linalg.eigh((reduced + reduced.T) / 2)
        top, values = turned[:, ::-1][:, :2], inner[::-1][:2]
        vectors = basis @ top
        error = np.sqrt(np.square(image @ top - vectors * values).sum(axis=0))
        width = min(BLOCK, columns - basis.shape[1])
        if width < 1 or np.all(error <= CLOSE * values[0]):
            break
        block = image[:, -BLOCK:][:, :width]
        for _again in range(2):
            block = block - basis @ (basis.T @ block)
            block, _r = np.linalg.qr(block)
    return vectors, np.maximum(values, 0)


def _squared(data: NDArray[np.float32]) -> float:
    """The sum of squares, added up exactly enough and without a wider copy of all numbers."""
    parts = (data[at : at + ROWS].astype(np.float64) for at in range(0, len(data), ROWS))
    return math.fsum(float(part @ part) for part in parts)


def _spread(
    matrix: csr_array,
    raw: NDArray[np.float32],
    loading: NDArray[np.float64],
    seen: NDArray[np.int64],
) -> NDArray[np.float64]:
    """How far a position may lie from where all m votes would put it, per person (P,).

    The votes of a person are a sample without replacement of what they would say on all m
    statements; few votes borrow the variance of everybody.
    """
    from scipy.sparse import csr_array  # deferred: as above

    columns = len(loading)
    power = np.square(loading).sum(axis=1)
    squares = csr_array((np.square(matrix.data), matrix.indices, matrix.indptr), matrix.shape)
    second = np.asarray(squares @ power.astype(np.float32), dtype=np.float64) / 2
    mean_square = np.square(np.asarray(raw, dtype=np.float64)).sum(axis=1) / 2
    count = np.maximum(seen, 1)
    within = np.maximum(second - mean_square / count, 0)
    freedom = np.maximum(seen - 1, 0)
    common = within.sum() / max(float(freedom.sum()), 1.0)
    variance = (within + PRIOR * common) / (freedom + PRIOR)
    left = 1 - np.minimum(seen / max(columns, 1), 1)
    found = np.sqrt(columns * variance * left) * seen / (seen + KAPPA)
    return np.where(seen > 0, found, np.inf)


def _turn(position: NDArray[np.float64], previous: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rotation or reflection (2, 2) that brings a picture closest to an earlier one.

    Orthogonal Procrustes over the people who are on both; scale and middle stay the new ones.
    """
    both = np.isfinite(previous).all(axis=1)
    if both.sum() < 3:
        return np.eye(2)
    new, old = position[both], previous[both]
    left, _values, right = np.linalg.svd((new - new.mean(axis=0)).T @ (old - old.mean(axis=0)))
    return np.asarray(left @ right)


def aligned(names: Sequence[str], earlier: dict[str, tuple[float, float]]) -> NDArray[np.float64]:
    """Earlier positions in the order of these people, NaN for who was not on that picture."""
    nowhere = (np.nan, np.nan)
    return np.array([earlier.get(name, nowhere) for name in names]).reshape(len(names), 2)
