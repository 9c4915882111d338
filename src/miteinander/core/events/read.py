"""Reading the memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import bidirectional

from django.db.models import Q, QuerySet

from miteinander.core.events.kinds import kind as kind_named
from miteinander.core.models import Event, EventDetail, Municipality, Thing

MIRRORED = frozenset({"R", "AL"})
ISOLATED, ENDED = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One line of a timeline, ready to be shown."""

    kind: str
    sentence: str
    at: datetime
    function: str
    url: str
    title: str
    data: dict[str, Any]
    key: str = ""
    """Lasting and the same on every day: the thing's short address and the event's number."""


def timeline(municipality: Municipality, *, public_only: bool, limit: int = 20) -> list[Remembered]:
    """The latest events of a municipality, newest first (home page, *Heute*)."""
    events = Event.objects.filter(municipality=municipality)
    if public_only:
        events = events.filter(is_public=True, thing__is_public=True)
    return [_remembered(e) for e in events.select_related("thing").order_by("-at", "-pk")[:limit]]


def happened(municipality: Municipality, kinds: Iterable[str], *, most: int) -> list[Remembered]:
    """Events of some kinds in a municipality, newest first: one query."""
    found = Event.objects.filter(municipality=municipality, kind__in=list(kinds))
    return [_remembered(e) for e in found.select_related("thing").order_by("-at", "-pk")[:most]]


def happened_to(things: QuerySet[Any, Any], *, most: int) -> list[Remembered]:
    """What everybody may know of some things (a queryset of their keys), newest first."""
    found = Event.objects.filter(thing__in=things, is_public=True, thing__is_public=True)
    return [_remembered(e) for e in found.select_related("thing").order_by("-at", "-pk")[:most]]


def history(thing_ids: Sequence[int], *, public_only: bool, limit: int = 200) -> list[Event]:
    """Events of some things, oldest first (the notes beside the stations of a thread)."""
    events: QuerySet[Event] = Event.objects.filter(thing_id__in=thing_ids)
    if public_only:
        events = events.filter(is_public=True)
    return list(events.order_by("at", "pk")[:limit])


def recent(kinds: Iterable[str], *, since: datetime) -> list[Event]:
    """Events of some kinds since a moment, oldest first, with their things: one query."""
    return list(
        Event.objects.filter(kind__in=list(kinds), at__gte=since)
        .select_related("thing", "municipality")
        .order_by("at", "pk")
    )


def recent_of(thing: Thing, kinds: Iterable[str], *, since: datetime) -> list[Event]:
    """Events of some kinds about one thing since a moment, oldest first: one query."""
    rows = Event.objects.filter(thing=thing.pk, kind__in=list(kinds), at__gte=since)
    return list(rows.order_by("at", "pk"))


COLUMNS = (
    "pk", "kind", "at", "function", "data", "thing_id", "thing__kind", "thing__identifier",
    "thing__title", "thing__language",
)  # fmt: skip
"""What `core.rows` brings along of an event, so that it can be told."""


def event_in(row: tuple[Any, ...], *, municipality: int) -> Event:
    """An event with its thing, read from a row of `COLUMNS`."""
    pk, kind, at, function, data, thing, sort, identifier, title, language = row
    about = Thing(pk=thing, kind=sort, identifier=identifier, title=title, language=language)
    return Event(
        pk=pk, municipality_id=municipality, kind=kind, at=at, function=function, data=data,
        thing=about if thing is not None else None,
    )  # fmt: skip


def sentence(event: Event) -> str:
    words = {"title": event.thing.title if event.thing else "", "function": event.function}
    told = {name: _apart(value) for name, value in {**words, **event.data}.items()}
    return str(kind_named(event.kind).wording) % told


def _apart(value: Any) -> Any:
    """Words from right to left stand apart in a sentence, so that its signs stay in their place."""
    is_mirrored = isinstance(value, str) and any(bidirectional(c) in MIRRORED for c in value)
    return f"{ISOLATED}{value}{ENDED}" if is_mirrored else value


def erase_personal(
    *, user: int | None = None, person: int | None = None, municipality: int | None = None
) -> int:
    """Apply each kind's eraser to what is personal about somebody's events; how many.

    `user` finds what an account did; `person` finds what others recorded about that person.
    With `municipality`, only there.
    """
    wanted = Q(pk__in=[])
    if user is not None:
        wanted |= Q(user_id=user)
    if person is not None:
        wanted |= Q(data__person=person)
    details = EventDetail.objects.filter(wanted).select_related("event")
    if municipality is not None:
        details = details.filter(event__municipality=municipality)
    count = 0
    for detail in details:
        detail.data = kind_named(detail.event.kind).eraser(detail.data)
        detail.user_id = None
        detail.save(update_fields=["data", "user"])
        count += 1
    return count


def _remembered(event: Event) -> Remembered:
    thing = event.thing
    return Remembered(
        kind=event.kind,
        sentence=sentence(event),
        at=event.at,
        function=event.function,
        url=thing.get_absolute_url() if thing else "",
        title=thing.title if thing else "",
        data=event.data,
        key=f"t/{thing.identifier if thing else ''}#{event.pk}",
    )


def sentences(events: Iterable[Event]) -> list[str]:
    return [sentence(event) for event in events]
