"""What answers say in further languages. Nothing is translated here: people write or paste it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.models import TranslationState
from miteinander.core.standing import Standing
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import Answer, AnswerTranslation
from miteinander.participation.queries.told import is_spoken_here

KEPT = (TranslationState.MACHINE, TranslationState.CHECKED, TranslationState.APPROVED)


@transaction.atomic
def translate_answer(
    answer: Answer,
    *,
    language: str,
    texts: Mapping[str, str],
    state: TranslationState | str,
    by: Standing,
    at: datetime,
) -> int:
    """Keep translations of an answer and its supplements, by their wordings; return how many.

    A wording that others were told too is theirs as well. An empty text takes back what was
    there. `state` says whether a person has checked it; a machine's text is shown as one.
    """
    town = answer.contribution.municipality_id
    if language == answer.language or not is_spoken_here(town, language):
        raise Invalid({"language": _("Please choose another language than that of the answer.")})
    if state not in KEPT:
        raise Invalid({"state": _("Please say whether somebody has checked it.")})
    if not answer.reason:
        raise Closed(
            _("The words of this answer are gone."),
            do=_("Its author has taken the contribution back."),
        )
    own = {answer.wording, *answer.supplements.values_list("wording", flat=True)}
    kept, when = 0, told_at(answer.contribution.call, at)
    for wording, text in texts.items():
        assert wording in own, "a wording of this answer"
        there = AnswerTranslation.objects.filter(
            municipality=town, wording=wording, language=language
        )
        if not text.strip():
            there.delete()
            continue
        row = there.first()
        if row and (row.text, row.state) == (text.strip(), state):
            continue  # sent twice
        AnswerTranslation.objects.update_or_create(
            municipality_id=town,
            wording=wording,
            language=language,
            defaults={"text": text.strip(), "state": state, "function": by.function, "at": when},
        )
        kept += 1
    if kept:
        data = {"language": language}
        record("answer.translated", answer.contribution, by=by, at=when, data=data)
    return kept
