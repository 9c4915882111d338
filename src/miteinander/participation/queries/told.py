"""Answers as somebody reads them: with supplements, in their language where it was checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from miteinander.core.translation import RELIABLE, source_hash
from miteinander.participation.models import (
    Answer,
    AnswerSupplement,
    AnswerTranslation,
    Contribution,
)
from miteinander.participation.queries.slices import YES, Slice, sliced
from miteinander.process.models import Process


@dataclass(frozen=True, slots=True)
class Told:
    """A text of an answer: as it was given, and in the reader's language where there is one."""

    original: str
    language: str
    translated: str = ""
    translated_language: str = ""
    state: str = ""

    @property
    def is_reliable(self) -> bool:
        """A person has checked the translation, so that it may stand first."""
        return bool(self.translated) and self.state in RELIABLE


@dataclass(frozen=True, slots=True)
class Added:
    """A supplement, as it is shown below its answer."""

    pk: int
    told: Told
    function: str
    added_at: datetime


def dress_answers(answers: Iterable[Answer], language: str) -> None:
    """Attach `told` and `added` to answers: one query, however many supplements there are."""
    found = {answer.pk: answer for answer in answers}
    for answer in found.values():
        answer.told = Told(answer.reason, answer.language)  # type: ignore[attr-defined]  # a reading-time attachment
        answer.added = []  # type: ignore[attr-defined]  # as above
    rows = _rows(language).filter(pk__in=found)
    for pk, text, state, *added in rows:
        answer = found[pk]
        answer.told = _told(answer.reason, answer.language, text, state, language)  # type: ignore[attr-defined]  # as above
        number, original, own, function, added_at, added_text, added_state = added
        if number is not None:
            told = _told(original, own, added_text, added_state, language)
            answer.added.append(Added(number, told, function, added_at))  # type: ignore[attr-defined]  # as above


def _told(original: str, own: str, text: str | None, state: str | None, language: str) -> Told:
    if not text or not original or own == language:
        return Told(original, own)
    return Told(original, own, text, language, state or "")


def _rows(language: str) -> QuerySet[Answer, Any]:
    """Answers beside their supplements, each text beside its translation."""

    def kept(wording: str, column: str) -> Subquery:
        there = AnswerTranslation.objects.filter(
            municipality=OuterRef("contribution__municipality"),
            wording=OuterRef(wording),
            language=language,
        )
        return Subquery(there.values(column)[:1], output_field=CharField())

    return (
        Answer.objects.annotate(
            own_text=kept("wording", "text"),
            own_state=kept("wording", "state"),
            added_text=kept("supplements__wording", "text"),
            added_state=kept("supplements__wording", "state"),
        )
        .order_by("pk", "supplements__added_at", "supplements__pk")
        .values_list(
            "pk",
            "own_text",
            "own_state",
            "supplements__pk",
            "supplements__text",
            "supplements__language",
            "supplements__function",
            "supplements__added_at",
            "added_text",
            "added_state",
        )
    )


FATE = """
WITH RECURSIVE fate(thing) AS (
    SELECT CAST({start} AS bigint)
    UNION
    SELECT link.target_id FROM fate JOIN core_link link ON link.source_id = fate.thing
     WHERE link.undone_at IS NULL AND link.relation IN ('merged_into', 'split_into')
)
SELECT thing FROM fate
"""
FATE_OF_ONE = FATE.format(start="%s")
FATE_OF_ROW = FATE.format(start='"participation_contribution"."thing_ptr_id"')
"""For each row of a query for contributions."""


def is_spoken_here(municipality: int, language: str) -> bool:
    """Whether an answer may be translated into it: one of ours, or one that somebody wrote in."""
    return (
        language in settings.LANGUAGE_NAMES
        or Contribution.objects.filter(municipality=municipality, language=language).exists()
    )


def wordings_of(answer: Answer) -> tuple[dict[str, str], dict[str, str]]:
    """Of a dressed answer: each original by its wording, and what is there in the language."""
    texts: list[Told] = [answer.told, *(added.told for added in answer.added)]  # type: ignore[attr-defined]  # attached by dress_answers
    originals = {source_hash(told.original): told.original for told in texts}
    there = {source_hash(told.original): told.translated for told in texts if told.translated}
    if there:
        there["state"] = next(told.state for told in texts if told.translated)
    return originals, there


def answers_to_translate(
    process: Process, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Answered contributions whose language nobody has checked the answer in: one query.

    Also those that live on in another: its answer is theirs.
    """
    checked = AnswerTranslation.objects.filter(
        municipality=process.municipality_id,
        language=OuterRef(OuterRef("language")),
        wording=OuterRef("wording"),
        state__in=RELIABLE,
    )
    unread = ~Q(language=OuterRef("language")) & ~Exists(checked)
    heirs = RawSQL(FATE_OF_ROW, [])  # noqa: S611 -- a constant
    answers = Answer.objects.filter(unread).exclude(reason="")
    added = AnswerSupplement.objects.filter(unread)
    own = Exists(answers.filter(contribution=OuterRef("pk"))) | Exists(
        added.filter(answer__contribution=OuterRef("pk"))
    )
    elsewhere = Exists(answers.filter(contribution__in=heirs)) | Exists(
        added.filter(answer__contribution__in=heirs)
    )
    found = Contribution.objects.filter(
        own | ((Q(is_merged=True) | Q(is_split=True)) & elsewhere),
        process=process,
        is_counted__in=YES,
        is_answered__in=YES,
    )
    return sliced(found.select_related("answer", "call"), older=older, newer=newer)
