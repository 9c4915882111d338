"""Old numbers stay findable per version."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.adoption.actions import freeze_version
from miteinander.adoption.queries.numbers import is_number, numbered_before, numbers_of
from miteinander.strategy import actions
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def concept():
    phase = make.PhaseFactory(permits=["draft", "adopt", "gather"])
    return make.ConceptFactory(process=phase.process)


@pytest.fixture
def by(concept):
    return {"by": make.coordinator(concept.municipality), "at": timezone.now()}


@pytest.fixture
def measures(concept):
    field = make.FieldOfActionFactory(concept=concept, title="Sprache", state="kept", number="1")
    goal = make.GoalFactory(field=field, number="2")
    return [
        make.MeasureFactory(
            goal=goal, title=title, state="submitted", number=f"2.{n}", position=n, is_public=True
        )
        for n, title in enumerate(("Kurse", "Treffs"), start=1)
    ]


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [("2.4", True), (" 2.4. ", True), ("12.10", True), ("2", False), ("2.4a", False),
     ("0.1", False), ("2..4", False), ("2.4.2019 Feier", False), ("", False)],
)  # fmt: skip
def test_a_number_is_told_from_words(typed, is_one):
    assert is_number(typed) == is_one


def test_an_old_number_leads_to_the_measure_of_today(client, concept, measures, by):
    version = freeze_version(concept, **by)
    town = concept.municipality
    assert numbered_before(town, "2.2") == [], "it still has it"
    actions.retire_measure(measures[0], reason="Doppelt", **by)
    (former,) = numbered_before(town, "2.2")
    assert (former.thing.title, former.field, former.version.pk) == (
        "Treffs", "Sprache", version.pk,
    )  # fmt: skip
    assert former.thing.number == "1.1"
    client.defaults["HTTP_HOST"] = town.host
    found = client.get(reverse("public:search"), {"q": "2.2"}).content.decode()
    assert measures[1].get_absolute_url() in found
    page = client.get(version.get_absolute_url())
    assert {(f.number, f.thing.number) for f in page.context["former"]} == {
        ("2.1", ""), ("2.2", "1.1"),
    }  # fmt: skip


def test_each_version_has_its_own_numbers_and_the_thread_names_them(client, concept, measures, by):
    first = freeze_version(concept, **by)
    actions.renumber(concept, **by)
    second = freeze_version(concept, **by)
    assert [f.number for f in numbers_of(first)] == ["2.1", "2.2"]
    assert numbers_of(second) == []
    client.defaults["HTTP_HOST"] = concept.municipality.host
    text = client.get(measures[1].get_absolute_url()).content.decode()
    assert "2.2" in text
    assert "1.2" in text


def test_nothing_hidden_and_nothing_of_another_town_is_found(concept, measures, by):
    freeze_version(concept, **by)
    actions.renumber(concept, **by)
    assert numbered_before(make.MunicipalityFactory(), "2.2") == []
    type(measures[1]).objects.filter(pk=measures[1].pk).update(is_public=False)
    assert numbered_before(concept.municipality, "2.2") == []


def test_a_longer_number_is_another(concept, measures, by):
    type(measures[0]).objects.filter(pk=measures[0].pk).update(number="2.20")
    freeze_version(concept, **by)
    actions.renumber(concept, **by)
    assert [f.number for f in numbered_before(concept.municipality, "2.2")] == ["2.2"]
