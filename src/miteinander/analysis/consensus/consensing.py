"""Systemic consensing: not who wants most, but what meets the least resistance.

Everybody gives every option a mark from 0 (no objection) to 10 (I cannot live with it). The first
option is the *passive solution*: what happens when nothing is decided. It is the yardstick.

A missing mark is not 0. Places are therefore not taken from plain means over different people:
each person has a level of their own (strict or lenient), and options are compared within the
people who marked both (least squares with an effect for every person; with no gaps this is
exactly the order of the means).

How sure the first place is comes from a bootstrap over people with a fixed seed: people are drawn
with replacement, places computed again. Two options whose difference can be zero are called
inseparable.

Sources: Schrotta 2011, “Wie wir klüger entscheiden” (systemic consensing); Visotschnig, Schrotta
2005; Efron, Tibshirani 1993 (bootstrap). Formulas: `docs/methods/consensing.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from miteinander.analysis.consensus.readings import (
    Floats,
    Ints,
    Name,
    readings_of,
    revealing,
    weighted_means,
    worst_group,
)
from miteinander.analysis.consensus.readings import Reading as Voices
from miteinander.analysis.consensus.sheet import Sheet, refuse_outside
from miteinander.analysis.consensus.words import too_few
from miteinander.analysis.privacy import THRESHOLD
from miteinander.analysis.ranking import EQUAL, places, ties
from miteinander.analysis.text import Text

DRAWS = 2000
CHUNK = 200
BLOCKS = 2000
ROWS = 20_000
STRONG = 8


@dataclass(frozen=True)
class Option:
    """One option; None where a number is withheld or does not exist."""

    name: str
    marks: int | None = None
    resistance: float | None = None
    mean: float | None = None
    acceptance: float | None = None
    low: int | None = None
    middle: int | None = None
    high: int | None = None
    rank: int | None = None
    p_first: float | None = None
    worst: tuple[str, float] | None = None
    ask: bool = False


@dataclass(frozen=True)
class Reading:
    """Mean resistance and place of every option in one way of counting."""

    name: Name
    voices: int
    people: int
    means: tuple[float | None, ...]
    ranks: tuple[int | None, ...]


@dataclass(frozen=True)
class Consensing:
    """The result; `empty` says why there is none."""

    options: tuple[Option, ...]
    readings: tuple[Reading, ...]
    inseparable: tuple[tuple[str, str], ...]
    ties: tuple[tuple[str, ...], ...]
    people: int
    gaps: bool
    connected: bool
    seed: int
    threshold: int
    empty: Text | None = None

    @property
    def passive(self) -> str:
        return self.options[0].name


def consense(
    sheet: Sheet, *, seed: int = 0, threshold: int = THRESHOLD, draws: int = DRAWS
) -> Consensing:
    """Resistance, places and their certainty.

    O(people · options² + draws · options² · min(people, 2000)).
    """
    refuse_outside(
        sheet,
        0,
        10,
        do=Text(
            "Widerstand ist eine Zahl von 0 (kein Einwand) bis 10 (unannehmbar); leer: keine "
            "Angabe.",
            "Resistance is a number from 0 (no objection) to 10 (unacceptable); empty: no mark.",
        ),
    )
    kept = np.flatnonzero(~np.isnan(sheet.marks).all(axis=1))
    marks = sheet.marks[kept]
    count = len(marks)
    given = (~np.isnan(marks)).sum(axis=0)
    if count < threshold or not count:
        return _nothing(sheet, seed, threshold, too_few(count, threshold))
    judged = np.flatnonzero(given >= max(threshold, 1))
    if not len(judged):
        return _nothing(sheet, seed, threshold, too_few(int(given.max()), threshold))

    words = _of(sheet.institutions, kept), _of(sheet.perspectives, kept)
    connected = _connected(marks[:, judged])
    voices = readings_of(count, *words)
    readings = tuple(_reading(marks, judged, r, threshold=threshold) for r in voices)
    if revealing(voices, threshold=threshold):
        blank = (None,) * len(sheet.options)
        readings = (readings[0], *(replace(r, means=blank) for r in readings[1:]))
    ranks = readings[0].ranks
    p_first, close = _certainty(marks[:, judged], seed=seed, draws=draws)
    p_of = dict(zip(judged.tolist(), p_first, strict=True))
    worst = (
        worst_group(marks, words[1], threshold=threshold)
        if words[1] is not None
        else [None] * len(sheet.options)
    )
    options = tuple(
        _option(
            name,
            marks[:, j],
            rank=ranks[j],
            p_first=p_of.get(j),
            worst=worst[j],
        )
        for j, name in enumerate(sheet.options)
    )
    return Consensing(
        options=options,
        readings=readings,
        inseparable=tuple((sheet.options[judged[a]], sheet.options[judged[b]]) for a, b in close),
        ties=ties(ranks, sheet.options),
        people=count,
        gaps=bool(np.isnan(marks).any()),
        connected=connected,
        seed=seed,
        threshold=threshold,
    )


# --- parts ------------------------------------------------------------------------------------


def _of(words: tuple[str, ...] | None, kept: Ints) -> tuple[str, ...] | None:
    return None if words is None else tuple(words[row] for row in kept)


def _nothing(sheet: Sheet, seed: int, threshold: int, why: Text) -> Consensing:
    return Consensing(
        options=tuple(Option(name) for name in sheet.options),
        readings=(),
        inseparable=(),
        ties=(),
        people=0,
        gaps=False,
        connected=True,
        seed=seed,
        threshold=threshold,
        empty=why,
    )


def _option(
    name: str,
    column: Floats,
    *,
    rank: int | None,
    p_first: float | None,
    worst: tuple[str, float] | None,
) -> Option:
    marks = column[~np.isnan(column)]
    high = int((marks >= STRONG).sum())
    if rank is None:
        return Option(name, ask=high > 0)
    low = int((marks <= 2).sum())
    mean = float(marks.mean())
    return Option(
        name=name,
        marks=len(marks),
        resistance=float(marks.sum()),
        mean=mean,
        acceptance=100 * (1 - mean / 10),
        low=low,
        middle=len(marks) - low - high,
        high=high,
        rank=rank,
        p_first=p_first,
        worst=worst,
        ask=high > 0,
    )


def _reading(marks: Floats, judged: Ints, voices: Voices, *, threshold: int) -> Reading:
    weights = voices.weights
    k = marks.shape[1]
    means: list[float | None] = [None] * k
    ranks: list[int | None] = [None] * k
    if voices.people >= threshold:
        plain = weighted_means(marks, weights)
        level = _level(marks[:, judged], weights)
        order: list[float | None] = [None] * k
        for j, effect in zip(judged.tolist(), level, strict=True):
            counted = int(((weights > 0) & ~np.isnan(marks[:, j])).sum())
            if counted >= threshold:
                means[j], order[j] = float(plain[j]), float(effect)
        ranks = places(order)
    return Reading(voices.name, voices.voices, voices.people, tuple(means), tuple(ranks))


def _pieces(marks: Floats) -> Floats:
    """What each person adds to the least-squares equations: right side (k), matrix (k × k) flat.

    The effect of the person is eliminated: marks count as differences from the person's own mean.
    """
    given = ~np.isnan(marks)
    counts = np.maximum(given.sum(axis=1), 1)  # somebody may have marked none of these options
    level = np.nan_to_num(marks).sum(axis=1) / counts
    centred = np.where(given, marks - level[:, None], 0.0)
    n, k = marks.shape
    matrix = (given[:, :, None] & given[:, None, :]) / -counts[:, None, None]
    matrix[:, np.arange(k), np.arange(k)] += given
    return np.concatenate([centred, matrix.reshape(n, k * k)], axis=1)


def _effects(sums: Floats, k: int) -> Floats:
    """Effects of the options (draws × k), summing to 0, from summed pieces (draws × (k + k²)).

    The matrix has the constant vector in its null space, and more where options were never
    compared; the pseudo-inverse takes the smallest solution.
    """
    matrix = sums[:, k:].reshape(-1, k, k)
    inverse = np.linalg.pinv(matrix, rcond=1e-10, hermitian=True)
    solved: Floats = np.einsum("dij,dj->di", inverse, sums[:, :k])
    return solved


def _level(marks: Floats, weights: Floats) -> Floats:
    """Effects of the options for weighted people."""
    n, k = marks.shape
    sums = np.zeros(k + k * k)
    for begin in range(0, n, ROWS):
        part = slice(begin, begin + ROWS)
        sums += weights[part] @ _pieces(marks[part])
    effects: Floats = _effects(sums[None, :], k)[0]
    return effects


def _blocks(marks: Floats, random: np.random.Generator) -> Floats:
    """Pieces of each person, or of `BLOCKS` groups of people dealt at random when there are more.

    Groups dealt at random vary among each other exactly as much as the people in them allow, so
    drawing groups says the same about the certainty as drawing people.
    """
    n = len(marks)
    if n <= BLOCKS:
        return _pieces(marks)
    marks = marks[random.permutation(n)]
    bounds = np.linspace(0, n, BLOCKS + 1).astype(int)
    at_once = max(1, ROWS * BLOCKS // n)
    parts = []
    for first in range(0, BLOCKS, at_once):
        edges = bounds[first : first + at_once + 1]
        pieces = _pieces(marks[edges[0] : edges[-1]])
        parts.append(np.add.reduceat(pieces, edges[:-1] - edges[0], axis=0))
    return np.concatenate(parts)


def _connected(marks: Floats) -> bool:
    """Whether every two options are linked by people who marked both, directly or by others."""
    given = ~np.isnan(marks)
    linked = (given.T.astype(np.float64) @ given) > 0
    reached = linked[0]
    for _ in range(len(linked)):
        reached = reached | linked[reached].any(axis=0)
    return bool(reached.all())


def _certainty(
    marks: Floats, *, seed: int, draws: int
) -> tuple[list[float], list[tuple[int, int]]]:
    """The probability of place 1 for each option, and the pairs that cannot be told apart."""
    k = marks.shape[1]
    # Sorted rows: the result does not depend on the order in which people stand in the file.
    marks = marks[np.lexsort(np.nan_to_num(marks, nan=-1.0).T)]
    random = np.random.default_rng(seed)
    blocks = _blocks(marks, random)
    even = np.full(len(blocks), 1 / len(blocks))
    effects = np.empty((draws, k))
    for begin in range(0, draws, CHUNK):
        size = min(CHUNK, draws - begin)
        drawn = random.multinomial(len(blocks), even, size=size).astype(np.float64)
        effects[begin : begin + size] = _effects(drawn @ blocks, k)
    first = effects <= effects.min(axis=1, keepdims=True) + EQUAL
    p_first = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    both = ~np.isnan(marks)
    together = both.T.astype(np.float64) @ both
    close = []
    for a in range(k):
        for b in range(a + 1, k):
            low, high = np.quantile(effects[:, a] - effects[:, b], [0.025, 0.975])
            if together[a, b] < 2 or low - EQUAL <= 0 <= high + EQUAL:
                close.append((a, b))
    return [float(p) for p in p_first], close
