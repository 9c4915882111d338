"""The room of the templates: what they bring, chosen, saved, given up."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from miteinander.process.models import Process, Template
from tests.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["hier.example"]
    cache.clear()
    return build("hier.example", rows=3)


@pytest.fixture
def desk(world):
    return world.client("coordinator")


def test_list_of_templates_asks_a_fixed_number_of_questions(desk, django_assert_max_num_queries):
    desk.get(reverse("workspace:templates"))  # the frame of the pages is remembered from here
    with django_assert_max_num_queries(7):
        page = desk.get(reverse("workspace:templates")).content.decode()

    assert "kommt mit Miteinander" in page


def test_page_shows_everything_that_a_process_gets(desk):
    page = desk.get(reverse("workspace:template", args=["integrationskonzept"])).content.decode()

    for words in ("Auftakt", "am Anfang des 5. Monats", "Steuerungsgruppe", "Jugend", "Gesundheit"):
        assert words in page
    assert "Vorlage aufgeben" not in page


def test_new_process_begins_with_the_chosen_template_or_with_none(desk, world):
    form = {
        "title": "Neu", "question": "Wie?", "lead_office": world["office"].pk,
        "starts": "2027-01-01",
        "planned_months": 18, "mandate_body": world["steering"].pk, "mandate_on": "2026-01-12",
        "mandate_title": "Auftrag", "mandate_result": "agreed",
    }  # fmt: skip
    address = reverse("workspace:process_new")
    assert 'value="integrationskonzept" selected' in desk.get(address).content.decode()

    assert desk.post(address, {**form, "template": "integrationskonzept"}).status_code == 303
    assert desk.post(address, {**form, "title": "Leer", "template": ""}).status_code == 303
    assert desk.post(address, {**form, "title": "X", "template": "999"}).status_code == 422

    assert Process.objects.get(title="Neu").phases.count() == 8
    assert Process.objects.get(title="Leer").phases.count() == 0


def test_process_is_saved_as_a_template_and_given_up_again(desk, world):
    before = Template.objects.count()
    save = reverse("workspace:template_save", args=[world["process"].identifier])

    response = desk.post(save, {"title": "Unser Weg"})

    assert response.status_code == 303
    assert "Unser Weg" in desk.get(response.url).content.decode()
    drop = reverse("workspace:template_drop", args=[response.url.rstrip("/").rsplit("/", 1)[1]])
    assert desk.post(drop).status_code == 303
    assert Template.objects.count() == before


def test_ours_cannot_be_given_up(desk):
    drop = reverse("workspace:template_drop", args=["integrationskonzept"])

    assert desk.post(drop).status_code == 404
