"""Processes and meetings as this stage needs them."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Prefetch, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import Meeting, Phase, Process


def processes_taking_part(municipality: Municipality, standing: Standing) -> QuerySet[Process]:
    """For the workspace, newest first, with their phases: two queries."""
    found = Process.objects.filter(municipality=municipality)
    if standing.municipality != municipality.pk:
        return found.none()
    if not standing.is_member:
        found = found.filter(is_public=True)
    phases = Prefetch("phases", Phase.objects.order_by("starts", "pk"))
    return (
        found.select_related("lead_office__organisation")
        .prefetch_related(phases)
        .order_by("-starts", "-pk")
    )


def newest_process(municipality: Municipality, standing: Standing) -> Process | None:
    """For *What people say* without a filter: one query."""
    everything = sees_all(municipality, standing)
    return next(iter(_newest_process(town=municipality.pk, everything=everything)), None)


@prepared(town=BigIntegerField())
def _newest_process(*, town: Any, everything: bool) -> QuerySet[Process]:
    found = Process.objects.filter(municipality=town)
    if not everything:
        found = found.filter(is_public=True)
    return found.order_by("-starts", "-pk")[:1]


def meetings_of(process: Process) -> list[Meeting]:
    """For the entry of cards: where they were collected."""
    return list(Meeting.objects.filter(process=process).order_by("-happened_on", "-pk")[:100])
