"""Reading the files under data/ and turning what they say into moments and words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.timezone import get_current_timezone

Row = dict[str, Any]
EXAMPLE = "(Beispiel)"


@cache
def read(name: str) -> Any:
    text = files("miteinander.example").joinpath("data", f"{name}.yaml").read_text("utf-8")
    return yaml.safe_load(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def moment(on: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute), tzinfo=get_current_timezone())


def days_from(today: date, days: int) -> date:
    return today + timedelta(days=days)


def marked(text: str, row: Row, *keys: str) -> str:
    """The text of a documented item, marked where the text itself is invented."""
    invented = set(row.get("invented", ()))
    return f"{text} {EXAMPLE}" if text and (row.get("example") or invented & set(keys)) else text
