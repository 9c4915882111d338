"""Who may see and do what: the rule and its query, in every state and for everybody."""

from __future__ import annotations

import pytest

from miteinander.core.rights import allowed
from miteinander.participation import queries
from miteinander.participation.states import ContributionState
from tests import factories as f

pytestmark = pytest.mark.django_db


def everybody(town):
    other = f.MunicipalityFactory()
    return [
        f.visitor(town),
        f.member(town),
        f.coordinator(town),
        f.visitor(other),
        f.member(other),
        f.coordinator(other),
    ]


@pytest.mark.parametrize("state", ContributionState)
def test_rule_and_query_agree_on_who_sees_a_contribution(state):
    town = f.MunicipalityFactory()
    process = f.ProcessFactory(municipality=town)
    here = [
        f.ContributionFactory(process=process, state=state, is_public=public)
        for public in (True, False)
    ]
    foreign = f.ContributionFactory(state=state)
    for standing in everybody(town):
        may = {
            c for c in (*here, foreign) if allowed(standing, "participation.see_contribution", c)
        } - ({foreign} if standing.municipality != town.pk else set())
        assert set(queries.contributions_visible_to(town, standing)) == may
        assert set(queries.contributions_visible_to(process, standing)) == may


def _statement(process=None, *, is_public=True):
    call = f.CallFactory(method="statements", **({"process": process} if process else {}))
    return f.StatementFactory(call=call, is_public=is_public)


@pytest.mark.parametrize(
    ("right", "visible", "factory"),
    [
        ("participation.see_call", queries.calls_visible_to, f.CallFactory),
        ("participation.see_theme", queries.themes_visible_to, f.ThemeFactory),
        ("participation.see_statement", queries.statements_visible_to, _statement),
    ],
)
def test_rule_and_query_agree_on_calls_and_themes(right, visible, factory):
    town = f.MunicipalityFactory()
    process = f.ProcessFactory(municipality=town)
    here = [factory(process=process, is_public=public) for public in (True, False)]
    factory()
    for standing in everybody(town):
        may = {thing for thing in here if allowed(standing, right, thing)}
        assert set(visible(town, standing)) == may


@pytest.mark.parametrize(
    "right",
    [
        "open_call",
        "moderate",
        "record_contribution",
        "gather",
        "answer",
        "close_phase",
        "write_statements",
        "export_votes",
    ],
)
def test_only_the_coordination_of_this_town_may_act(right):
    town = f.MunicipalityFactory()
    contribution = f.ContributionFactory(process=f.ProcessFactory(municipality=town))
    may = [allowed(s, f"participation.{right}", contribution) for s in everybody(town)]
    assert may == [False, False, True, False, False, False]
