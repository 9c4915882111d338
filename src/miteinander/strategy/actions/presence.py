"""Where somebody is just now: told to who is there too, and remembered by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from miteinander.community.models import Body
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.models import Presence
from miteinander.strategy.models.wordings import Draft, place_of

HEARD = timedelta(seconds=15)
"""Whoever was heard of within this time need not be written down again."""


def be_present(row: Draft | Body, *, by: Standing, at: datetime) -> list[Presence]:
    """Say that somebody is there; returns who else is. One query, and one more to write.

    No event. The same person has one row, which moves along: the table holds no more rows than
    there are accounts, and the worker empties it.
    """
    assert by.user is not None, "only members write"
    there = queries.present_at(row, at=at)
    mine = next((one for one in there if one.user_id == by.user), None)
    if mine is None or at - mine.at > HEARD or mine.function != by.function:
        place = {"thing_id": row.pk} if isinstance(row, Body) else place_of(row)
        Presence.objects.bulk_create(
            [Presence(user_id=by.user, function=by.function, at=at, **place)],
            update_conflicts=True,
            unique_fields=["user"],
            update_fields=["thing", "chapter", "function", "at"],
        )
    return [one for one in there if one.user_id != by.user]


def sweep_presences(*, at: datetime) -> None:
    queries.presences_left(at).delete()


def forget_presence_of(person: int) -> None:
    Presence.objects.filter(user__people=person).delete()
