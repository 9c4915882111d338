"""When an office is open: its week, the holidays of its state, and days with other hours.

What the office says about a day counts first (closed on 24 December), then holidays, then the
week. Which days are holidays is known from the federal state of the municipality; the few that
only some towns have are chosen by the office itself, because no list knows them for sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language

from miteinander.community.models import Office
from miteinander.community.states import LocalHoliday, Weekday

Spans = list[tuple[time, time]]
DAYS_AHEAD = 40
"""So far we look for the next opening; who is away longer says so in a note."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an office is open at a moment, until when, and when it opens next."""

    is_open: bool
    until: time | None = None
    """While it is open: when it closes today. Hours that touch count as one."""
    opens_next: datetime | None = None
    """While it is closed: when it opens next, within forty days."""
    because: str = ""
    """Why today is no day like others: the holiday, or what the office wrote."""

    def changes_at(self, at: datetime) -> datetime | None:
        """The moment at which this stops being so; `at` is the moment for which it was asked."""
        if self.is_open and self.until:
            now = localtime(at)
            return datetime.combine(now.date(), self.until, tzinfo=now.tzinfo)
        return self.opens_next


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which an office is closed or has other hours."""

    first: date
    last: date
    reason: str
    hours: Spans


def opening_now(office: Office, at: datetime) -> Opening:
    """Say whether the office is open at `at`.

    An office that opens at 8:00 is open at 8:00 and closed at the minute it closes. Asks no
    question where `office.organisation.municipality` came along.
    """
    now = localtime(at)
    today, because = hours_on(office, now.date())
    for opens, closes in today:
        if opens <= now.time() < closes:
            return Opening(is_open=True, until=closes, because=because)
    for ahead in range(DAYS_AHEAD):
        day = now.date() + timedelta(days=ahead)
        for opens, _closes in hours_on(office, day)[0]:
            if ahead or opens > now.time():
                # Made anew from the wall clock, so that summer time changes nothing about it.
                moment = datetime.combine(day, opens, tzinfo=now.tzinfo)
                return Opening(is_open=False, opens_next=moment, because=because)
    return Opening(is_open=False, because=because)


def hours_on(office: Office, day: date) -> tuple[Spans, str]:
    """The hours of one day, and why they are not those of the week (else empty)."""
    for closure in closures_of(office):
        if closure.first <= day <= closure.last:
            return closure.hours, closure.reason
    holiday = holiday_on(office, day)
    return ([], holiday) if holiday else (_spans(office.opening_hours, day), "")


def closures_of(office: Office, *, since: date | None = None) -> list[Closure]:
    """Days with other hours in their order; with `since` only those that are not past."""
    found = [
        Closure(
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]),
            row["reason"],
            [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in row["hours"]],
        )
        for row in office.closures
    ]
    return [each for each in found if since is None or each.last >= since]


def holiday_on(office: Office, day: date) -> str:
    """The name of the holiday on which the office is closed, in the reader's language."""
    if not office.keeps_holidays:
        return ""
    state = office.organisation.municipality.state
    spoken = "de" if (get_language() or "de").startswith("de") else "en_US"
    return _holidays(state, tuple(office.local_holidays), day.year, spoken).get(day, "")


def week_of(office: Office) -> list[tuple[Weekday, Spans]]:
    """Every day of the week with its hours, Monday first; no hours mean closed."""
    monday = date(2024, 1, 1)
    return [
        (weekday, _spans(office.opening_hours, monday + timedelta(days=number)))
        for number, weekday in enumerate(Weekday)
    ]


@lru_cache(maxsize=64)
def _holidays(state: str, local: tuple[str, ...], year: int, language: str) -> dict[date, str]:
    # deferred: 20 MB that only an office with holidays needs, and only once a year
    from holidays import country_holidays

    def named(subdivision: str | None, *categories: str) -> dict[date, str]:
        found = country_holidays(
            "DE", subdiv=subdivision, years=year, categories=categories, language=language
        )
        return dict(found.items())

    days = named(state or None, "public")
    if LocalHoliday.ASSUMPTION in local:
        days |= named(state or None, "public", "catholic")
    if LocalHoliday.AUGSBURG in local:
        days |= named("Augsburg", "public")
    return days


def _spans(hours: Sequence[Mapping[str, Any]], day: date) -> Spans:
    """Order the hours of one day; those that touch or overlap are joined."""
    key = list(Weekday)[day.weekday()]
    rows = sorted(
        (time.fromisoformat(row["from"]), time.fromisoformat(row["to"]))
        for row in hours
        if key in row["days"]
    )
    joined: Spans = []
    for opens, closes in rows:
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined
