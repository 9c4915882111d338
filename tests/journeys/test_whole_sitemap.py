"""Every address of the sitemap is looked at from all sides.

All addresses of the example are fetched in every language: each must have one heading, a title and
its language. Each page is then opened in the browser by day, by night and from right to left, at
320 and at 1280 pixels: axe must find nothing, and nothing may scroll sideways. Between the looks
the page stays where it is; only the window and the light change, as they do for people.
"""

from __future__ import annotations

import re
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser

from tests.journeys.town import Town
from tests.journeys.walking import HEIGHT, company

pytestmark = pytest.mark.journey

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LOOKS = {
    "de": [("day", 1280), ("day", 320), ("night", 320), ("night", 1280)],
    "ar": [("right to left", 1280), ("right to left", 320)],
}
PARTS = 4
"""Pieces of the sitemap, so that several browsers share the work."""
RUN_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false});
  return found.violations.map(each => `${each.id}: ${each.nodes.slice(0, 2).map(
    node => node.html.slice(0, 160)).join(" | ")}`);
}"""
SIZES = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


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
def addresses(town_in_arabic: Town) -> list[str]:
    """What stands behind the language in each German address; all languages were asked."""
    found, wrong = [], []
    for path, page in _pages(town_in_arabic):
        language = path.split("/")[1]
        if page.count("<h1") != 1 or f'<html lang="{language}"' not in page:
            wrong.append(path)
        if language == "de":
            found.append(path.removeprefix("/de"))
    assert wrong == []
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing_on_any_address_in_any_light(
    town_in_arabic: Town, browser: Browser, addresses: list[str], language: str, part: int
) -> None:
    with company(town_in_arabic, browser, 1280) as people:
        page = people.somebody().page
        page.context.add_init_script(AXE)
        for address in addresses[part::PARTS]:
            path = f"/{language}{address}"
            page.goto(town_in_arabic.page(path))
            for look, width in LOOKS[language]:
                page.set_viewport_size({"width": width, "height": HEIGHT[width]})
                page.emulate_media(color_scheme="dark" if look == "night" else "light")
                is_wide, room = page.evaluate(SIZES)
                found = page.evaluate(RUN_AXE)
                if is_wide > room:
                    found.append(f"scrolls sideways: {is_wide} > {room}")
                people.watch.problems += [f"{look}, {width}: {path}: {each}" for each in found]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_a_search_is_for_everybody(
    town_in_arabic: Town, browser: Browser, width: int
) -> None:
    with company(town_in_arabic, browser, width) as people:
        for language in ("de", "ar"):
            reader = people.somebody(language)
            for query in ("", "?q=Sprache", "?q=Sprachkrus", "?q=und", "?q=gibtesnirgends+hier"):
                reader.go(f"/{language}/suche/{query}")
