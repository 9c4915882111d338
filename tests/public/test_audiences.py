"""Calls that are not for everybody, in the browser: opened by code, kept from others and caches."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from miteinander.core import opened
from miteinander.core.standing import Role
from miteinander.participation import actions
from miteinander.participation.models import Passage, Survey
from miteinander.participation.states import CallMethod
from tests import factories as f
from tests.config.test_pagecache import Site

pytestmark = pytest.mark.django_db
CODE = "M4RK-7TZW-0QHA"
SECRET = "Welcher Raum im Haus fehlt Ihnen?"


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    call = f.CallFactory(audience="code", access_code=CODE, is_public=False, question=SECRET)
    client.defaults["HTTP_HOST"] = call.municipality.host
    return call


def page(name, *args):
    return reverse(f"public:{name}", args=args)


def another(call):
    return Client(HTTP_HOST=call.municipality.host)


def opened_by(client, code=CODE):
    return client.post(page("by_code"), {"code": code})


def said(call, text="Ein Raum zum Nähen."):
    contribution, _code = actions.submit_contribution(
        call, text=text, may_publish=True, form_key=text,
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    return actions.publish_contribution(
        contribution, by=f.coordinator(call.municipality), at=timezone.now()
    )


def test_whoever_types_the_code_reads_answers_and_comes_back(client, call):
    assert client.get(call.get_absolute_url()).status_code == 404
    answer = opened_by(client, "m4rk 7tzw oqha")
    assert (answer.status_code, answer["Location"]) == (303, call.get_absolute_url())
    contribution = said(call)

    shown = client.get(call.get_absolute_url()).content.decode()
    assert SECRET in shown
    assert contribution.text in shown
    assert contribution.text in client.get(contribution.get_absolute_url()).content.decode()
    assert SECRET in client.get(page("calls")).content.decode()
    assert SECRET in client.get(page("contribute", call.identifier)).content.decode()


def test_nobody_else_sees_anything_of_it(client, call):
    opened_by(client)
    contribution = said(call)
    stranger = another(call)
    for path in (
        call.get_absolute_url(),
        page("contribute", call.identifier),
        contribution.get_absolute_url(),
        f"{page('contributions')}?call={call.identifier}",
    ):
        assert stranger.get(path).status_code == 404, path
    for path in (
        page("calls"),
        page("contributions"),
        page("home"),
        f"{page('search')}?q=N%C3%A4hen",
        page("feed"),
        "/sitemap.xml",
    ):
        shown = stranger.get(path).content.decode()
        assert SECRET not in shown, path
        assert call.identifier not in shown, path
        assert contribution.identifier not in shown, path


def test_the_address_with_the_code_opens_it_as_well(client, call):
    answer = client.get(page("by_code_opened", CODE))
    assert (answer.status_code, answer["Location"]) == (303, call.get_absolute_url())
    assert client.get(call.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("code", ["M4RK-7TZW-0QHB", "kein Code", "0000-0000-0000"])
def test_a_wrong_code_says_the_same_whatever_exists(client, call, code):
    there, nowhere = opened_by(client, code), f.MunicipalityFactory()
    other = Client(HTTP_HOST=nowhere.host)
    assert there.status_code == opened_by(other, code).status_code == 404
    assert there.context["form"].errors == opened_by(other, code).context["form"].errors
    assert opened.COOKIE not in client.cookies
    assert code in there.content.decode(), "what was typed is kept"
    assert client.get(page("by_code_opened", code)).status_code == 404


def test_an_empty_code_is_asked_for_again(client, call):
    assert opened_by(client, "").status_code == 422


def test_the_code_of_another_town_opens_nothing_here(client, call):
    other = f.CallFactory(audience="code", access_code="M4RK-7TZW-0QHC", is_public=False)
    assert opened_by(client, "M4RK-7TZW-0QHC").status_code == 404
    client.cookies[opened.COOKIE] = opened.carried_with({}, "M4RK-7TZW-0QHC")
    assert client.get(page("call", other.identifier)).status_code == 404


def test_the_cookie_holds_codes_and_nothing_else_and_only_ours_is_read(client, call):
    opened_by(client)
    cookie = client.cookies[opened.COOKIE]
    assert signing.loads(cookie.value, salt=opened.SALT) == [CODE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.cookies[opened.COOKIE] = signing.dumps([CODE], salt="something else")
    assert client.get(call.get_absolute_url()).status_code == 404


def test_a_browser_carries_the_newest_codes_only():
    cookies = {}
    for number in range(opened.MOST + 3):
        cookies = {opened.COOKIE: opened.carried_with(cookies, f"M4RK-7TZW-{number:04d}")}
    codes = opened.codes_in(cookies)
    assert len(codes) == opened.MOST
    assert f"M4RK-7TZW-{opened.MOST + 2:04d}" in codes
    assert "M4RK-7TZW-0000" not in codes


def test_pages_of_such_a_call_are_private_and_made_for_nobody_else(client, call):
    opened_by(client)
    for path in (call.get_absolute_url(), page("calls")):
        assert "private" in client.get(path)["Cache-Control"]
    answer = client.get(page("by_code"))
    assert answer["Cache-Control"] == "no-store, private"


def test_the_page_cache_keeps_nothing_of_it(call, settings, monkeypatch):
    """Two browsers before the same cache: one with the code, one without."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    site, host = Site(get_wsgi_application()), call.municipality.host
    cookie = f"{opened.COOKIE}={opened.carried_with({}, CODE)}"
    for path in (call.get_absolute_url(), page("calls")):
        with_code = site.get(path, host=host, cookie=cookie)
        assert SECRET in with_code.plain.decode()
        without = site.get(path, host=host)
        assert SECRET not in without.plain.decode()
        # What was kept for everybody is not shown to whoever has the code, either.
        assert SECRET in site.get(path, host=host, cookie=cookie).plain.decode()
        assert SECRET not in site.get(path, host=host).plain.decode()


