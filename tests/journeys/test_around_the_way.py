"""What holds on every page: nothing leaves the house, nothing scrolls
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
