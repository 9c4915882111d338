"""Lists are read in slices: page 5,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import QuerySet

from miteinander.participation.models import Contribution, Theme

SLICE = 20
# Written as IN: Django writes a plain comparison as a bare column, and SQLite then uses no index.
YES, NO = [True], [False]
M = TypeVar("M", Contribution, Theme)


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """Some rows of a long list, newest first, and where it goes on."""

    rows: Sequence[M]
    newer: int | None = None
    """The row after which the newer ones begin (``?newer=``); None at the top."""
    older: int | None = None
    """The row after which the older ones begin (``?older=``); None at the end."""


def sliced(
    found: QuerySet[M], *, older: int | None = None, newer: int | None = None, size: int = SLICE
) -> Slice[M]:
    """One slice by key: one query, whatever lies before or behind it."""
    if newer is not None:
        rows = list(found.filter(thing_ptr_id__gt=newer).order_by("thing_ptr_id")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        if not more:  # the top: show it whole
            return sliced(found, size=size)
        return Slice(rows, newer=rows[0].pk, older=rows[-1].pk)
    if older is not None:
        found = found.filter(thing_ptr_id__lt=older)
    rows = list(found.order_by("-thing_ptr_id")[: size + 1])
    return slice_of(rows, size=size, at_the_top=older is None)


def slice_of(rows: list[M], *, size: int, at_the_top: bool = True) -> Slice[M]:
    more, rows = len(rows) > size, rows[:size]
    return Slice(
        rows,
        newer=rows[0].pk if not at_the_top and rows else None,
        older=rows[-1].pk if more else None,
    )
