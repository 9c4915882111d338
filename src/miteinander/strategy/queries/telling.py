"""Proposals and their answers, as mail and the page *Heute* tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from miteinander.community.models import Person
from miteinander.community.queries import reachable
from miteinander.core.models import Municipality
from miteinander.strategy.models import ChangeProposal, FieldOfAction, Goal, Measure
from miteinander.strategy.states import ProposalState

LOOK_BACK = timedelta(hours=48)
"""What is older when the worker comes is no news any more."""
COLLECTED = timedelta(minutes=30)
"""So long is waited for more, so that one evening is one mail."""
SHOWN = timedelta(days=7)


def proposals_untold(at: datetime) -> QuerySet[ChangeProposal]:
    """Open proposals of which those who write the text have not been told, the oldest first."""
    rows = ChangeProposal.objects.filter(state=ProposalState.OPEN, told_at=None)
    return _with_places(rows.filter(proposed_at__gt=at - LOOK_BACK, proposed_at__lte=at))


def answers_untold(at: datetime) -> QuerySet[ChangeProposal]:
    """Answered proposals whose author is known and has not been told, the oldest first."""
    rows = ChangeProposal.objects.filter(answer_told_at=None, person__isnull=False)
    rows = rows.exclude(state=ProposalState.OPEN).select_related("person__user")
    return _with_places(rows.filter(settled_at__gt=at - LOOK_BACK, settled_at__lte=at))


def _with_places(rows: QuerySet[ChangeProposal]) -> QuerySet[ChangeProposal]:
    places = ("thing__municipality", "chapter__concept__municipality")
    return rows.select_related(*places).order_by("pk")


def somebody_is_to_be_told(at: datetime) -> bool:
    """Whether anything has waited long enough for more; only reads."""
    ripe = at - COLLECTED
    return (
        proposals_untold(at).filter(proposed_at__lte=ripe).exists()
        or answers_untold(at).filter(settled_at__lte=ripe).exists()
    )


def groups_of(proposals: Iterable[ChangeProposal]) -> dict[int, int | None]:
    """The working group of each thing that proposals are about: three queries."""
    things = {one.thing_id for one in proposals if one.thing_id is not None}
    fields = FieldOfAction.objects.filter(pk__in=things).values_list("pk", "working_group")
    goals = Goal.objects.filter(pk__in=things).values_list("pk", "field__working_group")
    measures = Measure.objects.filter(pk__in=things)
    below = measures.values_list("pk", "goal__field__working_group")
    return {pk: group for rows in (fields, goals, below) for pk, group in rows}


def authors_to_tell(people: Iterable[int]) -> list[Person]:
    """Those of them who may be written to: one query."""
    found = reachable(Person.objects.filter(pk__in=list(people)))
    return list(found.select_related("user").order_by("pk"))


def town_of(one: ChangeProposal) -> Municipality:
    """Follows relations, so select them."""
    if one.chapter is not None:
        return one.chapter.concept.municipality
    assert one.thing is not None, "a constraint holds: one of the two"
    return one.thing.municipality


def answers_for(person: int, town: Municipality, *, at: datetime) -> QuerySet[ChangeProposal]:
    """What was answered to somebody lately, the latest first (*Heute*)."""
    here = Q(thing__municipality=town) | Q(chapter__concept__municipality=town)
    rows = ChangeProposal.objects.filter(here, person=person, settled_at__gt=at - SHOWN)
    rows = rows.exclude(state=ProposalState.OPEN).select_related("thing", "chapter__concept")
    return rows.order_by("-settled_at", "-pk")
