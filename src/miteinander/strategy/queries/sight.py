"""What somebody may see: twins of the right `strategy.see_thing`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import BigIntegerField, CharField, Q, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared, there
from miteinander.core.sight import sees_all
from miteinander.core.standing import Standing
from miteinander.strategy.models import Concept, CrossCuttingTheme, FieldOfAction, Goal, Measure
from miteinander.strategy.queries.evidence import with_evidence

D = TypeVar("D", FieldOfAction, Goal, Measure)


def what_is_seen(town: Any, *, everything: bool) -> Q:
    """`town` is a municipality, or the slot of a prepared query."""
    return Q(municipality=town) & (Q() if everything else Q(is_public=True))


def _seen_by(municipality: Municipality, standing: Standing) -> Q:
    return what_is_seen(municipality, everything=sees_all(municipality, standing))


def concepts_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Concept]:
    """Editions, newest first; used by the public list and by every page below."""
    return _concepts(_seen_by(municipality, standing))


def fields_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[FieldOfAction]:
    return _fields(_seen_by(municipality, standing))


def goals_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Goal]:
    return _goals(_seen_by(municipality, standing))


def measures_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Measure]:
    """Measures in the order of the concept, with lead, goal, field and concept at hand."""
    return _measures(_seen_by(municipality, standing))


def cross_cutting_themes_visible_to(
    municipality: Municipality, standing: Standing
) -> QuerySet[CrossCuttingTheme]:
    return _cross_cutting_themes(_seen_by(municipality, standing))


def _concepts(seen: Q) -> QuerySet[Concept]:
    return (
        Concept.objects.filter(seen)
        .select_related("process", "continues")
        .order_by("-process__starts", "-pk")
    )


def _fields(seen: Q) -> QuerySet[FieldOfAction]:
    return (
        FieldOfAction.objects.filter(seen)
        .select_related("concept__process", "working_group")
        .order_by("position", "pk")
    )


def _goals(seen: Q) -> QuerySet[Goal]:
    return (
        Goal.objects.filter(seen)
        .select_related("field__concept__process", "field__working_group")
        .order_by("field__position", "position", "pk")
    )


def _measures(seen: Q) -> QuerySet[Measure]:
    return (
        Measure.objects.filter(seen)
        .select_related("lead", "goal__field__concept__process")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )


def _cross_cutting_themes(seen: Q) -> QuerySet[CrossCuttingTheme]:
    return (
        CrossCuttingTheme.objects.filter(seen)
        .select_related("concept__process")
        .order_by("position", "pk")
    )


def with_source(rows: QuerySet[D]) -> QuerySet[D]:
    """With the place in a document from which each was taken over, if it was (`taken_from`)."""
    found = rows.select_related("source_part__source")
    return found.defer("source_part__said", "source_part__source__mapping")


def concept_at(municipality: Municipality, standing: Standing, identifier: str) -> Concept:
    """Return the edition under an address, else `NotThere`; likewise below."""
    found: Concept = there(_at(Concept.KIND, municipality, standing, identifier))
    return found


def field_at(municipality: Municipality, standing: Standing, identifier: str) -> FieldOfAction:
    """With its concept."""
    found: FieldOfAction = there(_at(FieldOfAction.KIND, municipality, standing, identifier))
    return found


def goal_at(municipality: Municipality, standing: Standing, identifier: str) -> Goal:
    """With its field."""
    found: Goal = there(_at(Goal.KIND, municipality, standing, identifier))
    return found


def measure_at(municipality: Municipality, standing: Standing, identifier: str) -> Measure:
    """With lead, goal and field."""
    found: Measure = there(_at(Measure.KIND, municipality, standing, identifier))
    return found


def _at(kind: str, municipality: Municipality, standing: Standing, identifier: str) -> list[Any]:
    return _thing_at(
        town=municipality.pk,
        identifier=identifier,
        kind=kind,
        everything=sees_all(municipality, standing),
    )


@prepared(town=BigIntegerField(), identifier=CharField())
def _thing_at(*, town: Any, identifier: Any, kind: str, everything: bool) -> QuerySet[Any]:
    lists: dict[str, tuple[Callable[[Q], QuerySet[Any]], tuple[str, ...]]] = {
        Concept.KIND: (_concepts, ("process", "continues")),
        FieldOfAction.KIND: (_fields, ("concept",)),
        Goal.KIND: (_goals, ("field",)),
        Measure.KIND: (_measures, ("lead", "goal__field")),
    }
    rows, related = lists[kind]
    found = rows(what_is_seen(town, everything=everything)).filter(identifier=identifier)
    found = found.order_by().select_related(None).select_related(*related)
    if kind == Goal.KIND:
        found = with_evidence(found)
    return found if kind == Concept.KIND else with_source(found)
