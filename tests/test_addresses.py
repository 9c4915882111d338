"""Every address × everybody who may come along × both towns: exactly one answer each."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.addresses import ADDRESSES, COORDINATION, EVERYBODY, MEMBERS, STRANGERS, Address
from tests.world import World, build, kept_for_a_module, undone

# The world is built once; each test rolls back only what it did itself.
pytestmark = pytest.mark.django_db
SIGN_IN = "sign in"
HREF = re.compile(r'<a [^>]*href="(/(?:de|t)/[^"#]*)')
EVERYWHERE = {"visitor", "member", "coordinator", "strange coordinator"}
"""Who walks through the public pages, too."""
OF_NO_TOWN = {"accent", "account_sign_in_by_link", "sitemap_part", "workspace:legal"}
OF_NO_TOWN |= {"workspace:mail_text", "workspace:mail_text_drop", "workspace:offers_file"}
OF_NO_TOWN |= {"workspace:radar_file", "workspace:target_edit", "workspace:target_drop"}
OF_NO_TOWN |= {"workspace:register_file"}
"""A colour, an account, the first part of a town's own map; kinds of pages, mails and files."""
TAKEN = {200, 302, 303, 422}
"""Answers to an empty form of somebody who may send it: shown again, refused, or done."""


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        here, there = build("hier.example"), build("dort.example")
        here.users["stranger"] = there.users["member"]
        here.users["strange coordinator"] = there.users["coordinator"]
        yield here, there


@pytest.fixture(autouse=True)
def _both_hosts_are_known(settings):
    settings.ALLOWED_HOSTS = ["hier.example", "dort.example"]


def routes(patterns, namespace: str = ""):
    """Every named route below these patterns, with the names of its arguments."""
    for each in patterns:
        if isinstance(each, URLResolver):
            name = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from routes(each.url_patterns, name)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", frozenset(each.pattern.converters)


def path_of(address: Address, world: World, *, hidden: bool = False) -> str:
    args = {
        name: world.address_of(f"hidden {row}" if hidden else row) for name, row in address.args
    }
    with override("de"):
        return reverse(address.name, kwargs=args)


def answer_of(response) -> object:
    if response.status_code == 302 and "/konto/anmelden/?next=" in response.headers["Location"]:
        return SIGN_IN
    return response.status_code


def wanted(address: Address, who: str, may: frozenset[str] | None) -> object:
    """What somebody gets who opens it here: the one rule behind the table."""
    in_a_room = address.name.startswith("workspace:")
    if in_a_room and who == "visitor":
        return SIGN_IN
    if may is None:
        return 405
    if who in may:
        return address.answer
    if address.others:
        return address.others
    return 404 if not in_a_room or who in STRANGERS else 403


def ways_of(who: str) -> list[Address]:
    """The main roles go everywhere; a seat, a group, a lead where seats, groups, leads matter."""
    if who in EVERYWHERE:
        return ADDRESSES
    rooms = [address for address in ADDRESSES if address.name.startswith("workspace:")]
    if who in STRANGERS:
        return rooms
    return [room for room in rooms if not {room.get, room.post} <= {None, MEMBERS, COORDINATION}]


def test_the_table_names_every_address_and_no_other():
    assert {address.key for address in ADDRESSES} == set(routes(get_resolver().url_patterns))
    assert len(ADDRESSES) == len({address.key for address in ADDRESSES}), "one line each"


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_open_a_page_and_who_may_not(towns, who):
    here, _there = towns
    client = here.client(who)
    found, expected = {}, {}
    for address in ways_of(who):
        with undone(client):
            response = client.get(path_of(address, here))
        found[address.key] = answer_of(response)
        expected[address.key] = wanted(address, who, address.get)

    assert found == expected


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_may_send_a_form_and_who_may_not(towns, who):
    """An empty form: whoever may send it is told what is missing, or it is done."""
    here, _there = towns
    client = here.client(who)
    found, expected = {}, {}
    for address in ways_of(who):
        if address.post is None and who != "coordinator":
            continue  # a page that is only read knows no sender at all
        with undone(client):
            response = client.post(path_of(address, here))
        expected[address.key] = wanted(address, who, address.post)
        found[address.key] = answer_of(response)
        if expected[address.key] == address.answer and found[address.key] in TAKEN:
            found[address.key] = address.answer

    assert found == expected


@pytest.mark.parametrize("who", ["visitor", "strange coordinator", "member", "seat", "coordinator"])
def test_what_is_not_public_does_not_exist_for_who_may_not_see_it(towns, who):
    here, _there = towns
    client = here.client(who)
    twins = [address for address in ADDRESSES if address.hidden is not None]
    found = {a.name: client.get(path_of(a, here, hidden=True)).status_code for a in twins}

    assert found == {a.name: a.answer if who in a.hidden else 404 for a in twins}


@pytest.mark.parametrize("state", ["submitted", "internal", "refused", "withdrawn"])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_a_contribution_that_is_not_published_is_for_the_office_alone(towns, who, state):
    here, _there = towns
    identifier = here[f"{state} contribution"].identifier

    assert here.client(who).get(f"/de/beitrag/{identifier}/").status_code == 404


@pytest.mark.parametrize("who", ["visitor", "strange coordinator"])
def test_nothing_of_a_town_is_found_at_the_address_of_another(towns, who):
    """The other town's own coordination asks at its own host for what belongs here."""
    here, there = towns
    client = here.client(who, host=there.town.host)
    found, expected = {}, {}
    for address in ADDRESSES:
        if not address.args or address.name in OF_NO_TOWN:
            continue
        for method, may in (("get", address.get), ("post", address.post)):
            if may is None:
                continue
            with undone(client):
                response = getattr(client, method)(path_of(address, here))
            key = (*address.key, method)
            found[key] = answer_of(response)
            asked = address.name.startswith("workspace:") and who == "visitor"
            expected[key] = SIGN_IN if asked else 404

    assert found == expected


def shape_of(address: str) -> str:
    """The kind of page, whatever it shows: a circle shows ever more of one kind."""
    return re.sub(r"=[^&]*", "=", re.sub(r"/(?:[2-9b-z]{8}|\d+)(?=/|$)", "/*", address))


@pytest.mark.parametrize("who", ["member", "seat", "coordinator"])
def test_nobody_is_shown_a_way_that_is_closed_to_them(towns, who):
    """From *Heute* along every link of the workspace: none ends at a refusal."""
    here, _there = towns
    client = here.client(who)
    waiting, answers, shown_at = ["/de/arbeit/"], {}, {}
    of_a_shape = Counter()
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        answers[path] = response.status_code
        if response.status_code != 200 or not path.startswith("/de/arbeit/"):
            continue
        if "attachment" in response.headers.get("Content-Disposition", ""):
            continue  # a file to keep leads nowhere
        for found in HREF.findall(response.content.decode()):
            address = found.replace("&amp;", "&")
            if address not in shown_at and address != "/de/konto/abmelden/":
                shown_at[address] = path
                waiting.append(address)
                of_a_shape[shape_of(address)] += 1
        assert max(of_a_shape.values()) < 60, "links lead in circles"

    assert len(answers) > 30
    assert {p: (s, shown_at[p]) for p, s in answers.items() if s not in (200, 302, 303)} == {}
