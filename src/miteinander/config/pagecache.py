"""The page cache: whole public pages, compressed, in front of Django and in its process.

A page is made from its address and from nothing else: Django is given an environment that holds
the host, the path and the parameters which the view has named, and neither cookies nor any other
header of whoever happens to ask first. So what is kept cannot hold anything of a person, and no
header can smuggle something onto a page that others are then shown.

A kept page is shown as long as

- the town's *public version* is the one under which it was made. Every public event advances it
  in its own transaction; it is looked up at most once a second, on every process and node;
- none of the moments has come that the page named (`public.freshness.shown_until`), nor midnight;
- it is not older than `HEALS_AFTER`: what changes without a public event shows after that.

Whoever carries a session, a message or a code that opens something passes by, and so does
whatever is no public page.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from operator import itemgetter
from threading import Event, Lock
from typing import Any, NamedTuple

import brotli  # type: ignore[import-untyped]  # the package has no types
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.handlers.wsgi import get_path_info
from django.db import DatabaseError, close_old_connections
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language_from_path, override

from miteinander.config.middleware import kept_pages, municipality_for
from miteinander.core.logs import Kind
from miteinander.core.opened import COOKIE as OPENED
from miteinander.public.freshness import MARK, Shown, normalised, parameters_of

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
log = logging.getLogger("miteinander.pagecache")

LOOKED_UP = 1.0
"""Seconds that a public version is believed; so stale a page may be at most."""
HEALS_AFTER = 600
"""Seconds after which a page is made anew even if nothing was said to have changed."""
PATIENCE = 5.0
"""Seconds to wait for another thread that is making the same page."""
LONGEST = 400
"""Characters of a host, a path or parameters; what is longer is not kept."""
SMALLEST = 256
"""Bytes below which compressing gains nothing."""
OVERHEAD = 3000
"""Bytes that a page costs beside its body: key, headers, objects."""
BROTLI, GZIP = 5, 6
"""Qualities, measured in benchmarks/bench_cache.py."""
HOSTS = 200
"""So many hosts are remembered; asking a database again is all that it costs to forget one."""
ASKED_AGAIN = 1000
"""So many conditional requests are remembered by their words; to forget them costs little."""
CONDITION = (
    "REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
)  # fmt: skip
WRITTEN = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
OURS = {"content-length", "content-encoding", "etag", "vary"}
VARY = ("Vary", "Accept-Encoding, Cookie")
READ = frozenset({"GET", "HEAD"})
OF_THE_SERVER = (
    "SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "wsgi.version", "wsgi.errors",
    "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once", "wsgi.url_scheme",
)  # fmt: skip
"""What Django is told beside the key: the same for every request that reaches this server."""


class Route(NamedTuple):
    name: str
    parameters: frozenset[str]


class Town(NamedTuple):
    """A municipality at one public version."""

    pk: int
    version: int


class Known(NamedTuple):
    """What the database said of a host, and until when it is believed."""

    until: float
    """On the monotonic clock, in seconds."""
    town: Town | None


class Key(NamedTuple):
    """All that a page is made from, beside the records of its town and the clock."""

    secure: bool
    host: str
    path: str
    query: str


class Asked(NamedTuple):
    route: str
    key: Key
    encoding: str


class Unchanged(NamedTuple):
    """What was said to somebody who has the page already, and until when it is said again."""

    until: float
    """On the monotonic clock, in seconds."""
    headers: Headers
    kind: Kind


# --- what is kept ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """A page in one encoding, ready to be sent."""

    etag: str
    headers: Headers
    unchanged: Headers
    """What a 304 carries."""
    body: bytes


@dataclass(slots=True)
class Page:
    """A page as it was made once; its encodings are made when they are asked for first."""

    town: Town
    expires: float
    """In seconds since 1970."""
    headers: Headers
    """What Django has said, but for what depends on the encoding."""
    is_written: bool
    """Text, long enough to be worth compressing; pictures and PDF are dense already."""
    answers: dict[str, Answer] = field(default_factory=dict)
    was_read: bool = False
    """Since the shelf last went round to make room."""
    believed: float = 0
    """Until when, on the monotonic clock, nobody needs to be asked whether it is still true."""

    @classmethod
    def of(cls, plain: bytes, headers: Headers, encoding: str, **more: Any) -> Page:
        """Keep only what the first reader asked for; the rest can be made from it."""
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        page = cls(
            headers=[line for line in headers if line[0].lower() not in OURS],
            is_written=kind.startswith(WRITTEN) and len(plain) >= SMALLEST,
            **more,
        )
        first = encoding if page.is_written else ""
        page.answers[first] = page._encoded(plain, first)
        return page

    @property
    def size(self) -> int:
        return OVERHEAD + sum(len(answer.body) for answer in self.answers.values())

    def add(self, encoding: str) -> Answer:
        known, made = next(iter(self.answers.items()))
        found = self._encoded(_plain(made.body, known), encoding)
        self.answers = {**self.answers, encoding: found}  # other threads may be reading
        return found

    def _encoded(self, plain: bytes, encoding: str) -> Answer:
        digest = hashlib.blake2b(plain, digest_size=12).hexdigest()
        etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
        body = _compressed(plain, encoding)
        own = [("ETag", etag), VARY]
        coded = [("Content-Encoding", encoding)] if encoding else []
        length = ("Content-Length", str(len(body)))
        for_all = [line for line in self.headers if line[0].lower() == "cache-control"]
        return Answer(etag, [*self.headers, *own, *coded, length], [*for_all, *own], body)


class Shelf:
    """Pages within a number of bytes; one that was not read since the last round goes first.

    Reading takes no lock and moves nothing: it leaves a mark, which earns the page one more round
    when room is needed (the *clock* of operating systems). That costs a reader half as much as
    the order of last use would, and drives out nearly the same pages.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def believed(self, key: Key) -> Page | None:
        """The page if it was found to be true less than a second ago: nearly all there is to do."""
        found = self._pages.get(key)
        if found is None or found[0].believed <= time.monotonic():
            return None
        found[0].was_read = True
        return found[0]

    def find(self, key: Key, known: Known) -> Page | None:
        found = self._pages.get(key)
        left = found[0].expires - time.time() if found else 0
        if found is None or found[0].town != known.town or left <= 0:
            return None
        page = found[0]
        page.believed = min(known.until, time.monotonic() + left)
        page.was_read = True
        return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page, or take note that it has grown; a single one never drives out the rest."""
        size = page.size
        with self._lock:
            _former, freed = self._pages.pop(key, (page, 0))
            self.bytes -= freed
            if size > self.most_bytes // 8:
                return
            self._pages[key] = (page, size)
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._make_room()

    def _make_room(self) -> None:
        key, (page, size) = self._pages.popitem(last=False)
        if page.was_read:
            page.was_read = False
            self._pages[key] = (page, size)
        else:
            self.bytes -= size


# --- what is known of towns -------------------------------------------------------------------


class Towns:
    """The town of a host at its present public version, looked up at most once a second."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._lock = Lock()

    def at(self, host: str) -> Known:
        """No town for a host that is not ours, and while the database does not answer."""
        known = self._known.get(host)
        if known is None or known.until <= time.monotonic():
            with self._lock:  # one asks, the others hear
                known = self._known.get(host)
                if known is None or known.until <= time.monotonic():
                    # From before the question: what is committed after it may not be in the answer.
                    known = Known(time.monotonic() + LOOKED_UP, _ask(host))
                    if len(self._known) >= HOSTS:
                        self._known.clear()
                    self._known[host] = known
        return known


