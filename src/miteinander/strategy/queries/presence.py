"""Who is at a draft, or in the room of a group, just now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from miteinander.community.models import Body
from miteinander.strategy.models import Presence
from miteinander.strategy.models.wordings import Draft, place_of
from miteinander.strategy.queries.room import texts_of_group

FRESH = timedelta(seconds=70)
"""Whoever has not been heard of for so long is elsewhere; pages say so every twenty seconds."""
KEPT = timedelta(minutes=10)


def present_at(row: Draft | Body, *, at: datetime) -> list[Presence]:
    """Everybody there, oneself included: one query. In a room is who is at one of its texts too."""
    if isinstance(row, Body):
        where = Q(thing=row.pk) | texts_of_group(row)
    else:
        where = Q(**place_of(row))
    rows = Presence.objects.filter(where, at__gt=at - FRESH).select_related("thing")
    return list(rows.order_by("function", "pk"))


def presences_left(at: datetime) -> QuerySet[Presence]:
    """Rows of people who went long ago."""
    return Presence.objects.filter(at__lt=at - KEPT)
