"""For machines that read along: every public page in every language, and what is none of theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from miteinander.core.directory import count_listed, listed
from miteinander.core.errors import NotThere
from miteinander.core.links import address_of
from miteinander.public.freshness import parameters_of, public_page

if TYPE_CHECKING:
    from miteinander.core.models import Municipality
    from miteinander.ui.requests import SiteRequest

MOST = 40_000
"""Addresses in one file; the standard allows 50,000 and 50 MB."""
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
NOBODYS_BUSINESS = ("arbeit/", "konto/", "quittung/", "l/", "suche/", "aufruf/*/beitragen/",
                    "aufruf/*/thesen/", "aufruf/*/these-vorschlagen/")  # fmt: skip
"""Rooms of members, accounts, receipts, signed links, and forms."""


@public_page()
def sitemap(request: SiteRequest) -> HttpResponse:
    """One list, or where there are too many pages for one, a list of lists."""
    files = _files(request.municipality)
    if files == 1:
        return sitemap_part(request, 1)
    base = address_of(request.municipality)
    lines = [
        f"<sitemap><loc>{escape(base + reverse('sitemap_part', args=[number]))}</loc></sitemap>"
        for number in range(1, files + 1)
    ]
    return _xml("sitemapindex", lines)


@public_page()
def sitemap_part(request: SiteRequest, number: int) -> HttpResponse:
    town = request.municipality
    if not 1 <= number <= _files(town):
        raise NotThere
    each = _things_in_a_file()
    lines = list(_things(town, start=(number - 1) * each, most=each))
    if number == 1:
        lines = [*_fixed(town), *lines]
    return _xml("urlset", lines)


@public_page()
def robots(request: SiteRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{code}/{room}" for code in _languages() for room in NOBODYS_BUSINESS]
    lines += ["", f"Sitemap: {address_of(request.municipality)}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _things_in_a_file() -> int:
    return max(1, MOST // len(_languages()))


def _files(town: Municipality) -> int:
    return max(1, -(-count_listed(town) // _things_in_a_file()))


def _fixed(town: Municipality) -> Iterator[str]:
    """Pages that belong to no thing: whatever is a public page and needs nothing in its address."""
    for name in fixed_pages():
        yield from _in_every_language(town, partial(reverse, f"public:{name}"), None)


def fixed_pages() -> list[str]:
    """The names of public pages without a thing; files to download are none."""
    _app, resolver = get_resolver().namespace_dict["public"]
    return [
        each.name or ""
        for each in resolver.url_patterns
        if isinstance(each, URLPattern)
        and not each.pattern.converters
        and parameters_of(each.callback) is not None
        and "." not in str(each.pattern)
    ]


def _things(town: Municipality, *, start: int, most: int) -> Iterator[str]:
    for thing in listed(town, start=start, most=most):
        yield from _in_every_language(town, thing.path, thing.changed)


def _in_every_language(
    town: Municipality, path: Callable[[], str], changed: datetime | None
) -> Iterator[str]:
    base = address_of(town)
    places = {}
    for code in _languages():
        with override(code):
            places[code] = escape(base + path())
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{place}"/>'
        for code, place in places.items()
    )
    last = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    for place in places.values():
        yield f"<url><loc>{place}</loc>{last}{others}</url>"


def _xml(root: str, lines: list[str]) -> HttpResponse:
    body = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {SPACES}>", *lines, f"</{root}>", ""]
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
