"""The store of translated content. The original is authoritative; age and origin are shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, QuerySet

from miteinander.core.errors import Invalid
from miteinander.core.models import Thing, Translation, TranslationState
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing

RELIABLE = (TranslationState.CHECKED, TranslationState.APPROVED)
"""A person has read it beside its original, which has not changed since."""


class Localised(NamedTuple):
    """A field in the reader's language, and how far it can be trusted."""

    text: str
    language: str
    state: str


def source_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def store(
    thing: Thing,
    field: str,
    language: str,
    text: str,
    *,
    state: TranslationState,
    by: Standing,
    at: datetime,
) -> Translation:
    """Keep a translation of one field; refuses fields that are not translatable."""
    if field not in type(thing).TRANSLATABLE:
        raise Invalid({"field": field})
    if language == thing.language:
        raise Invalid({"language": language})
    kept, _made = Translation.objects.update_or_create(
        thing_id=thing.pk,
        field=field,
        language=language,
        defaults={
            "text": text,
            "state": state,
            "source_hash": source_hash(getattr(thing, field)),
            "function": by.function,
            "at": at,
        },
    )
    return kept


def localise(things: Iterable[Thing], language: str, *, only_reliable: bool = False) -> None:
    """Attach `localised` ({field: Localised}) to things whose original is in another language.

    One query for all of them, and none when nothing needs it. A translation whose original
    changed since is marked outdated here, at reading: no writer can forget it. What is printed
    has no room for such a mark and takes `only_reliable` ones.
    """
    foreign: dict[int, list[Thing]] = {}
    for thing in things:
        # Mails are written in several languages from the same things, one after the other.
        vars(thing).pop("localised", None)
        if thing.language != language:
            thing.localised = {}  # type: ignore[attr-defined]  # a reading-time attachment
            # A page and its thread may hold the same thing as two objects: both are dressed.
            foreign.setdefault(thing.pk, []).append(thing)
    if not foreign:
        return
    for row in _translations(things=list(foreign), language=language):
        for thing in foreign[row.thing_id]:
            if row.field in thing.get_deferred_fields():
                continue  # a list that did not read a text does not show it
            fresh = row.source_hash == source_hash(getattr(thing, row.field, ""))
            state = row.state if fresh else TranslationState.OUTDATED
            if only_reliable and state not in RELIABLE:
                continue
            thing.localised[row.field] = Localised(row.text, row.language, state)  # type: ignore[attr-defined]  # as above


@prepared(things=BigIntegerField(), language=CharField())
def _translations(*, things: Any, language: Any) -> QuerySet[Translation]:
    return Translation.objects.filter(thing__id__in=things, language=language)
