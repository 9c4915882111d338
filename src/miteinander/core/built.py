"""Files made from what no longer changes: made once, kept for ever, read by their digest.

Whoever makes them (the worker, the command line) hands the bytes over here; whoever serves them
finds the same bytes after every restart and every upgrade.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, F, QuerySet

from miteinander.core.models import BuiltDocument, Municipality, Thing
from miteinander.core.prepared import prepared


@transaction.atomic
def keep(
    thing: Thing,
    format: str,  # noqa: A002 -- it is the word for it
    language: str,
    *,
    content: bytes,
    missing: Sequence[dict[str, Any]] = (),
    at: datetime,
) -> BuiltDocument:
    """Keep a file, unless there is one already: then that one stays and is returned.

    Where the thing is public, its cached pages notice, for they list its files.
    """
    kept, made = BuiltDocument.objects.get_or_create(
        thing_id=thing.pk,
        format=format,
        language=language,
        defaults={
            "content": content,
            "digest": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "missing": list(missing),
            "made_at": at,
        },
    )
    if made and thing.is_public:
        town = Municipality.objects.filter(pk=thing.municipality_id)
        town.update(public_version=F("public_version") + 1)
    return kept


def files_of(thing: Thing) -> list[BuiltDocument]:
    """What can be downloaded of something, without the bytes: one query."""
    return _files_of(thing=thing.pk)


@prepared(thing=BigIntegerField())
def _files_of(*, thing: Any) -> QuerySet[BuiltDocument]:
    return BuiltDocument.objects.filter(thing=thing).defer("content").order_by("language", "pk")


def file_of(thing: Thing, format: str, language: str) -> BuiltDocument | None:  # noqa: A002 -- as above
    """One file with its bytes, if it has been made."""
    return BuiltDocument.objects.filter(thing=thing.pk, format=format, language=language).first()


def formats_of(things: Iterable[Thing]) -> set[tuple[int, str, str]]:
    """Which files exist of some things, as (thing, format, language); one query."""
    rows = BuiltDocument.objects.filter(thing__in=[thing.pk for thing in things])
    return set(rows.values_list("thing", "format", "language"))
