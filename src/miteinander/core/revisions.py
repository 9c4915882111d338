"""Optimistic revisions: two people may edit at once, and neither text is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F, Manager, Model

from miteinander.core.errors import Conflict
from miteinander.core.models import Thing

T = TypeVar("T", bound=Model)


def save_if_unchanged(row: T, changes: Mapping[str, object], *, seen: int) -> T:
    """Save `changes` if the row still has the revision that the editor saw.

    Otherwise raise :class:`Conflict` with both texts. Counting up and comparing is one UPDATE,
    so that of two editors at the same moment exactly one succeeds on either database. A thing
    keeps its revision in the shared table, any other row in its own.
    """
    counted: Manager[Any] = Thing.objects if isinstance(row, Thing) else type(row)._default_manager
    claimed = counted.filter(pk=row.pk, revision=seen).update(revision=F("revision") + 1)
    current: Any = type(row)._default_manager.get(pk=row.pk)
    if not claimed:
        theirs = {name: getattr(current, name) for name in changes}
        raise Conflict(mine=changes, theirs=theirs, revision=current.revision)
    for name, value in changes.items():
        setattr(current, name, value)
    current.save()
    found: T = current
    return found
