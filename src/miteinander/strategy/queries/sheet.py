"""The measure sheet besides its columns: dependencies, own fields, how much of it is filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.core.errors import Invalid, filled
from miteinander.core.models import Municipality
from miteinander.strategy.models import Concept, Measure, OwnField
from miteinander.strategy.states import MeasureState, OwnFieldKind

if TYPE_CHECKING:
    from miteinander.core.errors import Text

COUNTED: tuple[tuple[str, Text], ...] = (
    ("title", gettext_lazy("title")),
    ("summary", gettext_lazy("in one sentence")),
    ("text", gettext_lazy("description")),
    ("first_steps", gettext_lazy("first steps")),
    ("target_groups", gettext_lazy("target groups")),
    ("lead", gettext_lazy("lead")),
    ("period", gettext_lazy("period")),
    ("cost", gettext_lazy("cost")),
    ("funding", gettext_lazy("funding")),
    ("staff_need", gettext_lazy("staff need")),
    ("novelty", gettext_lazy("new or existing")),
    ("service", gettext_lazy("mainstream service or bridging offer")),
    ("indicators", gettext_lazy("indicators")),
    ("risks", gettext_lazy("risks")),
)
"""What a whole sheet says, in its order; what not every measure has does not count."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a sheet is filled; zero and “nobody” are answers too."""

    filled: int
    total: int
    missing: tuple[Text, ...]


def completeness(measure: Measure, *, indicators: int) -> Completeness:
    """Computed from the measure at hand, without a query; `indicators` is how many it has."""
    has = {
        "lead": measure.lead_id is not None,
        "period": measure.starts is not None or bool(measure.horizon),
        "cost": measure.cost_once is not None or measure.cost_yearly is not None,
        "staff_need": measure.staff_need is not None,
        "indicators": indicators > 0,
    }
    missing = tuple(
        label for name, label in COUNTED if not has.get(name, bool(getattr(measure, name, "")))
    )
    return Completeness(len(COUNTED) - len(missing), len(COUNTED), missing)


# --- dependencies ------------------------------------------------------------------------------


def first_circle(waits_for: Mapping[int, Sequence[int]], *, through: int) -> list[int]:
    """The keys of the shortest circle through one measure, beginning with it; empty without one.

    >>> first_circle({1: [2], 2: [3], 3: [1]}, through=1)
    [1, 2, 3]
    """
    came_from: dict[int, int] = {}
    front = [through]
    while front:
        ahead = []
        for here in front:
            for there in waits_for.get(here, ()):
                if there == through:
                    path = [here]
                    while path[-1] != through:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if there not in came_from:
                    came_from[there] = here
                    ahead.append(there)
        front = ahead
    return []


def needed_by_lines(measure: Measure) -> str:
    """What a measure waits for, one a line, as :func:`measures_named` reads it back: one query."""
    rows = measure.depends_on.order_by("goal__field__position", "goal__position", "position", "pk")
    return "\n".join(f"{row.identifier} {row.title}" for row in rows)


def measures_named(measure: Measure, typed: str) -> list[Measure]:
    """Measures of the same concept, one a line: address, identifier, number in its field or title.

    Raises `Invalid` for ``depends_on`` with the first line that leads nowhere: one query for all.
    """
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        return []
    concept: Concept = measure.goal.field.concept
    known = list(
        Measure.objects.filter(goal__field__concept=concept)
        .exclude(state=MeasureState.RETIRED)
        .exclude(pk=measure.pk)
        .select_related("goal")
    )
    by_identifier = {row.identifier: row for row in known}
    by_title = {row.title.casefold(): row for row in known}
    own_field = {row.number: row for row in known if row.goal.field_id == measure.goal.field_id}
    found: dict[int, Measure] = {}
    for line in lines:
        address = line.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
        row = (
            by_identifier.get(line.split()[0])
            or by_identifier.get(address)
            or by_title.get(line.casefold())
            or own_field.get(line.rstrip("."))
        )
        if row is None:
            raise Invalid({"depends_on": filled(NOWHERE, line=line[:80])})
        found.setdefault(row.pk, row)
    return list(found.values())


NOWHERE = gettext_lazy(
    "“%(line)s” is no other measure of this concept. Please write its title, its address, or its "
    "number if it belongs to the same field."
)


# --- what a municipality asks besides ----------------------------------------------------------


def own_fields_of(municipality: Municipality | int) -> list[OwnField]:
    """What is asked on every sheet now: one query."""
    return list(OwnField.objects.filter(municipality=municipality, retired_on=None))


def own_labels(municipality: int) -> dict[str, str]:
    """How each own field is called, those that are closed included: one query."""
    rows = OwnField.objects.filter(municipality=municipality).values_list("pk", "label")
    return {str(pk): label for pk, label in rows}


def own_words(answers: Mapping[str, object], labels: Mapping[str, str]) -> str:
    """Own fields and their answers in one text, for comparing two."""
    told = [f"{labels.get(key, key)}: {answers[key]}" for key in sorted(answers) if answers[key]]
    return "; ".join(told)


def own_answers(
    measure: Measure, fields: Sequence[OwnField], *, public_only: bool
) -> list[tuple[str, str]]:
    """What a sheet answers to the own fields, in their order; the empty ones are left out."""
    told = []
    for row in fields:
        answer = measure.own.get(str(row.pk))
        if answer in (None, "", False) or (public_only and not row.is_public):
            continue
        told.append((row.label, _("yes") if row.field_kind == OwnFieldKind.MARK else str(answer)))
    return told