def test_whoever_has_the_code_searches_what_was_said_there(client, call):
    text = said(call).text
    asked = {"q": "Nähen", "in": f"call.{call.identifier}"}
    assert text not in client.get(page("search"), asked).content.decode()
    opened_by(client)
    assert text in client.get(page("search"), asked).content.decode().replace("<mark>", "").replace(
        "</mark>", ""
    )
    assert text not in client.get(page("search"), {"q": "Nähen"}).content.decode()


@pytest.mark.parametrize("audience", ["members", "body"])
def test_members_read_and_answer_what_is_put_to_them(client, settings, audience):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    body = f.BodyFactory(municipality=town) if audience == "body" else None
    call = f.CallFactory(
        process=f.ProcessFactory(municipality=town), audience=audience, body=body,
        is_public=False, question=SECRET,
    )  # fmt: skip
    member = f.sign_in(client, town, Role.MEMBER)
    if body is not None:
        assert client.get(call.get_absolute_url()).status_code == 404
        f.SeatFactory(body=body, holder=member.people.get())
    shown = client.get(call.get_absolute_url())
    assert SECRET in shown.content.decode()
    assert "private" in shown["Cache-Control"]
    assert SECRET in client.get(page("calls")).content.decode()
    assert SECRET in client.get(reverse("workspace:calls")).content.decode()
    assert another(call).get(call.get_absolute_url()).status_code == 404

    strange = Client()
    f.sign_in(strange, f.MunicipalityFactory(), Role.MEMBER)
    strange.defaults["HTTP_HOST"] = town.host
    assert strange.get(call.get_absolute_url()).status_code == 404


# Every page below a call, by method: each asks for itself who may see it.
PAGES = {
    "ideas": ["call", "contribute"],
    "cards": ["call", "contribute"],
    "statements": ["call", "vote", "propose", "somebody_else"],
    "survey": ["call", "survey", "survey_results", "somebody_else"],
    "review": ["call", "contribute", "passage", "passage_comment"],
    "live": ["call", "live", "live_ask"],
}
BELOW = {"passage": (1,), "passage_comment": (1,)}


def pages_of(call):
    found = [reverse(f"public:{name}", args=[call.identifier, *BELOW.get(name, ())])
             for name in PAGES[call.method]]  # fmt: skip
    return [
        *found,
        page("late", call.identifier),
        page("call_table", call.identifier, "beitraege", "csv"),
    ]


def with_content(call):
    if call.method == "statements":
        f.StatementFactory(call=call)
    elif call.method == "survey":
        f.SurveyQuestionFactory(call=call)
        Survey.objects.create(call=call, results="open")
    elif call.method == "review":
        Passage.objects.create(call=call, number=1, text="Ein Satz.")


@pytest.mark.parametrize("audience", ["members", "body", "code"])
@pytest.mark.parametrize("method", PAGES)
def test_every_page_of_every_method_is_for_those_who_were_asked(client, settings, method, audience):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    body = f.BodyFactory(municipality=town) if audience == "body" else None
    call = f.CallFactory(
        process=f.ProcessFactory(municipality=town), audience=audience, body=body, method=method,
        access_code=CODE if audience == "code" else "", is_public=False, question=SECRET,
        allows=["proposals"],
    )  # fmt: skip
    with_content(call)
    member = f.sign_in(client, town, Role.MEMBER)
    if body is not None:
        f.SeatFactory(body=body, holder=member.people.get())
    if audience == "code":
        client = another(call)
        opened_by(client)
    assert set(PAGES) == set(CallMethod)
    similar = page("nearby", call.identifier)
    assert [each.post(similar).status_code for each in (another(call), client)] == [404, 200]
    for path in pages_of(call):
        for other in (another(call), other_member(town, audience)):
            assert other is None or other.get(path).status_code == 404, path
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"], path


def other_member(town, audience):
    """Somebody of the town who was not asked; of the members all were."""
    if audience == "members":
        return None
    strange = Client(HTTP_HOST=town.host)
    f.sign_in(strange, town, Role.MEMBER)
    return strange
