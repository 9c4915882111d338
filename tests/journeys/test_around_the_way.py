"""What holds on every page: the keyboard is enough, nothing leaves the house, nothing scrolls
sideways, and a language that is written from right to left is at home too.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.town import Town
from tests.journeys.walking import company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
PUBLIC = ("/de/", "/de/mitreden/", "/de/konzept/", "/de/umsetzung/", "/de/prozess/", "/de/termine/")
ROOMS = (
    "/de/arbeit/",
    "/de/arbeit/kommune/organisationen/",
    "/de/arbeit/prozesse/",
    "/de/arbeit/beteiligung/",
    "/de/arbeit/konzept/",
    "/de/arbeit/fassungen/",
    "/de/arbeit/umsetzung/",
    "/de/arbeit/aufgaben/",
    "/de/arbeit/postausgang/",
    "/de/arbeit/auftraege/",
    "/de/arbeit/stilbuch/",
)
FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return {
    name: (e.innerText || e.value || e.getAttribute("aria-label") || e.tagName).trim(),
    tag: e.tagName, type: e.type || "",
    outlined: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0
      || s.boxShadow !== "none",
    seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight,
  };
}"""


def _tab_to(page: Page, name: str | None = None, *, tag: str = "", turns: int = 60) -> None:
    """Press Tab until something is reached; every stop on the way must be seen to have focus."""
    for _turn in range(turns):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        for _moment in range(20):  # the page scrolls to what has the focus, in the next frame
            if at["seen"]:
                break
            page.wait_for_timeout(50)
            at = page.evaluate(FOCUS)
        assert at["tag"] != "BODY" or not name, f"the focus left the page before “{name}”"
        assert at["seen"], f"the focus is where nobody sees it: {at}"
        assert at["outlined"], f"nobody sees that this has the focus: {at}"
        if (name is None or name in at["name"]) and (not tag or at["tag"] == tag):
            return
    raise AssertionError(f"“{name}” cannot be reached with {turns} presses of Tab")


def test_a_keyboard_is_enough_to_contribute(town: Town, browser: Browser) -> None:
    with company(town, browser, 1280) as people:
        visitor = people.somebody()
        page = visitor.go("/de/").page
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["name"] == "Zum Inhalt", "the first stop leads past the header"
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert inside, "after the skip link, Tab goes on inside the content"
        visitor.go("/de/mitreden/")
        _tab_to(page, "Deutsch zu sprechen", tag="A")
        _enter(page)
        _tab_to(page, "Frage beantworten", tag="A")
        _enter(page)
        _tab_to(page, tag="TEXTAREA")
        page.keyboard.type("Am Abend in der Bücherei, mit Tee.")
        _tab_to(page, tag="INPUT")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("() => document.activeElement.value") == "no"
        _tab_to(page, "Beitrag abgeben", tag="BUTTON")
        _enter(page)
        visitor.look().reads("Danke. Ihr Beitrag ist da.", "Am Abend in der Bücherei, mit Tee.")


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_room_is_quiet_narrow_and_accessible(
    town: Town, browser: Browser, width: int
) -> None:
    """No other host, no complaint of the browser, nothing sideways, no violation: see walking."""
    with company(town, browser, width) as people:
        visitor = people.somebody()
        seen: set[str] = set()
        for path in PUBLIC:
            visitor.go(path)
            for link in _one_of_each_kind(visitor.page, seen):
                visitor.go(link)
        member = people.somebody().sign_in_as(COORDINATION)
        for path in ROOMS:
            member.go(path)
            for link in _one_of_each_kind(member.page, seen):
                member.go(link)


def _one_of_each_kind(page: Page, seen: set[str]) -> list[str]:
    """Addresses in the content whose kind has not been looked at yet."""
    found = []
    for path in page.locator("main a").evaluate_all("all => all.map(a => a.pathname)"):
        kind = re.sub(r"/([0-9b-df-hj-np-tv-z]{8}|\d+)(?=/)", "/…", path)
        if kind in seen or not re.match(r"/de/.*/$", path):
            continue
        seen.add(kind)
        found.append(path)
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_from_right_to_left(town_in_arabic: Town, browser: Browser, width: int) -> None:
    with company(town_in_arabic, browser, width) as people:
        reader = people.somebody("ar")
        for path in ("/ar/", "/ar/mitreden/", "/ar/konzept/", "/ar/umsetzung/", "/ar/kontakt/"):
            page = reader.go(path).page
            expect(page.locator("html")).to_have_attribute("dir", "rtl")
        # What was said in German is marked as German, and runs from left to right.
        page = reader.go("/ar/mitreden/").page
        question = page.get_by_text("Wo fehlt Ihnen ein Ort, um Deutsch zu sprechen?").first
        marked = question.locator("xpath=ancestor-or-self::*[@lang][1]")
        expect(marked).to_have_attribute("lang", "de")
        expect(marked).to_have_attribute("dir", re.compile("ltr|auto"))
