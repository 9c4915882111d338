"""Translations of whatever has words."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from miteinander.core.events.record import record
from miteinander.core.models import (
    Thing,
    Translation,
    TranslationState,
)
from miteinander.core.standing import Standing
from miteinander.core.translation import store


@transaction.atomic
def translate(
    thing: Thing,
    field: str,
    language: str,
    text: str,
    *,
    state: TranslationState | str,
    by: Standing,
    at: datetime,
) -> Translation:
    """Keep a translation of one field of any thing; the original stays authoritative."""
    kept = store(thing, field, language, text, state=TranslationState(state), by=by, at=at)
    record(
        "thing.translated",
        thing.as_thing(),
        by=by,
        at=at,
        data={
            "field": field,
            "language": settings.LANGUAGE_NAMES.get(language, language),
            "tag": language,
            "state": str(state),
        },
    )
    return kept
