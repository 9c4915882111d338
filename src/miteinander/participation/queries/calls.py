"""Calls, as somebody may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet
from django.utils.timezone import localdate

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import Call
from miteinander.participation.queries.sight import seen_at
from miteinander.process.models import Process


def calls_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Call]:
    """For the pages of calls. The twin of ``participation.see_call``."""
    if standing.municipality != municipality.pk:
        return Call.objects.none()
    return _calls(municipality, public_only=not standing.is_coordinator)


def _calls(town: Any, *, public_only: bool) -> QuerySet[Call]:
    """`town` is a municipality, or the slot of a prepared query; likewise below."""
    calls = Call.objects.filter(municipality=town)
    if public_only:
        calls = calls.filter(is_public=True)
    return calls.select_related("phase", "process__lead_office__organisation")


def call_at(municipality: Municipality, standing: Standing, identifier: str) -> Call:
    """For the page of a call; `NotThere` where there is none for this person."""
    found: Call = seen_at(municipality, standing, identifier, _call_at)
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _call_at(*, town: Any, identifier: Any, public_only: bool) -> QuerySet[Call]:
    return _calls(town, public_only=public_only).filter(identifier=identifier)


def public_calls(municipality: Municipality) -> list[Call]:
    """For *Mitreden*: the calls that everybody may see, newest first."""
    return _public_calls(town=municipality.pk)


@prepared(town=BigIntegerField())
def _public_calls(*, town: Any) -> QuerySet[Call]:
    return _calls(town, public_only=True).order_by("-opens_at")[:60]


def open_calls(municipality: Municipality, at: datetime) -> list[Call]:
    """What can be answered now, soonest end first."""
    return open_calls_and_next(municipality, at)[0]


def open_calls_and_next(
    municipality: Municipality, at: datetime
) -> tuple[list[Call], datetime | None]:
    """For home: what can be answered now, soonest end first, and when the next call opens."""
    day = localdate(at)
    calls = _calls_not_over(town=municipality.pk, at=at)
    ahead = [call.opens_at for call in calls if call.opens_at > at]
    return [call for call in calls if call.is_open(at, day)], min(ahead, default=None)


@prepared(town=BigIntegerField(), at=DateTimeField())
def _calls_not_over(*, town: Any, at: Any) -> QuerySet[Call]:
    calls = _calls(town, public_only=True).filter(closes_at__gt=at)
    return calls.order_by("closes_at", "pk")[:100]


def calls_of(process: Process) -> list[Call]:
    """For the workspace and for filters: all calls of a process, newest first."""
    return _calls_of(process=process.pk)


@prepared(process=BigIntegerField())
def _calls_of(*, process: Any) -> QuerySet[Call]:
    return Call.objects.filter(process=process).select_related("phase").order_by("-opens_at", "-pk")


def calls_of_all(processes: Sequence[Process], standing: Standing) -> list[Call]:
    """For the overview of the workspace: the calls of some processes, newest first, one query."""
    found = Call.objects.filter(process__in=processes).select_related("phase")
    if not standing.is_coordinator:  # as calls_visible_to: members see what everybody sees
        found = found.filter(is_public=True)
    return list(found.order_by("-opens_at", "-pk")[:200])
