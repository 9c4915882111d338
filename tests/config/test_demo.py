"""“Sign in as …” exists in a demo and nowhere else."""

from __future__ import annotations

import importlib

import pytest
from django.test import RequestFactory
from django.urls import NoReverseMatch, clear_url_caches, reverse

from miteinander.config import demo, urls
from miteinander.core import checks
from miteinander.core.errors import NotThere
from miteinander.core.standing import Role
from tests.factories import MembershipFactory, MunicipalityFactory, PersonFactory

PATH = "/de/konto/anmelden-als/"


@pytest.fixture
def in_a_demo(settings):
    """The address table is built when the program starts: build it anew, and back again."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = [".example"]
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.DEMO = False
    importlib.reload(urls)
    clear_url_caches()


@pytest.fixture
def coordinator(db, client):
    membership = MembershipFactory(municipality=MunicipalityFactory(), role=Role.COORDINATOR)
    client.defaults["HTTP_HOST"] = membership.municipality.host
    return PersonFactory(
        municipality=membership.municipality, user=membership.user, function="Koordination"
    )


def test_elsewhere_there_is_no_such_address(client, coordinator, settings):
    settings.ALLOWED_HOSTS = [".example"]
    with pytest.raises(NoReverseMatch):
        reverse("sign_in_as")
    for answer in (client.get(PATH), client.post(PATH, {"person": coordinator.pk})):
        assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert "anmelden-als" not in client.get("/de/kontakt/").content.decode()


def test_the_view_itself_refuses_elsewhere(coordinator):
    """Second bolt: even an address table that was built for a demo opens nothing."""
    request = RequestFactory().post(PATH, {"person": coordinator.pk})
    request.municipality = coordinator.municipality
    with pytest.raises(NotThere):
        demo.sign_in_as(request)


@pytest.mark.usefixtures("in_a_demo")
def test_a_demo_offers_everybody_by_function(client, coordinator):
    assert f'href="{PATH}"' in client.get("/de/kontakt/").content.decode()
    page = client.get(PATH).content.decode()
    assert "Koordination" in page
    assert coordinator.user.email not in page

    answer = client.post(PATH, {"person": coordinator.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/de/arbeit/")
    assert client.get("/de/arbeit/kommune/personen/neu/").status_code == 200


@pytest.mark.usefixtures("in_a_demo")
def test_a_demo_signs_in_nobody_of_another_town(client, coordinator):
    other = MembershipFactory(role=Role.COORDINATOR)
    stranger = PersonFactory(municipality=other.municipality, user=other.user)
    for person in (stranger.pk, "0", ""):
        assert client.post(PATH, {"person": person}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("is_demo", "https", "hosts", "expected"),
    [
        (True, False, ["localhost", "127.0.0.1"], []),
        (True, False, ["localhost", "stadt.example"], ["miteinander.E001"]),
        (True, True, ["localhost"], ["miteinander.E001"]),
        (True, False, ["*"], ["miteinander.E001"]),
        (False, True, ["stadt.example"], []),
    ],
)
def test_a_demo_that_answers_to_the_world_is_refused(settings, is_demo, https, hosts, expected):
    settings.DEMO, settings.HTTPS, settings.ALLOWED_HOSTS = is_demo, https, hosts

    assert [found.id for found in checks.no_demo_in_public(None)] == expected
