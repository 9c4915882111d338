"""A merge or a split is taken back, as long as nothing is lost by it.

What the operation found stands in its event, so that taking back needs no memory of its own. It is
an operation like any other: stitches are marked as undone, numbers follow, and an event tells it.
What was written into goals and measures meanwhile goes along; what would be lost stands in the way
and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.lineage.link import link, unlink
from miteinander.core.models import Link, Relation, Thing
from miteinander.participation.models import Theme
from miteinander.strategy import events, queries
from miteinander.strategy.actions.ground import number_field, number_fields, require_drafting
from miteinander.strategy.models import (
    ChangeProposal,
    Concept,
    FieldOfAction,
    Goal,
    Measure,
    Overlap,
)
from miteinander.strategy.queries.regrouping import UNDONE_BY, Regrouping
from miteinander.strategy.states import FieldState, MeasureState, OverlapState

if TYPE_CHECKING:
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@transaction.atomic
def undo_regrouping(concept: Concept, *, event: int, by: Standing, at: datetime) -> Thing:
    """Take back the merge or split that an event tells of. Twice is once."""
    Concept.objects.select_for_update(of=("self",)).get(pk=concept.pk)
    concept = queries.with_regroupings(Concept.objects.filter(pk=concept.pk), at=at).get()
    step = next((s for s in queries.regroupings_of(concept) if s.event == event), None)
    if step is None:
        raise Closed(
            _("This cannot be taken back any more."),
            where=concept.title,
            do=_("Somebody has taken it back already, or it was more than %(days)s days ago.")
            % {"days": queries.UNDO_WITHIN.days},
        )
    permits = "review" if step.kind == events.MEASURE_MERGED.name else "gather"
    require_drafting(concept, "draft", permits, at=at)
    thing = UNDOERS[step.kind](step, at)
    data = {"into": step.into, "undone": step.event}
    record(UNDONE_BY[step.kind], thing, by=by, at=at, data=data)
    return thing


def _field_merge(step: Regrouping, at: datetime) -> FieldOfAction:
    field, into = _field(step.thing), _field(step.memory["home"])
    _require_still(into.retired_on is None, into.title)
    before = dict(step.memory["goals"])
    moved = _those_still_in(into, before)
    themes = _themes_still_in(into, step.memory["themes"])
    unlink(field, into, Relation.BECAME, at=at)
    for theme in themes:
        unlink(theme, into, Relation.COLLECTED_BY, at=at)
    if step.memory["state"] == FieldState.KEPT:
        kept = FieldOfAction.objects.filter(concept=field.concept_id, state=FieldState.KEPT)
        kept.filter(position__gte=field.position).update(position=F("position") + 1)
    field.state = step.memory["state"]
    field.retired_on, field.retired_because = None, ""
    field.revision += 1
    field.save()
    _put_back(moved, field, before)
    number_fields(field.concept)
    number_field(into)
    return field.refreshed()


def _field_split(step: Regrouping, at: datetime) -> FieldOfAction:
    """The new field is given up: its address leads to where everything is again."""
    field, new = _field(step.thing), _field(step.memory["home"])
    _require_still(field.retired_on is None, field.title)
    moved = _those_still_in(new, step.memory["moved"])
    themes = _themes_still_in(new, step.memory["themes"])
    _require_nothing_new(new, goals=moved, themes=themes)
    day = localdate(at)
    stitches = Link.objects.filter(
        target=field, source__in=[t.pk for t in themes], relation=Relation.COLLECTED_BY
    )
    former = {s.source_id: s for s in stitches.select_related("context").order_by("pk")}
    for theme in themes:
        unlink(theme, new, Relation.COLLECTED_BY, at=at)
        old = former[theme.pk]
        link(theme, field, Relation.COLLECTED_BY, on=old.happened_on, context=old.context)
    unlink(field, new, Relation.SPLIT_INTO, at=at)
    reason = gettext("The split was taken back.")
    link(new, field, Relation.BECAME, on=day, note=reason)
    new.state, new.retired_on, new.retired_because = FieldState.RETIRED, day, reason
    new.revision += 1
    new.save()
    later = FieldOfAction.objects.filter(concept=field.concept_id, position__gt=new.position)
    later.update(position=F("position") - 1)
    _put_back(moved, field, dict(step.memory["goals"]))
    number_fields(field.concept)
    return field


def _measure_merge(step: Regrouping, at: datetime) -> Measure:
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=step.thing)
    into = Measure.objects.get(pk=step.memory["home"])
    unlink(measure, into, Relation.MERGED_INTO, at=at)
    later = Measure.objects.filter(goal=measure.goal_id, position__gte=measure.position)
    later.exclude(state=MeasureState.RETIRED).update(position=F("position") + 1)
    measure.state = step.memory["state"]
    measure.retired_on, measure.retired_because = None, ""
    measure.revision += 1
    measure.save()
    number_field(measure.goal.field)
    first, second = sorted((measure.pk, into.pk))
    Overlap.objects.filter(first=first, second=second, state=OverlapState.MERGED).update(
        state=OverlapState.OPEN, word="", decided_on=None
    )
    return measure.refreshed()


UNDOERS: dict[str, Callable[[Regrouping, datetime], Thing]] = {
    events.FIELD_MERGED.name: _field_merge,
    events.FIELD_SPLIT.name: _field_split,
    events.MEASURE_MERGED.name: _measure_merge,
}


def _field(pk: int) -> FieldOfAction:
    return FieldOfAction.objects.select_for_update(of=("self",)).get(pk=pk)


def _require_still(holds: bool, title: Text) -> None:
    if not holds:
        raise Closed(
            _("“%(title)s” was changed meanwhile, and that would be lost.") % {"title": title},
            do=_("Take the later step back first, or leave it as it is."),
        )


def _those_still_in(home: FieldOfAction, goals: Iterable[int]) -> list[Goal]:
    """Goals that went along, in their order of today; none of them went on."""
    found = list(Goal.objects.filter(pk__in=list(goals)).order_by("position", "pk"))
    for goal in found:
        _require_still(goal.field_id == home.pk, goal.title)
    return found


def _themes_still_in(home: FieldOfAction, themes: Iterable[int]) -> list[Theme]:
    collected = {theme.pk for theme in queries.themes_of_field(home)}
    found = list(Theme.objects.filter(pk__in=list(themes)).order_by("pk"))
    for theme in found:
        _require_still(theme.pk in collected, theme.title)
    return found


def _require_nothing_new(new: FieldOfAction, *, goals: list[Goal], themes: list[Theme]) -> None:
    """Nothing was said of the new field, and nothing came into it, since it was split off."""
    came = {goal.pk for goal in goals} | {theme.pk for theme in themes}
    for row in (*Goal.objects.filter(field=new), *queries.themes_of_field(new)):
        _require_still(row.pk in came, row.title)
    untouched = new.revision == 0 and not ChangeProposal.objects.filter(thing=new.pk).exists()
    joined = Link.objects.filter(target=new.pk, undone_at=None).exclude(
        relation__in=[Relation.SPLIT_INTO, Relation.COLLECTED_BY]
    )
    left = Link.objects.filter(source=new.pk, undone_at=None).exclude(
        target__in=[goal.pk for goal in goals]
    )
    _require_still(untouched and not joined.exists() and not left.exists(), new.title)


def _put_back(goals: list[Goal], home: FieldOfAction, before: dict[int, int]) -> None:
    """Each to its place of before; behind all others, if those were given another order since."""
    there = list(Goal.objects.filter(field=home).order_by("position", "pk"))
    stayed = [goal.pk for goal in there if goal.pk in before]
    last = max([0, *before.values(), *(goal.position for goal in there)])
    in_order = stayed == sorted(stayed, key=lambda pk: (before[pk], pk))
    if in_order:
        for goal in there:
            place = before.get(goal.pk, last + goal.position)
            Goal.objects.filter(pk=goal.pk).update(position=place)
    places = sorted(before[goal.pk] for goal in goals)
    for goal, place in zip(goals, places, strict=True):
        Goal.objects.filter(pk=goal.pk).update(
            field=home, position=place if in_order else last + place
        )
    number_field(home)
