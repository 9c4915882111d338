"""What was handed in: what can be, what lies with the review, and how it read then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from miteinander.community.models import Body
from miteinander.community.states import BodyKind
from miteinander.core.models import Municipality
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.strategy.models import FieldOfAction, Goal, HandedPart, HandOver, Measure
from miteinander.strategy.queries.wordings import MANY, labels_of, said
from miteinander.strategy.states import (
    WAITS_FOR_REVIEW,
    ConceptState,
    HandOverState,
    MeasureState,
)


def hand_overs_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[HandOver]:
    """Members see what was handed in; nobody else does."""
    rows = HandOver.objects.filter(field__municipality=municipality)
    if not sees_all(municipality, standing):
        return rows.none()
    return rows.select_related("field__concept__process", "field__working_group")


def parts_to_hand_in(field: FieldOfAction) -> list[FieldOfAction | Goal | Measure]:
    """What still is in the group's own hands, in the order of the concept: two queries."""
    goals = Goal.objects.filter(field=field, retired_on=None, handed_in=None)
    measures = (
        Measure.objects.filter(goal__field=field, state=MeasureState.DRAFT)
        .select_related("goal")
        .order_by("goal__position", "position", "pk")
    )
    below: dict[int, list[Measure]] = {}
    for measure in measures:
        below.setdefault(measure.goal_id, []).append(measure)
    found: list[FieldOfAction | Goal | Measure] = [field] if field.handed_in_id is None else []
    for goal in goals.order_by("position", "pk"):
        found += [goal, *below.pop(goal.pk, [])]
    for rest in below.values():
        found += rest
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a hand-over, with what it said then and what it says now."""

    part: HandedPart
    row: FieldOfAction | Goal | Measure
    now: dict[str, str]
    labels: dict[str, str]

    @property
    def has_changed(self) -> bool:
        return any(self.now.get(name, "") != text for name, text in self.part.words.items())


def parts_of(hand_over: HandOver) -> list[Part]:
    """What a hand-over holds, in the order of the concept: eight queries at most."""
    parts = {part.thing_id: part for part in hand_over.parts.all()}
    rows: list[FieldOfAction | Goal | Measure] = [
        *([hand_over.field] if hand_over.field_id in parts else []),
        *Goal.objects.filter(pk__in=parts).order_by("position", "pk"),
    ]
    measures = list(
        Measure.objects.filter(pk__in=parts)
        .select_related("lead")
        .order_by("goal__position", "position", "pk")
    )
    prefetch_related_objects(measures, *MANY)
    rows += measures
    # One row of each kind knows all labels; of measures one that answers own fields.
    kinds = {row.KIND: row for row in sorted(rows, key=lambda row: bool(getattr(row, "own", {})))}
    labels = {kind: labels_of(row) for kind, row in kinds.items()}
    return [Part(parts[row.pk], row, said(row), labels[row.KIND]) for row in rows]


def hand_overs_of(body: Body) -> QuerySet[HandOver]:
    """A group's own in editions that are drafted; those that wait, for a steering group."""
    mine = Q(field__working_group=body)
    if body.body_kind == BodyKind.STEERING_GROUP:
        mine |= Q(state__in=WAITS_FOR_REVIEW)
    return _drafted(mine, body.municipality_id)


def hand_overs_waiting(municipality: Municipality) -> QuerySet[HandOver]:
    """What lies with the review and is not answered yet, the oldest first."""
    return _drafted(Q(state__in=WAITS_FOR_REVIEW), municipality.pk).order_by("pk")


def hand_overs_come_back(municipality: Municipality, bodies: Collection[int]) -> QuerySet[HandOver]:
    """What was given back to these groups, and not handed in again since."""
    mine = Q(state=HandOverState.GIVEN_BACK, field__working_group__in=bodies)
    again = Q(field__hand_overs__pk__gt=F("pk"))
    return _drafted(mine, municipality.pk).exclude(again).order_by("pk")


def _drafted(which: Q, municipality: int) -> QuerySet[HandOver]:
    """Also where the field was merged since: its goals went along and wait for the answer."""
    here = Q(field__municipality=municipality, field__concept__state=ConceptState.DRAFTING)
    return HandOver.objects.filter(which & here).select_related("field")


def hand_over_to_tell(pk: int) -> HandOver | None:
    """With its field (mail)."""
    rows = HandOver.objects.select_related("field__municipality", "field__concept__process")
    return rows.filter(pk=pk).first()
