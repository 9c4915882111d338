"""Voting on statements on a phone, with scripts and without, up to the map; and from right to left.

Somebody votes, changes their mind, proposes a statement and takes their votes along; the office
puts the proposal up for a vote and has the map drawn; everybody reads it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
QUESTION = "Wie wollen wir in unserer Stadt zusammenleben?"

# A key of somebody quick: pressed on the card as soon as the answer has brought it.
PRESS_AT_ONCE = """key => document.addEventListener("htmx:afterSwap", () => setTimeout(() =>
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
), { once: true })"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_people_vote_propose_and_read_the_map(town: Town, browser: Browser, scripts: bool) -> None:
    tag = "mit" if scripts else "ohne"
    with company(town, browser, 390, scripts=scripts) as people:
        me, amal = people.somebody(), people.somebody()
        call = begin(amal)
        answer(amal, "Ich stimme zu", 1)
        answer(amal, "Ich stimme nicht zu", 2)
        answer(amal, "Überspringen", 3)
        undo(amal)
        answer(amal, "Ich stimme zu", 3)
        proposal = f"Es soll mehr Bänke im Park geben, sagt Amal {tag}."
        propose(amal, call, proposal)
        me.sign_in_as(COORDINATION)
        take_in(me, call, proposal)
        own = take_along(amal, call)
        people_before = read_the_map(me, call)
        delete(amal, own)
        assert read_the_map(me, call) == people_before - 1


def test_one_votes_from_right_to_left_and_with_the_keyboard(
    town_in_arabic: Town, browser: Browser
) -> None:
    with company(town_in_arabic, browser, 390) as people:
        reader = people.somebody("ar")
        reader.go("/ar/mitreden/")
        page = reader.page
        with page.expect_navigation():
            page.locator("main").get_by_role("link").filter(has_text=QUESTION).first.click()
        with page.expect_navigation():
            page.locator("a[href$='/thesen/']").first.click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        # What was written in German is marked as German, and runs from left to right.
        words = page.locator("#these [lang], #these[lang]").first
        expect(words).to_have_attribute("lang", "de")
        page.locator("#karte").focus()
        # The second key comes the moment the next card stands there: no page is loaded for it.
        page.evaluate(PRESS_AT_ONCE, "ArrowLeft")  # in reading direction: pass
        page.keyboard.press("1")
        expect(page.locator(".vote__bar")).to_have_attribute("value", "2", timeout=20_000)
        expect(page.locator("#these")).to_be_focused()
        page.keyboard.press("ArrowRight")  # against it: nothing
        expect(page.locator(".vote__bar")).to_have_attribute("value", "2")


def begin(amal: Walker) -> str:
    """From the list of calls to the first statement; returns the address of the call."""
    amal.go("/de/mitreden/").follow(QUESTION)
    call = amal.page.url
    amal.follow("Über die Thesen abstimmen").reads("0 von", "Sie können jederzeit aufhören")
    return call


def answer(amal: Walker, button: str, seen: int) -> None:
    amal.page.get_by_role("button", name=button, exact=True).click()
    expect(amal.page.locator(".vote__bar")).to_have_attribute("value", str(seen), timeout=20_000)
    amal.look().reads("Zuletzt:", button)


def undo(amal: Walker) -> None:
    amal.page.get_by_role("button", name="Rückgängig").click()
    expect(amal.page.locator(".vote__bar")).to_have_attribute("value", "2")
    amal.look()


def propose(amal: Walker, call: str, proposal: str) -> None:
    amal.go(f"{call}thesen/").follow("Eine These vorschlagen")
    amal.fill({"Ihre These": "Zu lang. " * 40}).press("These absenden")
    amal.reads("höchstens 200 Zeichen")
    amal.fill({"Ihre These": proposal}).press("These absenden")
    amal.reads("Danke", proposal)


def take_in(me: Walker, call: str, proposal: str) -> None:
    me.go(f"{desk(call)}thesen/").reads("Von anderen vorgeschlagen", proposal)
    me.follow(re.compile(rf"^Zur Abstimmung stellen\s*:\s*{re.escape(proposal)}"))
    me.press("Veröffentlichen und zur Abstimmung stellen").reads(
        "Der Vorschlag ist jetzt eine These"
    )


def take_along(amal: Walker, call: str) -> str:
    amal.go(f"{call}thesen/").follow("Ihre Stimmen und Ihr Code")
    amal.reads("Was Sie gesagt haben", "Ich stimme zu", "Ich stimme nicht zu")
    with amal.page.expect_download() as loaded:
        amal.page.get_by_role("link", name="Als Tabelle (CSV)").click()
    lines = loaded.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0] == "number,statement,vote,in_words"
    assert len(lines) == 4
    return amal.page.url


def read_the_map(me: Walker, call: str) -> int:
    """Has it drawn, waits for the worker, and reads it; returns how many people are on it."""
    me.go(f"{desk(call)}karte/").press("Jetzt zeichnen")
    me.go(f"{desk(call)}karte/").until_misses("Die Karte wird gezeichnet.")
    me.go(call).reads("Meinungskarte", "Was verbindet", "Gruppen, und wie verlässlich sie sind")
    me.reads("Im Bild zeichnen sich", "Alle Thesen als Tabelle")
    found = re.search(r"(\d+) Personen haben über \d+ Thesen abgestimmt", me.text())
    assert found
    return int(found.group(1))


def delete(amal: Walker, own: str) -> None:
    amal.go(own).follow("Alle meine Stimmen löschen").press("Alle meine Stimmen löschen")
    amal.go(own, expect=404)


def desk(call: str) -> str:
    identifier = call.rstrip("/").rsplit("/", 1)[1]
    return f"/de/arbeit/beteiligung/aufruf/{identifier}/"
