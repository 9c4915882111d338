"""What a merge or a split of fields would take along: told before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from miteinander.participation.models import Theme
from miteinander.strategy.models import FieldOfAction, Goal
from miteinander.strategy.queries.fields import themes_of_field
from miteinander.strategy.states import FieldState, MeasureState


@dataclass(frozen=True, slots=True)
class Going:
    """A goal that goes along: its number now and then, and how many measures hang on it."""

    title: str
    before: str
    after: str
    measures: int


@dataclass(frozen=True, slots=True)
class Removal:
    """All that would be linked anew, counted."""

    goals: tuple[Going, ...]
    themes: tuple[Theme, ...]
    field_numbers: tuple[tuple[str, str, str], ...]
    """Fields whose number changes: name, before, after."""

    @property
    def contributions(self) -> int:
        """Behind these themes; they come along on the golden thread."""
        return sum(theme.gathered for theme in self.themes)

    @property
    def measures(self) -> int:
        return sum(goal.measures for goal in self.goals)


def goals_in(field: FieldOfAction) -> list[Goal]:
    """Living goals of a field in their order, with how many living measures each has."""
    living = Count("measures", filter=~Q(measures__state=MeasureState.RETIRED))
    rows = Goal.objects.filter(field=field, retired_on=None).annotate(living=living)
    return list(rows.order_by("position", "pk"))


def merging(field: FieldOfAction, into: FieldOfAction) -> Removal:
    """What merging a field into another would do: four queries."""
    there = len(goals_in(into))
    staying: list[FieldOfAction | None] = [row for row in _kept(field) if row.pk != field.pk]
    return _removal(goals_in(field), themes_of_field(field), there, staying)


def splitting(field: FieldOfAction, *, goals: Sequence[Goal], themes: Sequence[Theme]) -> Removal:
    """What splitting these off would do: three queries. A candidate has no number to lose."""
    chosen, taken = {goal.pk for goal in goals}, {theme.pk for theme in themes}
    fields: list[FieldOfAction | None] = []
    for row in _kept(field):
        fields += [row, None] if row.pk == field.pk else [row]
    return _removal(
        [goal for goal in goals_in(field) if goal.pk in chosen],
        [theme for theme in themes_of_field(field) if theme.pk in taken],
        0,
        fields,
    )


def _kept(field: FieldOfAction) -> list[FieldOfAction]:
    rows = FieldOfAction.objects.filter(concept=field.concept_id, state=FieldState.KEPT)
    return list(rows.order_by("position", "pk"))


def _removal(
    goals: Sequence[Any],
    themes: Sequence[Theme],
    there: int,
    fields: Sequence[FieldOfAction | None],
) -> Removal:
    """`there` is how many goals the other field has; None among `fields` is the new one."""
    return Removal(
        goals=tuple(
            Going(goal.title, goal.number, str(there + place), goal.living)
            for place, goal in enumerate(goals, start=1)
        ),
        themes=tuple(themes),
        field_numbers=tuple(
            (row.title, row.number, str(place))
            for place, row in enumerate(fields, start=1)
            if row is not None and row.number != str(place)
        ),
    )
