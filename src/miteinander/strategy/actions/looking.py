"""Who looked into the room of a group when, so that it can say what is new."""

from __future__ import annotations

from datetime import datetime

from miteinander.community.models import Body
from miteinander.core.standing import Standing
from miteinander.strategy import queries
from miteinander.strategy.models import RoomLook


def note_room(body: Body, *, by: Standing, at: datetime) -> datetime | None:
    """Remember that somebody looks into the room; returns when they did before this visit.

    No event: nobody else learns of it, and only the last two moments are kept. A reload within
    the same visit costs one query and writes nothing.
    """
    assert by.user is not None, "the room is for members"
    rows = RoomLook.objects.filter(body=body, user=by.user)
    row = rows.first()
    if row is None:
        first = RoomLook(body=body, user_id=by.user, looked_at=at)
        RoomLook.objects.bulk_create([first], ignore_conflicts=True)  # two tabs are one visit
        return None
    if at - row.looked_at <= queries.VISIT:
        return row.since
    rows.filter(looked_at=row.looked_at).update(since=row.looked_at, looked_at=at)
    return row.looked_at


def forget_rooms_of(person: int) -> None:
    """Nothing stays of when somebody looked."""
    RoomLook.objects.filter(user__people=person).delete()
