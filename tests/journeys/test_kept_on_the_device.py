"""What one types is kept on the device, told, found after a crash, and forgotten when sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_answers import COORDINATION
from tests.journeys.town import Town
from tests.journeys.walking import company

pytestmark = pytest.mark.journey
PAGE = "/de/arbeit/kommune/aktuelles/neu/"
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('draft:')).length"
WORDS = "Am Samstag öffnet der Treffpunkt."


def line(page: Page, words: str) -> None:
    told = page.locator("[data-draft-line]")
    expect(told).to_contain_text(words)
    expect(told).to_have_attribute("role", "status")


def test_a_draft_is_told_found_again_and_forgotten(town: Town, browser: Browser) -> None:
    with company(town, browser, 320) as people:
        me = people.somebody().sign_in_as(COORDINATION)
        page = me.go(PAGE).page
        text = page.locator("textarea[data-autosave-field]").first
        text.fill(WORDS)
        line(page, "Auf diesem Gerät gesichert,")

        me.go(PAGE)
        expect(page.locator(".draft-found")).to_contain_text("Entwurf")
        page.get_by_role("button", name="Entwurf zurückholen").click()
        expect(text).to_have_value(WORDS)
        page.locator(".form__end button").first.click()
        line(page, "Auf diesem Gerät gesichert,")  # refused: there is no title yet
        page.wait_for_function(f"{KEPT} === 1")

        page.locator("input[name=title]").fill("Treffpunkt offen")
        page.locator(".form__end button").first.click()
        page.wait_for_url(lambda url: not url.endswith("/neu/"))
        expect(page.locator(".toast").first).to_be_visible()
        page.wait_for_function(f"{KEPT} === 0")


def test_a_device_that_keeps_nothing_says_so(town: Town, browser: Browser) -> None:
    with company(town, browser, 1280) as people:
        me = people.somebody().sign_in_as(COORDINATION)
        refuse = "Storage.prototype.setItem = () => { throw new Error('full') }"
        me.page.add_init_script(refuse)
        page = me.go(PAGE).page
        page.locator("textarea[data-autosave-field]").first.fill(WORDS)
        line(page, "Dieses Gerät sichert nichts.")
