"""What a draw by lot publishes, as files: numbers, characteristics, quotas, the list of panels.

Nothing here knows a name. The two tables are read by ``miteinander lot`` as they are, and the
list by ``miteinander lot --list``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from miteinander.process.queries import PublishedDraw

HOUSEHOLD = "haushalt"
NUMBER = "id"


FILES = {"liste.json": "application/json", "vorgaben.csv": "text/csv", "menschen.csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Made:
    """A file to take along."""

    name: str
    content: bytes
    media_type: str


def file_of(draw: PublishedDraw, name: str, *, has_people: bool) -> Made | None:
    """One of :data:`FILES`; None where there is none of that name (yet, or for this reader)."""
    if name == "liste.json" and draw.panels:
        content = list_file(draw.facts, draw.panels)
    elif name == "vorgaben.csv" and draw.quotas:
        content = quotas_table(draw.quotas)
    elif name == "menschen.csv" and has_people and draw.people:
        content = people_table(draw.people)
    else:
        return None
    return Made(f"auslosung-{draw.identifier}-{name}", content, f"{FILES[name]}; charset=utf-8")


def people_table(people: Iterable[tuple[str, Mapping[str, str], int | None]]) -> bytes:
    """Number, characteristics, household: one line for each number."""
    rows = list(people)
    names = sorted({name for _number, values, _home in rows for name in values})
    has_homes = any(home is not None for _number, _values, home in rows)
    head = [NUMBER, *names, *([HOUSEHOLD] if has_homes else [])]
    lines = [
        [number, *(values.get(name, "") for name in names),
         *(["" if home is None else str(home)] if has_homes else [])]
        for number, values, home in rows
    ]  # fmt: skip
    return _csv(head, lines)


def quotas_table(quotas: Iterable[Sequence[Any]]) -> bytes:
    return _csv(["category", "feature", "min", "max"], [[str(cell) for cell in q] for q in quotas])


def list_file(facts: Mapping[str, Any], panels: Sequence[Sequence[str]]) -> bytes:
    """The list of panels with what is needed to check the draw; panels stand one to a line."""
    head = json.dumps(facts, ensure_ascii=False, indent=1)[:-2]
    body = ",\n".join(json.dumps(panel, ensure_ascii=False) for panel in panels)
    return f'{head},\n "panels": [\n{body}\n ]\n}}\n'.encode()


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows(rows)
    return written.getvalue().encode()
