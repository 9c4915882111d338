"""The page cache: what is kept, how long, for whom, and never for anybody else."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import logging
import re
import threading

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection
from django.utils import timezone

from miteinander.config import middleware, pagecache
from miteinander.config.pagecache import Key, Known, Page, PageCache, Shelf, Town
from miteinander.core.logs import JsonLines
from miteinander.participation import actions as participation
from miteinander.process import actions as process_actions
from miteinander.public.freshness import MARK, Shown
from tests import factories as make
from tests.addresses import ADDRESSES, PUBLIC
from tests.house.test_public_pages import NOT_CACHED
from tests.test_addresses import path_of
from tests.world import build, kept_for_a_module

HOUR = dt.timedelta(hours=1)
MANY = 2**20
DIFFERENT = {"ETag", "Vary", "Content-Length", "Content-Encoding"}
"""What a kept page says otherwise than Django alone; everything else must be the same."""


class Clock:
    """A clock on the wall and a stopwatch that tests move by hand."""

    def __init__(self):
        self.now = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)

    def tick(self, seconds):
        self.now += dt.timedelta(seconds=seconds)

    def time(self):
        return self.now.timestamp()

    monotonic = perf_counter = time


@pytest.fixture
def clock(monkeypatch):
    hand = Clock()
    monkeypatch.setattr(timezone, "now", lambda: hand.now)
    monkeypatch.setattr(pagecache, "time", hand)
    return hand


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status[:3]), dict(headers), body
        self.plain = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
            self.headers.get("Content-Encoding"), bytes
        )(body)


class Site:
    """An application behind a page cache; `made` holds what it was asked to make."""

    def __init__(self, application, *, most_bytes=MANY):
        self.made = []
        self.application = application
        self.cache = PageCache(self.make, most_bytes=most_bytes)

    def make(self, environ, start_response):
        self.made.append(dict(environ))
        return self.application(environ, start_response)

    def get(self, path, host="hier.example", method="GET", **headers):
        path, _mark, query = path.partition("?")
        said = []
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host, "REMOTE_ADDR": "192.0.2.7", "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(), "wsgi.errors": None, "wsgi.url_scheme": "http",
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }  # fmt: skip
        response = self.cache(environ, lambda *line: said.extend(line))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return Answer(said[0], said[1], body)


# --- with the whole application ------------------------------------------------------------------


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        yield build("hier.example"), build("dort.example")


@pytest.fixture
def site(settings, clock, monkeypatch):
    """Each request would hand its connection back: the test's own must outlive it."""
    settings.ALLOWED_HOSTS = ["hier.example", "dort.example", "leer.example"]
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    return Site(get_wsgi_application())


def timeless(body):
    """A feed in which nothing happened yet says the second in which it was made."""
    return re.sub(rb"<updated>[^<]*</updated>", b"", body, count=1)


KEPT = [address for address in PUBLIC if address.name not in NOT_CACHED]


@pytest.mark.django_db
@pytest.mark.parametrize("address", KEPT, ids=lambda address: address.name)
def test_a_kept_page_is_the_page_that_django_makes(towns, site, address):
    here, _there = towns
    path = path_of(address, here)
    django = here.client("visitor").get(path)
    first, second = site.get(path), site.get(path)

    assert len(site.made) == 1
    assert (first.status, first.body, first.headers) == (
        second.status, second.body, second.headers
    )  # fmt: skip
    assert timeless(first.body) == timeless(django.content)

    def said(headers):
        return {name: value for name, value in headers.items() if name not in DIFFERENT}

    assert said(first.headers) == said(django.headers)
    assert first.headers["Vary"] == "Accept-Encoding, Cookie"
    assert first.headers["Cache-Control"] == "no-cache"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(n for n in NOT_CACHED if n.startswith("public:")))
def test_what_must_not_be_kept_is_made_each_time(towns, site, name):
    here, _there = towns
    address = next(address for address in ADDRESSES if address.name == name)
    path = path_of(address, here)
    wanted = 405 if address.get is None else address.answer
    assert site.get(path).status == site.get(path).status == wanted
    assert len(site.made) == 2


@pytest.mark.django_db
def test_a_page_costs_no_query_and_a_second_costs_one(
    towns, site, clock, django_assert_num_queries
):
    site.get("/de/konzept/")
    with django_assert_num_queries(0):
        clock.tick(0.99)
        site.get("/de/konzept/")
    with django_assert_num_queries(1):
        clock.tick(0.02)
        site.get("/de/konzept/")
    assert len(site.made) == 1


