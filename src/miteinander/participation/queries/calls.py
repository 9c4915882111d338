"""Calls, as somebody may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, Q, QuerySet
from django.utils.timezone import localdate

from miteinander.core.codes import read_code
from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import Call, Contribution, Participant
from miteinander.participation.queries.sight import put_to, seen_at
from miteinander.participation.states import Audience
from miteinander.process.models import Process

TURNING_DAYS, MOST_TURNING = 3, 20


def calls_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Call]:
    """For the pages of calls. The twin of ``participation.see_call``."""
    if standing.municipality != municipality.pk:
        return Call.objects.none()
    return _seen(_calls(municipality), standing)


def _seen(calls: QuerySet[Call], standing: Standing) -> QuerySet[Call]:
    if standing.is_coordinator:
        return calls
    seen = Q(is_public=True)
    if (put := put_to(standing)) is not None:
        seen |= put
    return calls.filter(seen)


def _calls(town: Any) -> QuerySet[Call]:
    """`town` is a municipality, or the slot of a prepared query; likewise below."""
    calls = Call.objects.filter(municipality=town)
    return calls.select_related("phase", "process__lead_office__organisation")


def call_at(municipality: Municipality, standing: Standing, identifier: str) -> Call:
    """For the page of a call; `NotThere` where there is none for this person."""
    found: Call = seen_at(
        municipality, standing, identifier, _call_at, right="participation.see_call"
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _call_at(*, town: Any, identifier: Any) -> QuerySet[Call]:
    return _calls(town).filter(identifier=identifier)


def call_with_code(municipality: Municipality, typed: str) -> Call | None:
    """The call that a code opens, however it was typed: one query, none for what is no code."""
    code = read_code(typed)
    if not code:
        return None
    return Call.objects.filter(
        municipality=municipality, audience=Audience.CODE, access_code=code
    ).first()


def calls_turning(municipality: Municipality, at: datetime) -> list[Call]:
    """For *Heute*: calls that close within three days, or did so in the last three: one query."""
    near = timedelta(days=TURNING_DAYS)
    found = Call.objects.filter(
        municipality=municipality, closes_at__gt=at - near, closes_at__lte=at + near
    )
    return list(found.select_related("process").order_by("closes_at", "pk")[:MOST_TURNING])


def has_answers(call: Call) -> bool:
    """Whether anybody answered, in whichever way: at most two queries."""
    return (
        Contribution.objects.filter(call=call).exists()
        or Participant.objects.filter(call=call).exists()
    )


def calls_put_to(municipality: Municipality, standing: Standing) -> list[Call]:
    """For *Mitreden*: the calls that somebody may see, newest first: one query."""
    if not standing.is_member and not standing.codes:
        return _public_calls(town=municipality.pk)
    return list(calls_visible_to(municipality, standing).order_by("-opens_at")[:60])


@prepared(town=BigIntegerField())
def _public_calls(*, town: Any) -> QuerySet[Call]:
    return _calls(town).filter(is_public=True).order_by("-opens_at")[:60]


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
    calls = _calls(town).filter(is_public=True, closes_at__gt=at)
    return calls.order_by("closes_at", "pk")[:100]


def calls_of(process: Process) -> list[Call]:
    """For the workspace and for filters: all calls of a process, newest first."""
    return _calls_of(process=process.pk)


@prepared(process=BigIntegerField())
def _calls_of(*, process: Any) -> QuerySet[Call]:
    return Call.objects.filter(process=process).select_related("phase").order_by("-opens_at", "-pk")


def calls_of_all(processes: Sequence[Process], standing: Standing) -> list[Call]:
    """For the overview of the workspace: the calls of some processes, newest first, one query."""
    found = _seen(Call.objects.filter(process__in=processes), standing).select_related("phase")
    return list(found.order_by("-opens_at", "-pk")[:200])
