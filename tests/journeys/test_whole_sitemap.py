"""Every address of the sitemap is looked at from all sides.

All addresses of the example are asked for in every language: each must answer, with one heading
and its language. German and Arabic ones are opened in the browser by day, by night and from right
to left, at 320 and at 1280 pixels: axe must find nothing, and nothing may scroll sideways. Between
the looks the page stays where it is; only the window and the light change, as they do for people.
"""

from __future__ import annotations

import re
import urllib.request
import xml.etree.ElementTree as ET
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.town import Town
from tests.journeys.walking import HEIGHT, company

pytestmark = pytest.mark.journey

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LOOKS = {
    "de": [("day", 1280), ("night", 1280), ("night", 320), ("day", 320)],
    "ar": [("right to left", 1280), ("right to left", 320)],
}
"""In such an order that from one look to the next only the light or the window changes."""
PARTS = 8
"""Pieces of the sitemap, so small that several browsers finish at about the same time."""
AXE = (
    files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    + """
{
  // axe reads the words of each colour anew for each text; a fifth of all its time.
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (words) {
    if (!known.has(words)) {
      read.call(this, words);
      known.set(words, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(words);
    return this;
  };
}"""
)
# All rules, unless the very same elements were visible before in a window as wide: then all that
# can have changed is colours.
LOOK = """async (language) => {
  const root = document.documentElement, problems = [];
  if (root.lang !== language) problems.push(`says it is ${root.lang}`);
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) problems.push(`${headings} first headings`);
  if (root.scrollWidth > root.clientWidth)
    problems.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  const visible = Array.from(document.body.querySelectorAll("*"),
    each => Number(each.checkVisibility({visibilityProperty: true}))).join("");
  window.seen ??= {};
  const rules = window.seen[innerWidth] === visible
    ? {runOnly: ["color-contrast", "link-in-text-block"]} : {};
  window.seen[innerWidth] = visible;
  const found = await axe.run(
    document, {resultTypes: ["violations"], preload: false, ...rules});
  return problems.concat(found.violations.map(each => `${each.id}: ${
    each.nodes.slice(0, 2).map(node => node.html.slice(0, 160)).join(" | ")}`));
}"""


@pytest.fixture(scope="module")
def addresses(town_in_arabic: Town) -> dict[str, list[str]]:
    """The addresses of the sitemap by their language."""
    with urllib.request.urlopen(town_in_arabic.page("/sitemap.xml"), timeout=30) as answer:
        places = [each.text or "" for each in ET.fromstring(answer.read()).iter(LOC)]
    found: dict[str, list[str]] = {}
    for place in places:
        path = re.sub(r"^https?://[^/]+", "", place)
        found.setdefault(path.split("/")[1], []).append(path)
    assert set(found) == {"de", "en", "ar"}
    assert len(found["de"]) == len(found["en"]) == len(found["ar"]) > 300
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", LOOKS)
def test_axe_finds_nothing_on_any_address_in_any_light(
    town_in_arabic: Town,
    browser: Browser,
    addresses: dict[str, list[str]],
    language: str,
    part: int,
) -> None:
    with company(town_in_arabic, browser, 1280) as people:
        page = people.somebody(language).page
        page.context.add_init_script(AXE)
        looks = LOOKS[language]
        for path in addresses[language][part::PARTS]:
            answer = page.goto(town_in_arabic.page(path))
            if answer is None or answer.status != 200:
                people.watch.problems.append(f"{path} answers {answer and answer.status}")
                continue
            for look, width in looks:
                _see(page, look, width)
                people.watch.problems += [
                    f"{look}, {width}: {path}: {each}" for each in page.evaluate(LOOK, language)
                ]
            looks = looks[::-1]  # the next page begins as this one ends


def _see(page: Page, look: str, width: int) -> None:
    """Change what is not so already: each change lays the page out anew."""
    if page.viewport_size != {"width": width, "height": HEIGHT[width]}:
        page.set_viewport_size({"width": width, "height": HEIGHT[width]})
    is_night = look == "night"
    if page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches") != is_night:
        page.emulate_media(color_scheme="dark" if is_night else "light")


def test_every_address_answers_in_english_too(
    town_in_arabic: Town, addresses: dict[str, list[str]]
) -> None:
    wrong = []
    for path in addresses["en"]:
        with urllib.request.urlopen(town_in_arabic.page(path), timeout=30) as answer:
            page = answer.read().decode()
        if page.count("<h1") != 1 or '<html lang="en"' not in page:
            wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_a_search_is_for_everybody(
    town_in_arabic: Town, browser: Browser, width: int
) -> None:
    with company(town_in_arabic, browser, width) as people:
        for language in ("de", "ar"):
            reader = people.somebody(language)
            for query in ("", "?q=Sprache", "?q=Sprachkrus", "?q=und", "?q=gibtesnirgends+hier"):
                reader.go(f"/{language}/suche/{query}")