@pytest.mark.django_db
def test_a_public_event_is_seen_within_a_second(towns, site, clock):
    here, _there = towns
    site.get("/de/")
    at = {"by": make.coordinator(here.town), "at": clock.now}
    clock.tick(0.5)
    process_actions.set_milestone(
        here["process"], title="Neuer Meilenstein", on=timezone.localdate(), **at
    )
    clock.tick(0.49)
    path = f"/de/prozess/{here['process'].identifier}/"
    site.get("/de/")
    assert len(site.made) == 1
    clock.tick(0.01)
    site.get("/de/")
    assert len(site.made) == 2
    assert "Neuer Meilenstein" in site.get(path).plain.decode()


@pytest.mark.django_db
def test_who_has_the_page_and_asks_again_hears_of_a_change_in_time(towns, site, clock):
    here, _there = towns
    path = f"/de/prozess/{here['process'].identifier}/"
    etag = site.get(path).headers["ETag"]
    assert [site.get(path, if_none_match=etag).status for _ in range(3)] == [304, 304, 304]
    clock.tick(0.5)
    process_actions.set_milestone(
        here["process"],
        title="Noch ein Meilenstein",
        on=timezone.localdate(),
        by=make.coordinator(here.town),
        at=clock.now,
    )
    clock.tick(0.5)
    assert site.get(path, if_none_match=etag).status == 200


@pytest.mark.django_db
def test_what_waits_for_moderation_does_not_make_pages_anew(towns, site, clock):
    here, _there = towns
    site.get("/de/")
    participation.submit_contribution(
        here["call"],
        text="Im Norden fehlt ein Treffpunkt.",
        may_publish=True,
        language="de",
        page_language="de",
        form_key="ein Schlüssel",
        by=make.coordinator(here.town),
        at=clock.now,
    )
    clock.tick(5)
    site.get("/de/")
    assert len(site.made) == 1


@pytest.mark.django_db
def test_news_of_one_town_leaves_the_pages_of_the_other(towns, site, clock):
    here, there = towns
    site.get("/de/", host="dort.example")
    process_actions.set_milestone(
        here["process"], title="Fest", on=timezone.localdate(),
        by=make.coordinator(here.town), at=clock.now,
    )  # fmt: skip
    clock.tick(2)
    assert there.town.name in site.get("/de/", host="dort.example").plain.decode()
    assert len(site.made) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["HIER.Example", "hier.example:8000", "Hier.example:443"])
def test_a_town_is_found_by_every_spelling_of_its_host_and_by_no_other(towns, site, host):
    here, there = towns
    for _time in range(2):
        shown = site.get("/de/", host=host).plain.decode()
        assert here.town.name in shown
        assert there.town.name not in shown
        other = site.get("/de/", host=host.lower().replace("hier", "dort")).plain.decode()
        assert there.town.name in other
        assert here.town.name not in other
    assert len(site.made) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "status"),
    [("leer.example", 404), ("fremd.example", 400), ("hier.example:x", 400), ("", 400)],
)
def test_a_host_that_is_not_ours_fills_nothing(towns, site, host, status):
    assert [site.get("/de/", host=host).status for _time in range(2)] == [status, status]
    assert len(site.cache.shelf) == 0


@pytest.mark.django_db
def test_a_host_that_is_only_matched_by_a_pattern_fills_nothing(towns, site, settings):
    settings.ALLOWED_HOSTS = [".example"]
    make.MunicipalityFactory(host=None)
    assert site.get("/de/", host="irgendwer.example").status == 200
    assert len(site.cache.shelf) == 0
    site.get("/de/", host="hier.example")
    assert len(site.cache.shelf) == 1


@pytest.mark.django_db
def test_a_page_ends_with_the_call_that_it_shows(towns, site, clock):
    here, _there = towns
    call = here["call"]
    call.closes_at = clock.now + HOUR / 12
    call.allows = []  # where support is shown, a page is kept for a minute only
    call.save()
    path = f"/de/aufruf/{call.identifier}/"
    answer = site.get(path).plain.decode()
    clock.tick(299)
    assert site.get(path).plain.decode() == answer
    assert len(site.made) == 1
    clock.tick(1)
    assert site.get(path).plain.decode() != answer
    assert len(site.made) == 2


@pytest.mark.django_db
def test_every_page_ends_at_midnight_in_germany(towns, site, clock):
    clock.now = dt.datetime(2026, 7, 1, 23, 58, tzinfo=timezone.get_default_timezone())
    site.get("/de/konzept/")
    clock.tick(119)
    site.get("/de/konzept/")
    assert len(site.made) == 1
    clock.tick(1)
    site.get("/de/konzept/")
    assert len(site.made) == 2


