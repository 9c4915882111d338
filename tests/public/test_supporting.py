"""The button below what others say: without an account, without a script, from our pages only."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.participation.models import Participant, Support
from tests import factories as f
from tests.proving import hidden_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(allows=["support"])
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call


@pytest.fixture
def said(call):
    return f.ContributionFactory(process=call.process, call=call)


def address(said):
    return reverse("public:support", args=[said.identifier])


def press(client, said, do="support", **headers):
    return client.post(address(said), {"do": do}, headers=headers)


def number(said):
    said.refresh_from_db()
    return said.supports


def test_a_button_stands_in_the_list_and_on_the_page_and_needs_no_token(client, call, said):
    for page in (call.get_absolute_url(), said.get_absolute_url()):
        html = client.get(page).content.decode()
        assert f'action="{address(said)}"' in html
        assert "Noch unterstützt das niemand." in html
        assert "csrfmiddlewaretoken" not in html


def test_pressing_without_a_script_leads_to_the_true_number_and_back_again(client, call, said):
    response = press(client, said)
    assert (response.status_code, response["Location"]) == (303, address(said))
    shown = client.get(response["Location"])
    assert "Sie unterstützen das. Eine Person unterstützt das." in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    press(client, said, "take_back")
    assert "Noch unterstützt das niemand." in client.get(address(said)).content.decode()
    assert number(said) == 0


def test_one_browser_counts_once_however_often_it_presses(client, call, said):
    for _press in range(12):
        assert press(client, said).status_code == 303
    assert number(said) == 1
    assert Participant.objects.count() == 1


def test_reading_sets_no_key_and_pressing_sets_one_that_scripts_cannot_read(client, call, said):
    client.get(address(said))
    assert not client.cookies
    press(client, said)
    assert set(client.cookies) == {"taking_part"}
    assert client.cookies["taking_part"]["httponly"]


def test_with_the_script_only_the_button_comes_back(client, call, said):
    response = press(client, said, **{"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 200
    assert html.startswith("<form")
    assert "Nicht mehr unterstützen" in html
    assert "Sie unterstützen das. Eine Person" in html
    html = press(client, said, "take_back", **{"HX-Request": "true"}).content.decode()
    assert "Nicht mehr" not in html


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://anderswo.example"},
        {"Origin": "null"},
        {"Referer": "https://anderswo.example/seite"},
    ],
)
def test_another_site_cannot_press_the_button(client, call, said, headers):
    response = press(client, said, **headers)
    assert response.status_code == 403
    assert "nicht von unserer eigenen Seite" in response.content.decode()
    assert Support.objects.count() == 0


@pytest.mark.parametrize("header", ["Sec-Fetch-Site", "Origin", "Referer"])
def test_our_own_pages_can(client, call, said, header):
    host = call.municipality.host
    value = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{host}"}.get(header)
    assert press(client, said, **{header: value or f"http://{host}/de/"}).status_code == 303
    assert number(said) == 1


def test_a_refusal_says_why_and_nobody_is_noted_as_taking_part(client, call, said):
    type(call).objects.update(closes_at=timezone.now())
    for headers in ({}, {"HX-Request": "true"}):
        response = press(client, said, **headers)
        assert response.status_code == 422
        assert "nicht geöffnet" in response.content.decode()
    assert Participant.objects.count() == 0


def test_a_withdrawn_contribution_is_refused_in_words(client, call, said):
    type(said).objects.update(state="withdrawn", text="", title="")
    response = press(client, said)
    assert response.status_code == 422
    assert "zurückgenommen" in response.content.decode()


def test_without_support_no_button_and_no_number(client, call):
    plain = f.CallFactory(municipality=call.municipality, process=call.process)
    said = f.ContributionFactory(process=call.process, call=plain)
    for page in (plain.get_absolute_url(), said.get_absolute_url()):
        assert address(said) not in client.get(page).content.decode()
    response = press(client, said)
    assert "keine Unterstützung" in response.content.decode()


def test_a_closed_call_still_shows_the_number(client, call, said):
    press(client, said)
    type(call).objects.update(closes_at=timezone.now())
    html = client.get(said.get_absolute_url()).content.decode()
    assert "Eine Person unterstützt das." in html
    assert address(said) not in html


def test_what_is_not_published_and_other_towns_do_not_exist(client, call, said):
    hidden = f.ContributionFactory(
        process=call.process, call=call, state="submitted", is_public=False
    )
    strange = f.ContributionFactory(call=f.CallFactory(allows=["support"]))
    for one in (hidden, strange):
        assert client.get(address(one)).status_code == 404
        assert press(client, one).status_code == 404


def test_a_kept_page_shows_a_number_that_is_a_minute_old_at_most(client, call, said, settings):
    page = call.get_absolute_url()
    request = client.get(page).wsgi_request
    until = request.META["miteinander.shown"].until
    assert 0 < (until - request.standing.at).total_seconds() <= 60


def test_twenty_voices_ask_no_more_than_one(client, call, said, django_assert_max_num_queries):
    for _row in range(19):
        f.ContributionFactory(process=call.process, call=call)
    with django_assert_max_num_queries(8):
        html = client.get(call.get_absolute_url()).content.decode()
    assert len(re.findall(r"data-swap", html)) == 20


def test_the_first_press_costs_a_sum_and_the_script_opens_that_page(client, call, said, settings):
    settings.PROOF_BITS = 7
    with_script = press(client, said, **{"HX-Request": "true"})
    assert "X-Part" not in with_script  # a whole page: the script sends the form as it is
    moment = press(client, said)
    assert (moment.status_code, number(said)) == (428, 0)
    fields = hidden_in(moment.content.decode())
    assert client.post(address(said), fields).status_code == 303
    assert number(said) == 1
    press(client, said, "take_back")  # known now: no sum any more
    assert number(said) == 0
