"""A draft in further languages, passage by passage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.models import Call, Passage, PassageTranslation


@transaction.atomic
def translate_draft(
    call: Call, texts: Mapping[int, str], *, language: str, by: Standing, at: datetime
) -> int:
    """Keep what passages say in a language, by number; how many changed. Empty is taken out.

    Refused where the draft was replaced meanwhile and has no such passage. The same twice
    changes nothing.
    """
    if language == call.language:
        raise Invalid({"language": _("The draft is written in this language.")})
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    passages = {row.number: row for row in Passage.objects.filter(call=call)}
    if not set(texts) <= set(passages):
        raise Closed(
            _("The draft was changed while you were writing."),
            do=_("Please read the new wording. What you typed is kept below."),
        )
    there = {
        row.passage_id: row
        for row in PassageTranslation.objects.filter(passage__call=call, language=language)
    }
    changed = 0
    for number, text in texts.items():
        passage, words = passages[number], text.strip()
        kept = there.get(passage.pk)
        if words == (kept.text if kept else ""):
            continue
        changed += 1
        if words:
            PassageTranslation.objects.update_or_create(
                passage=passage, language=language, defaults={"text": words}
            )
        elif kept is not None:
            kept.delete()
    if changed:
        record("call.draft_translated", call, by=by, at=at, data={"language": language})
    return changed
