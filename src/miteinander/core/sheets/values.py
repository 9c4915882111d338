"""What a cell says, where it is to be a day or a tick."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_WRITTEN = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001 -- the day from which spreadsheets count, nowhere's
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff\ud800-\udfff]")
_YES = frozenset({"x", "ja", "j", "1", "wahr", "true", "yes", "y", "✓", "✔", "☑", "☒", "✗", "•"})
_NO = frozenset({"", "nein", "n", "0", "falsch", "false", "no", "-", "–", "☐"})


def day_in(text: str) -> date | None:
    """The day that a cell names: 1.3.2024, 01.03.24, 2024-03-01, or the number 45352; else None."""
    text = text.strip()
    try:
        if found := _WRITTEN.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            if year < 100:
                year += 2000 if year < 70 else 1900
            return date(year, month, day)
        if found := _ISO.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    if _SERIAL.fullmatch(text):
        return _FIRST.date() + timedelta(days=int(float(text)))
    return None


def moment_of(serial: float, *, since_1904: bool) -> str:
    """A date cell's number in words: a day, a day with its time, or a time alone."""
    if since_1904:
        serial += 1462
    moment = _FIRST + timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return f"{moment:%H:%M}"
    if serial < 60:  # the calendar of spreadsheets has a 29 February 1900
        moment += timedelta(days=1)
    is_midnight = moment.time() == moment.time().min
    return f"{moment:%Y-%m-%d}" if is_midnight else f"{moment:%Y-%m-%dT%H:%M}"


def tidy(text: str) -> str:
    """Text of a cell as it is meant: one sort of space and line end, no signs that control."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").strip()
    return text if text.isprintable() else _CONTROLS.sub("", text)


def mark_in(text: str) -> bool | None:
    """Whether a cell is ticked: x, ja, 1, ✓ against nein, 0, empty; None where it is neither."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None
