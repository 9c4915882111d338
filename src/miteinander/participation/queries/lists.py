"""What may be read, by whom. Lists are read in slices: page 5,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
)
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from miteinander.core.errors import NotThere
from miteinander.core.models import Link, Municipality, Relation
from miteinander.core.prepared import prepared, there
from miteinander.core.standing import Standing
from miteinander.participation.models import (
    Answer,
    Call,
    Contribution,
    ContributionCount,
    Theme,
)
from miteinander.participation.queries.figures import figures_of
from miteinander.participation.states import COUNTED, ContributionState
from miteinander.process.models import Meeting, Phase, Process

SLICE = 20
# Written as IN: Django writes a plain comparison as a bare column, and SQLite then uses no index.
YES, NO = [True], [False]
M = TypeVar("M", Contribution, Theme)


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """Some rows of a long list, newest first, and where it goes on."""

    rows: Sequence[M]
    newer: int | None = None
    """The row after which the newer ones begin (``?newer=``); None at the top."""
    older: int | None = None
    """The row after which the older ones begin (``?older=``); None at the end."""


def sliced(
    found: QuerySet[M], *, older: int | None = None, newer: int | None = None, size: int = SLICE
) -> Slice[M]:
    """One slice by key: one query, whatever lies before or behind it."""
    if newer is not None:
        rows = list(found.filter(thing_ptr_id__gt=newer).order_by("thing_ptr_id")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        if not more:  # the top: show it whole
            return sliced(found, size=size)
        return Slice(rows, newer=rows[0].pk, older=rows[-1].pk)
    if older is not None:
        found = found.filter(thing_ptr_id__lt=older)
    rows = list(found.order_by("-thing_ptr_id")[: size + 1])
    return _slice_of(rows, size=size, at_the_top=older is None)


def _slice_of(rows: list[M], *, size: int, at_the_top: bool = True) -> Slice[M]:
    more, rows = len(rows) > size, rows[:size]
    return Slice(
        rows,
        newer=rows[0].pk if not at_the_top and rows else None,
        older=rows[-1].pk if more else None,
    )


# --- calls -------------------------------------------------------------------------------------


def calls_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Call]:
    """For the pages of calls. The twin of ``participation.see_call``."""
    if standing.municipality != municipality.pk:
        return Call.objects.none()
    return _calls(municipality, public_only=not standing.is_coordinator)


def _calls(town: Any, *, public_only: bool) -> QuerySet[Call]:
    """`town` is a municipality, or the slot of a prepared query; likewise below."""
    calls = Call.objects.filter(municipality=town)
    if public_only:
        calls = calls.filter(is_public=True)
    return calls.select_related("phase", "process__lead_office__organisation")


def call_at(municipality: Municipality, standing: Standing, identifier: str) -> Call:
    """For the page of a call; `NotThere` where there is none for this person."""
    if standing.municipality != municipality.pk:
        raise NotThere
    found: Call = there(
        _call_at(
            town=municipality.pk, identifier=identifier, public_only=not standing.is_coordinator
        )
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _call_at(*, town: Any, identifier: Any, public_only: bool) -> QuerySet[Call]:
    return _calls(town, public_only=public_only).filter(identifier=identifier)


def public_calls(municipality: Municipality) -> list[Call]:
    """For *Mitreden*: the calls that everybody may see, newest first."""
    return _public_calls(town=municipality.pk)


@prepared(town=BigIntegerField())
def _public_calls(*, town: Any) -> QuerySet[Call]:
    return _calls(town, public_only=True).order_by("-opens_at")[:60]


def open_calls(municipality: Municipality, at: datetime) -> list[Call]:
    """What can be answered now, soonest end first."""
    return open_calls_and_next(municipality, at)[0]


def open_calls_and_next(
    municipality: Municipality, at: datetime
) -> tuple[list[Call], datetime | None]:
    """For home: what can be answered now, soonest end first, and when the next call opens."""
    day = localdate(at)
    calls = _calls_not_over(town=municipality.pk, at=at)
    ahead = [call.opens_at for call in calls if call.opens_at > at]
    return [call for call in calls if call.is_open(at, day)], min(ahead, default=None)


@prepared(town=BigIntegerField(), at=DateTimeField())
def _calls_not_over(*, town: Any, at: Any) -> QuerySet[Call]:
    calls = _calls(town, public_only=True).filter(closes_at__gt=at)
    return calls.order_by("closes_at", "pk")[:100]


def calls_of(process: Process) -> list[Call]:
    """For the workspace and for filters: all calls of a process, newest first."""
    return _calls_of(process=process.pk)


@prepared(process=BigIntegerField())
def _calls_of(*, process: Any) -> QuerySet[Call]:
    return Call.objects.filter(process=process).select_related("phase").order_by("-opens_at", "-pk")


def calls_of_all(processes: Sequence[Process], standing: Standing) -> list[Call]:
    """For the overview of the workspace: the calls of some processes, newest first, one query."""
    found = Call.objects.filter(process__in=processes).select_related("phase")
    if not standing.is_coordinator:  # as calls_visible_to: members see what everybody sees
        found = found.filter(is_public=True)
    return list(found.order_by("-opens_at", "-pk")[:200])


# --- contributions -----------------------------------------------------------------------------


def calls_with_open_answers(municipality: Municipality) -> list[tuple[Call, int]]:
    """Calls in which somebody still waits for an answer, with how many: two queries (*Heute*)."""
    waiting = ContributionCount.objects.filter(
        scope=OuterRef("pk"), is_answered=False, state__in=[str(s) for s in COUNTED], count__gt=0
    )
    calls = list(
        Call.objects.filter(Exists(waiting), municipality=municipality)
        .select_related("process")
        .order_by("answer_by", "pk")
    )
    numbers = figures_of(calls) if calls else {}
    return [(call, numbers[call.pk].unanswered) for call in calls]


def contributions_visible_to(
    scope: Municipality | Process, standing: Standing
) -> QuerySet[Contribution]:
    """For everything that shows contributions. The twin of ``participation.see_contribution``."""
    if isinstance(scope, Municipality):
        here, found = scope.pk, Contribution.objects.filter(municipality=scope)
    else:
        here, found = scope.municipality_id, Contribution.objects.filter(process=scope)
    if standing.municipality != here:
        return found.none()
    return found if standing.is_coordinator else found.filter(is_public=True)


def contribution_at(
    municipality: Municipality, standing: Standing, identifier: str
) -> Contribution:
    """For the page of a contribution; `NotThere` where there is none for this person."""
    if standing.municipality != municipality.pk:
        raise NotThere
    found: Contribution = there(
        _contribution_at(
            town=municipality.pk, identifier=identifier, public_only=not standing.is_coordinator
        )
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _contribution_at(*, town: Any, identifier: Any, public_only: bool) -> QuerySet[Contribution]:
    found = Contribution.objects.filter(municipality=town, identifier=identifier)
    if public_only:
        found = found.filter(is_public=True)
    return found.select_related("call", "theme", "meeting", "answer")


def published_in(
    scope: Process | Call | Theme, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Published contributions of a process, call or theme, for the open lists: one query."""
    if older is None and newer is None:
        return _slice_of(_newest(scope=scope.pk, column=scope.kind), size=SLICE)
    found = _published(scope.kind, scope)
    return sliced(found, older=older, newer=newer)


