"""Dates, ages, sums of money and marked differences as people read them.

Babel's CLDR data are used instead of Django's formats: they cover every language that a town
may add, Arabic months included, without a catalogue of ours.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from miteinander.ui.shapes import DiffPart

NO_BREAK = "\u00a0"
DJANGO_SAYS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
)
"""Sentences of Django that our catalogue says in our own way: without office German."""


def locale() -> Locale:
    """The page's language as Babel knows it; plain English is European English here."""
    return _locale((get_language() or "de").split("-")[0])


def language_name(code: str) -> str:
    """A language by its own name where we offer it, else as the page calls it."""
    known: str | None = settings.LANGUAGE_NAMES.get(code)
    return known or locale().languages.get(code, code)


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en_GB" if language == "en" else language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("de")


def local_day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return here.date()


def written_day(value: date | datetime, precision: str = "day") -> str:
    """“Montag, 5. Oktober 2026”, “Oktober 2026” or “2026”."""
    return _written_day(local_day(value), precision, (get_language() or "de").split("-")[0])


@lru_cache(maxsize=4096)
def _written_day(day: date, precision: str, language: str) -> str:
    """Remembered: the same few days stand on every page, and Babel takes its time."""
    if precision == "year":
        return str(format_date(day, "y", locale=_locale(language)))
    if precision == "month":
        return str(format_skeleton("yMMMM", day, locale=_locale(language)))
    return str(format_date(day, "full", locale=_locale(language)))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def written_time(value: datetime) -> str:
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    clock = str(format_time(moment, "short", locale=locale()))
    return _("%(time)s o’clock") % {"time": clock}


def written_end(value: datetime) -> str:
    """“Montag, 5. Oktober 2026”, and the hour where it is over before the day is."""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    day = written_day(moment)
    return day if (moment.hour, moment.minute) == (23, 59) else f"{day}, {written_time(moment)}"


def age_of(value: date | datetime, today: date | None = None) -> str:
    """“vor 44 Tagen”: days up to two months, months up to two years, then years."""
    distance = local_day(value) - (today or timezone.localdate())
    days = abs(distance.days)
    if days == 0:
        return _("today")
    if distance.days == -1:
        return _("yesterday")
    if distance.days == 1:
        return _("tomorrow")
    return _written_age(distance.days, (get_language() or "de").split("-")[0])


@lru_cache(maxsize=4096)
def _written_age(days: int, language: str) -> str:
    unit: Literal["day", "month", "year"] = (
        "day" if abs(days) < 60 else "month" if abs(days) < 730 else "year"
    )
    # The threshold keeps Babel from rounding up to the next larger unit by itself.
    return str(
        format_timedelta(
            timedelta(days=days),
            granularity=unit,
            threshold=10_000,
            add_direction=True,
            locale=_locale(language),
        )
    )


def written_money(value: Decimal | float, currency: str = "EUR") -> str:
    """Whole sums without cents: nobody reads “18.000,00 €” more easily than “18.000 €”."""
    amount = Decimal(str(value))
    pattern = locale().currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace(".00", "")
    return str(format_currency(amount, currency, pattern, locale=locale(), currency_digits=False))


def written_number(value: float | Decimal) -> str:
    return str(format_decimal(value, locale=locale()))


def written_percent(share: float) -> str:
    """“3,5 %”."""
    return f"{written_number(round(100 * share, 1))}{NO_BREAK}%"


def written_size(size: int) -> str:
    """“84 kB”, “1,2 MB”: decimal units, as shops and offices use them."""
    if size < 1_000:
        return f"{size}{NO_BREAK}B"
    if size < 1_000_000:
        return f"{written_number(round(size / 1_000))}{NO_BREAK}kB"
    return f"{written_number(round(size / 1_000_000, 1))}{NO_BREAK}MB"


def differences(mine: str, theirs: str) -> tuple[list[DiffPart], list[DiffPart]]:
    """Two texts as runs of words; what the other does not have is marked as changed."""
    left, right = re.findall(r"\s+|[^\s]+", mine), re.findall(r"\s+|[^\s]+", theirs)
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    ours: list[DiffPart] = []
    others: list[DiffPart] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        changed = kind != "equal"
        if a2 > a1:
            ours.append(DiffPart("".join(left[a1:a2]), changed))
        if b2 > b1:
            others.append(DiffPart("".join(right[b1:b2]), changed))
    return ours, others
