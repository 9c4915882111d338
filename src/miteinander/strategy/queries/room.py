"""What is a working group's own: its fields, what they still lack, what was said, what is new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, prefetch_related_objects

from miteinander.community.models import Body
from miteinander.core.models import Event
from miteinander.core.standing import Standing
from miteinander.strategy import events
from miteinander.strategy.models import ChangeProposal, FieldOfAction, Goal, HandOver, Measure
from miteinander.strategy.queries.brief import TOLD
from miteinander.strategy.queries.evidence import founded, with_linked
from miteinander.strategy.queries.handing import hand_overs_of
from miteinander.strategy.queries.measure import OpenPoint, open_points
from miteinander.strategy.states import ConceptState, FieldState, MeasureState, ProposalState

IN_A_ROOM = (
    *TOLD, events.FIELD_DESCRIBED.name, events.MEASURE_GROWN.name, events.CHANGE_PROPOSED.name,
    events.REMARK_MADE.name, events.CHANGE_ACCEPTED.name, events.CHANGE_ADAPTED.name,
    events.CHANGE_DECLINED.name, events.REMARK_SETTLED.name, events.FIELD_HANDED_IN.name,
    events.REVIEW_BEGUN.name, events.FIELD_TAKEN_ON.name, events.FIELD_GIVEN_BACK.name,
    events.FIELD_TAKEN_BACK.name,
)  # fmt: skip
"""What members of a group want to know of when they come back."""
MOST_EVENTS = 200
MOST_HAND_OVERS = 8
MOST_CHANGES = 12


@dataclass(frozen=True, slots=True)
class OwnGoal:
    goal: Goal
    measures: list[tuple[Measure, list[OpenPoint]]]
    """Each with what stands in the way of handing it in."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that the group works on."""

    field: FieldOfAction
    goals: list[OwnGoal]

    @property
    def can_be_handed_in(self) -> bool:
        """Whether anything still lies with the group."""
        drafts = [m for goal in self.goals for m, _points in goal.measures]
        return (
            self.field.handed_in_id is None
            or any(goal.goal.handed_in_id is None for goal in self.goals)
            or any(measure.state == MeasureState.DRAFT for measure in drafts)
        )

    @property
    def lacks(self) -> int:
        """How many open points its draft measures have."""
        return sum(len(points) for goal in self.goals for _measure, points in goal.measures)


@dataclass(frozen=True, slots=True)
class Room:
    fields: list[OwnField]
    said: list[ChangeProposal]
    """Remarks and proposals that wait for an answer, the oldest first."""
    hand_overs: list[HandOver]
    """The latest; of a steering group, those that wait for it."""
    changes: list[Event]
    """The latest of each thing since one last looked, not one's own."""


def room_of(body: Body, *, since: datetime | None, by: Standing) -> Room:
    """The fields of a group in editions that are being drafted: seven queries."""
    fields = list(
        FieldOfAction.objects.filter(worked_on_by(body))
        .select_related("concept__process")
        .order_by("concept", "position", "pk")
    )
    hand_overs = list(hand_overs_of(body)[:MOST_HAND_OVERS])
    if not fields:
        return Room([], [], hand_overs, [])
    prefetch_related_objects([field.concept.process for field in fields], "phases")
    by_field = {field.pk: field for field in fields}
    rows = with_linked(Goal.objects.filter(field__in=by_field, retired_on=None))
    goals = list(rows.order_by("position", "pk"))
    by_goal = {goal.pk: OwnGoal(goal, []) for goal in goals}
    for goal in goals:
        goal.field = by_field[goal.field_id]
    measures = (
        Measure.objects.filter(goal__in=by_goal)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead")
        .order_by("position", "pk")
    )
    known = founded(goals)
    for measure in measures:
        below = by_goal[measure.goal_id]
        measure.goal = below.goal
        below.measures.append((measure, blocking(measure, founded=known)))
    return Room(
        fields=[
            OwnField(field, [by_goal[goal.pk] for goal in goals if goal.field_id == field.pk])
            for field in fields
        ],
        said=list(waiting_in(body)),
        hand_overs=hand_overs,
        changes=_changes(body, since, by) if since else [],
    )


def worked_on_by(body: Body | Collection[int]) -> Q:
    """Fields that are a group's own now."""
    bodies = [body.pk] if isinstance(body, Body) else body
    drafted = Q(working_group__in=bodies, concept__state=ConceptState.DRAFTING)
    return drafted & ~Q(state=FieldState.RETIRED)


def waiting_in(body: Body | Collection[int]) -> QuerySet[ChangeProposal]:
    """What was proposed or remarked about a group's texts and waits for its answer."""
    about = texts_of_group(body)
    return (
        ChangeProposal.objects.filter(about, state=ProposalState.OPEN)
        .select_related("thing")
        .order_by("proposed_at", "pk")
    )


def _within(fields: QuerySet[FieldOfAction]) -> Q:
    """What hangs on these fields, their goals or their measures by its `thing`."""
    own = fields.values("pk")
    return (
        Q(thing__in=own)
        | Q(thing__in=Goal.objects.filter(field__in=own).values("pk"))
        | Q(thing__in=Measure.objects.filter(goal__field__in=own).values("pk"))
    )


def texts_of_group(body: Body | Collection[int]) -> Q:
    """What hangs on any text of a group's fields."""
    return _within(FieldOfAction.objects.filter(worked_on_by(body)))


def blocking(measure: Measure, *, founded: Collection[int]) -> list[OpenPoint]:
    """What stands in the way of handing a draft in; nothing of what has been handed in."""
    if measure.state != MeasureState.DRAFT:
        return []
    return [point for point in open_points(measure, founded=founded) if point.blocks]


def _changes(body: Body, since: datetime, by: Standing) -> list[Event]:
    about = _within(FieldOfAction.objects.filter(working_group=body))
    rows = Event.objects.filter(
        about, municipality=body.municipality_id, kind__in=IN_A_ROOM, at__gt=since
    ).exclude(detail__user=by.user)
    latest: dict[tuple[int, str], Event] = {}
    for event in rows.select_related("thing").order_by("-at", "-pk")[:MOST_EVENTS]:
        latest.setdefault((event.thing_id or 0, event.kind), event)
    return list(latest.values())[:MOST_CHANGES]