def _published(column: str, scope: Any) -> QuerySet[Contribution]:
    return Contribution.objects.filter(**{column: scope}, state=ContributionState.PUBLISHED)


@prepared(scope=BigIntegerField())
def _newest(*, scope: Any, column: str) -> QuerySet[Contribution]:
    """One row more than a slice, to know whether it goes on."""
    return _published(column, scope).order_by("-thing_ptr_id")[: SLICE + 1]


def contributions_of_theme(
    theme: Theme, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Every contribution of a theme that is worked with, for the workspace: one query."""
    found = Contribution.objects.filter(process=theme.process_id, is_counted__in=YES, theme=theme)
    return sliced(found.select_related("call", "answer"), older=older, newer=newer)


def waiting_for_moderation(
    process: Process, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Contributions that nobody has read yet, for the coordination: one query."""
    found = Contribution.objects.filter(process=process, state=ContributionState.SUBMITTED)
    return sliced(found.select_related("call"), older=older, newer=newer)


def unanswered(
    process: Process, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Contributions that still wait for an answer, for the coordination: one query."""
    found = Contribution.objects.filter(process=process, is_counted__in=YES, is_answered__in=NO)
    return sliced(found.select_related("theme", "call"), older=older, newer=newer)


def loose_contributions(
    process: Process, *, older: int | None = None, newer: int | None = None
) -> Slice[Contribution]:
    """Contributions in no theme yet, for the board: one query."""
    found = Contribution.objects.filter(
        process=process, is_counted__in=YES, theme=None, is_merged=False, is_split=False
    )
    return sliced(found.select_related("call"), older=older, newer=newer, size=50)


def chosen_contributions(
    process: Process, standing: Standing, identifiers: Sequence[str]
) -> list[Contribution]:
    """The rows behind some ticked boxes; those of other processes are not there."""
    found = contributions_visible_to(process, standing).filter(identifier__in=identifiers)
    return list(found.select_related("theme", "call").order_by("-thing_ptr_id"))


# --- what became of it -------------------------------------------------------------------------

FATE = """
WITH RECURSIVE fate(thing) AS (
    SELECT CAST(%s AS bigint)
    UNION
    SELECT link.target_id FROM fate JOIN core_link link ON link.source_id = fate.thing
     WHERE link.undone_at IS NULL AND link.relation IN ('merged_into', 'split_into')
)
SELECT thing FROM fate
"""


def answers_to(contribution: Contribution) -> list[Answer]:
    """The answers that count for a contribution: its own, else those of what it went into.

    One query, and none where `answer` was selected and is there. Each answer has its
    `contribution`, so that a page can say where the answer was given.
    """
    if own := getattr(contribution, "answer", None):
        return [own]
    if not (contribution.is_merged or contribution.is_split):
        return []
    return list(
        Answer.objects.filter(contribution__in=RawSQL(FATE, [contribution.pk]))  # noqa: S611 -- a constant, its one value bound
        .select_related("contribution")
        .order_by("answered_at", "pk")
    )


def merged_into(contribution: Contribution) -> list[Contribution]:
    """What a contribution was merged into, or the parts it was split into: one query."""
    relations = [Relation.MERGED_INTO, Relation.SPLIT_INTO]
    links = Link.objects.filter(
        source_id=contribution.pk, target=OuterRef("pk"), relation__in=relations, undone_at=None
    )
    return list(Contribution.objects.filter(Exists(links)).order_by("pk"))


# --- themes ------------------------------------------------------------------------------------


def themes_visible_to(scope: Municipality | Process, standing: Standing) -> QuerySet[Theme]:
    """For the pages of themes. The twin of ``participation.see_theme``."""
    if isinstance(scope, Municipality):
        here, found = scope.pk, Theme.objects.filter(municipality=scope)
    else:
        here, found = scope.municipality_id, Theme.objects.filter(process=scope)
    if standing.municipality != here:
        return found.none()
    if not standing.is_coordinator:
        found = found.filter(is_public=True)
    return found.select_related("process")


def theme_at(municipality: Municipality, standing: Standing, identifier: str) -> Theme:
    """For the page of a theme; `NotThere` where there is none for this person."""
    if standing.municipality != municipality.pk:
        raise NotThere
    found: Theme = there(
        _theme_at(
            town=municipality.pk, identifier=identifier, public_only=not standing.is_coordinator
        )
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _theme_at(*, town: Any, identifier: Any, public_only: bool) -> QuerySet[Theme]:
    found = Theme.objects.filter(municipality=town, identifier=identifier)
    if public_only:
        found = found.filter(is_public=True)
    return found.select_related("process")


def themes_of(process: Process, *, live_only: bool = False) -> list[Theme]:
    """For filters and for the board: themes by name, at most 300."""
    return _themes_of(process=process.pk, live_only=live_only)


@prepared(process=BigIntegerField())
def _themes_of(*, process: Any, live_only: bool) -> QuerySet[Theme]:
    found = Theme.objects.filter(process=process)
    if live_only:
        found = found.filter(retired_on=None)
    return found.order_by("title", "pk")[:300]


# --- processes as this stage needs them --------------------------------------------------------


def processes_taking_part(municipality: Municipality, standing: Standing) -> QuerySet[Process]:
    """For the workspace, newest first, with their phases: two queries."""
    found = Process.objects.filter(municipality=municipality)
    if standing.municipality != municipality.pk:
        return found.none()
    if not standing.is_member:
        found = found.filter(is_public=True)
    phases = Prefetch("phases", Phase.objects.order_by("starts", "pk"))
    return (
        found.select_related("lead_office__organisation")
        .prefetch_related(phases)
        .order_by("-starts", "-pk")
    )


def newest_process(municipality: Municipality, standing: Standing) -> Process | None:
    """For *What people say* without a filter: one query."""
    everything = standing.municipality == municipality.pk and standing.is_member
    return next(iter(_newest_process(town=municipality.pk, everything=everything)), None)


@prepared(town=BigIntegerField())
def _newest_process(*, town: Any, everything: bool) -> QuerySet[Process]:
    found = Process.objects.filter(municipality=town)
    if not everything:
        found = found.filter(is_public=True)
    return found.order_by("-starts", "-pk")[:1]


def meetings_of(process: Process) -> list[Meeting]:
    """For the entry of cards: where they were collected."""
    return list(Meeting.objects.filter(process=process).order_by("-happened_on", "-pk")[:100])


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
