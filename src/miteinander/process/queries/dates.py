"""Meetings as dates in a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from miteinander.core.calendars import Entry
from miteinander.core.links import address_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from miteinander.process.models import AgendaItem, Meeting


def said(thing: object, field: str) -> str:
    """A text in the language it was localised to, else as it was written."""
    localised = getattr(thing, "localised", {}).get(field)
    text: str = localised.text if localised else getattr(thing, field)
    return text


def has_day(meeting: Meeting) -> bool:
    """Only what has a day can stand in a calendar: “spring 2021” cannot."""
    return meeting.happened_on is not None and meeting.precision == "day"


def is_over(meeting: Meeting, at: datetime) -> bool:
    """Whether a meeting has ended: at its end, also past midnight, else with its day."""
    if meeting.finishes is not None:
        return meeting.finishes < at
    return meeting.happened_on is None or meeting.happened_on < localdate(at)


def entry_of(
    meeting: Meeting,
    *,
    stamp: datetime | None = None,
    agenda: Sequence[AgendaItem] = (),
    is_inside: bool = False,
) -> Entry:
    """A meeting as a calendar shows it; `is_inside` brings the link for those who join.

    Without a `stamp` it is the day on which the meeting was entered, so that the same dates are
    the same bytes.
    """
    assert meeting.happened_on is not None, "only meetings with a day stand in a calendar"
    starts: date | datetime = meeting.begins or meeting.happened_on
    place = meeting.place
    if is_inside and meeting.link:
        place = f"{place} · {meeting.link}" if place else meeting.link
    return Entry(
        uid=f"{meeting.identifier}@miteinander",
        title=_called_off(meeting, said(meeting, "title")),
        starts=starts,
        ends=meeting.finishes,
        stamp=stamp or meeting.created,
        sequence=meeting.sequence,
        url=address_of(meeting.municipality) + meeting.get_absolute_url(),
        place=place,
        text="\n\n".join(_description(meeting, agenda, is_inside=is_inside)),
        categories=(said(meeting.body, "title"),),
        is_cancelled=meeting.is_cancelled or meeting.retired_on is not None,
    )


def _called_off(meeting: Meeting, title: str) -> str:
    """Not every calendar shows that a date was cancelled; so its name says it, too."""
    return _("Cancelled: %(title)s") % {"title": title} if meeting.is_cancelled else title


def _description(
    meeting: Meeting, agenda: Sequence[AgendaItem], *, is_inside: bool
) -> Iterable[str]:
    if meeting.is_cancelled and meeting.cancelled_because:
        yield meeting.cancelled_because
    if meeting.text:
        yield said(meeting, "text")
    if agenda:
        yield _("Agenda") + "\n" + "\n".join(agenda_lines(meeting, agenda))
    if meeting.access_notes:
        yield meeting.access_notes
    if is_inside and meeting.link:
        yield meeting.link


def agenda_lines(meeting: Meeting, agenda: Iterable[AgendaItem]) -> list[str]:
    """The agenda in plain lines, with the time at which each point is up, where it is known."""
    points = list(agenda)
    clocks = clocks_of(meeting, [point.minutes for point in points])
    return [
        f"{number}. {f'{clock:%H:%M} ' if clock else ''}{point.title}"
        for number, (point, clock) in enumerate(zip(points, clocks, strict=True), start=1)
    ]


def with_clock(day: str, starts: time | None, ends: time | None) -> str:
    """A day in words with its times: “Montag, 5. Oktober 2026, 18:30 bis 20:00”."""
    if starts is None:
        return day
    words = {"day": day, "first": f"{starts:%H:%M}"}
    if ends is None:
        return _("%(day)s, %(first)s") % words
    words["last"] = f"{ends:%H:%M}"
    if ends <= starts:
        return _("%(day)s, %(first)s to %(last)s on the next day") % words
    return _("%(day)s, %(first)s to %(last)s") % words


def clocks_of(meeting: Meeting, minutes: Iterable[int | None]) -> list[time | None]:
    """When each point is up: as long as the beginning and all lengths before it are known."""
    begins, passed, known = meeting.begins, 0, meeting.begins is not None
    found: list[time | None] = []
    for length in minutes:
        # Reckoned in real minutes: in the night when clocks change, an hour is an hour.
        at = localtime(begins.astimezone(UTC) + timedelta(minutes=passed)) if begins else None
        found.append(at.time() if at and known else None)
        if length is None:
            known = False
        else:
            passed += length
    return found
