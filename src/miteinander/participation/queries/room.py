"""What people say while a meeting is held: the calls they answer, and what was said so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from miteinander.core.models import Link, Relation
from miteinander.participation.models import Call, Contribution
from miteinander.process.models import Meeting, Process


def open_calls_of(process: Process, at: datetime) -> list[Call]:
    """Public calls of a process that can be answered now, the soonest end first: one query."""
    day = localdate(at)
    rows = Call.objects.filter(process=process, is_public=True, opens_at__lte=at, closes_at__gt=at)
    rows = rows.select_related("phase").order_by("closes_at", "pk")
    return [call for call in rows if call.is_open(at, day)]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in a meeting, and at which point of its agenda."""

    text: str
    point: str
    is_public: bool


def said_in(meeting: Meeting, *, most: int = 50) -> list[Said]:
    """What was entered while a meeting was held, the latest first: one query (meeting mode)."""
    rows = Link.objects.filter(
        target=meeting.pk,
        relation=Relation.DISCUSSED_AT,
        source_kind=Contribution.KIND,
        undone_at=None,
    ).select_related("source")
    # What was withdrawn since has no words any more.
    return [
        Said(row.source.title, row.note, row.source.is_public)
        for row in rows.exclude(source__title="").order_by("-pk")[:most]
    ]
