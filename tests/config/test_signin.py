"""Signing in by the link of an invitation: asked first, once, for three days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community import actions
from miteinander.config import signin
from miteinander.core.models import Mail, SpentLink, User
from miteinander.core.standing import system
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town, at = MunicipalityFactory(), timezone.now()
    client.defaults["HTTP_HOST"] = town.host
    user = actions.appoint_coordinator(
        town, email="neu@stadt.example", by=system(town.pk, at=at), at=at
    )
    return town, user


def link(town, user, **more):
    return signin.sign_in_path(user, town, at=more.get("at") or timezone.now())


def signed_in(client):
    return int(client.session.get("_auth_user_id", 0))


def test_opening_the_link_asks_and_the_button_signs_in(client, invited):
    town, user = invited
    path = link(town, user)
    assert user.email in client.get(path).content.decode()
    assert signed_in(client) == 0, "a program that looks into mails must not use it up"
    assert not SpentLink.objects.exists()
    assert client.post(path)["Location"] == "/de/arbeit/"
    assert signed_in(client) == user.pk
    assert client.get("/de/arbeit/").status_code == 200


def test_a_link_signs_in_once(client, invited):
    path = link(*invited)
    client.post(path)
    client.logout()
    for again in (client.get(path), client.post(path)):
        assert again.status_code == 410
    assert signed_in(client) == 0


def test_forged_and_expired_links_sign_nobody_in(client, invited):
    town, user = invited
    path = link(town, user)
    assert client.post(f"{path[:-3]}xx/").status_code == 404
    old = link(town, user, at=timezone.now() - dt.timedelta(days=signin.DAYS, minutes=1))
    assert client.post(old).status_code == 410
    user.is_active = False
    user.save()
    assert client.post(path).status_code == 404
    assert signed_in(client) == 0


def test_a_link_for_a_measure_does_not_sign_in(client, invited):
    from miteinander.core.links import sign_link
    from tests.factories import OrganisationFactory

    town, user = invited
    other = sign_link("sign-in", OrganisationFactory(), function="", at=timezone.now(), days=1)
    prefix = link(town, user).rsplit("/", 2)[0]
    assert client.post(f"{prefix}/{other.token}/").status_code == 404


@pytest.mark.parametrize("known", [True, False])
def test_the_answer_to_an_address_is_the_same_whether_it_is_known_or_not(client, invited, known):
    _town, user = invited
    User.objects.filter(pk=user.pk).update(is_active=known)

    answer = client.post(reverse("account_login"), {"email": user.email})

    assert (answer.status_code, answer.url) == (302, reverse("account_confirm_login_code"))
    assert ("code" in Mail.objects.get().subject.lower()) == known


def test_the_pages_to_sign_in_stand_in_the_frame_of_the_town(client, invited):
    town, _user = invited
    page = client.get("/de/konto/anmelden/").content.decode()
    assert f"Miteinander in {town.name}" in page, "allauth's own `site` must not hide the frame's"
