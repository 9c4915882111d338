"""Groups: people who lie near each other on the picture.

Positions are laid on a fine grid first, and its occupied squares, weighted by the people on them,
stand for everybody: k-means and its silhouette then cost the same for a thousand people as for a
million, and every start can be tried. k runs from 2 to 5; a division into groups that are too small
to be shown does not come about, and the number of groups stays what it was unless another number
has been better several times in a row, so that the picture does not jump with every vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.privacy import THRESHOLD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from miteinander.analysis.opinion.picture import Picture

LARGEST = 5
GRID = 32
ENOUGH = 7
"""Votes from which a person is placed in a group; fewer if there are fewer statements."""
STARTS, ROUNDS = 4, 60
PATIENCE = 3
"""So often another number of groups must win before it is taken."""
NOWHERE = -1


@dataclass(frozen=True)
class Memory:
    """What a later run must know so that the picture stays calm."""

    k: int
    challenger: int = 0
    wins: int = 0


@dataclass(frozen=True)
class Grouping:
    """`member` (P,) holds the group of each person from 0, or -1; the largest group is 0.

    `silhouettes` says how well each number of groups divides, 1 at best; a number that would
    make a group too small is missing. `why` says why there are no groups: "" if there are.
    """

    member: NDArray[np.int32]
    k: int
    silhouettes: dict[int, float]
    memory: Memory | None
    why: str = ""


def placed(seen: NDArray[np.int64], columns: int) -> NDArray[np.bool_]:
    """Who has voted often enough to be placed."""
    return np.asarray(seen >= max(1, min(ENOUGH, (columns + 1) // 2)))


def smallest(people: int, *, threshold: int = THRESHOLD) -> int:
    """The fewest people that make a group: nobody is to be recognised by it."""
    return max(2, threshold, -(-people // 100))


def grouping(
    drawn: Picture,
    seen: NDArray[np.int64],
    *,
    k: int | None = None,
    memory: Memory | None = None,
    threshold: int = THRESHOLD,
) -> Grouping:
    """Divide the people with enough votes into groups; `k` asks for a number of groups."""
    columns = len(drawn.loading)
    who = np.flatnonzero(placed(seen, columns))
    nobody = np.full(len(seen), NOWHERE, dtype=np.int32)
    least = smallest(len(who), threshold=threshold)
    if len(who) < 2 * least:
        return Grouping(nobody, 0, {}, memory, "few")
    cell, centre, weight = grid(drawn.position[who])
    if len(centre) < 2:
        return Grouping(nobody, 0, {}, memory, "alike")
    apart = distances(centre)
    tried: dict[int, tuple[float, NDArray[np.int32]]] = {}
    for number in [k] if k else range(2, LARGEST + 1):
        if number > len(centre):
            break
        label = k_means(centre, weight, number)
        sizes = np.bincount(label, weights=weight, minlength=number)
        if sizes.min() >= least:
            tried[number] = silhouette(apart, weight, label), label
    if not tried:
        return Grouping(nobody, 0, {}, memory, "small")
    scores = {number: score for number, (score, _label) in tried.items()}
    best = max(scores, key=lambda number: (round(scores[number], 9), -number))
    chosen, kept = _calmly(best, scores, memory)
    member = nobody
    member[who] = _by_size(tried[chosen][1], weight)[cell]
    return Grouping(member, chosen, scores, kept)


def _calmly(best: int, scores: dict[int, float], memory: Memory | None) -> tuple[int, Memory]:
    if memory is None or memory.k not in scores or best == memory.k:
        return best, Memory(best)
    wins = memory.wins + 1 if best == memory.challenger else 1
    if wins >= PATIENCE:
        return best, Memory(best)
    return memory.k, Memory(memory.k, best, wins)


def grid(
    position: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The square of each person, and the middle (G, 2) and people (G,) of each occupied square."""
    low, high = position.min(axis=0), position.max(axis=0)
    side = max(float((high - low).max()), 1e-12) / GRID
    # The grid lies around the middle of the picture, so that a mirrored picture has a mirrored one.
    corner = (low + high) / 2 - side * GRID / 2
    square = np.clip(np.floor((position - corner) / side), 0, GRID - 1).astype(np.int64)
    _keys, cell = np.unique(square[:, 0] * GRID + square[:, 1], return_inverse=True)
    cell = cell.reshape(-1)
    weight = np.bincount(cell).astype(np.float64)
    centre = np.column_stack(
        [np.bincount(cell, weights=position[:, axis]) / weight for axis in (0, 1)]
    )
    return cell, centre, weight


