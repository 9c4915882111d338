"""When an office is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import localtime

from miteinander.community.models import Office
from miteinander.community.states import Weekday


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an office is open at a moment, until when, and when it opens next."""

    is_open: bool
    until: time | None = None
    """While it is open: when it closes today. Hours that touch count as one."""
    opens_next: datetime | None = None
    """While it is closed: when it opens next, within a week."""

    def changes_at(self, at: datetime) -> datetime | None:
        """The moment at which this stops being so; `at` is the moment for which it was asked."""
        if self.is_open and self.until:
            now = localtime(at)
            return datetime.combine(now.date(), self.until, tzinfo=now.tzinfo)
        return self.opens_next


def opening_now(office: Office, at: datetime) -> Opening:
    """Say whether the office is open at `at`, by its weekly hours; holidays are not known.

    An office that opens at 8:00 is open at 8:00 and closed at the minute it closes.
    """
    now = localtime(at)
    for opens, closes in _spans(office.opening_hours, now.date()):
        if opens <= now.time() < closes:
            return Opening(is_open=True, until=closes)
    for ahead in range(8):
        day = now.date() + timedelta(days=ahead)
        for opens, _closes in _spans(office.opening_hours, day):
            if ahead or opens > now.time():
                moment = datetime.combine(day, opens, tzinfo=now.tzinfo)
                return Opening(is_open=False, opens_next=moment)
    return Opening(is_open=False)


def week_of(office: Office) -> list[tuple[Weekday, list[tuple[time, time]]]]:
    """Every day of the week with its hours, Monday first; no hours mean closed."""
    monday = date(2024, 1, 1)
    return [
        (weekday, _spans(office.opening_hours, monday + timedelta(days=number)))
        for number, weekday in enumerate(Weekday)
    ]


def _spans(hours: Sequence[Mapping[str, Any]], day: date) -> list[tuple[time, time]]:
    """Order the hours of one day; those that touch or overlap are joined."""
    key = list(Weekday)[day.weekday()]
    rows = sorted(
        (time.fromisoformat(row["from"]), time.fromisoformat(row["to"]))
        for row in hours
        if key in row["days"]
    )
    joined: list[tuple[time, time]] = []
    for opens, closes in rows:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined
