"""What was read and shown before it is entered: kept in the form itself, signed, for a day.

Between the preview and the button nothing is kept on the server, and exactly what was shown is
entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid

KEPT = "miteinander.read-table"
SHOWN_FOR = 24 * 3600
"""Seconds: a preview from yesterday is read again from the file."""


def kept(mark: Sequence[str], rows: Sequence[Any]) -> str:
    """What stands in the form of the preview; `rows` are dataclasses of plain values."""
    return signing.dumps([list(mark), [asdict(row) for row in rows]], salt=KEPT, compress=True)


def opened(said: str, mark: Sequence[str]) -> list[dict[str, Any]]:
    """What was shown, back from the form; refused where it is not ours or not of this table."""
    try:
        of, rows = signing.loads(said, salt=KEPT, max_age=SHOWN_FOR)
    except signing.BadSignature as problem:
        raise Invalid({"file": _("What was shown is too old. Please send the table again.")}) from (
            problem
        )
    if tuple(of) != tuple(mark):
        raise Invalid({"file": _("This preview belongs to another table.")})
    found: list[dict[str, Any]] = rows
    return found
