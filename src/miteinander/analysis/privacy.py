"""Small numbers: the one threshold below which a figure could point at somebody.

A figure about fewer than `THRESHOLD` people is withheld, and so is whatever would give it away
by subtraction. Zero is withheld only where it has to hide another figure: that nobody said
something is about no one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

THRESHOLD = 5
K = TypeVar("K", bound=Hashable)


def shown(counts: Sequence[int], *, beside: int = 0, threshold: int = THRESHOLD) -> list[bool]:
    """Which parts of a whole may be shown when their sum is known as well.

    `counts` are the people in each part. A part with 1 to `threshold` - 1 people is withheld; as
    long as the withheld parts together could be worked out (only one of them, or fewer than
    `threshold` people in all of them), the smallest part that is still shown is withheld too.
    `beside` are people of the whole who are in none of the parts: a figure about them is never
    shown, but subtraction gives it.
    """
    open_ = [not 0 < count < threshold for count in counts]
    if all(open_) and not 0 < beside < threshold:
        return open_
    by_size = sorted(range(len(counts)), key=lambda part: (counts[part] == 0, counts[part], part))
    for part in by_size:
        hidden = [counts[p] for p in range(len(counts)) if not open_[p]]
        hidden += [beside] if beside else []
        if len(hidden) > 1 and sum(hidden) >= threshold:
            break
        open_[part] = False
    return open_


def separable(whole: int, part: int, *, threshold: int = THRESHOLD) -> bool:
    """Whether two views, one inside the other, give a small number away by subtraction."""
    return 0 < part < threshold or 0 < whole - part < threshold


def may_stand_beside(
    one: Mapping[K, str],
    other: Mapping[K, str],
    *,
    gone: int = 0,
    threshold: int = THRESHOLD,
) -> bool:
    """Whether two views, both of which somebody may know, tell nothing small by subtraction.

    A view holds for each person in it the value with which they were counted. Views that share
    nobody tell nothing about each other. Views that do have to differ in every value, to either
    side, by nobody or by at least `threshold` people: whoever knows who came and who left then
    learns no more than a figure that may be shown. `gone` are people who were counted in `other`
    and of whom nothing is kept any more: what they said is unknown, so nothing can be promised.
    """
    if not one.keys() & other.keys():
        return True
    if gone:
        return False
    came = Counter(value for person, value in one.items() if other.get(person) != value)
    left = Counter(value for person, value in other.items() if one.get(person) != value)
    return all(count >= threshold for count in (*came.values(), *left.values()))
