"""What was merged and split lately, and can still be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from miteinander.core.events.read import COLUMNS, event_in, sentence
from miteinander.core.models import Event
from miteinander.core.rows import Rows
from miteinander.strategy import events
from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure

UNDO_WITHIN = timedelta(days=7)
"""So long a merge or a split can be taken back; the same time as a phase that was moved."""
UNDONE_BY = {
    events.FIELD_MERGED.name: events.FIELD_MERGE_UNDONE.name,
    events.FIELD_SPLIT.name: events.FIELD_SPLIT_UNDONE.name,
    events.MEASURE_MERGED.name: events.MEASURE_MERGE_UNDONE.name,
}


@dataclass(frozen=True, slots=True)
class Regrouping:
    """A merge or a split, read back from its event."""

    event: int
    kind: str
    thing: int
    at: datetime
    function: str
    sentence: str
    into: str
    memory: dict[str, Any]
    """What the operation found: `home`, where things went; `state`, `goals`, `themes`, `moved`."""


def with_regroupings(concepts: QuerySet[Concept], *, at: datetime) -> QuerySet[Concept]:
    """Each edition with its merges and splits of the last days; `regroupings_of` reads them."""
    edition = OuterRef(OuterRef("pk"))
    of_edition = Q(thing__in=FieldOfAction.objects.filter(concept=edition).values("pk"))
    of_edition |= Q(thing__in=Measure.objects.filter(goal__field__concept=edition).values("pk"))
    rows = Event.objects.filter(
        of_edition, kind__in=[*UNDONE_BY, *UNDONE_BY.values()], at__gte=at - UNDO_WITHIN
    )
    return concepts.annotate(told_regroupings=Rows(rows.order_by("-at", "-pk"), *COLUMNS))


def regroupings_of(concept: Any) -> list[Regrouping]:
    """Those that nobody has taken back, the latest first."""
    found = [
        event_in(row, municipality=concept.municipality_id) for row in concept.told_regroupings
    ]
    undone = {event.data.get("undone") for event in found}
    return [
        _read(event)
        for event in found
        if event.kind in UNDONE_BY and event.pk not in undone and "memory" in event.data
    ]


def _read(event: Event) -> Regrouping:
    assert event.thing_id is not None, "fields and measures are merged"
    return Regrouping(
        event=event.pk,
        kind=event.kind,
        thing=event.thing_id,
        at=event.at,
        function=event.function,
        sentence=sentence(event),
        into=event.data["into"],
        memory=event.data["memory"],
    )


def places_in(field: FieldOfAction) -> Sequence[tuple[int, int]]:
    """Every goal of a field with its place, so that it can go back there."""
    rows = Goal.objects.filter(field=field).order_by("position", "pk")
    return list(rows.values_list("pk", "position"))
