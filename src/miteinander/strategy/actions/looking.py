"""Who looked when into the room of a group or the brief, so that it can be said what is new.

No event: nobody else learns of it, and only the last two moments are kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from miteinander.community.models import Body
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.models import BriefLook, Concept, RoomLook

L = TypeVar("L", RoomLook, BriefLook)


def note_room(body: Body, *, by: Standing, at: datetime) -> datetime | None:
    """Remember that somebody looks into the room; returns when they did before this visit.

    A reload within the same visit costs one query and writes nothing.
    """
    assert by.user is not None, "the room is for members"
    rows = RoomLook.objects.filter(body=body, user=by.user)
    row = rows.first()
    first = RoomLook(body=body, user_id=by.user, looked_at=at)
    _note(rows, first, known=row.looked_at if row else None)
    if row is None:
        return None
    return row.looked_at if _is_another_visit(row.looked_at, at) else row.since


def note_look(concept: Concept, *, known: datetime | None, by: Standing, at: datetime) -> None:
    """Remember that somebody reads the brief now; `known` is when they last did.

    A reload within the same visit costs nothing.
    """
    assert by.user is not None, "the brief is for members"
    rows = BriefLook.objects.filter(concept=concept, user=by.user)
    _note(rows, BriefLook(concept=concept, user_id=by.user, looked_at=at), known=known)


def forget_looks_of(person: int) -> None:
    """Nothing stays of when somebody looked."""
    for model in (RoomLook, BriefLook):
        model.objects.filter(user__people=person).delete()


def _note(rows: QuerySet[L], first: L, *, known: datetime | None) -> None:
    if known is None:
        rows.bulk_create([first], ignore_conflicts=True)  # two tabs are one visit
    elif _is_another_visit(known, first.looked_at):
        rows.filter(looked_at=known).update(since=known, looked_at=first.looked_at)


def _is_another_visit(known: datetime, at: datetime) -> bool:
    return at - known > queries.VISIT
