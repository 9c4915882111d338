"""Writing the memory. Only actions may import this (a contract checks it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F

from miteinander.core.bulk import AT_ONCE
from miteinander.core.events.kinds import kind as kind_named
from miteinander.core.models import Event, EventDetail, Municipality, Thing
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to one thing of many."""

    kind: str
    thing: Thing
    data: Mapping[str, Any] = field(default_factory=dict)


def record(
    kind: str,
    thing: Thing | None,
    *,
    by: Standing,
    at: datetime,
    municipality: int | None = None,
    data: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> Event:
    """Remember that something happened, in the caller's transaction.

    `data` must name things and functions only; what is personal goes into `personal` and can
    be erased later. A public event about a public thing advances the municipality's public
    version, by which cached pages notice; so does one whose kind is `seen`. What can be found of
    the thing is brought in step.
    """
    owner = thing.municipality_id if thing is not None else (municipality or by.municipality)
    assert owner is not None, "an event belongs to a municipality"
    event, is_seen = _told(kind, thing, owner=owner, by=by, at=at, data=data or {})
    event.save()
    if by.user is not None or personal:
        EventDetail.objects.create(event=event, user_id=by.user, data=personal or {})
    if thing is not None:
        keep([thing.pk])
    if is_seen:
        advance_public_version(owner)
    return event


def record_all(happened: Sequence[Happened], *, by: Standing, at: datetime) -> None:
    """Remember what happened to many things of one municipality, in this order.

    The same rows as `record` writes one after the other, with a few queries.
    """
    owners = {one.thing.municipality_id for one in happened}
    assert len(owners) <= 1, "what happens at once happens in one municipality"
    told = [
        _told(one.kind, one.thing, owner=owner, by=by, at=at, data=dict(one.data))
        for one in happened
        for owner in owners
    ]
    events = Event.objects.bulk_create([event for event, _seen in told], batch_size=AT_ONCE)
    if by.user is not None:
        details = [EventDetail(event=event, user_id=by.user) for event in events]
        EventDetail.objects.bulk_create(details, batch_size=AT_ONCE)
    keep(one.thing.pk for one in happened)
    if seen := sum(is_seen for _event, is_seen in told):
        for owner in owners:
            advance_public_version(owner, steps=seen)


def _told(
    kind: str,
    thing: Thing | None,
    *,
    owner: int,
    by: Standing,
    at: datetime,
    data: dict[str, Any],
) -> tuple[Event, bool]:
    """The event, not yet written, and whether cached pages have to notice."""
    declared = kind_named(kind)
    is_open = thing is None or thing.is_public
    event = Event(
        municipality_id=owner,
        thing_id=thing.pk if thing is not None else None,
        kind=kind,
        at=at,
        function=by.function,
        is_public=declared.public and is_open,
        data=data,
    )
    return event, event.is_public or (declared.seen and is_open)


def advance_public_version(municipality: int, *, steps: int = 1) -> None:
    """Let cached pages notice, where no event about a public thing does.

    Something vanished from the open site, or a moment was set at which something appears.
    """
    Municipality.objects.filter(pk=municipality).update(public_version=F("public_version") + steps)
