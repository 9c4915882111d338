"""The same votes read three ways: people, institutions, perspectives.

A large institution can outvote everybody by sending many people, and a perspective that few
bring along can go under. So every result is computed three times from the same marks, only with
other weights:

- people: everybody counts 1;
- institutions: the people of an institution share one voice;
- perspectives: the people of a perspective share the same weight as those of any other.

Who names no institution (or perspective) does not count in that reading; how many count is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from miteinander.analysis.privacy import shown
from miteinander.analysis.ranking import EQUAL
from miteinander.analysis.text import Text

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Name = Literal["people", "institutions", "perspectives"]

NAMES: dict[str, Text] = {
    "people": Text("nach Menschen", "by people"),
    "institutions": Text("nach Institutionen (eine Stimme je Institution)", "by institutions"),
    "perspectives": Text("nach Perspektiven (alle gleich schwer)", "by perspectives"),
}


@dataclass(frozen=True, eq=False)
class Reading:
    """Weights of the people (n), how many voices they make and how many people have one."""

    name: Name
    weights: Floats
    voices: int
    people: int


def readings_of(
    rows: int, institutions: Sequence[str] | None, perspectives: Sequence[str] | None
) -> tuple[Reading, ...]:
    """The readings that the data allow; always by people, the others when there are words."""
    found = [Reading("people", np.ones(rows), rows, rows)]
    if institutions is not None:
        found.append(_shared("institutions", institutions))
    if perspectives is not None:
        found.append(_shared("perspectives", perspectives))
    return tuple(found)


def _shared(name: Name, words: Sequence[str]) -> Reading:
    sizes = Counter(word for word in words if word)
    weights = np.array([1 / sizes[word] if word else 0.0 for word in words])
    return Reading(name, weights, len(sizes), sum(sizes.values()))


def revealing(readings: Sequence[Reading], *, threshold: int) -> bool:
    """Whether the readings together would give a small group away.

    Each reading is a weighted sum over the same people. Where the weights of all people in a few
    classes can be combined so that only a class of fewer than `threshold` people is left, its sum
    could be worked out; then only the reading by people is shown in numbers.
    """
    weights = np.array([reading.weights for reading in readings])
    if not weights.size:
        return False
    classes, sizes = np.unique(weights, axis=1, return_counts=True)
    for c in np.flatnonzero(sizes < threshold):
        alone = np.zeros(len(sizes))
        alone[c] = 1.0
        combined = classes.T @ np.linalg.lstsq(classes.T, alone, rcond=None)[0]
        if np.abs(combined - alone).max() < EQUAL:
            return True
    return False


def weighted_means(marks: Floats, weights: Floats) -> Floats:
    """Mean mark of each option over those who gave one; NaN where nobody did."""
    given = ~np.isnan(marks)
    total = weights @ given
    means = np.full(marks.shape[1], np.nan)
    np.divide(weights @ np.nan_to_num(marks), total, out=means, where=total > 0)
    return means


def worst_group(
    marks: Floats, words: Sequence[str], *, threshold: int
) -> list[tuple[str, float] | None]:
    """For each option the group with the highest mean mark, among those that may be shown."""
    names = sorted({word for word in words if word})
    members = [np.array([word == name for word in words]) for name in names]
    found: list[tuple[str, float] | None] = []
    for column in marks.T:
        given = ~np.isnan(column)
        counts = [int((rows & given).sum()) for rows in members]
        open_ = shown(counts, threshold=threshold)
        means = [
            (float(column[rows & given].mean()), name)
            for rows, name, count, seen in zip(members, names, counts, open_, strict=True)
            if seen and count
        ]
        # the highest mean; the name decides only which of two equal ones is spoken of
        worst = max(means, key=lambda m: (m[0], -names.index(m[1])), default=None)
        found.append((worst[1], worst[0]) if worst else None)
    return found