@pytest.mark.django_db
def test_what_no_event_announced_is_seen_after_ten_minutes(towns, site, clock):
    site.get("/de/konzept/")
    clock.tick(pagecache.HEALS_AFTER - 1)
    site.get("/de/konzept/")
    assert len(site.made) == 1
    clock.tick(1)
    site.get("/de/konzept/")
    assert len(site.made) == 2


@pytest.mark.django_db
def test_parameters_that_a_page_does_not_know_change_nothing(towns, site):
    plain = site.get("/de/konzept/")
    for query in ("utm_source=mail", "page=7", "<script>=1", "a=1&a=2", "%00=%ff"):
        assert site.get(f"/de/konzept/?{query}").body == plain.body
    assert len(site.made) == 1


@pytest.mark.django_db
def test_the_same_filter_in_another_order_is_the_same_page(towns, site):
    site.get("/de/umsetzung/?light=done&page=1")
    site.get("/de/umsetzung/?page=1&x=y&light=done")
    assert len(site.made) == 1
    site.get("/de/umsetzung/?page=1&light=stuck")
    assert len(site.made) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["sessionid=abc", "a=b; messages=xyz", "language=de;sessionid="])
def test_who_has_a_session_or_a_message_passes_by(towns, site, cookie):
    site.get("/de/")
    site.get("/de/", cookie=cookie)
    assert len(site.made) == 2
    assert site.made[1]["HTTP_COOKIE"] == cookie


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT", "DELETE", "BREW"])
def test_any_other_method_passes_by(towns, site, method):
    site.get("/de/")
    assert site.get("/de/", method=method).status in {403, 405}
    assert len(site.made) == 2


@pytest.mark.django_db
def test_a_hit_is_logged_without_anything_of_a_person(towns, site, caplog):
    path = f"/de/massnahme/{towns[0]['measure'].identifier}/"
    site.get(path)
    with caplog.at_level(logging.INFO, "miteinander.requests"):
        caplog.clear()
        site.get(f"{path}?code=geheim", user_agent="ein Gerät", method="HEAD")
        middleware.kept_pages.write()  # a moment later, by itself
    (record,) = caplog.records
    line = json.loads(JsonLines().format(record))
    assert dt.datetime.fromisoformat(line.pop("at"))
    assert line == {
        "level": "info", "name": "miteinander.requests", "message": "request",
        "route": "public:measure", "method": "HEAD", "status": 200,
        "count": 1,
    }  # fmt: skip


@pytest.mark.django_db
def test_without_its_database_nothing_is_claimed(towns, site, clock, monkeypatch):
    def away(_host):
        raise DatabaseError("away")

    site.get("/de/konzept/")
    monkeypatch.setattr(pagecache, "municipality_for", away)
    clock.tick(1)
    site.get("/de/konzept/")
    assert len(site.made) == 2


# --- with an application that tells what it sees --------------------------------------------------


@pytest.fixture
def pretend(monkeypatch, settings, clock):
    """One town under every host, every path a public page with the parameter "page"."""
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr(pagecache, "_ask", lambda _host: Town(1, 1))
    monkeypatch.setattr(
        pagecache, "_route_of", lambda _path: pagecache.Route("public:any", frozenset({"page"}))
    )

    def build_site(application=None, **more):
        return Site(application or telling(), **more)

    return build_site


def telling(body=b"Seite " * 100, *, status="200 OK", until=None, mark=True, **headers):
    def application(environ, start_response):
        if mark:
            environ[MARK] = Shown(until)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        start_response(status, list({"Content-Type": "text/html", **named}.items()))
        return [body]

    return application


@pytest.mark.parametrize(
    "application",
    [
        telling(status="404 Not Found"),
        telling(status="302 Found", Location="/de/"),
        telling(status="500 Internal Server Error"),
        telling(status="206 Partial Content"),
        telling(Set_Cookie="csrftoken=abc"),
        telling(Cache_Control="max-age=0, no-store"),
        telling(Cache_Control="private"),
        telling(Content_Encoding="zstd"),
        telling(mark=False),
    ],
)
def test_what_is_not_a_page_for_everybody_is_not_kept(pretend, application):
    site = pretend(application)
    assert site.get("/de/").body == site.get("/de/").body == b"Seite " * 100
    assert len(site.made) == 2
    assert len(site.cache.shelf) == 0


def test_a_moment_that_came_while_the_page_was_made_ends_it_at_once(pretend, clock):
    site = pretend(telling(until=clock.now))
    site.get("/de/")
    assert len(site.cache.shelf) == 0


