"""Who looked when, so that a page can say what is new: no event, and nobody else learns of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from miteinander.community.models import Body
from miteinander.core.standing import Standing
from miteinander.strategy.models import BriefLook, Concept, RoomLook

VISIT = timedelta(hours=1)
"""Whoever comes back within it is still on the same visit."""


def note_look(concept: Concept, *, by: Standing, at: datetime) -> datetime | None:
    """Remember that somebody reads the brief now; returns when they did before this visit."""
    return _note(BriefLook, {"concept": concept}, by=by, at=at)


def note_room(body: Body, *, by: Standing, at: datetime) -> datetime | None:
    """Remember that somebody looks into the room of a group; likewise."""
    return _note(RoomLook, {"body": body}, by=by, at=at)


def _note(
    looks: type[BriefLook | RoomLook],
    place: dict[str, Concept | Body],
    *,
    by: Standing,
    at: datetime,
) -> datetime | None:
    """Only the last two moments are kept. A reload within a visit reads once and writes nothing."""
    assert by.user is not None, "these pages are for members"
    rows = looks._default_manager.filter(**place, user=by.user)
    row = rows.first()
    if row is None:
        looks._default_manager.get_or_create(**place, user_id=by.user, defaults={"looked_at": at})
        return None
    if at - row.looked_at <= VISIT:
        return row.since
    rows.filter(looked_at=row.looked_at).update(since=row.looked_at, looked_at=at)
    return row.looked_at


def forget_looks_of(person: int) -> None:
    """Nothing stays of when somebody read."""
    for looks in (BriefLook, RoomLook):
        looks._default_manager.filter(user__people=person).delete()
