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


def test_a_closed_call_leads_to_what_it_says(client, call):
    call.closes_at = timezone.now()
    call.save()
    response = client.post(address(call), ASKED)
    assert response.status_code == 303


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
