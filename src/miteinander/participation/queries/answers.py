"""Answers: those that count for a contribution, and what still waits for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from miteinander.core.models import Link, Municipality, Relation, Thing
from miteinander.participation.models import Answer, Call, Contribution, ContributionCount, Theme
from miteinander.participation.queries.figures import Figures, figures_of
from miteinander.participation.queries.slices import NO, YES, Slice, sliced
from miteinander.participation.queries.told import FATE_OF_ONE, dress_answers
from miteinander.participation.states import COUNTED, ContributionState
from miteinander.process.models import Phase


def calls_with_open_answers(municipality: Municipality, *, day: date) -> list[tuple[Call, Figures]]:
    """Calls in which somebody still waits for an answer, with their numbers: two queries (*Heute*).

    What nobody has read yet waits to be read; once the promised day has passed, it is owed too.
    """
    open_ones = ContributionCount.objects.filter(
        scope=OuterRef("pk"), is_answered=False, count__gt=0
    )
    read = Exists(open_ones.filter(state__in=[str(s) for s in COUNTED]))
    unread = Exists(open_ones.filter(state=ContributionState.SUBMITTED))
    calls = list(
        Call.objects.filter(read | (unread & Q(answer_by__lt=day)), municipality=municipality)
        .select_related("process")
        .order_by("answer_by", "pk")
    )
    numbers = figures_of(calls) if calls else {}
    return [(call, numbers[call.pk]) for call in calls]


def unanswered(
    process: Thing,
    *,
    scope: Call | Theme | None = None,
    older: int | None = None,
    newer: int | None = None,
) -> Slice[Contribution]:
    """Contributions that still wait for an answer, all or of a call or theme: one query."""
    found = Contribution.objects.filter(
        process_id=process.pk, is_counted__in=YES, is_answered__in=NO
    )
    if scope is not None:
        found = found.filter(**{scope.kind: scope})
    return sliced(
        found.select_related("theme", "call", "replies_to", "passage_comment__passage"),
        older=older,
        newer=newer,
    )


def answers_to(contribution: Contribution, *, language: str = "") -> list[Answer]:
    """The answers that count for a contribution: its own, else those of what it went into.

    One query, and none where `answer` was selected and is there; one more for what was
    added and for translations into `language`. Each answer has its `contribution`, so that a
    page can say where the answer was given.
    """
    if own := getattr(contribution, "answer", None):
        found = [own]
    elif contribution.is_merged or contribution.is_split:
        found = list(
            Answer.objects.filter(contribution__in=RawSQL(FATE_OF_ONE, [contribution.pk]))  # noqa: S611 -- a constant, its one value bound
            .select_related("contribution", "organisation")
            .order_by("answered_at", "pk")
        )
    else:
        return []
    dress_answers(found, language)
    return found


def merged_into(contribution: Contribution) -> list[Contribution]:
    """What a contribution was merged into, or the parts it was split into: one query."""
    relations = [Relation.MERGED_INTO, Relation.SPLIT_INTO]
    links = Link.objects.filter(
        source_id=contribution.pk, target=OuterRef("pk"), relation__in=relations, undone_at=None
    )
    return list(Contribution.objects.filter(Exists(links)).order_by("pk"))


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """What keeps a phase from closing."""

    unread: int
    unanswered: int

    def __bool__(self) -> bool:
        return bool(self.unread or self.unanswered)


def open_answers(phase: Phase) -> OpenAnswers:
    """What has no answer yet in a phase, for the gate: two queries, from the counters.

    A phase answers for its calls; a phase that lets people contribute or gather also answers
    for what came in without a call (cards, letters, the telephone).
    """
    calls = dict(Call.objects.filter(process=phase.process_id).values_list("pk", "phase_id"))
    numbers = figures_of([phase.process_id, *calls])
    mine = [numbers[pk] for pk, of in calls.items() if of == phase.pk]
    unread = sum(each.waiting for each in mine)
    open_ones = sum(each.unanswered for each in mine)
    if {"contribute", "gather"} & set(phase.permits):
        whole, with_call = numbers[phase.process_id], [numbers[pk] for pk in calls]
        unread += whole.waiting - sum(each.waiting for each in with_call)
        open_ones += whole.unanswered - sum(each.unanswered for each in with_call)
    return OpenAnswers(unread=unread, unanswered=open_ones)
