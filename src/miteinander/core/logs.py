"""Structured logs without personal data: one JSON object per line, known fields only."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
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
