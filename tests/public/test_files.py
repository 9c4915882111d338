"""Pictures as browsers get them."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from miteinander.core.attachments import receive_picture
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return make.MunicipalityFactory()


@pytest.fixture
def crest(town):
    out = io.BytesIO()
    Image.new("RGB", (500, 600), "red").save(out, "PNG")
    town.crest = receive_picture(
        town, out.getvalue(), name="wappen.png", alternative_text="Wappen", as_crest=True,
        at=timezone.now(),
    )  # fmt: skip
    town.save()
    return town.crest


def browser(town, **more) -> Client:
    return Client(headers={"host": town.host, **more})


def test_a_picture_may_be_kept_for_ever_and_says_what_it_is(town, crest, django_assert_num_queries):
    with django_assert_num_queries(3):  # the town, the picture, its bytes
        answer = browser(town).get(crest.address(96))

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(answer.content)).size == (96, 115)


def test_who_has_it_already_gets_no_bytes(town, crest, django_assert_num_queries):
    etag = browser(town).get(crest.address(96)).headers["ETag"]
    with django_assert_num_queries(2):
        answer = browser(town, if_none_match=etag).get(crest.address(96))

    assert (answer.status_code, answer.content) == (304, b"")


def test_a_member_s_browser_keeps_it_and_no_proxy(town, crest):
    client = Client()
    make.sign_in(client, town)

    assert client.get(crest.address(96)).headers["Cache-Control"].startswith("private, ")


@pytest.mark.parametrize("path", ["/bild/{0}-97.png", "/bild/{0}-96.webp", "/bild/nichts22-96.png"])
def test_there_is_no_other_size_and_no_other_type(town, crest, path):
    assert browser(town).get(path.format(crest.identifier)).status_code == 404


def test_a_picture_that_nothing_shows_is_for_members_only(town):
    hidden = make.AttachmentFactory(municipality=town)
    member = Client()
    make.sign_in(member, town)

    assert browser(town).get(hidden.address(480)).status_code == 404
    assert member.get(hidden.address(480)).status_code == 200
