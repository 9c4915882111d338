"""A table of a call as a file: CSV and XLSX for offices, JSON for programs.

What somebody typed is text and stays text: no cell can begin a formula.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from miteinander.documents.lists import LIST_TYPES, as_list

if TYPE_CHECKING:
    from miteinander.ui.shapes import Text

TYPES = {**LIST_TYPES, "json": "application/json; charset=utf-8"}
Value = str | int | date | None


def as_table(
    ending: str,
    *,
    title: str,
    keys: Sequence[str],
    heads: Sequence[Text],
    rows: Iterable[Sequence[Value]],
    about: dict[str, str],
) -> bytes:
    """The table in one of `TYPES`; `about` says in JSON what the rows belong to."""
    if ending == "json":
        told = [dict(zip(keys, [_plain(cell) for cell in row], strict=True)) for row in rows]
        content = {**about, "rows": told}
        return json.dumps(content, ensure_ascii=False, indent=1).encode()
    texts = [["" if cell is None else str(_plain(cell)) for cell in row] for row in rows]
    return as_list(ending, title=title, heads=[str(head) for head in heads], rows=texts)


def _plain(cell: Value) -> str | int | None:
    return cell.isoformat() if isinstance(cell, date) else cell
