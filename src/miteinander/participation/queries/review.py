"""A draft and what people say about its passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from miteinander.core.models import TranslationState
from miteinander.core.translation import Localised
from miteinander.participation.models import (
    Call,
    Contribution,
    Passage,
    PassageComment,
    PassageTranslation,
)
from miteinander.participation.queries.slices import Slice, sliced
from miteinander.participation.states import COUNTED, ContributionState


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage with the number of comments that everybody can read."""

    passage: Passage
    comments: int


def passages_of(call: Call) -> list[Passage]:
    """The draft of a call in its order: one query, at most 600 rows."""
    return list(Passage.objects.filter(call=call).order_by("number"))


def in_language(passages: Sequence[Passage], call: Call, language: str) -> None:
    """Attach what is there in a language, as pages show translated fields: one query at most.

    Whoever writes a translation of a draft has checked it.
    """
    for passage in passages:
        passage.language = call.language  # type: ignore[attr-defined]  # a reading-time attachment
        passage.localised = {}  # type: ignore[attr-defined]  # as above
    if language == call.language or not passages:
        return
    by_pk = {passage.pk: passage for passage in passages}
    rows = PassageTranslation.objects.filter(passage__call=call, language=language)
    for row in rows:
        if row.passage_id in by_pk:
            kept = Localised(row.text, language, TranslationState.CHECKED)
            by_pk[row.passage_id].localised["text"] = kept  # type: ignore[attr-defined]  # as above


def commented(passages: Sequence[Passage], call: Call) -> list[PassageRow]:
    """The same with how often each was commented on, for the open page: one query."""
    rows = Contribution.objects.filter(
        call=call, state=ContributionState.PUBLISHED, passage_comment__isnull=False
    )
    counts = dict(rows.order_by().values_list("passage_comment__passage").annotate(n=Count("pk")))
    return [PassageRow(passage, counts.get(passage.pk, 0)) for passage in passages]


def has_comments(call: Call) -> bool:
    """Somebody has commented, so the wording stays: one query."""
    return PassageComment.objects.filter(passage__call=call).exists()


def comments_at(
    passage: Passage, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Published comments on a passage, newest first, with their answers: one query."""
    found = Contribution.objects.filter(
        call=passage.call_id,
        state=ContributionState.PUBLISHED,
        passage_comment__passage=passage,
    ).select_related("passage_comment", "answer")
    return sliced(found, older=older, newer=newer)


def synopsis_rows(call: Call) -> QuerySet[PassageComment]:
    """Every comment that is worked with, in the order of the draft, for the office."""
    return (
        PassageComment.objects.filter(
            contribution__call=call, contribution__state__in=[str(s) for s in COUNTED]
        )
        .select_related("passage", "contribution__answer")
        .order_by("passage__number", "contribution_id")
    )


@dataclass(frozen=True, slots=True)
class SynopsisLine:
    """One line of the table: the passage, what was said, what is proposed, what became of it."""

    number: int
    passage: str
    quote: str
    comment: str
    proposal: str
    outcome: str
    answer: str
    language: str
    is_public: bool


def synopsis_of(rows: Iterable[PassageComment]) -> list[SynopsisLine]:
    """Rows of :func:`synopsis_rows` in words, for files."""
    lines = []
    for row in rows:
        said = row.contribution
        answer = getattr(said, "answer", None)
        lines.append(
            SynopsisLine(
                number=row.passage.number,
                passage=row.passage.text,
                quote=row.quote,
                comment="" if row.is_only_a_proposal else said.text,
                proposal=row.proposal,
                outcome=str(answer.get_outcome_display()) if answer else "",
                answer=answer.reason if answer else "",
                language=said.language,
                is_public=said.is_public,
            )
        )
    return lines
