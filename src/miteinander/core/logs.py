"""Structured logs without personal data: one JSON object per line, known fields only."""

from __future__ import annotations

import json
import logging
import threading
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import count
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


Kind = tuple[str, str, int]
"""Route, method and status of an answer."""


class RequestCounts:
    """Requests that were answered from memory: counted, and logged together.

    Writing a line by itself takes five times as long as such an answer, and its milliseconds
    would say nothing: they are always the same. So a thread of its own writes one line with a
    count for each kind of answer, a few times a second and only when there is something; what
    was noted in the last moment before a process is killed is lost.

    A counter of `itertools` takes no lock and loses nothing between threads.
    """

    EVERY = 0.2

    def __init__(self, log: logging.Logger) -> None:
        self.log = log
        self._noted: defaultdict[Kind, count[int]] = defaultdict(count)
        self._read: Counter[Kind] = Counter()
        """The number that each counter will give next, if nothing else is noted."""
        self._is_waiting = False
        self._writing = threading.Lock()

    def note(self, kind: Kind) -> None:
        """Take note of an answer given now."""
        next(self._noted[kind])
        if not self._is_waiting:
            self._is_waiting = True
            timer = threading.Timer(self.EVERY, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Write one line for each kind of answer that was noted."""
        self._is_waiting = False  # what is noted from here on starts a thread of its own
        with self._writing:
            for kind, counter in list(self._noted.items()):
                reached = next(counter)
                number = reached - self._read[kind]
                self._read[kind] = reached + 1  # reading takes a number, too
                if number:
                    told = dict(zip(("route", "method", "status"), kind, strict=True))
                    self.log.info("request", extra={**told, "count": number})
