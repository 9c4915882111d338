"""Signed links: for one purpose and one thing, for a time, once."""

from __future__ import annotations

import datetime as dt
import functools

import pytest
from django.core import signing
from django.utils import timezone

from miteinander.core import links
from miteinander.core.errors import LinkExpired, LinkForged, LinkSpent
from miteinander.core.models import SpentLink
from tests.core.together import at_once
from tests.factories import OrganisationFactory

AT = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)


def signed(thing=None, **more):
    facts = {"function": "Verein Brücke", "at": AT, "days": 30} | more
    return links.sign_link("report-status", thing or OrganisationFactory.build(pk=7), **facts)


def test_a_link_tells_what_it_is_for():
    link = links.read_link(signed().token, at=AT)
    assert (link.purpose, link.thing, link.function) == ("report-status", 7, "Verein Brücke")
    assert link.expires == AT + dt.timedelta(days=30)


def test_two_links_for_the_same_are_two_links():
    thing = OrganisationFactory.build(pk=7)
    assert signed(thing).digest != signed(thing).digest


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token + "x",
        lambda token: "x" + token,
        lambda token: token.replace(":", "."),
        lambda _token: "",
        lambda _token: "nonsense",
        lambda _token: "ä:ö:ü",
        lambda _token: signing.dumps(["report-status", 7, "abc", "V", 9_999_999_999, "n"]),
        lambda _token: signing.dumps([1, 2], salt=links.SALT),
        lambda _token: signing.dumps("text", salt=links.SALT),
        lambda _token: signing.dumps(None, salt=links.SALT),
        lambda _token: signing.dumps(["p", 7, "abc", "V", "soon", "n"], salt=links.SALT),
        lambda _token: signing.dumps(["p", 7, "abc", "V", 10**30, "n"], salt=links.SALT),
    ],
)
def test_whatever_is_not_ours_is_forged(change):
    with pytest.raises(LinkForged):
        links.read_link(change(signed().token), at=AT)


@pytest.mark.parametrize(("days", "expired"), [(29, False), (30, False), (31, True)])
def test_a_link_expires(days, expired):
    token = signed().token
    at = AT + dt.timedelta(days=days)
    if expired:
        with pytest.raises(LinkExpired):
            links.read_link(token, at=at)
    else:
        assert links.read_link(token, at=at).thing == 7


@pytest.mark.django_db
def test_a_link_is_spent_once():
    link = signed()
    assert not links.is_spent(link)
    links.spend(link, at=AT)
    assert links.is_spent(link)
    with pytest.raises(LinkSpent):
        links.spend(link, at=AT)
    assert not links.is_spent(signed())


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused():
    link = signed()
    spend = functools.partial(links.spend, link, at=timezone.now())
    outcomes = at_once(spend, spend)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LinkSpent", "NoneType"]
    assert SpentLink.objects.count() == 1