def test_a_page_is_made_from_its_address_and_from_nothing_of_who_asks(pretend, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = pretend()
    site.get(
        "/de/?page=2&x=1", "Hier.example", "HEAD",
        cookie="language=ar; theme=dark", accept_language="ar", user_agent="x", referer="y",
        x_forwarded_host="boese.example", x_forwarded_for="192.0.2.1", if_none_match='"a"',
        x_forwarded_proto="https, http", range="bytes=0-1", accept="image/png", origin="null",
    )  # fmt: skip
    (environ,) = site.made
    seen = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    assert seen == {"HTTP_HOST": "hier.example", "HTTP_X_FORWARDED_PROTO": "https"}
    assert "REMOTE_ADDR" not in environ
    assert (environ["REQUEST_METHOD"], environ["QUERY_STRING"]) == ("GET", "page=2")


def test_https_and_http_are_different_pages(pretend, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = pretend()
    site.get("/de/", x_forwarded_proto="https")
    site.get("/de/")
    assert [environ["HTTP_X_FORWARDED_PROTO"] for environ in site.made] == ["https", "http"]


@pytest.mark.parametrize("header", ["hx_request", "authorization"])
def test_who_asks_for_something_else_than_the_whole_page_passes_by(pretend, header):
    site = pretend()
    site.get("/de/", **{header: "true"})
    assert f"HTTP_{header.upper()}" in site.made[0]
    assert len(site.cache.shelf) == 0


@pytest.mark.parametrize("asked", ["/" + "x" * 500, "/de/?page=" + "9" * 500])
def test_what_is_absurdly_long_passes_by(pretend, asked):
    site = pretend()
    site.get(asked)
    assert len(site.cache.shelf) == 0


def test_head_says_what_get_says_and_fills_the_cache(pretend):
    site = pretend()
    head, get = site.get("/de/", method="HEAD"), site.get("/de/")
    assert (head.status, head.body, head.headers) == (200, b"", get.headers)
    assert get.headers["Content-Length"] == str(len(get.body)) == "600"
    assert len(site.made) == 1


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=1.0, BR ; q=0.5", "br"),
        ("gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("br; q=0.000, gzip;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_everybody_gets_an_encoding_that_they_take(pretend, accepted, encoding):
    site = pretend()
    plain = site.get("/de/")
    coded = site.get("/de/", accept_encoding=accepted)
    assert coded.headers.get("Content-Encoding") == encoding
    assert coded.plain == plain.body
    assert int(coded.headers["Content-Length"]) == len(coded.body)
    assert len(site.made) == 1


@pytest.mark.parametrize("first", ["br", "gzip", ""])
def test_every_encoding_is_made_from_whichever_came_first(pretend, first):
    site = pretend()
    found = [site.get("/de/", accept_encoding=one) for one in (first, "br", "gzip", "", "br")]
    assert {answer.plain for answer in found} == {b"Seite " * 100}
    assert len({answer.headers["ETag"] for answer in found}) == 3
    assert len(site.made) == 1


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "font/woff2"])
def test_what_is_dense_already_is_not_compressed(pretend, kind):
    site = pretend(telling(Content_Type=kind))
    answer = site.get("/de/", accept_encoding="br")
    assert "Content-Encoding" not in answer.headers
    assert len(site.get("/de/", accept_encoding="gzip").body) == 600


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
@pytest.mark.parametrize("condition", ["{}", 'W/{}, "x"', '"x", {}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_page_is_told_so(pretend, encoding, condition, method):
    site = pretend(telling(Cache_Control="no-cache", X_Frame_Options="DENY"))
    etag = site.get("/de/", accept_encoding=encoding).headers["ETag"]
    answer = site.get(
        "/de/", method=method, accept_encoding=encoding, if_none_match=condition.format(etag)
    )
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers == {
        "ETag": etag, "Vary": "Accept-Encoding, Cookie", "Cache-Control": "no-cache",
    }  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"cookie": "sessionid=abc"},
        {"hx_request": "true"},
        {"authorization": "Basic abc"},
        {"method": "POST"},
        {"x_forwarded_proto": "http"},
    ],
    ids=str,
)
def test_what_one_is_told_again_is_told_to_nobody_else(pretend, settings, more):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = pretend()
    words = {"accept_encoding": "br", "x_forwarded_proto": "https"}
    words["if_none_match"] = site.get("/de/", **words).headers["ETag"]
    assert [site.get("/de/", **words).status for _ in range(3)] == [304, 304, 304]
    assert len(site.made) == 1
    site.get("/de/", **(words | more))
    assert len(site.made) == 2


