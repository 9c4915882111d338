"""Typed readers of environment variables that fail loudly and say what to do."""

from __future__ import annotations

import os
import re

import dj_database_url

from miteinander.core.errors import SettingWrong

LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if value == "" else value in {"1", "true", "yes", "on"}
    raise SettingWrong(name, value, "1 or 0")


def number(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SettingWrong(name, value, "a whole number") from None


def words(name: str, default: list[str]) -> list[str]:
    """Read a comma-separated list; blanks around the commas do not matter."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def languages(name: str, default: list[str]) -> list[str]:
    """Read codes of languages, between commas or blanks; German is always among them."""
    value = text(name)
    if not value:
        return default
    found = list(dict.fromkeys(value.lower().replace(",", " ").split()))
    if "de" not in found or not all(LANGUAGE.fullmatch(code) for code in found):
        raise SettingWrong(name, value, "language codes, “de” among them, such as de,en,ar")
    return found


def database(name: str, default: str) -> dict[str, object]:
    """Read a database address such as ``postgresql://user:password@host/name``."""
    value = text(name, default)
    try:
        return dict(dj_database_url.parse(value, conn_max_age=None))
    except ValueError:
        # Without what may be a password: only the kind of database is repeated.
        kind = value.split(":", 1)[0][:20]
        raise SettingWrong(name, f"{kind}:…", "sqlite:///… or postgresql://…") from None
