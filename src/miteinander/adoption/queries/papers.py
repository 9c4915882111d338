"""What a process leaves behind on paper: frozen versions, resolutions, approved minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from miteinander.adoption.models import ConceptVersion
from miteinander.core.models import Municipality, Thing
from miteinander.process.models import Minutes, Resolution
from miteinander.process.states import ResolutionKind, Result

PAPERS = (ConceptVersion.KIND, Resolution.KIND, Minutes.KIND)
"""The kinds of paper, in the order in which a list offers them."""
COLUMNS = (
    "id", "kind", "identifier", "title", "language", "happened_on", "precision", "is_example",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One document or decision, with what a list shows of it."""

    thing: Thing
    body: str
    """Who decided, or whose meeting it was; empty for a version nobody has decided on."""
    sort: str
    """The kind of a resolution, the state of a version; empty for minutes."""
    result: str
    """Of a resolution."""

    @property
    def sort_label(self) -> str:
        return str(ResolutionKind(self.sort).label) if self.thing.kind == Resolution.KIND else ""

    @property
    def result_label(self) -> str:
        return str(Result(self.result).label) if self.result else ""


def public_papers(municipality: Municipality, kind: str = "") -> QuerySet[Any, Any]:
    """Everything everybody may read, newest first; turn a slice into papers with `papers_in`.

    The same for members as for visitors: what is not public yet is no document of the town.
    """
    lists = {
        ConceptVersion.KIND: _rows(
            ConceptVersion.objects.filter(municipality=municipality, is_public=True),
            body=F("resolution__body__title"),
            sort=F("state"),
        ),
        Resolution.KIND: _rows(
            Resolution.objects.filter(municipality=municipality, is_public=True),
            body=F("body__title"),
            sort=F("resolution_kind"),
            result=F("result"),
        ),
        Minutes.KIND: _rows(
            Minutes.objects.filter(municipality=municipality, is_public=True),
            body=F("meeting__body__title"),
        ),
    }
    if kind in lists:
        return lists[kind].order_by("-happened_on", "-id")
    first, *others = lists.values()
    return first.union(*others, all=True).order_by("-happened_on", "-id")


def papers_in(rows: QuerySet[Any, Any]) -> list[Paper]:
    """Read a slice of :func:`public_papers`: one query."""
    return [
        Paper(Thing(**dict(zip(COLUMNS, row, strict=False)), is_public=True), *row[len(COLUMNS) :])
        for row in rows
    ]


def _rows(found: QuerySet[Any], **named: Any) -> QuerySet[Any, Any]:
    none = Value("", output_field=CharField())
    words = {
        f"its_{name}": Coalesce(Cast(named.get(name, none), CharField()), none)
        for name in ("body", "sort", "result")
    }
    rows: QuerySet[Any, Any] = found.order_by().values_list(*COLUMNS).annotate(**words)
    return rows
