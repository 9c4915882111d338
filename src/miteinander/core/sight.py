"""Who sees all of a town, and who what is public: the ground of the lists of every stage."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import QuerySet

from miteinander.core.models import Municipality, StageThing
from miteinander.core.standing import Standing

T = TypeVar("T", bound=StageThing)


def sees_all(municipality: Municipality, standing: Standing) -> bool:
    """Members see everything of their own town; of another one they see what everybody sees."""
    return standing.is_member and standing.municipality == municipality.pk


def visible(rows: QuerySet[T], municipality: Municipality, standing: Standing) -> QuerySet[T]:
    """Rows of this municipality: all of them to its members, the public ones to everybody."""
    return seen(rows, municipality, everything=sees_all(municipality, standing))


def seen(rows: QuerySet[T], town: Any, *, everything: bool) -> QuerySet[T]:
    """`town` is a municipality, or the slot of a prepared query."""
    # The town comes along: pages ask these rows for more, and more is asked of the town.
    rows = rows.filter(municipality=town).select_related("municipality")
    return rows if everything else rows.filter(is_public=True)
