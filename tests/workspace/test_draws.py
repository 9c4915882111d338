"""Rooms of a draw by lot: what the office does, what everybody sees of it, and refusals."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from miteinander.process import actions
from tests import factories as make

pytestmark = pytest.mark.django_db
WHY = "Drei Anmeldungen fehlten im Topf."


@pytest.fixture(autouse=True)
def _german_pages():
    with translation.override("de"):
        yield


@pytest.fixture
def town():
    return make.MunicipalityFactory(host="testserver")


@pytest.fixture
def announced(town):
    draw = make.DrawFactory(
        process=make.ProcessFactory(municipality=town, is_public=True),
        body=make.BodyFactory(municipality=town, is_public=True),
        tickets=4,
        listed=True,
    )
    by = make.coordinator(town)
    return actions.announce_draw(draw, seed_from="dice", public=True, by=by, at=by.at)


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def test_whoever_saw_the_announcement_sees_why_it_is_called_off(client, announced):
    make.sign_in(client, announced.municipality)
    desk = to("draw", announced.identifier)
    assert to("draw_call_off", announced.identifier) in text(client.get(desk))

    answer = client.post(to("draw_call_off", announced.identifier), {"reason": WHY})
    again = client.post(to("draw_call_off", announced.identifier), {"reason": WHY})
    assert (answer.status_code, answer.url, again.status_code) == (303, desk, 303)
    assert WHY in text(client.get(desk))
    assert to("draw_seed", announced.identifier) not in text(client.get(desk))
    client.logout()
    public = text(client.get(announced.get_absolute_url()))
    assert "Diese Auslosung ist abgesagt" in public
    assert WHY in public
    assert announced.panels.digest in public


def test_calling_off_needs_a_reason_and_the_right_moment(client, announced):
    make.sign_in(client, announced.municipality)
    address = to("draw_call_off", announced.identifier)
    assert client.post(address, {"reason": "   "}).status_code == 422

    client.post(to("draw_seed", announced.identifier), {"seed": "3-1-4"})
    late = client.post(address, {"reason": WHY})
    assert (late.status_code, WHY in text(client.get(announced.get_absolute_url()))) == (422, False)
    assert announced.refreshed().state == "drawn"
