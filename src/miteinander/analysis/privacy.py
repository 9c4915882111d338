"""Small numbers: the one threshold below which a figure could point at somebody.

A figure about fewer than `THRESHOLD` people is withheld, and so is whatever would give it away
by subtraction. Zero is withheld only where it has to hide another figure: that nobody said
something is about no one.
"""

from __future__ import annotations

from collections.abc import Sequence

THRESHOLD = 5


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
