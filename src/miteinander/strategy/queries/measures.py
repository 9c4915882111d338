"""Measures in lists: filtered, of a goal or theme, led by or asked of somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When

from miteinander.community.models import Body, Organisation
from miteinander.core.models import Link, Municipality, Relation
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.strategy.models import CrossCuttingTheme, Goal, Measure
from miteinander.strategy.queries.outline import measures_where, naming_leads, with_leads
from miteinander.strategy.queries.sight import measures_visible_to
from miteinander.strategy.states import LeadState, MeasureState


def filtered(
    *,
    state: str = "",
    cross_cutting_theme: str = "",
    lead: str = "",
    theme: str = "",
) -> Q:
    """Turn what a reader chose above a list into a condition; identifiers, as in addresses."""
    chosen = Q()
    if state:
        chosen &= Q(state=state)
    if cross_cutting_theme:
        # A subquery, so that no measure comes twice.
        chosen &= Q(
            pk__in=Measure.cross_cutting_themes.through.objects.filter(
                crosscuttingtheme__identifier=cross_cutting_theme
            ).values("measure")
        )
    if lead:
        chosen &= Q(lead__identifier=lead)
    if theme:
        chosen &= Q(
            goal__in=Link.objects.filter(
                source__identifier=theme, relation=Relation.GREW_INTO, undone_at=None
            ).values("target")
        )
    return chosen


def leads_of(measures: Iterable[Measure]) -> list[Organisation]:
    """Return the organisations that lead some measures, by name; no query of its own."""
    found = {m.lead.pk: m.lead for m in measures if m.lead is not None}
    return sorted(found.values(), key=lambda organisation: organisation.title.casefold())


def measures_of_theme(theme: CrossCuttingTheme, *, public_only: bool) -> QuerySet[Measure]:
    """Living measures under a cross-cutting theme, in the order of the concept."""
    seen = Q(is_public=True) if public_only else Q()
    return (
        Measure.objects.filter(seen, cross_cutting_themes=theme)
        .exclude(state=MeasureState.RETIRED)
        .select_related("lead", "goal__field__concept")
        .order_by("goal__field__position", "goal__position", "position", "pk")
    )


def measures_of_goal(goal: Goal, *, public_only: bool) -> list[Measure]:
    return with_leads(_measures_of_goal(goal=goal.pk, public_only=public_only))


@prepared(goal=BigIntegerField())
def _measures_of_goal(*, goal: Any, public_only: bool) -> QuerySet[Any]:
    return naming_leads(measures_where(Q(goal=goal), public_only=public_only))


def organisations_of(municipality: Municipality) -> QuerySet[Organisation]:
    return Organisation.objects.filter(municipality=municipality, retired_on=None).order_by("title")


def working_groups_of(municipality: Municipality) -> QuerySet[Body]:
    return Body.objects.filter(municipality=municipality, retired_on=None).order_by("title")


def measures_waiting_for_lead(municipality: Municipality) -> QuerySet[Measure]:
    """Living measures whose lead has not accepted; *Heute* counts them."""
    return (
        Measure.objects.filter(municipality=municipality)
        .exclude(state=MeasureState.RETIRED)
        .exclude(lead_state=LeadState.ACCEPTED)
        .select_related("lead", "goal__field__concept")
        .order_by("pk")
    )


def measures_with(organisation: Organisation, standing: Standing) -> list[Measure]:
    """Living measures that an organisation leads, is asked to lead, or works along in: one query.

    `is_lead` tells which; what waits for an answer comes first.
    """
    asked_first = Case(When(lead=organisation, lead_state=LeadState.ASKED, then=0), default=1)
    rows: QuerySet[Any] = (
        measures_visible_to(organisation.municipality, standing)
        .filter(
            Exists(
                Measure.partners.through.objects.filter(
                    measure=OuterRef("pk"), organisation=organisation.pk
                )
            )
            | Q(lead=organisation)
        )
        .exclude(state=MeasureState.RETIRED)
        .annotate(rank=asked_first)
    )
    return list(rows.order_by("rank", "goal__field__position", "goal__position", "position", "pk"))
