"""Writing the memory. Only actions may import this (a contract checks it)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from miteinander.core.events.kinds import kind as kind_named
from miteinander.core.models import Event, EventDetail, Municipality, Thing
from miteinander.core.search.keep import keep
from miteinander.core.standing import Standing


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
    declared = kind_named(kind)
    owner = thing.municipality_id if thing is not None else (municipality or by.municipality)
    assert owner is not None, "an event belongs to a municipality"
    is_open = thing is None or thing.is_public
    is_public = declared.public and is_open
    event = Event.objects.create(
        municipality_id=owner,
        thing_id=thing.pk if thing is not None else None,
        kind=kind,
        at=at,
        function=by.function,
        is_public=is_public,
        data=data or {},
    )
    if by.user is not None or personal:
        EventDetail.objects.create(event=event, user_id=by.user, data=personal or {})
    if thing is not None:
        keep([thing.pk])
    if is_public or (declared.seen and is_open):
        advance_public_version(owner)
    return event


def advance_public_version(municipality: int) -> None:
    """Let cached pages notice, where no event about a public thing does.

    Something vanished from the open site, or a moment was set at which something appears.
    """
    Municipality.objects.filter(pk=municipality).update(public_version=F("public_version") + 1)
