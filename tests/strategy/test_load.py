"""Who carries how much: counted once, named, and at the same cost for many measures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from miteinander.strategy.models import Measure
from miteinander.strategy.queries import load_map
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept(town):
    return make.ConceptFactory(process=make.PhaseFactory(process__municipality=town).process)


@pytest.fixture
def goal(concept):
    field = make.FieldOfActionFactory(concept=concept, title="Sprache", position=1)
    return make.GoalFactory(field=field, indicator="")


def measure(goal, title, **more):
    return make.MeasureFactory(goal=goal, title=title, **more)


def by_name(found):
    return {burden.title: burden for burden in found.burdens}


def test_cost_counts_where_an_institution_leads_and_never_twice(concept, goal):
    school = make.OrganisationFactory(municipality=concept.municipality, title="Schule")
    club = make.OrganisationFactory(municipality=concept.municipality, title="Verein")
    first = measure(
        goal, "Eins", lead=school, lead_state="accepted", cost_once=100, staff_need=Decimal("0.5")
    )
    first.partners.add(club)
    second = measure(goal, "Zwei", lead=school, lead_state="asked", cost_yearly=40)
    second.partners.add(club, school)
    measure(goal, "Drei")
    measure(goal, "Aufgegeben", state="retired", lead=club, cost_once=999)

    found = load_map(concept)
    burdens = by_name(found)
    assert list(burdens) == ["", "Schule", "Verein"], "what nobody leads comes first"
    carried = burdens["Schule"]
    assert (carried.money.measures, carried.accepted, carried.joined) == (2, 1, 1)
    assert (carried.money.once, carried.money.yearly, carried.posts) == (100, 40, Decimal("0.5"))
    assert (burdens["Verein"].money.measures, burdens["Verein"].joined) == (0, 2)
    assert burdens[""].money.unpriced == 1
    assert (found.total.once, found.total.yearly, found.total.unpriced) == (100, 40, 1)


def test_the_gap_is_what_has_no_money_yet(concept, goal):
    for funding, cost in (("secured", 1), ("open", 20), ("", 300), ("subject_to_budget", 4000)):
        measure(goal, f"Mit {cost}", funding=funding, cost_once=cost)
    found = load_map(concept)
    assert found.gap.once == 320
    assert list(found.funding) == ["", "secured", "open", "subject_to_budget"]


def test_every_lack_names_its_measures(concept, goal):
    school = make.OrganisationFactory(municipality=concept.municipality)
    whole = measure(
        goal, "Ganz", lead=school, lead_state="accepted", horizon="short", funding="secured",
        target_groups="Alle",
    )  # fmt: skip
    make.IndicatorFactory(measure=whole)
    bare = measure(goal, "Leer")
    lacks = {lack.name: lack.measures for lack in load_map(concept).lacks}
    assert set(lacks) == {"lead", "starts", "money", "indicators", "target_groups"}
    assert all(missing == [bare] for missing in lacks.values())


def test_an_indicator_of_the_goal_is_one(concept, goal):
    type(goal).objects.filter(pk=goal.pk).update(indicator="Besuche")
    measure(goal, "Eins")
    assert "indicators" not in {lack.name for lack in load_map(concept).lacks}


def test_target_groups_and_themes_lie_over_the_fields(concept, goal):
    other = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, position=2))
    measure(goal, "Eins", target_groups="Kinder, Eltern")
    measure(other, "Zwei", target_groups="kinder")
    found = load_map(concept)
    assert found.by_group == [
        ("Kinder", {goal.field_id: 1, other.field_id: 1}),
        ("Eltern", {goal.field_id: 1}),
    ]


def test_circles_are_named_once_and_too_early_starts_are(concept, goal):
    first = measure(goal, "Eins", starts=dt.date(2027, 1, 1))
    second = measure(goal, "Zwei", starts=dt.date(2026, 1, 1), ends=dt.date(2027, 6, 30))
    third = measure(goal, "Drei", ends=dt.date(2026, 12, 31))
    first.depends_on.add(second, third)
    second.depends_on.add(first)
    found = load_map(concept)
    assert [[m.title for m in circle] for circle in found.circles] == [["Eins", "Zwei"]]
    assert {(w.measure.title, w.needed.title) for w in found.waiting} == {
        ("Eins", "Zwei"), ("Zwei", "Eins"),
    }  # fmt: skip


def test_another_edition_does_not_count(concept, goal):
    make.MeasureFactory(cost_once=5)
    assert load_map(concept).measures == []


@pytest.mark.parametrize("count", [1, 60])
def test_the_map_costs_one_query(concept, goal, count, django_assert_num_queries):
    for number in range(count):
        row = measure(goal, f"Nummer {number}", target_groups="Alle")
        make.IndicatorFactory(measure=row)
    with django_assert_num_queries(1):
        assert len(load_map(concept).measures) == count


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_costs_no_more_than_seven(client, concept, goal, count, django_assert_num_queries):
    make.sign_in(client, concept.municipality)
    for number in range(count):
        measure(goal, f"Nummer {number}", cost_once=10, starts=dt.date(2027, 1, 1))
    path = f"/de/arbeit/konzept/{concept.identifier}/last/"
    client.get(path)
    with django_assert_num_queries(7):
        page = client.get(path).content.decode()
    assert f"Nummer {count - 1}" in page
    assert "Noch niemand" in page


def test_the_list_is_a_file_with_plain_numbers(client, concept, goal):
    make.sign_in(client, concept.municipality)
    school = make.OrganisationFactory(municipality=concept.municipality, title="=Schule")
    measure(goal, "Eins", lead=school, cost_once=4500)
    path = f"/de/arbeit/konzept/{concept.identifier}/last"
    text = client.get(f"{path}.csv").content.decode("utf-8-sig")
    assert "4500" in text
    assert "\n=Schule" not in text
    assert client.get(f"{path}.exe").status_code == 404


def test_an_empty_concept_says_so(client, concept):
    make.sign_in(client, concept.municipality)
    page = client.get(f"/de/arbeit/konzept/{concept.identifier}/last/").content.decode()
    assert "noch keine Maßnahme" in page
    assert Measure.objects.count() == 0
