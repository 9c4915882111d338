"""What the brief of the steering group reads of the concept: what changed, since when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from miteinander.core.models import Event
from miteinander.strategy import events
from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure

TOLD = tuple(
    kind.name
    for kind in (
        events.FIELD_KEPT, events.FIELD_RENAMED, events.FIELD_MERGED, events.FIELD_SPLIT,
        events.FIELD_RETIRED, events.GOAL_GROWN, events.GOAL_EDITED, events.GOAL_MOVED,
        events.MEASURE_EDITED, events.MEASURE_MOVED, events.MEASURE_SUBMITTED,
        events.MEASURE_TAKEN_BACK, events.MEASURE_MERGED, events.MEASURE_RETIRED,
        events.LEAD_ASKED, events.LEAD_ASKED_AGAIN, events.LEAD_ACCEPTED, events.LEAD_DECLINED,
        events.LEAD_WISHED, events.LEAD_RELEASED,
    )
)  # fmt: skip
MOST_EVENTS = 400


def changes_in(concept: Concept, *, since: datetime | None) -> list[Event]:
    """The latest event of each field, goal and measure after a moment, newest first: one query."""
    where = (
        Q(thing__in=FieldOfAction.objects.filter(concept=concept).values("pk"))
        | Q(thing__in=Goal.objects.filter(field__concept=concept).values("pk"))
        | Q(thing__in=Measure.objects.filter(goal__field__concept=concept).values("pk"))
    )
    rows = Event.objects.filter(where, municipality=concept.municipality_id, kind__in=TOLD)
    if since is not None:
        rows = rows.filter(at__gt=since)
    latest: dict[int, Event] = {}
    for event in rows.select_related("thing").order_by("-at", "-pk")[:MOST_EVENTS]:
        latest.setdefault(event.thing_id or 0, event)
    return list(latest.values())
