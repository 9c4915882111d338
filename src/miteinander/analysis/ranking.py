"""Places: equal values share a place, and the tie is named.

Nobody's proposal comes first because it stands further up in a file. Places are those of a
competition: 1, 1, 3.
"""

from __future__ import annotations

from collections.abc import Sequence

EQUAL = 1e-9


def places(values: Sequence[float | None]) -> list[int | None]:
    """Places by ascending value; None has no place. Values within 1e-9 are equal."""
    known = sorted(v for v in values if v is not None)
    return [None if v is None else 1 + sum(k < v - EQUAL for k in known) for v in values]


def ties(places_: Sequence[int | None], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Names that share a place, best place first."""
    by_place: dict[int, list[str]] = {}
    for place, name in zip(places_, names, strict=True):
        if place is not None:
            by_place.setdefault(place, []).append(name)
    return tuple(tuple(n) for _, n in sorted(by_place.items()) if len(n) > 1)
