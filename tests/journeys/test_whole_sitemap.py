"""Every page of the sitemap answers; the fullest of each kind is looked at from all sides.

All addresses of the example are fetched once, and each must have one heading, a title and its
language. The fullest page of each kind (the one with the most on it) is then opened in the browser
by day, by night and from right to left, at 320 and at 1280 pixels, and axe must find nothing; the
next fullest ones are only measured at 320 pixels. Looking at every address six times would take an
hour and meet the same templates.
"""

from __future__ import annotations

import re
import urllib.request
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_around_the_way import _enter, _tab_to
from tests.journeys.town import Town
from tests.journeys.walking import company

pytestmark = pytest.mark.journey

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
IDENTIFIER = re.compile(r"/[0-9b-df-hj-np-tv-z]{8}(?=/)")
ALSO_MEASURED = 2
"""Further addresses of each kind that must not scroll sideways at 320 pixels."""


def _pages(town: Town) -> Iterator[tuple[str, str]]:
    """Each address of the sitemap and what it answers."""
    with urllib.request.urlopen(town.page("/sitemap.xml"), timeout=30) as answer:
        places = [each.text or "" for each in ET.fromstring(answer.read()).iter(LOC)]
    assert len(places) > 300
    for place in places:
        path = re.sub(r"^https?://[^/]+", "", place)
        with urllib.request.urlopen(town.page(path), timeout=30) as answer:
            yield path, answer.read().decode()


@pytest.fixture(scope="module")
def fullest(town_in_arabic: Town) -> dict[str, list[str]]:
    """German addresses by kind of page, the fullest first; all of them were asked."""
    kinds: dict[str, list[tuple[int, str]]] = defaultdict(list)
    wrong = []
    for path, page in _pages(town_in_arabic):
        language = path.split("/")[1]
        if page.count("<h1") != 1 or f'<html lang="{language}"' not in page:
            wrong.append(path)
        if language == "de":
            kinds[IDENTIFIER.sub("/…", path)].append((len(page), path))
    assert wrong == []
    return {kind: [path for _size, path in sorted(found)[::-1]] for kind, found in kinds.items()}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("look", ["day", "night", "right to left"])
def test_axe_finds_nothing_on_any_kind_of_page(
    town_in_arabic: Town, browser: Browser, fullest: dict[str, list[str]], look: str, width: int
) -> None:
    assert len(fullest) > 20
    with company(town_in_arabic, browser, width) as people:
        page = people.somebody().page
        page.emulate_media(color_scheme="dark" if look == "night" else "light")
        for kind in sorted(fullest):
            path = fullest[kind][0]
            if look == "right to left":
                path = path.replace("/de/", "/ar/", 1)
            page.goto(town_in_arabic.page(path))
            _measure(page, path, width, people.watch.problems)
            looked = Axe().run(page, options={"resultTypes": ["violations"]})
            for found in looked.response["violations"]:
                nodes = [f"{n['html'][:160]} {n['any'][:1]}" for n in found["nodes"][:2]]
                people.watch.problems.append(f"{look}, {width}: {path}: {found['id']}: {nodes}")


def test_no_page_scrolls_sideways_on_a_small_phone(
    town_in_arabic: Town, browser: Browser, fullest: dict[str, list[str]]
) -> None:
    with company(town_in_arabic, browser, 320) as people:
        page = people.somebody().page
        for paths in fullest.values():
            for path in paths[1 : 1 + ALSO_MEASURED]:
                page.goto(town_in_arabic.page(path))
                _measure(page, path, 320, people.watch.problems)


def _measure(page: Page, path: str, width: int, problems: list[str]) -> None:
    is_wide, room = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if is_wide > room:
        problems.append(f"{path} scrolls sideways at {width}: {is_wide} > {room}")


def test_a_keyboard_is_enough_to_search(town_in_arabic: Town, browser: Browser) -> None:
    with company(town_in_arabic, browser, 1280) as people:
        visitor = people.somebody()
        page = visitor.go("/de/").page
        _tab_to(page, "Suche", tag="A")
        _enter(page)
        visitor.look()
        _tab_to(page, tag="INPUT")
        page.keyboard.type("Sprachkrus")
        _enter(page)
        visitor.look().reads("Meinten Sie:", "Treffer")
        expect(page.locator("input[name=q]")).to_have_value("Sprachkrus")
        title = page.locator("ol.found h3 a").first.inner_text()
        _tab_to(page, title, tag="A", turns=90)
        _enter(page)
        visitor.look()
        assert title.split()[0] in visitor.text()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_a_search_is_for_everybody(
    town_in_arabic: Town, browser: Browser, width: int
) -> None:
    with company(town_in_arabic, browser, width) as people:
        for language in ("de", "ar"):
            reader = people.somebody(language)
            for query in ("", "?q=Sprache", "?q=Sprachkrus", "?q=und", "?q=gibtesnirgends+hier"):
                reader.go(f"/{language}/suche/{query}")