def k_means(centre: NDArray[np.float64], weight: NDArray[np.float64], k: int) -> NDArray[np.int32]:
    """The best of several weighted k-means: a label (G,) for each square.

    The starts are fixed: squares far from each other, from different first ones, so that the same
    positions always give the same groups.
    """
    middle = np.average(centre, axis=0, weights=weight)
    away = np.square(centre - middle).sum(axis=1)
    first = np.argsort(-away, kind="stable")
    starts = [first[int(at)] for at in np.linspace(0, len(first) - 1, min(STARTS, len(first)))]
    found: tuple[float, NDArray[np.int32]] | None = None
    for start in dict.fromkeys(int(each) for each in starts):
        cost, label = _from(centre, weight, k, start)
        if found is None or cost < found[0] * (1 - 1e-9):
            found = cost, label
    assert found is not None  # there is always a first square
    return found[1]


def _from(
    centre: NDArray[np.float64], weight: NDArray[np.float64], k: int, start: int
) -> tuple[float, NDArray[np.int32]]:
    seeds = [start]
    nearest = np.square(centre - centre[start]).sum(axis=1)
    while len(seeds) < k:
        seeds.append(int(np.argmax(nearest * weight)))
        nearest = np.minimum(nearest, np.square(centre - centre[seeds[-1]]).sum(axis=1))
    means = centre[seeds]
    label = np.full(len(centre), -1)
    square = np.square(centre).sum(axis=1)
    weighted = weight[:, None] * centre
    distance = np.empty(0)
    for _round in range(ROUNDS):
        # What is the same for all groups of a square decides nothing between them.
        distance = np.square(means).sum(axis=1) - 2 * (centre @ means.T)
        now = distance.argmin(axis=1)
        if np.array_equal(now, label):
            break
        label = now
        total = np.bincount(label, weights=weight, minlength=k)
        for axis in (0, 1):
            moved = np.bincount(label, weights=weighted[:, axis], minlength=k)
            means[:, axis] = np.where(total > 0, moved / np.maximum(total, 1), means[:, axis])
    cost = float((weight * (square + distance[np.arange(len(label)), label])).sum())
    return cost, label.astype(np.int32)


def distances(centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the squares are from one another: shape (G, G)."""
    found = np.square(centre[:, None, 0] - centre[None, :, 0])
    found += np.square(centre[:, None, 1] - centre[None, :, 1])
    return np.sqrt(found, out=found)


def silhouette(
    distance: NDArray[np.float64], weight: NDArray[np.float64], label: NDArray[np.int32]
) -> float:
    """The mean silhouette over all people, exact for people who stand on the squares' middles."""
    k = int(label.max()) + 1
    is_in = np.zeros((len(label), k))
    is_in[np.arange(len(label)), label] = weight
    total = distance @ is_in
    sizes = is_in.sum(axis=0)
    own = np.arange(len(label)), label
    inside = total[own] / np.maximum(sizes[label] - 1, 1)
    mean = total / np.maximum(sizes, 1)
    mean[own] = np.inf
    outside = mean.min(axis=1)
    score = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-300)
    score[sizes[label] <= 1] = 0
    return float((score * weight).sum() / weight.sum())


def _by_size(label: NDArray[np.int32], weight: NDArray[np.float64]) -> NDArray[np.int32]:
    """The same groups, the largest one first."""
    sizes = np.bincount(label, weights=weight)
    rank = np.empty(len(sizes), dtype=np.int32)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes), dtype=np.int32)
    return rank[label]
