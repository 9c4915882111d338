"""The room of the mail texts: shown, tried out, refused, kept, and back to ours."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from miteinander.core.models import MailText
from tests.world import build

pytestmark = pytest.mark.django_db
ADDRESS = ["person.invited", "de"]


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["hier.example"]
    cache.clear()
    return build("hier.example")


@pytest.fixture
def desk(world):
    return world.client("coordinator")


def test_list_says_whose_words_each_mail_has(desk, world, django_assert_max_num_queries):
    world.town.languages = ["de", "en", "uk"]
    world.town.save()
    MailText.objects.create(
        municipality=world.town, mail="person.invited", language="uk", subject="x", body="y"
    )

    desk.get(reverse("workspace:mail_texts"))  # the frame of the pages is remembered from here

    with django_assert_max_num_queries(7):
        page = desk.get(reverse("workspace:mail_texts")).content.decode()

    assert "Zugang für eine Person" in page
    assert page.count("eigener Text") == 1
    assert "noch nicht geschrieben" in page


def test_form_shows_our_text_as_people_type_it_with_an_example(desk):
    page = desk.get(reverse("workspace:mail_text", args=ADDRESS)).content.decode()

    assert "{Link zur Anmeldung}" in page
    assert "https://miteinander.example/anmelden/" in page
    assert "%(" not in page


def test_preview_keeps_what_was_typed_and_writes_nothing(desk):
    typed = {"subject": "Willkommen in {Kommune}", "body": "{Link zur Anmeldung}", "preview": "1"}

    page = desk.post(reverse("workspace:mail_text", args=ADDRESS), typed).content.decode()

    assert "Willkommen in Stadt Beispielstadt" in page
    assert not MailText.objects.exists()


def test_refused_text_keeps_what_was_typed_and_says_what_is_possible(desk):
    typed = {"subject": "S", "body": "Liebe {Vorname}"}

    response = desk.post(reverse("workspace:mail_text", args=ADDRESS), typed)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Liebe {Vorname}" in page
    assert "{Link zur Anmeldung}" in page


def test_own_text_is_kept_and_dropped_again(desk):
    typed = {"subject": "S", "body": "{Link zur Anmeldung}"}
    assert desk.post(reverse("workspace:mail_text", args=ADDRESS), typed).status_code == 303
    assert MailText.objects.get().body == "%(address)s"

    assert desk.post(reverse("workspace:mail_text_drop", args=ADDRESS)).status_code == 303
    assert not MailText.objects.exists()


@pytest.mark.parametrize("args", [["unknown", "de"], ["person.invited", "xx"]])
def test_unknown_mail_or_language_is_not_there(desk, args):
    assert desk.get(reverse("workspace:mail_text", args=args)).status_code == 404
