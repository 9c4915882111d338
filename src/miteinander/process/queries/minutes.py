"""Minutes: who may read, approve and build them."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)

from miteinander.core.models import Job, Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Meeting,
    Minutes,
)
from miteinander.process.queries.sight import sees_all
from miteinander.process.states import MinutesState


def minutes_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Minutes]:
    """Minutes with meeting, body and process (twin of ``process.see_minutes``)."""
    rows = Minutes.objects.filter(municipality=municipality).select_related(
        "meeting__body", "meeting__process"
    )
    if not sees_all(municipality, standing):
        return rows.filter(is_public=True)
    if standing.is_coordinator:
        return rows
    own = [seat.body for seat in standing.seats]
    return rows.filter(Q(is_public=True) | Q(approved_on__isnull=False) | Q(meeting__body__in=own))


def minutes_never_built(job: str) -> QuerySet[Minutes]:
    """Approved public minutes for which no background work of this name was ever begun."""
    begun = Job.objects.filter(name=job, thing=OuterRef("pk"))
    rows = Minutes.objects.filter(~Exists(begun), is_public=True, approved_on__isnull=False)
    return rows.select_related("municipality").order_by("pk")


def minutes_to_approve(municipality: Municipality, standing: Standing) -> QuerySet[Minutes]:
    """Drafts that this person may approve (*Heute*)."""
    drafts = Minutes.objects.filter(municipality=municipality, state=MinutesState.DRAFT)
    drafts = drafts.select_related("meeting__body").order_by("happened_on", "pk")
    if not sees_all(municipality, standing):
        return drafts.none()
    if standing.is_coordinator:
        return drafts
    return drafts.filter(meeting__body__in=[seat.body for seat in standing.seats])


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes of a meeting whoever asks: for those who may edit or approve them."""
    minutes: Minutes | None = next(iter(_minutes_of(meeting=meeting.pk)), None)
    if minutes is not None:
        minutes.meeting = meeting  # known already
    return minutes


@prepared(meeting=BigIntegerField())
def _minutes_of(*, meeting: Any) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting=meeting).order_by("pk")[:1]
