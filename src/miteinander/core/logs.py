"""Structured logs without personal data: one JSON object per line, known fields only."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

# What a log line may carry besides its message. Addresses, agents, mails and texts are not here.
FIELDS = (
    "route", "method", "status", "milliseconds", "municipality", "job", "mail", "attempts",
    "count", "command", "event",
)  # fmt: skip


def _message(record: logging.LogRecord) -> str:
    """Django's own request log names the path; a path may hold a receipt or a signed link."""
    if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])
    return record.getMessage()


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        lines: list[str] | None = getattr(record, "lines", None)
        if lines is not None:
            return "\n".join(lines)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": _message(record),
        }
        line.update({f: getattr(record, f) for f in FIELDS if hasattr(record, f)})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class RequestLines:
    """Lines of requests that were answered from memory: noted at once, written together.

    Writing a line by itself takes five times as long as such an answer. A thread of its own
    writes what was noted, a few times a second and only when there is something; what was noted
    in the last moment before a process is killed is lost.
    """

    EVERY = 0.2

    def __init__(self, log: logging.Logger) -> None:
        self.log = log
        self._noted: deque[tuple[float, str, str, int, float]] = deque()
        self._is_waiting = False

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """Take note of an answer given now."""
        self._noted.append((time.time(), route, method, status, seconds))
        if not self._is_waiting:
            self._is_waiting = True
            timer = threading.Timer(self.EVERY, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write what was noted, as one record that is formatted as many lines."""
        self._is_waiting = False  # what is noted from here on starts a thread of its own
        noted = [self._noted.popleft() for _each in range(len(self._noted))]
        if not noted or not self.log.isEnabledFor(logging.INFO):
            return
        name = self.log.name
        record = self.log.makeRecord(name, logging.INFO, "", 0, "request", (), None)
        record.lines = [
            f'{{"at": "{_written(int(at * 1000))}", {_middle(name, route, method, status)}, '
            f'"milliseconds": {seconds * 1000:.1f}}}'
            for at, route, method, status, seconds in noted
        ]
        self.log.handle(record)


@lru_cache(maxsize=16)
def _written(milliseconds: int) -> str:
    at = datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    return at.isoformat(timespec="milliseconds")


@lru_cache(maxsize=512)
def _middle(name: str, route: str, method: str, status: int) -> str:
    """The part of a line that is the same for every answer of the same kind."""
    line = {"level": "info", "name": name, "message": "request"}
    return json.dumps({**line, "route": route, "method": method, "status": status})[1:-1]
