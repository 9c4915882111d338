"""What is added to an answer later, and what of answers goes when an author takes words back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.models import Link, Relation
from miteinander.core.standing import Standing
from miteinander.core.translation import source_hash
from miteinander.participation.actions.counting import locked
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.models import (
    Answer,
    AnswerSupplement,
    AnswerTranslation,
    Contribution,
)


@transaction.atomic
def supplement_answer(
    answer: Answer, *, text: str, by: Standing, at: datetime, language: str = "de"
) -> AnswerSupplement:
    """Add to an answer, dated; the answer itself stays as it was given. Twice is once."""
    text = text.strip()
    if not text:
        raise Invalid({"text": _("Please write what is to be added.")})
    contribution = locked(answer.contribution)
    if not contribution.is_counted:
        raise Closed(
            _("This contribution is no longer worked with."),
            do=_("It was taken back or taken off the page. Nothing can be added to its answer."),
        )
    added, is_new = AnswerSupplement.objects.get_or_create(
        answer=answer,
        wording=source_hash(text),
        defaults={
            "text": text,
            "language": language,
            "function": by.function,
            "added_at": told_at(contribution.call, at),
        },
    )
    if is_new:
        record("answer.supplemented", contribution, by=by, at=told_at(contribution.call, at))
    return added


def let_go_of_answers(gone: Iterable[Contribution]) -> None:
    """Whoever takes words back takes along what an answer says about them.

    That it was answered, how and when stays; its words go, with supplements and translations.
    Only where other people's contributions live on in this one it remains: it is their answer.
    """
    others = Link.objects.filter(
        target=OuterRef("contribution"), relation=Relation.MERGED_INTO, undone_at=None
    )
    answers = list(
        Answer.objects.filter(~Exists(others), contribution__in=[row.pk for row in gone])
    )
    if not answers:
        return
    added = AnswerSupplement.objects.filter(answer__in=answers)
    wordings = {a.wording for a in answers} | set(added.values_list("wording", flat=True))
    added.delete()
    for answer in answers:
        answer.reason = answer.business_of = ""
        answer.save(update_fields=["reason", "business_of", "wording"])
    towns = {row.municipality_id for row in gone}
    _drop_unused(wordings, towns)


def _drop_unused(wordings: set[str], towns: set[int]) -> None:
    """Translations whose wording nobody else was told."""
    still = set(
        Answer.objects.filter(
            wording__in=wordings, contribution__municipality__in=towns
        ).values_list("wording", flat=True)
    ) | set(
        AnswerSupplement.objects.filter(
            wording__in=wordings, answer__contribution__municipality__in=towns
        ).values_list("wording", flat=True)
    )
    AnswerTranslation.objects.filter(municipality__in=towns, wording__in=wordings - still).delete()
