"""What a process leaves behind on paper: frozen versions, resolutions, approved minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from miteinander.adoption.models import ConceptVersion
from miteinander.core.models import Municipality, Thing
from miteinander.core.prepared import prepared
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


def count_papers(municipality: Municipality) -> dict[str, int]:
    """Count by kind what everybody may read: one query."""
    counted = dict(_counted(town=municipality.pk))
    return {kind: counted.get(kind, 0) for kind in PAPERS}


@prepared(town=BigIntegerField())
def _counted(*, town: Any) -> QuerySet[Any, Any]:
    found = Thing.objects.filter(municipality=town, kind__in=PAPERS, is_public=True)
    rows: QuerySet[Any, Any] = found.values_list("kind").annotate(count=Count("pk")).order_by()
    return rows


def public_papers(
    municipality: Municipality, *, kind: str = "", first: int = 0, most: int
) -> list[Paper]:
    """Read what everybody may read, newest first: one query.

    The same for members as for visitors: what is not public yet is no document of the town.
    """
    rows = _public_papers(
        town=municipality.pk, kind=kind if kind in PAPERS else "", first=first, most=most
    )
    return [
        Paper(Thing(**dict(zip(COLUMNS, row, strict=False)), is_public=True), *row[len(COLUMNS) :])
        for row in rows
    ]


@prepared(town=BigIntegerField())
def _public_papers(*, town: Any, kind: str, first: int, most: int) -> QuerySet[Any, Any]:
    lists = {
        ConceptVersion.KIND: _rows(
            ConceptVersion.objects.filter(municipality=town, is_public=True),
            body=F("resolution__body__title"),
            sort=F("state"),
        ),
        Resolution.KIND: _rows(
            Resolution.objects.filter(municipality=town, is_public=True),
            body=F("body__title"),
            sort=F("resolution_kind"),
            result=F("result"),
        ),
        Minutes.KIND: _rows(
            Minutes.objects.filter(municipality=town, is_public=True),
            body=F("meeting__body__title"),
        ),
    }
    newest, *others = [lists[kind]] if kind else lists.values()
    found = newest.union(*others, all=True) if others else newest
    rows: QuerySet[Any, Any] = found.order_by("-happened_on", "-id")[first : first + most]
    return rows


def _rows(found: QuerySet[Any], **named: Any) -> QuerySet[Any, Any]:
    none = Value("", output_field=CharField())
    words = {
        f"its_{name}": Coalesce(Cast(named.get(name, none), CharField()), none)
        for name in ("body", "sort", "result")
    }
    rows: QuerySet[Any, Any] = found.order_by().values_list(*COLUMNS).annotate(**words)
    return rows
