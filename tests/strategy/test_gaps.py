"""Gaps: which target groups that measures name have few or no offers."""

from __future__ import annotations

import datetime as dt

import pytest

from miteinander.strategy.insights import compare, gaps_of
from tests import factories as make

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 18)


def verdicts(found):
    return {need.group: need.verdict for need in found.needs}


def test_each_group_is_judged_by_what_lasts():
    measures = [("Eltern, Kinder", "Bildung"), ("eltern; Frauen", "Arbeit"), ("Senioren", "Alter")]
    offers = [
        ("Eltern", None), ("Eltern", None), ("ELTERN, Kinder", TODAY + 365 * DAY),
        ("Frauen", TODAY + 364 * DAY), ("", None), ("Jugendliche", None),
    ]  # fmt: skip
    found = compare(measures, offers, day=TODAY)

    assert verdicts(found) == {
        "Senioren": "none", "Frauen": "ending", "Kinder": "few", "Eltern": "covered",
    }  # fmt: skip
    assert [need.group for need in found.needs] == ["Senioren", "Frauen", "Kinder", "Eltern"]
    parents = found.needs[3]
    assert (parents.fields, parents.measures, parents.offers) == (("Bildung", "Arbeit"), 2, 3)
    assert (found.offers, found.without_group) == (6, 1)


def test_nothing_named_is_no_gap():
    assert compare([("", "Bildung")], [("Eltern", None)], day=TODAY).needs == ()


@pytest.mark.django_db
def test_only_living_measures_and_offers_that_run_are_compared(django_assert_num_queries):
    goal = make.GoalFactory()
    concept = goal.field.concept
    make.MeasureFactory(goal=goal, target_groups="Eltern")
    make.MeasureFactory(goal=goal, target_groups="Frauen", state="retired")
    make.MeasureFactory(target_groups="Kinder")  # of another concept
    owner = make.OrganisationFactory(municipality=concept.municipality)
    make.OfferFactory(organisation=owner, target_groups="Eltern")
    make.OfferFactory(organisation=owner, target_groups="Eltern", retired_on=TODAY)
    make.OfferFactory(organisation=owner, target_groups="Eltern", ends=TODAY - DAY)
    make.OfferFactory(target_groups="Eltern")  # of another town

    with django_assert_num_queries(2):
        found = gaps_of(concept, day=TODAY)

    assert [(need.group, need.offers) for need in found.needs] == [("Eltern", 1)]
