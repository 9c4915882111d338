"""While somebody writes: what others have said already, and nothing about who asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from miteinander.participation import actions
from miteinander.participation.models import Contribution
from tests import factories as f
from tests.participation.test_actions import office
from tests.public.test_pictures_and_places import photo

pytestmark = pytest.mark.django_db
SAID = "Im Norden fehlt ein Treffpunkt für junge Menschen."
ASKED = {"text": "Ein Treffpunkt für junge Menschen fehlt im Norden.", "may_publish": "no"}


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(allows=["support"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    for text, may_publish in ((SAID, True), (f"Geheim: {SAID}", False)):
        actions.record_contribution(
            call.process, text=text, channel="card", call=call, may_publish=may_publish,
            **office(call),
        )  # fmt: skip
    return call


def address(call):
    return reverse("public:nearby", args=[call.identifier])


def test_the_button_shows_what_is_published_and_keeps_what_was_typed(client, call):
    response = client.post(address(call), ASKED)
    html = response.content.decode()
    assert SAID in html
    assert "Geheim" not in html
    assert ASKED["text"] in html
    assert 'value="no"' in html.split("checked")[0].rsplit("<input", 1)[1]
    assert f'action="{reverse("public:contribute", args=[call.identifier])}"' in html
    assert response["Cache-Control"] == "no-store, private"
    assert Contribution.objects.count() == 2


def test_htmx_gets_the_list_alone_and_the_same_three_queries(client, call):
    with CaptureQueriesContext(connection) as asked:
        response = client.post(address(call), ASKED, headers={"hx-request": "true"})
    html = response.content.decode()
    assert SAID in html
    assert "<form" not in html.split("<ol")[0]
    assert "Geheim" not in html
    writes = [
        q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert writes == []


def test_nothing_alike_and_a_few_letters_are_no_error(client, call):
    for text in ("", "B", "Quarzsandgruben sind schön", "x" * 200_000):
        response = client.post(address(call), {"text": text}, headers={"hx-request": "true"})
        assert response.status_code == 200
        assert SAID not in response.content.decode()


def test_a_call_that_closed_meanwhile_keeps_what_was_typed_and_can_be_told_to_the_office(
    client, call
):
    call.closes_at = timezone.now()
    call.save()
    response = client.post(address(call), ASKED)
    assert response.status_code == 422
    assert response.context["late_form"]["text"].value() == ASKED["text"]


def test_a_form_without_its_token_is_refused(call):
    refused = Client(enforce_csrf_checks=True).post(
        address(call), ASKED, headers={"host": call.municipality.host}
    )
    assert refused.status_code == 403


def test_a_list_of_contributions_is_searched_by_itself(client, call):
    elsewhere = f.CallFactory(process=call.process)
    actions.record_contribution(
        call.process, text="Treffpunkte im Süden", channel="card", call=elsewhere, **office(call)
    )
    search = reverse("public:search")
    page = client.get(f"{reverse('public:contributions')}?call={call.identifier}").content.decode()
    assert f'name="in" value="call.{call.identifier}"' in page
    for place, found in (
        (f"call.{call.identifier}", [True, False]),
        (f"call.{elsewhere.identifier}", [False, True]),
        (f"process.{call.process.identifier}", [True, True]),
        ("call.nothing", [True, True]),
        ("zz.zz", [True, True]),
    ):
        html = client.get(search, {"q": "Trefpunkt", "in": place}).content.decode()
        hits = html.split('<ol class="found"')[-1]
        assert ["Norden" in hits, "Süden" in hits] == found
        assert "Geheim" not in html


# --- everything typed stays ----------------------------------------------------------------------


@pytest.fixture
def with_beside(call):
    """The same call, which also takes a picture and a place."""
    call.allows = ["picture", "place", "support"]
    call.save()
    f.OrganisationFactory(municipality=call.municipality, neighbourhood="Sankt Mang")
    return call


def typed_with(**more):
    return {
        **ASKED,
        "language": "tr",
        "picture": photo(),
        "picture_text": "Eine leere Wiese",
        "neighbourhood": "Sankt Mang",
        "place_words": "hinter der Schule",
        "point": "47.728, 10.315",
    } | more


def fields_of(response):
    """What a browser without JavaScript would send from the form of a page."""
    form = response.context["form"]
    return {name: "" if (v := form[name].value()) is None else v for name in form.fields}


def test_the_button_keeps_picture_and_place_and_what_comes_back_is_sent_whole(client, with_beside):
    response = client.post(address(with_beside), typed_with())
    html = response.content.decode()
    assert SAID in html
    kept = fields_of(response)
    assert {name: kept[name] for name in kept if name in typed_with()} == typed_with(picture="")
    assert html.count(kept["picture_kept"]) == 2  # shown, and in the form
    assert "Ihr Bild ist noch da." in html
    assert Contribution.objects.count() == 2

    again = client.post(address(with_beside), kept)  # pressed twice, nothing chosen anew
    assert fields_of(again)["picture_kept"]

    sent = client.post(
        reverse("public:contribute", args=[with_beside.identifier]), fields_of(again)
    )
    assert sent.status_code == 303
    said = Contribution.objects.latest("pk")
    assert (said.text, said.may_publish, said.language) == (ASKED["text"], False, "tr")
    assert said.picture.alternative_text == "Eine leere Wiese"
    assert (said.place.neighbourhood, said.place.words) == ("Sankt Mang", "hinter der Schule")
    assert said.place.latitude == pytest.approx(47.728, abs=0.002)


def test_what_is_wrong_is_named_and_nothing_of_it_is_lost(client, with_beside):
    wrong = typed_with(picture=photo(b"kein Bild"), point="am Brunnen")
    response = client.post(address(with_beside), wrong)
    html = response.content.decode()
    assert response.status_code == 200
    assert SAID in html
    kept = fields_of(response)
    assert (kept["point"], kept["place_words"]) == ("am Brunnen", "hinter der Schule")
    assert "Bitte schreiben Sie zwei Zahlen" in html
    assert kept["picture_kept"] == ""


def test_a_key_that_holds_stays_so_that_nobody_begins_to_wait_again(client, call):
    page = client.get(reverse("public:contribute", args=[call.identifier]))
    key = page.context["form"]["form_key"].value()
    response = client.post(address(call), {**ASKED, "form_key": key})
    assert response.context["form"]["form_key"].value() == key
