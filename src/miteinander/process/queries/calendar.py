"""Meetings by their day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    QuerySet,
)

from miteinander.community.models import Body
from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Meeting,
)
from miteinander.process.queries.lists import meetings_seen


def upcoming_meetings(
    municipality: Municipality, standing: Standing, *, day: date
) -> QuerySet[Meeting]:
    """Meetings from `day` on, the nearest first (home page, dates, *Heute*)."""
    return _upcoming(municipality, day, everything=sees_all(municipality, standing))


def next_meetings(
    municipality: Municipality, standing: Standing, *, day: date, most: int
) -> list[Meeting]:
    """Read the first of :func:`upcoming_meetings`."""
    everything = sees_all(municipality, standing)
    return _next(town=municipality.pk, day=day, most=most, everything=everything)


@prepared(town=BigIntegerField(), day=DateField())
def _next(*, town: Any, day: Any, most: int, everything: bool) -> QuerySet[Meeting]:
    return _upcoming(town, day, everything=everything)[:most]


def _upcoming(town: Any, day: Any, *, everything: bool) -> QuerySet[Meeting]:
    rows = meetings_seen(town, everything=everything).filter(happened_on__gte=day)
    return rows.order_by("happened_on", "starts_at", "pk")


def past_meetings(
    municipality: Municipality, standing: Standing, *, day: date
) -> QuerySet[Meeting]:
    return _past(municipality, day, everything=sees_all(municipality, standing))


def last_meetings(
    municipality: Municipality, standing: Standing, *, day: date, most: int
) -> list[Meeting]:
    """Read the first of :func:`past_meetings`."""
    everything = sees_all(municipality, standing)
    return _last(town=municipality.pk, day=day, most=most, everything=everything)


@prepared(town=BigIntegerField(), day=DateField())
def _last(*, town: Any, day: Any, most: int, everything: bool) -> QuerySet[Meeting]:
    return _past(town, day, everything=everything)[:most]


def _past(town: Any, day: Any, *, everything: bool) -> QuerySet[Meeting]:
    rows = meetings_seen(town, everything=everything).filter(happened_on__lt=day)
    return rows.order_by("-happened_on", "-pk")


def meetings_of_body(body: Body, standing: Standing, *, limit: int = 20) -> list[Meeting]:
    """Read the newest meetings of a body (its page)."""
    everything = sees_all(body.municipality, standing)
    return _meetings_of(body=body.pk, town=body.municipality_id, most=limit, everything=everything)


@prepared(body=BigIntegerField(), town=BigIntegerField())
def _meetings_of(*, body: Any, town: Any, most: int, everything: bool) -> QuerySet[Meeting]:
    rows = meetings_seen(town, everything=everything).filter(body=body)
    return rows.order_by("-happened_on", "-pk")[:most]
