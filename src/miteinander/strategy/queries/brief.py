"""What the brief of the steering group reads of the concept: what changed, since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from miteinander.core.events.read import COLUMNS, event_in
from miteinander.core.models import Event
from miteinander.core.rows import Rows
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.models import BriefLook, Concept, FieldOfAction, Goal, Measure, Overlap
from miteinander.strategy.states import OverlapState

TOLD = tuple(
    kind.name
    for kind in (
        events.FIELD_KEPT, events.FIELD_RENAMED, events.FIELD_MERGED, events.FIELD_MERGE_UNDONE,
        events.FIELD_SPLIT, events.FIELD_SPLIT_UNDONE, events.FIELD_RETIRED, events.GOAL_GROWN,
        events.GOAL_EDITED, events.GOAL_MOVED, events.MEASURE_EDITED, events.MEASURE_MOVED,
        events.MEASURE_SUBMITTED, events.MEASURE_TAKEN_BACK, events.MEASURE_MERGED,
        events.MEASURE_MERGE_UNDONE, events.MEASURE_RETIRED, events.LEAD_ASKED,
        events.LEAD_ASKED_AGAIN, events.LEAD_ACCEPTED, events.LEAD_DECLINED, events.LEAD_WISHED,
        events.LEAD_RELEASED,
    )
)  # fmt: skip
MOST_EVENTS = 400
VISIT = timedelta(hours=1)
"""Who comes back within this time is still on the same visit."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def with_what_changed(concepts: QuerySet[Concept], standing: Standing) -> QuerySet[Concept]:
    """Each edition with when this reader looked, what changed since, and its open overlaps.

    As columns of the same query: the brief counts what it asks for. `changes_of` and
    `overlaps_beside` read them.
    """
    looks = BriefLook.objects.filter(concept=OuterRef("pk"), user=standing.user)
    is_new = Case(When(looked_at__lte=standing.at - VISIT, then=F("looked_at")), default=F("since"))
    before = looks.annotate(before=is_new).values("before")[:1]
    pairs = Overlap.objects.filter(concept=OuterRef("pk"), state=OverlapState.OPEN)
    return concepts.annotate(
        looked_at=Subquery(looks.values("looked_at")[:1]), since=Subquery(before)
    ).annotate(
        told_changes=Rows(_changes(), *COLUMNS),
        told_overlaps=Rows(
            pairs.order_by("-score", "pk"), "pk", "first", "second", "why", "groups"
        ),
    )  # fmt: skip


def _changes() -> QuerySet[Event]:
    edition = OuterRef(OuterRef("pk"))
    where = (
        Q(thing__in=FieldOfAction.objects.filter(concept=edition).values("pk"))
        | Q(thing__in=Goal.objects.filter(field__concept=edition).values("pk"))
        | Q(thing__in=Measure.objects.filter(goal__field__concept=edition).values("pk"))
    )
    since = Coalesce(OuterRef("since"), Value(LONG_AGO))
    rows = Event.objects.filter(
        where, municipality=OuterRef("municipality"), kind__in=TOLD, at__gt=since
    )
    return rows.order_by("-at", "-pk")[:MOST_EVENTS]


def changes_of(concept: Any) -> list[Event]:
    """The latest event of each field, goal and measure, newest first."""
    latest: dict[int | None, Event] = {}
    for row in concept.told_changes:
        event = event_in(row, municipality=concept.municipality_id)
        latest.setdefault(event.thing_id, event)
    return list(latest.values())


def overlaps_beside(concept: Any, measures: Iterable[Measure]) -> list[Overlap]:
    """Open pairs among these measures that are still in different fields, likeliest first."""
    known = {measure.pk: measure for measure in measures}
    return [
        Overlap(
            pk=pk, concept=concept, first=known[one], second=known[other], why=why, groups=groups
        )
        for pk, one, other, why, groups in concept.told_overlaps
        if one in known
        and other in known
        and known[one].goal.field_id != known[other].goal.field_id
    ]
