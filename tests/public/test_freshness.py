"""What the mark of a public page promises, and how a page says when it ends."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from miteinander.public.freshness import MARK, normalised, parameters_of, public_page, shown_until
from tests import factories as make
from tests.addresses import PUBLIC
from tests.house.test_public_pages import NOT_CACHED
from tests.test_addresses import path_of
from tests.world import build, kept_for_a_module

NOW = timezone.now()
HOUR = dt.timedelta(hours=1)


@public_page("page", "state")
def page(request):
    return HttpResponse(f"{request.GET.urlencode()} {request.get_full_path()}")


def asked(path, *moments):
    request = RequestFactory().get(path)
    request.standing = SimpleNamespace(at=NOW)
    response = page(request)
    shown_until(request, *moments)
    return request, response


def test_a_view_sees_only_the_parameters_that_it_names():
    _request, response = asked("/de/?utm=mail&state=done&page=2&page=3&<script>")
    assert response.content.decode() == "page=2&page=3&state=done /de/?page=2&page=3&state=done"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&a=1", "a=2&a=1"),  # the last of several counts for Django: their order is kept
        ("a=", "a="),
        ("c=1", ""),
        ("a=%C3%A4&a=%zz", "a=%C3%A4&a=%25zz"),
        ("", ""),
    ],
)
def test_the_same_question_is_always_asked_in_the_same_words(query, expected):
    assert normalised(query, frozenset({"a", "b"})) == expected


def test_a_page_ends_at_the_first_moment_that_lies_ahead():
    request, _response = asked("/de/", None, NOW - HOUR, NOW + 3 * HOUR, NOW + 2 * HOUR)
    shown_until(request, NOW + 5 * HOUR)
    assert request.META[MARK].until == NOW + 2 * HOUR


def test_a_page_that_is_not_public_may_show_the_same_frame():
    request = RequestFactory().get("/de/")
    shown_until(request, NOW + HOUR)
    assert MARK not in request.META


def test_a_page_is_asked_for_each_time_and_only_read():
    _request, response = asked("/de/")
    assert response["Cache-Control"] == "no-cache"
    member = RequestFactory().get("/de/", headers={"cookie": "sessionid=abc"})
    assert page(member)["Cache-Control"] == "no-cache, private"
    assert page(RequestFactory().post("/de/")).status_code == 405
    assert parameters_of(page) == {"page", "state"}
    assert parameters_of(asked) is None


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        yield build("hier.example")


CACHED = [address for address in PUBLIC if address.name not in NOT_CACHED]


@pytest.mark.django_db
@pytest.mark.parametrize("address", CACHED, ids=lambda address: address.name)
def test_a_public_page_answers_head_and_sets_no_cookie(world, settings, address):
    settings.ALLOWED_HOSTS = ["hier.example"]
    path = path_of(address, world)
    response = world.client("visitor").head(path)
    assert (response.status_code, response.content) == (200, b"")
    assert not world.client("visitor").get(path).cookies


# --- what ends within a day -------------------------------------------------------------------


def until(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.wsgi_request.META[MARK].until


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/de/", "/de/mitreden/", "/de/aufruf/{}/"])
def test_pages_with_a_call_end_when_it_closes(client, town, path):
    now = timezone.now()
    process = make.ProcessFactory(municipality=town)
    call = make.CallFactory(process=process, opens_at=now - HOUR, closes_at=now + HOUR)
    assert until(client, path.format(call.identifier)) == call.closes_at


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/de/", "/de/mitreden/", "/de/aufruf/{}/"])
def test_pages_with_a_call_end_when_it_opens(client, town, path):
    now = timezone.now()
    process = make.ProcessFactory(municipality=town)
    call = make.CallFactory(process=process, opens_at=now + HOUR, closes_at=now + 2 * HOUR)
    assert until(client, path.format(call.identifier)) == call.opens_at


@pytest.mark.django_db
def test_every_page_with_the_office_ends_when_it_opens_or_closes(client, town):
    office = make.OfficeFactory(organisation__municipality=town)
    office.opening_hours = [
        {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "from": "08:00", "to": "16:00"}
    ]
    office.save()
    local = timezone.localtime()
    for path in ("/de/", "/de/kontakt/", f"/de/organisation/{office.organisation.identifier}/"):
        moment = timezone.localtime(until(client, path))
        assert moment > local
        assert moment - local < dt.timedelta(hours=16, minutes=1)
        assert (moment.hour, moment.minute) in {(8, 0), (16, 0)}