def test_another_encoding_is_not_the_same_page(pretend):
    site = pretend()
    etag = site.get("/de/", accept_encoding="br").headers["ETag"]
    assert site.get("/de/", accept_encoding="gzip", if_none_match=etag).status == 200


def test_a_page_that_was_made_anew_without_a_change_is_still_the_same(pretend, clock):
    site = pretend()
    etag = site.get("/de/").headers["ETag"]
    clock.tick(pagecache.HEALS_AFTER)
    assert site.get("/de/", if_none_match=etag).status == 304
    assert len(site.made) == 2


# --- memory ---------------------------------------------------------------------------------------


NOW = Known(2**40, Town(1, 1))


def page(size):
    return Page.of(b"x" * size, [], "", town=Town(1, 1), expires=2**40)


def key(number):
    return Key(secure=False, host="hier.example", path=f"/{number}", query="")


def test_what_was_not_read_goes_first():
    shelf = Shelf(40 * 5000)
    for number in range(40):
        shelf.put(key(number), page(5000 - pagecache.OVERHEAD))
    assert shelf.find(key(0), NOW)
    shelf.put(key(40), page(5000 - pagecache.OVERHEAD))
    assert shelf.find(key(0), NOW)
    assert shelf.find(key(1), NOW) is None
    assert (len(shelf), shelf.bytes) == (40, 40 * 5000)


def test_a_single_page_never_drives_out_the_rest():
    shelf = Shelf(100_000)
    shelf.put(key(1), page(1000))
    shelf.put(key(2), page(50_000))
    assert shelf.find(key(2), NOW) is None
    assert (len(shelf), shelf.bytes) == (1, 1000 + pagecache.OVERHEAD)


def test_memory_is_bounded_whatever_is_asked_in_whatever_encoding(pretend):
    site = pretend(telling(bytes(range(256)) * 40), most_bytes=200_000)
    for number in range(300):
        for encoding in ("br", "gzip", ""):
            site.get(f"/de/?page={number}", accept_encoding=encoding)
            assert site.cache.shelf.bytes <= 200_000
    held = sum(page.size for page, _size in site.cache.shelf._pages.values())
    assert held == site.cache.shelf.bytes > 100_000


def test_hosts_are_bounded_too(pretend):
    site = pretend()
    for number in range(3 * pagecache.HOSTS):
        site.get("/de/", host=f"stadt{number}.example")
    assert len(site.cache.towns._known) <= pagecache.HOSTS


def test_conditions_are_bounded_too(pretend):
    site = pretend()
    etag = site.get("/de/").headers["ETag"]
    for number in range(3 * pagecache.ASKED_AGAIN):
        words = {"accept_encoding": "", "if_none_match": f'{etag}, "{number}"'}
        assert site.get("/de/", **words).status == 304
    assert 0 < len(site.cache.unchanged) <= pagecache.ASKED_AGAIN


# --- many at once ---------------------------------------------------------------------------------


def test_a_page_that_many_want_at_once_is_made_once(pretend):
    began, may_end = threading.Event(), threading.Event()

    def slow(environ, start_response):
        began.set()
        assert may_end.wait(10)
        return telling()(environ, start_response)

    site = pretend(slow)
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(site.get("/de/").body)) for _each in range(8)
    ]
    for thread in threads:
        thread.start()
    assert began.wait(10)
    may_end.set()
    for thread in threads:
        thread.join()
    assert answers == [b"Seite " * 100] * 8
    assert len(site.made) == 1
    assert site.cache.flights._flying == {}


def test_nobody_waits_for_ever_for_a_page_that_hangs(pretend, monkeypatch):
    monkeypatch.setattr(pagecache, "PATIENCE", 0.01)
    hangs = threading.Event()
    first = threading.Event()

    def application(environ, start_response):
        if not first.is_set():
            first.set()
            hangs.wait(10)
        return telling()(environ, start_response)

    site = pretend(application)
    stuck = threading.Thread(target=lambda: site.get("/de/"))
    stuck.start()
    assert first.wait(10)
    assert site.get("/de/").status == 200
    hangs.set()
    stuck.join()


def test_a_page_that_fails_is_not_waited_for_afterwards(pretend):
    def broken(environ, start_response):
        raise RuntimeError("the view broke")

    site = pretend(broken)
    for _time in range(2):
        with pytest.raises(RuntimeError):
            site.get("/de/")
    assert site.cache.flights._flying == {}
