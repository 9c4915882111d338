"""The board by mouse, by finger, by keys, and without JavaScript; each time there and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_answers import COORDINATION, a_process
from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

CARDS = ["Eine Bank vor der Schule", "Der Sprachkurs ist voll", "Abends mehr Licht"]
THEMES = ["Orte", "Sprache"]


def a_board(me: Walker, name: str) -> str:
    """Three cards in no theme, and two themes with nothing in them."""
    desk = a_process(me, name)
    room = f"/de/arbeit/beteiligung/{desk.rstrip('/').rsplit('/', 1)[1]}"
    me.go(f"{room}/karten/").fill(
        {"Karten": "\n".join(CARDS), "Wie er eingegangen ist": "Karte in einer Sitzung"}
    )
    me.press("Karten erfassen").reads("Die Karten sind erfasst")
    for title in THEMES:
        me.go(f"{room}/thema/neu/").fill({"Name": f"{title} {name}"})
        me.press("Thema anlegen").reads(title)
    return f"{room}/sortieren/"


def loose(page: Page, count: int) -> None:
    expect(page.locator("[data-card]")).to_have_count(count)


def back(page: Page) -> None:
    page.locator(".toast__undo button").click()
    expect(page.locator(".toast")).to_have_text("Rückgängig gemacht.")
    loose(page, 3)


def test_mouse_and_keys_put_cards_into_themes_and_take_them_back(
    town: Town, browser: Browser
) -> None:
    with company(town, browser, 1280) as people:
        me = people.somebody().sign_in_as(COORDINATION)
        board = a_board(me, "Brett weit")
        page = me.go(board).reads(*CARDS).page
        theme = page.locator("[data-theme]").filter(has_text="Sprache")
        page.get_by_role("button", name=f"Verschieben: {CARDS[1]}").drag_to(theme)
        loose(page, 2)
        expect(page.locator("#sorted")).to_contain_text("Sprache")
        expect(theme.locator(".count")).to_have_text("1")
        back(page)

        page.get_by_role("button", name=f"Verschieben: {CARDS[0]}").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#sorted")).to_contain_text("Aufgenommen")
        page.keyboard.press("Escape")
        expect(page.locator("#sorted")).to_contain_text("Liegen gelassen")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#sorted")).to_contain_text("1 von 2")
        page.keyboard.press("Enter")
        loose(page, 2)
        back(page)


def test_a_tap_on_a_card_and_one_on_a_theme_are_enough_on_a_phone(
    town: Town, browser: Browser
) -> None:
    with company(town, browser, 320) as people:
        me = people.somebody().sign_in_as(COORDINATION)
        page = me.go(a_board(me, "Brett schmal")).reads(*CARDS).page
        page.get_by_role("button", name=f"Verschieben: {CARDS[2]}").click()
        theme = page.locator("[data-theme]").filter(has_text="Orte")
        expect(theme).to_be_in_viewport()
        theme.click()
        loose(page, 2)
        back(page)


def test_without_javascript_ticks_and_a_select_do_the_same(town: Town, browser: Browser) -> None:
    with company(town, browser, 320, scripts=False) as people:
        me = people.somebody().sign_in_as(COORDINATION)
        me.go(a_board(me, "Brett ohne"))
        expect(me.page.locator(".board__grip")).to_have_count(0)
        me.page.get_by_label(CARDS[0], exact=True).check()
        me.fill({"oder ein neues Thema": "Sitzen"})
        me.press("In das Thema legen").reads("Sitzen")
        loose(me.page, 2)
        back(me.page)
