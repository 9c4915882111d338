"""Goals grow out of themes and contributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link_many
from miteinander.core.models import Relation, Thing
from miteinander.core.standing import Standing
from miteinander.participation.models import Contribution, Theme
from miteinander.strategy import events
from miteinander.strategy.actions.ground import (
    locked,
    next_position,
    number_field,
    require_drafting,
    require_in_hands,
    require_living,
    required,
    save_changes,
)
from miteinander.strategy.actions.wordings import begin, remember
from miteinander.strategy.models import FieldOfAction, Goal
from miteinander.strategy.queries import said
from miteinander.strategy.states import Effect

EDITABLE = frozenset(
    {"title", "text", "need", "evidence", "effect", "indicator", "no_indicator_reason"}
)


@transaction.atomic
def grow_goal(
    field: FieldOfAction,
    *,
    title: str,
    themes: Iterable[Theme] = (),
    contributions: Iterable[Contribution] = (),
    text: str = "",
    need: str = "",
    evidence: str = "",
    effect: str = "",
    indicator: str = "",
    no_indicator_reason: str = "",
    meeting: Thing | None = None,
    language: str = "de",
    is_example: bool = False,
    by: Standing,
    at: datetime,
) -> Goal:
    """Write a goal out of what people said. It becomes public with its first measure handed in."""
    field = locked(field)
    require_drafting(field.concept, at=at)
    goal = new_goal(
        field,
        title=title,
        text=text,
        need=need,
        evidence=evidence,
        effect=effect,
        indicator=indicator,
        no_indicator_reason=no_indicator_reason,
        language=language,
        is_example=is_example,
        at=at,
    )
    goal.position = next_position(Goal.objects.filter(field=field))
    goal.save()
    number_field(field)
    day = localdate(at)
    link_many(themes, goal, Relation.GREW_INTO, on=day, context=meeting)
    link_many(contributions, goal, Relation.GREW_INTO, on=day, context=meeting)
    begin([goal], by=by, at=at)
    record(events.GOAL_GROWN.name, goal, by=by, at=at)
    return goal.refreshed()


def new_goal(
    field: FieldOfAction,
    *,
    title: str,
    language: str,
    is_example: bool,
    at: datetime,
    **texts: str,
) -> Goal:
    """A goal that may be written; it has no position yet."""
    required(title=title)
    require_living(field)
    require_in_hands(field)
    return Goal(
        municipality_id=field.municipality_id,
        field=field,
        title=title,
        language=language,
        is_example=is_example,
        happened_on=localdate(at),
        **texts,
    )


@transaction.atomic
def edit_goal(
    goal: Goal, *, changes: Mapping[str, object], revision: int, by: Standing, at: datetime
) -> Goal:
    """Save the texts of a goal unless somebody else did meanwhile (then both are shown)."""
    require_drafting(goal.field.concept, at=at)
    require_goal_changes(goal, changes)
    effects = dict(Effect.choices)
    stored = locked(goal)
    require_in_hands(stored)
    readable = {
        "effect": (
            effects.get(str(changes["effect"]), ""),
            effects.get(stored.effect, ""),
        )
    } if "effect" in changes else {}  # fmt: skip
    before, was = said(stored), stored.revision
    goal = save_changes(goal, changes, seen=revision, readable=readable)
    remember(goal, before=before, seen=was, by=by, at=at)
    record(events.GOAL_EDITED.name, goal, by=by, at=at, data={"fields": sorted(changes.keys())})
    return goal


def require_goal_changes(goal: Goal, changes: Mapping[str, object]) -> None:
    """Refuse what a goal cannot say."""
    assert changes.keys() <= EDITABLE
    required(title=str(changes.get("title", goal.title)))
    require_living(goal)


@transaction.atomic
def move_goal(
    goal: Goal,
    *,
    field: FieldOfAction,
    position: int | None = None,
    by: Standing,
    at: datetime,
) -> Goal:
    """Move a goal with its measures to a place in a field; addresses and threads stay."""
    goal = locked(goal)
    before = goal.field
    require_drafting(before.concept, at=at)
    require_living(goal)
    require_living(field)
    if field.concept_id != before.concept_id:
        raise Invalid({"field": _("Please choose a field of the same concept.")})
    _make_room(goal, field, position)
    number_field(field)
    was, now = before.title, field.title
    if before.pk != field.pk:
        number_field(before)
    else:  # within one field the two names would be the same
        was, now = f"{was}, {goal.number}", f"{now}, {goal.refreshed().number}"
    record(
        events.GOAL_MOVED.name,
        goal,
        by=by,
        at=at,
        data={"before": was, "after": now},
    )
    return goal.refreshed()


def _make_room(goal: Goal, field: FieldOfAction, position: int | None) -> None:
    others = list(
        Goal.objects.filter(field=field, retired_on=None)
        .exclude(pk=goal.pk)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
    )
    place = len(others) if position is None else max(0, min(position - 1, len(others)))
    others.insert(place, goal.pk)
    Goal.objects.filter(pk=goal.pk).update(field=field)
    for number, pk in enumerate(others, start=1):
        Goal.objects.filter(pk=pk).update(position=number)
