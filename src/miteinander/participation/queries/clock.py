"""The answer clock: how many have an answer, until when it was promised, how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, QuerySet

from miteinander.core.events.read import recent_of
from miteinander.core.models import Thing
from miteinander.core.prepared import prepared
from miteinander.participation.models import AnswerDays, Call
from miteinander.participation.queries.figures import Figures


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """What everybody may know about how answers are coming along."""

    answered: int
    counted: int
    still_open: int
    """Everything without an answer, unread ones and parts of split ones included."""
    unread: int = 0
    """How many of them the office has not read: they are not among the counted ones."""
    promised: date | None = None
    promised_before: date | None = None
    """The first day that was promised, when it was moved since."""
    days_left: int | None = None
    """Until the promised day; 0 on it, negative after it; None without a promise."""
    median: int | None = None
    """Half of the answers came within so many days; None before the first."""

    @property
    def days_late(self) -> int:
        return -self.days_left if self.days_left is not None and self.days_left < 0 else 0


def answer_clock(
    scope: Thing, figures: Figures, *, day: date, with_median: bool = True
) -> AnswerClock:
    """The clock of a process, call or theme from numbers that are kept: two queries at most.

    Only a call promises a day. How long answers took is kept for processes and calls.
    """
    promised = scope.answer_by if isinstance(scope, Call) else None
    return AnswerClock(
        answered=figures.answered,
        counted=figures.counted,
        still_open=figures.unanswered + figures.waiting,
        unread=figures.waiting,
        promised=promised,
        promised_before=_promised_first(scope) if isinstance(scope, Call) else None,
        days_left=(promised - day).days if promised else None,
        median=median_days(scope) if with_median and figures.answered else None,
    )


def _promised_first(call: Call) -> date | None:
    """One query, and none for a call that was never changed."""
    if not call.revision:
        return None
    moves = recent_of(call, ["call.promise_moved"], since=call.created)
    return date.fromisoformat(moves[0].data["was"]) if moves else None


def median_days(scope: Thing) -> int | None:
    """Within how many days half of the answers came: one query over as many rows as durations."""
    rows: list[tuple[int, int]] = [(r.days, r.count) for r in _durations(scope=scope.pk)]
    total, seen = sum(count for _days, count in rows), 0
    for days, count in sorted(rows):
        seen += count
        if 2 * seen >= total:
            return days
    return None


@prepared(scope=BigIntegerField())
def _durations(*, scope: Any) -> QuerySet[AnswerDays]:
    return AnswerDays.objects.filter(scope__id=scope)
