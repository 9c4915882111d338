"""Whatever somebody types into the address bar or sends as a host: an answer, never a breakdown."""

from __future__ import annotations

import pytest

from miteinander.core.search import keep
from tests.addresses import FRAME, PUBLIC
from tests.test_addresses import path_of
from tests.world import build, kept_for_a_module

pytestmark = pytest.mark.django_db
HOST = "krumm.example"
GOOD = {200, 301, 302, 303, 304, 400, 404, 405, 410, 422}
READ = [address for address in (*FRAME, *PUBLIC) if address.get]

PARAMETERS = [
    "page=999999999999", "page=-1", "page=0", "page=", "page=abc", "page=1e9", "page=%00",
    "page=٣", "page=1&page=2", "page=%F0%9F%8E%89", "page=" + "9" * 5000,
    "kind=%00", "kind=measure%27--", "kind[]=x", "light=%00", "light=" + "x" * 3000,
    "of=%00", "of=call.%00", "of=call.", "of=.", "of=theme." + "x" * 2000, "call=%00",
    "theme=../../etc/passwd", "older=-1", "older=" + "9" * 15, "newer=%00", "newer=٣",
    "q=%00", "q=%ff%fe", "q=%", "q=" + "a" * 9000, "q=%22%27*%3A%5E", "code=%00", "field=%00",
    "field=" + "9" * 30, "%00=%00", "a" * 6000, "&&&=&=", "page[]=1", "next=//boese.example/",
]  # fmt: skip
PATHS = [
    "//", "///de/", "/de//massnahme//", "//boese.example/de/", "/de/%2e%2e/%2e%2e/etc/passwd",
    "/de/massnahme/%2f/", "/de/massnahme/%00/", "/de/massnahme/a%0d%0aSet-Cookie:x=y/",
    "/de/massnahme/" + "a" * 8000 + "/", "/" + "de/" * 900, "/xx/", "/zz-ZZ/massnahme/abc/",
    "/de/massnahme/ä/", "/de/massnahme/😀/", "/de/massnahme/<script>/", "/de/%ff%fe/",
    "/sitemap-999999999999999999999.xml", "/sitemap--1.xml", "/teilen/de/abc-def.png",
    "/teilen/%00/abc-def.png", "/teilen/de/" + "a" * 3000 + "-b.png", "/bild/x-1.png",
    "/bild/x-99999999999999999999.png", "/t/%00", "/t/" + "a" * 3000, "/-accent-%00.css",
    "/-/accent-zzzzzz.css", "/robots.txt/", "/de/feed.atom/", "/de/suche", "/DE/", "/de",
    "/de/l/%00/", "/de/l/" + "a" * 5000 + "/", "/de/quittung/%00/",
    "/de/quittung/" + "A" * 4000 + "/",
    "/static/../../etc/passwd", "/static/%00", "/.git/config", "/wp-login.php", "/\\boese.example",
]  # fmt: skip
HOSTS = [
    "boese.example", "krumm.example.boese.example", "krumm.example@boese.example",
    "boese.example:80", "krumm.example:99999", "krumm.example:abc", "KRUMM.EXAMPLE", "", "..",
    "[::1", "[::1]:80", "a" * 300, "boese.example\r\nX-Injected: 1", "krumm.example#@boese.example",
    "krumm.example/../boese", "krumm.example\\@boese.example", "\x00", "ü.example", "127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        world = build(HOST, rows=1)
        keep.rebuild()
        yield world


@pytest.fixture(autouse=True)
def _only_this_host(settings):
    settings.ALLOWED_HOSTS = [HOST]


@pytest.mark.parametrize("address", READ, ids=lambda a: a.name)
def test_no_parameter_breaks_a_page(world, address):
    client, path = world.client("visitor"), path_of(address, world)
    found = {query[:40]: client.get(f"{path}?{query}").status_code for query in PARAMETERS}

    assert {query: status for query, status in found.items() if status not in GOOD} == {}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
def test_no_path_breaks_the_site(world, path):
    response = world.client("visitor").get(path)

    assert response.status_code in GOOD
    assert "boese.example" not in response.get("Location", "")
    assert "Set-Cookie" not in response.get("Location", "")


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: repr(host[:24]))
@pytest.mark.parametrize("path", ["/", "/de/", "/sitemap.xml", "/de/feed.atom", "/robots.txt"])
def test_no_host_breaks_the_site_or_gets_into_it(world, host, path):
    response = world.client("visitor").get(path, HTTP_HOST=host)

    assert response.status_code in GOOD
    assert "X-Injected" not in response.headers
    assert b"boese" not in response.content
    assert "boese" not in response.get("Location", "")


@pytest.mark.parametrize("address", READ, ids=lambda a: a.name)
def test_no_page_believes_a_forwarded_host(world, address):
    response = world.client("visitor").get(
        path_of(address, world),
        HTTP_X_FORWARDED_HOST="boese.example",
        HTTP_X_FORWARDED_SERVER="boese.example",
        HTTP_X_FORWARDED_PORT="666",
        HTTP_FORWARDED="for=x;host=boese.example;proto=https",
    )

    assert response.status_code in GOOD
    assert b"boese" not in b"".join(response)
    assert "boese" not in response.get("Location", "")
