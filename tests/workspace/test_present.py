"""On the page of a text stands who else is there; the small page that asks again says the same."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.core.standing import Role
from miteinander.strategy.models import Presence
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def field():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    return make.FieldOfActionFactory(concept=concept, working_group=group)


def browser(field, function, *, sits=True):
    client = Client()
    user = make.sign_in(client, field.municipality, Role.MEMBER, function=function)
    if sits:
        make.SeatFactory(
            body=field.working_group, holder=user.people.get(), function=f"Sitz {function}"
        )
    return client


@pytest.mark.parametrize("kind", ["field", "goal", "measure", "chapter"])
def test_each_text_tells_who_else_is_there_when_it_is_loaded_and_when_asked_again(field, kind):
    goal = make.GoalFactory(field=field)
    row = {
        "field": field,
        "goal": goal,
        "measure": make.MeasureFactory(goal=goal),
        "chapter": make.ChapterFactory(concept=field.concept),
    }[kind]
    key = row.pk if kind == "chapter" else row.identifier
    page = reverse(
        f"workspace:{kind}" if kind == "measure" else f"workspace:{kind}_edit", args=[key]
    )
    asks = reverse("workspace:present", args=[kind, key])
    one, other = Client(), Client()
    for client, function in ((one, "Eine Leitung"), (other, "Andere Leitung")):
        make.sign_in(client, field.municipality, function=function)
    assert "Andere" not in one.get(page).content.decode()
    shown = other.get(page).content.decode()
    assert "Eine Leitung" in shown.split('id="present"')[1].split("</p>")[0]
    assert f'data-refresh-from="{asks}"' in shown
    asked = one.get(asks)
    assert "Andere Leitung" in asked.content.decode()
    assert 'id="present"' in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]


def test_the_room_tells_who_is_at_its_texts(field):
    goal = make.GoalFactory(field=field, title="Schneller wohnen")
    writer, reader = browser(field, "Schule"), browser(field, "Sport")
    writer.get(reverse("workspace:goal_edit", args=[goal.identifier]))
    room = reverse("workspace:group_room", args=[field.working_group.identifier])
    asks = reverse("workspace:present", args=["body", field.working_group.identifier])
    for address in (room, asks):
        shown = reader.get(address).content.decode().split('id="present"')[1].split("</p>")[0]
        assert "(Schneller wohnen)" in shown


def test_whoever_only_reads_is_not_at_the_text_and_is_told_nothing(field):
    goal = make.GoalFactory(field=field)
    measure = make.MeasureFactory(goal=goal)
    reader = browser(field, "Leserin", sits=False)
    assert reader.get(reverse("workspace:measure", args=[measure.identifier])).status_code == 200
    asks = reverse("workspace:present", args=["measure", measure.identifier])
    assert reader.get(asks).status_code == 403
    assert not Presence.objects.exists()


@pytest.mark.parametrize("kind", ["body", "chapter", "goal", "nothing"])
def test_what_is_not_there_is_not_found(field, kind):
    client = browser(field, "Schule")
    assert client.get(reverse("workspace:present", args=[kind, "abc"])).status_code == 404


def test_another_town_and_a_visitor_learn_nothing(field):
    goal = make.GoalFactory(field=field)
    asks = reverse("workspace:present", args=["goal", goal.identifier])
    client = Client(headers={"host": field.municipality.host})
    assert client.get(asks).status_code == 302
    make.sign_in(client, make.MunicipalityFactory())
    client.defaults["HTTP_HOST"] = field.municipality.host
    assert client.get(asks).status_code == 404
