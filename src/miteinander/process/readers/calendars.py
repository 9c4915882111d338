"""Calendar files of elsewhere (iCalendar), as they come: read as far as they can be read.

A file that cannot be read at all is refused in a sentence. Otherwise every date speaks for
itself: taken, taken with a remark (a series, of which only the first date is taken), or not
taken, with the reason.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from miteinander.core.clock import BERLIN, wrong_span
from miteinander.core.errors import Invalid, filled
from miteinander.process.actions import Found

if TYPE_CHECKING:
    from miteinander.core.errors import Text

MOST_BYTES = 1_000_000
MOST_DATES = 500
BEGIN, END = "BEGIN:VEVENT", "END:VEVENT"
LONGEST_TITLE, LONGEST_PLACE = 200, 200


@dataclass(frozen=True, slots=True)
class Row:
    """One date of the file: what could be read, a remark, or why it is not taken."""

    title: str
    found: Found | None
    remark: Text = ""
    refusal: Text = ""


def read_calendar(data: bytes) -> list[Row]:
    """Read the dates of a file, the earliest first; `Invalid` where there is nothing to read."""
    if len(data) > MOST_BYTES:
        raise Invalid({"file": _("This file is larger than 1 MB. Please export fewer dates.")})
    text = _decoded(data)
    lines = _unfolded(text)
    if not any(line.upper() == "BEGIN:VCALENDAR" for line in lines):
        raise Invalid({"file": _("This is no calendar file. It begins with BEGIN:VCALENDAR.")})
    count = sum(line.upper() == BEGIN for line in lines)
    if count == 0:
        raise Invalid({"file": _("There are no dates in this calendar.")})
    if count > MOST_DATES:
        raise Invalid(
            {
                "file": filled(
                    _(
                        "There are %(count)s dates in this calendar; at most %(most)s can be read "
                        "at once. Please export a shorter time."
                    ),
                    count=count,
                    most=MOST_DATES,
                )
            }
        )
    rows = [_row(block) for block in _blocks(lines)]
    return sorted(rows, key=lambda row: row.found.day if row.found else date.max)


def _decoded(data: bytes) -> str:
    """UTF-8 as the standard wants it, else as older programs of Windows write."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _unfolded(text: str) -> list[str]:
    # Only these end a line; a letter that other programs take for a new line does not.
    lines = re.split(r"\r\n|\n|\r", re.sub(r"(?:\r\n|\n|\r)[ \t]", "", text))
    return [line.rstrip() for line in lines if line.strip()]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each date; without its last line where that is missing."""
    block: list[str] | None = None
    for line in lines:
        if line.upper() == BEGIN:
            if block is not None:
                yield _torn(block)
            block = []
        if block is not None:
            block.append(line)
            if line.upper() == END:
                yield block
                block = None
    if block is not None:
        yield _torn(block)


def _torn(block: list[str]) -> list[str]:
    """A date without its end does not take the end of the calendar for its own."""
    return [line for line in block if line.upper() != "END:VCALENDAR"]


def _row(block: list[str]) -> Row:
    title = _title_of(block)
    if block[-1].upper() != END:
        return Row(title, None, refusal=_("The date is cut off: its end is missing."))
    try:
        event = _parsed(block)
        return _taken(event, title)
    except _Unreadable as problem:
        return Row(title, None, refusal=problem.why)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return Row(title, None, refusal=_("The date cannot be read."))


class _Unreadable(Exception):
    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


def _parsed(block: list[str]) -> Any:
    from icalendar import Event  # deferred: 20 MB that most processes never need

    return Event.from_ical("\r\n".join(block) + "\r\n")


def _title_of(block: list[str]) -> str:
    """The name of a date, read by hand: also where nothing else of it can be read."""
    for line in block:
        name, _colon, value = line.partition(":")
        if name.upper().split(";")[0] == "SUMMARY":
            return " ".join(_plain(value).split())[:LONGEST_TITLE].strip()
    return ""


def _plain(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()


def _taken(event: Any, title: str) -> Row:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _Unreadable(_("This date was cancelled there."))
    if not title:
        raise _Unreadable(_("The date has no name."))
    day, starts = _local(event, "DTSTART")
    if day is None:
        raise _Unreadable(_("The date has no day that can be read."))
    ends = _end(event, day, starts)
    if starts is not None and (problems := wrong_span(day, starts, ends)):
        raise _Unreadable(next(iter(problems.values())))
    remark: Text = ""
    if event.get("RRULE") or event.get("RDATE"):
        remark = _("This date is repeated. Only the first is taken.")
    place = " ".join(str(event.get("LOCATION", "")).split())[:LONGEST_PLACE]
    uid = str(event.get("UID", "")).strip() or _made_up(title, day, starts)
    if event.get("RECURRENCE-ID") is not None:
        uid = f"{uid}/{day.isoformat()}"
    return Row(
        title,
        Found(
            uid=uid[:300],
            title=title,
            day=day,
            starts_at=starts,
            ends_at=ends,
            place=place,
            text=str(event.get("DESCRIPTION", "")).strip()[:5000],
        ),
        remark=remark,
    )


def _made_up(title: str, day: date, starts: time | None) -> str:
    """A name for a date that has none: the same for the same date."""
    words = f"{title}|{day}|{starts}"
    return "without-uid:" + hashlib.sha256(words.encode()).hexdigest()[:32]


def _local(event: Any, name: str) -> tuple[date | None, time | None]:
    """Day and time here; a time without a zone is meant as here."""
    value = event.get(name)
    if value is None:
        return None, None
    moment = getattr(value, "dt", None)
    if isinstance(moment, datetime):
        zone = str(value.params.get("TZID", ""))
        if moment.tzinfo is None and zone:
            words = _("The time zone “%(zone)s” is not known. Please enter this date by hand.")
            raise _Unreadable(filled(words, zone=zone))
        here = moment.astimezone(BERLIN) if moment.tzinfo else moment
        return here.date(), here.time().replace(second=0, microsecond=0, tzinfo=None)
    return (moment, None) if isinstance(moment, date) else (None, None)


def _end(event: Any, day: date, starts: time | None) -> time | None:
    """The time at which it ends; a date over several days is taken with its beginning."""
    if starts is None:
        return None
    if event.get("DURATION") is not None:
        last = datetime.combine(day, starts) + event["DURATION"].dt
        last_day, ends = last.date(), last.time()
    else:
        end_day, end_time = _local(event, "DTEND")
        if end_day is None or end_time is None:
            return None
        last_day, ends = end_day, end_time
    within_a_day = last_day == day or (last_day == day + timedelta(days=1) and ends <= starts)
    return ends if within_a_day and (last_day, ends) != (day, starts) else None