def _ask(host: str) -> Town | None:
    """One query, by the same function by which a request finds its town."""
    name, _port = split_domain_port(host)
    if not name or not validate_host(name, settings.ALLOWED_HOSTS):
        return None
    close_old_connections()
    try:
        town = municipality_for(host)
    except DatabaseError:
        log.warning("public version not known", exc_info=True)
        return None
    finally:
        close_old_connections()
    if town is None or (town.host != name and name not in settings.ALLOWED_HOSTS):
        return None  # known by a pattern only: anybody could fill the cache with such names
    return Town(town.pk, town.public_version)


# --- the way in -------------------------------------------------------------------------------


class Flights:
    """One thread makes a page; others that want the same wait for it, but not for ever."""

    def __init__(self) -> None:
        self._flying: dict[Hashable, Event] = {}
        self._lock = Lock()

    @contextmanager
    def after_others(self, key: Hashable) -> Iterator[None]:
        with self._lock:
            landed = self._flying.get(key)
            if landed is None:
                own = self._flying[key] = Event()
        if landed is not None:
            landed.wait(PATIENCE)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._flying[key]
            own.set()


class PageCache:
    """A WSGI application in front of another one; see the top of this module."""

    def __init__(self, application: Application, *, most_bytes: int) -> None:
        self.application = application
        self.shelf = Shelf(most_bytes)
        self.towns = Towns()
        self.flights = Flights()
        self.understood = lru_cache(maxsize=2048)(_understood)
        self.proxy_says = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self.personal = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name, OPENED)
        self.unchanged: dict[Any, Unchanged] = {}
        self.condition = itemgetter(*CONDITION, self.proxy_says or "wsgi.url_scheme")

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if "HTTP_IF_NONE_MATCH" in environ:  # whoever comes again asks in the very same words
            said = self.unchanged.get(self._words(environ))
            if said and said.until > time.monotonic() and self._is_for_everybody(environ):
                start_response("304 Not Modified", said.headers.copy())
                kept_pages.note(said.kind)
                return []
        asked = self._asked(environ)
        if asked is None:
            return self.application(environ, start_response)
        page = self.shelf.believed(asked.key)
        if page is None:
            known = self.towns.at(asked.key.host)
            if known.town is None:
                return self.application(environ, start_response)
            page = self.shelf.find(asked.key, known)
            if page is None:
                with self.flights.after_others((asked.key, known.town)):
                    page = self.shelf.find(asked.key, known)
                    if page is None:
                        return self._made(environ, start_response, asked, known.town)
        status, body = self._send(page, environ, start_response, asked)
        kept_pages.note((asked.route, environ["REQUEST_METHOD"], status))
        return body

    def _asked(self, environ: Environ) -> Asked | None:
        """What is asked for, if it is a public page for everybody alike."""
        if environ["REQUEST_METHOD"] not in READ or not self._is_for_everybody(environ):
            return None
        said = environ.get(self.proxy_says) if self.proxy_says else None
        return self.understood(
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_HOST", ""),
            environ.get("HTTP_ACCEPT_ENCODING", ""),
            environ["wsgi.url_scheme"] if said is None else said,
        )

    def _is_for_everybody(self, environ: Environ) -> bool:
        """Whether nothing tells who asks, and the whole page is wanted."""
        if "HTTP_HX_REQUEST" in environ or "HTTP_AUTHORIZATION" in environ:
            return False
        cookies = environ.get("HTTP_COOKIE")
        return not cookies or not any(name in cookies for name in self.personal)

    def _made(
        self, environ: Environ, start_response: Start, asked: Asked, town: Town
    ) -> Iterable[bytes]:
        """Have the page made from its key alone; keep it if it may be kept, and send it."""
        began = timezone.now()
        alone = _environ_of(asked.key, environ)
        said: list[Any] = []
        response = self.application(alone, lambda *line: said.extend(line))
        try:
            body = b"".join(response)
        finally:
            close = getattr(response, "close", None)
            if close is not None:
                close()
        status, headers = said[:2]
        expires = _expires(began, alone.get(MARK))
        if not (status.startswith("200") and expires > time.time() and _may_be_kept(headers)):
            start_response(status, headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        page = Page.of(body, headers, asked.encoding, town=town, expires=expires)
        self.shelf.put(asked.key, page)
        return self._send(page, environ, start_response, asked)[1]

    def _send(
        self, page: Page, environ: Environ, start_response: Start, asked: Asked
    ) -> tuple[int, list[bytes]]:
        encoding = asked.encoding if page.is_written else ""
        answer = page.answers.get(encoding)
        if answer is None:
            answer = page.add(encoding)
            self.shelf.put(asked.key, page)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and (known == answer.etag or _names(known, answer.etag)):
            kind = (asked.route, environ["REQUEST_METHOD"], 304)
            self._remember(environ, Unchanged(page.believed, answer.unchanged, kind))
            start_response("304 Not Modified", answer.unchanged.copy())
            return 304, []
        start_response("200 OK", answer.headers.copy())
        return 200, [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _remember(self, environ: Environ, said: Unchanged) -> None:
        """For as long as the page is believed; without its body, so that no page is kept alive."""
        if len(self.unchanged) >= ASKED_AGAIN:
            self.unchanged.clear()
        words = self._words(environ)
        if words and max(map(len, words)) <= LONGEST:
            self.unchanged[words] = said

    def _words(self, environ: Environ) -> tuple[str, ...]:
        """All that a conditional answer depends on, but for who asks; empty if some is missing."""
        try:
            words: tuple[str, ...] = self.condition(environ)
        except KeyError:
            return ()
        return words


def _understood(path: str, query: str, host: str, accepted: str, scheme: str) -> Asked | None:
    """What a request asks for; remembered by its words, which are the same again and again."""
    if max(len(path), len(query), len(host), len(accepted)) > LONGEST:
        return None
    route = _route_of(path)
    if route is None:
        return None
    is_secure = scheme.split(",", 1)[0].strip() == "https"
    key = Key(is_secure, host.lower(), path, normalised(query, route.parameters))
    return Asked(route.name, key, _negotiated(accepted))


def _route_of(path: str) -> Route | None:
    """The public page at a path as the server gives it; None for everything else."""
    decoded = get_path_info({"PATH_INFO": path})
    with override(get_language_from_path(decoded) or settings.LANGUAGE_CODE):
        try:
            match = resolve(decoded)
        except Resolver404:
            return None
    parameters = parameters_of(match.func)
    return None if parameters is None else Route(match.view_name, parameters)


def _environ_of(key: Key, environ: Environ) -> Environ:
    """What Django is given to make a page: the key, the server, and nothing of who asks."""
    alone = {name: environ[name] for name in OF_THE_SERVER if name in environ}
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        alone[name] = value if key.secure else "http"
    return {
        **alone,
        "REQUEST_METHOD": "GET",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "HTTP_HOST": key.host,
        "wsgi.input": BytesIO(),
    }


def _expires(began: datetime, shown: Shown | None) -> float:
    """When a page made now stops being true; at once for what did not turn out a public page."""
    if shown is None:
        return 0
    local = timezone.localtime(began)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = [midnight.timestamp(), began.timestamp() + HEALS_AFTER]
    return min([*moments, *([shown.until.timestamp()] if shown.until else [])])


def _may_be_kept(headers: Headers) -> bool:
    said = {name.lower(): value for name, value in headers}
    control = said.get("cache-control", "")
    return not (
        "set-cookie" in said
        or "content-encoding" in said
        or "no-store" in control
        or "private" in control
    )


# --- the way out --------------------------------------------------------------------------------


def _negotiated(accepted: str) -> str:
    """The smallest encoding that a browser takes: Brotli, gzip, or none.

    >>> [_negotiated(line) for line in ("gzip, deflate, br", "gzip", "br;q=0, *", "")]
    ['br', 'gzip', 'gzip', '']
    """
    taken = {}
    for part in accepted.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        taken[name.strip()] = quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    anything = taken.get("*", False)
    return next((name for name in ("br", "gzip") if taken.get(name, anything)), "")


def _names(condition: str, etag: str) -> bool:
    """Whether If-None-Match names this very answer; a proxy may have weakened the name."""
    return condition == "*" or etag in {
        each.strip().removeprefix("W/") for each in condition.split(",")
    }


def _compressed(plain: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(plain, quality=BROTLI))
    if encoding == "gzip":
        return gzip.compress(plain, GZIP, mtime=0)
    return plain


def _plain(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.decompress(body))
    if encoding == "gzip":
        return gzip.decompress(body)
    return body
