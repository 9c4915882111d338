"""How much time is left in a meeting: real minutes, also past midnight and when clocks change.

Times of a meeting are clock times of its town; what has passed is counted in UTC, because two
times of one zone are subtracted as if its clocks never changed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miteinander.process.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Timed:
    """A point of the agenda in a running meeting."""

    item: AgendaItem
    number: int
    is_next: bool
    left: int | None
    """Minutes left, negative beyond the plan; None for what has no time or is not its turn."""

    @property
    def over(self) -> int:
        """Minutes beyond the plan."""
        return -self.left if self.left is not None and self.left < 0 else 0


@dataclass(frozen=True, slots=True)
class Clock:
    items: tuple[Timed, ...]
    left: int | None
    """Minutes until the meeting is to end; None before it begins or where no end is known."""

    @property
    def current(self) -> Timed | None:
        return next((each for each in self.items if each.item.is_current), None)

    @property
    def next(self) -> Timed | None:
        return next((each for each in self.items if each.is_next), None)

    @property
    def over(self) -> int:
        return -self.left if self.left is not None and self.left < 0 else 0


def clock_of(meeting: Meeting, agenda: Sequence[AgendaItem], *, at: datetime) -> Clock:
    """Where a meeting stands; asks no database."""
    current = next((n for n, item in enumerate(agenda) if item.is_current), -1)
    coming = [n for n, item in enumerate(agenda) if not item.is_done and n != current]
    after = [n for n in coming if n > current]
    following = next(iter(after or coming), -1)
    return Clock(
        items=tuple(
            Timed(item, number + 1, number == following, _left(item, at))
            for number, item in enumerate(agenda)
        ),
        left=_until_the_end(meeting, at),
    )


def _left(item: AgendaItem, at: datetime) -> int | None:
    if item.minutes is None or item.began_at is None or item.ended_at is not None:
        return None
    return _minutes(item.began_at.astimezone(UTC) + timedelta(minutes=item.minutes), at)


def _until_the_end(meeting: Meeting, at: datetime) -> int | None:
    begins, finishes = meeting.begins, meeting.finishes
    if begins is None or finishes is None or at < begins.astimezone(UTC) - timedelta(hours=1):
        return None
    left = _minutes(finishes, at)
    # Long over: the minutes are being finished, and nobody counts any more.
    return left if left > -12 * 60 else None


def _minutes(until: datetime, at: datetime) -> int:
    """Full minutes that are left; one that has begun counts as a whole one."""
    return math.ceil((until.astimezone(UTC) - at.astimezone(UTC)) / timedelta(minutes=1))
