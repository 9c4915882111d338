"""Dates as iCalendar (RFC 5545), and as messages between calendars (iTIP, RFC 5546).

    calendar([entry, …], name="Termine in Musterstadt")                  a feed or a file
    message(entry, Organiser("Musterstadt", "amt@stadt.example")).to("a@b.example")

A date keeps its UID for ever. Whatever a calendar has to be told (day, time, place,
cancellation) counts up its SEQUENCE, so that an old mail read late changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

SUMMER_AND_WINTER = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""The rule of the European Union since 1996: two lines instead of a table of seventy days."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
REQUEST, CANCEL = "REQUEST", "CANCEL"
MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. Days stand for whole days; moments carry a time zone."""

    uid: str
    title: str
    starts: datetime | date
    stamp: datetime
    """When it was last written; feeds keep it fixed, so that the same dates are the same bytes."""
    ends: datetime | date | None = None
    sequence: int = 0
    url: str = ""
    place: str = ""
    text: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False
    is_free: bool = False
    """It blocks nobody's time (a milestone)."""


@dataclass(frozen=True, slots=True)
class Organiser:
    name: str
    email: str


def seen(text: str) -> str:
    """Without the characters that neither XML nor iCalendar knows."""
    return UNSEEN.sub("", text)


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """Dates to read or to subscribe to."""
    found = _calendar("PUBLISH")
    found.add("x-wr-calname", seen(name))
    for entry in entries:
        found.add_component(_event(entry))
    return bytes(found.to_ical())


@dataclass(frozen=True, slots=True)
class Message:
    """What calendars are told about one date; `to` writes it for one recipient."""

    method: str
    before: str
    after: str

    def to(self, email: str) -> str:
        """The message for one address alone: nobody reads in it who else was asked."""
        partstat = "" if self.method == CANCEL else ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        line = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT{partstat}:mailto:{email}"
        return f"{self.before}{folded(line)}\r\n{self.after}"


def message(entry: Entry, organiser: Organiser, *, method: str = REQUEST) -> Message:
    """Ask for a date, tell that it changed, or take it back; made once for all recipients."""
    from icalendar import vCalAddress, vText  # deferred: 20 MB that most processes never need

    found = _calendar(method)
    event = _event(entry)
    if method == REQUEST and not entry.is_cancelled:
        event.add("status", "CONFIRMED")
    address = vCalAddress(f"mailto:{organiser.email}")
    address.params["CN"] = vText(seen(organiser.name))
    event.add("organizer", address)
    found.add_component(event)
    text = found.to_ical().decode()
    before, end, after = text.rpartition("END:VEVENT\r\n")
    return Message(method, before, end + after)


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never through a letter (RFC 5545, 3.1)."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > 75:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]).decode()


def _calendar(method: str) -> Any:
    from icalendar import Calendar, Timezone  # deferred: as above

    found = Calendar()
    found.add("version", "2.0")
    found.add("prodid", "-//Miteinander//DE")
    found.add("method", method)
    found.add_component(Timezone.from_ical(SUMMER_AND_WINTER))
    return found


def _event(entry: Entry) -> Any:
    from icalendar import Event  # deferred: as above

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("summary", seen(entry.title))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts)
    if isinstance(entry.starts, datetime):
        if entry.ends is not None:
            event.add("dtend", entry.ends)
    else:
        event.add("dtend", (entry.ends or entry.starts) + timedelta(days=1))
    if entry.url:
        event.add("url", entry.url)
    if entry.place:
        event.add("location", seen(entry.place))
    if entry.text:
        event.add("description", seen(entry.text))
    if entry.categories:
        event.add("categories", [seen(category) for category in entry.categories])
    if entry.is_free:
        event.add("transp", "TRANSPARENT")
    if entry.is_cancelled:
        event.add("status", "CANCELLED")
    return event
