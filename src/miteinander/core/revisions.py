"""Optimistic revisions: two people may edit at once, and neither text is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import F

from miteinander.core.errors import Conflict
from miteinander.core.models import Thing

T = TypeVar("T", bound=Thing)


def save_if_unchanged(thing: T, changes: Mapping[str, object], *, seen: int) -> T:
    """Save `changes` if the thing still has the revision that the editor saw.

    Otherwise raise :class:`Conflict` with both texts. Counting up and comparing is one UPDATE,
    so that of two editors at the same moment exactly one succeeds on either database.
    """
    claimed = Thing.objects.filter(pk=thing.pk, revision=seen).update(revision=F("revision") + 1)
    current = type(thing)._default_manager.get(pk=thing.pk)
    if not claimed:
        theirs = {name: getattr(current, name) for name in changes}
        raise Conflict(mine=changes, theirs=theirs, revision=current.revision)
    for name, value in changes.items():
        setattr(current, name, value)
    current.save()
    return current  # type: ignore[return-value]  # the manager is that of T
