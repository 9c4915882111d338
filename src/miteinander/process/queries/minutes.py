"""Minutes: who may read, approve and build them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)

from miteinander.core.models import Job, Municipality
from miteinander.core.prepared import prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Correction,
    Meeting,
    Minutes,
    Remark,
)
from miteinander.process.states import CorrectionState, MinutesState


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
    """Minutes that this person may approve (twin of ``process.approve_minutes``), by age.

    Each says how many corrections wait for an answer (`open_corrections`).
    """
    rows = _not_approved(municipality).annotate(
        open_corrections=Count("corrections", filter=Q(corrections__state=CorrectionState.OPEN))
    )
    if not sees_all(municipality, standing):
        return rows.none()
    if standing.is_coordinator:
        return rows
    return rows.filter(meeting__body__in=[seat.body for seat in standing.seats if seat.leads])


def minutes_to_correct(
    municipality: Municipality, standing: Standing, *, day: date
) -> QuerySet[Minutes]:
    """Minutes handed round whose time has not passed, of bodies in which this person sits."""
    rows = _not_approved(municipality).filter(state=MinutesState.ROUND, corrections_until__gte=day)
    if not sees_all(municipality, standing):
        return rows.none()
    return rows.filter(meeting__body__in=[seat.body for seat in standing.seats])


def corrections_of(minutes: Minutes) -> list[Correction]:
    """All corrections that were proposed, with what became of them: one query."""
    return list(minutes.corrections.order_by("pk"))


def corrections_in(municipality: Municipality) -> QuerySet[Correction]:
    """Corrections by their number (one is answered through these)."""
    return Correction.objects.filter(minutes__municipality=municipality).select_related(
        "minutes__meeting__body", "minutes__meeting__process"
    )


def remarks_of(minutes: Minutes) -> list[Remark]:
    return list(minutes.remarks.order_by("made_on", "pk"))


def handed_round(minutes: int) -> Minutes | None:
    """Minutes that still wait for corrections, for whoever writes the mail about them."""
    rows = Minutes.objects.filter(pk=minutes, state=MinutesState.ROUND)
    return rows.select_related("municipality", "meeting__body").first()


def later_meetings(meeting: Meeting, *, day: date) -> QuerySet[Meeting]:
    """Meetings of the same body in which its minutes may have been approved."""
    rows = Meeting.objects.filter(
        body=meeting.body_id, happened_on__gte=meeting.happened_on or day, happened_on__lte=day
    )
    return rows.order_by("-happened_on", "-pk")


def _not_approved(municipality: Municipality) -> QuerySet[Minutes]:
    rows = Minutes.objects.filter(municipality=municipality).exclude(state=MinutesState.APPROVED)
    return rows.select_related("meeting__body").order_by("happened_on", "pk")


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes of a meeting whoever asks: for those who may edit or approve them."""
    minutes: Minutes | None = next(iter(_minutes_of(meeting=meeting.pk)), None)
    if minutes is not None:
        minutes.meeting = meeting  # known already
    return minutes


@prepared(meeting=BigIntegerField())
def _minutes_of(*, meeting: Any) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting=meeting).order_by("pk")[:1]
