"""A concept or a field as a whole, with goals and measures in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as given
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, prefetch_related_objects

from miteinander.community.models import Organisation
from miteinander.core.prepared import prepared
from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Goal, Measure
from miteinander.strategy.states import FieldState, MeasureState

OF_A_THEME = ("identifier", "title", "language", "is_public", "position")
"""What a list of measures shows of their cross-cutting themes."""


IN_A_LIST = (
    "municipality", "identifier", "kind", "title", "language", "number", "is_example", "goal",
    "lead", "lead_state", "is_key", "state", "target_groups",
)  # fmt: skip
"""What a list shows of its measures; reading whole sheets takes several times as long."""


@dataclass(frozen=True, slots=True)
class GoalOutline:
    goal: Goal
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class FieldOutline:
    field: FieldOfAction
    goals: list[GoalOutline]
    themes: Mapping[int, list[CrossCuttingTheme]] = given(default_factory=dict)
    """The cross-cutting themes of each measure; read for one field alone."""

    @property
    def measures(self) -> list[Measure]:
        return [measure for goal in self.goals for measure in goal.measures]


@dataclass(frozen=True, slots=True)
class ConceptOutline:
    """Everything of one edition, in order. Counts are counted here, never typed."""

    concept: Concept
    fields: list[FieldOutline]
    retired_fields: list[FieldOfAction]
    cross_cutting_themes: list[CrossCuttingTheme]

    @property
    def goals(self) -> list[Goal]:
        return [goal.goal for field_ in self.fields for goal in field_.goals]

    @property
    def measures(self) -> list[Measure]:
        return [measure for field_ in self.fields for measure in field_.measures]


def concept_outline(
    concept: Concept, *, public_only: bool = False, with_partners: bool = True
) -> ConceptOutline:
    """Read a whole concept in four queries, and two more with partners and themes of measures.

    Retired goals and measures are left out; retired fields stand apart. Every measure has its
    goal, field and concept attached, so rules and pages may follow them for nothing.
    """
    seen = Q(is_public=True) if public_only else Q()
    fields = list(
        FieldOfAction.objects.filter(seen, concept=concept)
        .select_related("working_group")
        .order_by("position", "pk")
    )
    themes = list(
        CrossCuttingTheme.objects.filter(seen, concept=concept, retired_on=None).order_by(
            "position", "pk"
        )
    )
    goals = list(
        Goal.objects.filter(seen, field__concept=concept, retired_on=None).order_by(
            "position", "pk"
        )
    )
    measures = list(
        Measure.objects.filter(seen, goal__field__concept=concept)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead")
        .order_by("position", "pk")
    )
    if with_partners:
        prefetch_related_objects(measures, "partners", "cross_cutting_themes")
    return ConceptOutline(
        concept=concept,
        fields=_joined(
            concept, [f for f in fields if f.state != FieldState.RETIRED], goals, measures
        ),
        retired_fields=[f for f in fields if f.state == FieldState.RETIRED],
        cross_cutting_themes=themes,
    )


def field_outline(
    field_: FieldOfAction,
    *,
    public_only: bool = False,
    chosen: Q | None = None,
) -> FieldOutline:
    """Read one field's goals and measures: three queries. `chosen` comes from :func:`filtered`."""
    if chosen is None:
        measures = with_leads(_measures_below(field=field_.pk, public_only=public_only))
    else:
        measures = list(
            measures_where(Q(goal__field=field_), public_only=public_only).filter(chosen)
        )
    themes: dict[int, list[CrossCuttingTheme]] = {measure.pk: [] for measure in measures}
    known: dict[int, CrossCuttingTheme] = {}
    for measure, pk, *values in _themes_in(field=field_.pk):
        if pk not in known:
            named = dict(zip(OF_A_THEME, values, strict=True))
            known[pk] = CrossCuttingTheme(
                pk=pk, municipality_id=field_.municipality_id, kind=CrossCuttingTheme.KIND, **named
            )
        if measure in themes:
            themes[measure].append(known[pk])
    goals = _goals_below(field=field_.pk, public_only=public_only)
    outline = _joined(field_.concept, [field_], goals, measures)[0]
    return replace(outline, themes=themes)


def measures_where(where: Q, *, public_only: bool) -> QuerySet[Measure]:
    """Living measures below something, each goal's in their order, with their leads."""
    seen = Q(is_public=True) if public_only else Q()
    return (
        Measure.objects.filter(seen, where)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead")
        .order_by("position", "pk")
    )


@prepared(field=BigIntegerField())
def _measures_below(*, field: Any, public_only: bool) -> QuerySet[Any]:
    return naming_leads(measures_where(Q(goal__field=field), public_only=public_only))


def naming_leads(measures: QuerySet[Measure]) -> QuerySet[Any]:
    """Read what a list shows; of the leads the name and address, see :func:`with_leads`."""
    named = {
        "lead_title": F("lead__title"),
        "lead_at": F("lead__identifier"),
        "lead_gone": F("lead__retired_on"),
    }
    return measures.select_related(None).only(*IN_A_LIST).annotate(**named)


def with_leads(measures: list[Any]) -> list[Measure]:
    """Hang the leads on their measures: each organisation once, though it leads twelve."""
    known: dict[int, Organisation] = {}
    # In the order of the model's own columns, as `from_db` wants it.
    columns = ("id", "municipality_id", "identifier", "kind", "title", "retired_on", "thing_ptr_id")
    for measure in measures:
        pk = measure.lead_id
        if pk is None:
            continue
        if pk not in known:
            town, at, title = measure.municipality_id, measure.lead_at, measure.lead_title
            values = (pk, town, at, Organisation.KIND, title, measure.lead_gone, pk)
            known[pk] = Organisation.from_db(measure._state.db, columns, values)
        measure.lead = known[pk]
    return measures


@prepared(field=BigIntegerField())
def _goals_below(*, field: Any, public_only: bool) -> QuerySet[Goal]:
    seen = Q(is_public=True) if public_only else Q()
    return Goal.objects.filter(seen, field=field, retired_on=None).order_by("position", "pk")


@prepared(field=BigIntegerField())
def _themes_in(*, field: Any) -> QuerySet[Any, Any]:
    """One row for each measure of a field and each of its themes."""
    found = CrossCuttingTheme.objects.filter(measures__goal__field=field)
    rows: QuerySet[Any, Any] = found.order_by("position", "pk").values_list(
        "measures", "pk", *OF_A_THEME
    )
    return rows


def _joined(
    concept: Concept,
    fields: Sequence[FieldOfAction],
    goals: Sequence[Goal],
    measures: Sequence[Measure],
) -> list[FieldOutline]:
    below_goal: dict[int, list[Measure]] = {goal.pk: [] for goal in goals}
    below_field: dict[int, list[GoalOutline]] = {f.pk: [] for f in fields}
    by_goal = {goal.pk: goal for goal in goals}
    by_field = {f.pk: f for f in fields}
    for f in fields:
        f.concept = concept
    for measure in measures:
        if measure.goal_id in by_goal:
            measure.goal = by_goal[measure.goal_id]
            below_goal[measure.goal_id].append(measure)
    for goal in goals:
        if goal.field_id in by_field:
            goal.field = by_field[goal.field_id]
            below_field[goal.field_id].append(GoalOutline(goal, below_goal[goal.pk]))
    return [FieldOutline(f, below_field[f.pk]) for f in fields]


def know_phases(concept: Concept) -> None:
    """Read the phases once, before rights are asked for each field of a board: one query."""
    prefetch_related_objects([concept.process], "phases")
