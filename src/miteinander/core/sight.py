"""Who sees all, and who what is public: the ground of the lists below."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import (
    QuerySet,
)

from miteinander.core.models import Municipality, StageThing
from miteinander.core.standing import Standing

T = TypeVar("T", bound=StageThing)


def sees_all(municipality: Municipality, standing: Standing) -> bool:
    return standing.is_member and standing.municipality == municipality.pk


def visible(rows: QuerySet[T], municipality: Municipality, standing: Standing) -> QuerySet[T]:
    return seen(rows, municipality, everything=sees_all(municipality, standing))


def seen(rows: QuerySet[T], town: Any, *, everything: bool) -> QuerySet[T]:
    """`town` is a municipality, or the slot of a prepared query."""
    # The town comes along: pages ask these rows for more, and more is asked of the town.
    rows = rows.filter(municipality=town).select_related("municipality")
    return rows if everything else rows.filter(is_public=True)
