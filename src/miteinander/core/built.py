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


def sizes_of(things: Iterable[Thing], format: str) -> dict[int, dict[str, int]]:  # noqa: A002 -- as above
    """How large the files of one format are, by thing and language: one query for a whole list."""
    found: dict[int, dict[str, int]] = {}
    which = [thing.pk for thing in things]
    if which:
        for thing, language, size in _sizes_of(which=which, format=format):
            found.setdefault(thing, {})[language] = size
    return found


@prepared(which=BigIntegerField())
def _sizes_of(*, which: Any, format: str) -> QuerySet[Any, Any]:  # noqa: A002 -- as above
    rows = BuiltDocument.objects.filter(thing__id__in=which, format=format).order_by("language")
    return rows.values_list("thing", "language", "size")
