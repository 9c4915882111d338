"""Contribute and follow the receipt: with and without JavaScript, and from right to left.

The servers of the other journeys wait for nothing; this one asks browsers without JavaScript for
patience, as a town's does (three seconds instead of twenty).
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Server, copy_folder
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey
QUESTION = "Wo fehlt Ihnen ein Ort, um Deutsch zu sprechen?"
WAIT = 3
AGENT = "Verraeterischer Browser/7"


@pytest.fixture(scope="module")
def patient(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = copy_folder(server.town.data, tmp_path_factory.mktemp("patient") / "data")
    started = Server(
        folder,
        MITEINANDER_PROOF_WAIT_SECONDS=str(WAIT),
        MITEINANDER_LANGUAGES="de,en,ar",
    )
    try:
        started.wait()
        yield started
        assert not started.complaints()
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


def press_until(visitor: Walker, button: str, sentence: str) -> None:
    """Press again with what was typed until the form is old enough; with scripts once."""
    until = time.monotonic() + 20 * WAIT
    visitor.press(button)
    while sentence not in visitor.text():
        assert not visitor.scripts, f"“{sentence}” did not come: {visitor.text()[:800]}"
        assert time.monotonic() < until, f"“{sentence}” did not come: {visitor.text()[:800]}"
        visitor.page.wait_for_timeout(500)
        visitor.press(button)


def contribute(visitor: Walker, words: str) -> str:
    visitor.go("/de/mitreden/").follow(QUESTION).follow("Frage beantworten")
    visitor.fill({"Ihre Antwort": words})
    visitor.tick("Dürfen andere das lesen?", "Ja, ohne meinen Namen")
    if not visitor.scripts:
        visitor.press("Beitrag abgeben").reads(
            "noch einmal", "Ohne JavaScript bitten wir um etwas Geduld"
        )
        expect(visitor.box("Ihre Antwort")).to_have_value(words)
    press_until(visitor, "Beitrag abgeben", "Danke. Ihr Beitrag ist da.")
    visitor.reads("Danke. Ihr Beitrag ist da.", words)
    return visitor.page.locator(".receipt .code").inner_text().strip()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_receipt_is_followed_to_its_end(patient: Server, browser: Browser, scripts: bool) -> None:
    town = patient.town
    mails = len(town.letters())
    with company(town, browser, 320, scripts=scripts) as people:
        visitor = people.somebody()
        code = contribute(visitor, f"Am Bahnhof, auf einer Bank. {scripts}")
        receipt = visitor.page.url

        visitor.follow("Etwas ergänzen").fill({"Was möchten Sie ergänzen?": "Mit Dach, bitte."})
        press_until(visitor, "Ergänzung abgeben", "Was Sie ergänzt haben")
        visitor.reads("Mit Dach, bitte.")

        visitor.follow("Per E-Mail erfahren, wenn es eine Antwort gibt")
        visitor.fill({"E-Mail-Adresse": "leserin@example.org"})
        press_until(visitor, "Link zusenden", "Bitte sehen Sie in Ihre E-Mails.")
        letter = town.letter(to="leserin@example.org", says="bestätigen", after=mails)
        assert code not in letter.text
        visitor.go(re.sub(r"^https?://[^/]+", "", letter.link("/bescheid/")))
        visitor.press("Ja, schreiben Sie mir").reads("Das ist vorgemerkt.")

        office = people.somebody().sign_in_as("Koordination im Amt für Integration")
        mine = office.go_where_it_waits(f"auf einer Bank. {scripts}")
        office.press("Beim Amt behalten", within=mine)
        told = town.letter(to="leserin@example.org", says="Er bleibt beim Amt", after=mails)
        assert "Bank" not in told.text

        visitor.go("/de/quittung/").fill({"Ihr Code": code.lower().replace("-", " ")})
        visitor.press("Beitrag zeigen").reads("nur für das Amt", "Mit Dach, bitte.")
        visitor.follow("Zurücknehmen oder löschen")
        visitor.press("Alles unter diesem Code löschen").reads("ist gelöscht")
        visitor.go(receipt, expect=404)


def test_from_right_to_left_one_contributes_and_takes_back(
    patient: Server, browser: Browser
) -> None:
    with company(patient.town, browser, 320) as people:
        visitor = people.somebody("ar")
        page = visitor.go("/ar/mitreden/").page
        with page.expect_navigation():
            page.locator("main a[href$='/beitragen/']").first.click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        words = "نحتاج إلى مقاعد في المحطة (3) من فضلكم"
        page.locator("textarea[name=text]").fill(words)
        with page.expect_navigation(url=re.compile("/quittung/")):
            page.locator("input[name=may_publish][value=yes]").check()
            page.locator("main form .form__end button").first.click()
        visitor.look()
        said = page.locator("blockquote").first
        expect(said).to_have_attribute("lang", "ar")
        expect(said).to_contain_text(words)
        with page.expect_navigation():
            page.locator("main a[href$='/zuruecknehmen/']").click()
        with page.expect_navigation():
            page.locator("button[name=do][value=withdraw]").click()
        visitor.look().misses(words)


def test_the_lines_of_a_running_server_name_nobody(patient: Server, browser: Browser) -> None:
    context = browser.new_context(user_agent=AGENT, locale="de-DE")
    page = context.new_page()
    page.goto(patient.town.page("/de/mitreden/"))
    page.get_by_role("link", name=QUESTION).first.click()
    page.get_by_role("link", name="Frage beantworten").first.click()
    page.locator("textarea[name=text]").fill("Im Park am Fluss.")
    page.get_by_label("Ja, ohne meinen Namen").check()
    page.get_by_role("button", name="Beitrag abgeben").click()
    page.wait_for_url(re.compile("/quittung/"))
    code = page.locator(".receipt .code").inner_text().strip()
    context.close()
    lines = patient.said.read_text("utf-8", "replace").splitlines()
    requests = [line for line in lines if line.startswith("{")]
    assert any("public:contribute" in line and '"POST"' in line for line in requests)
    for line in requests:
        for trace in ("127.0.0.1", AGENT, "Verraeterischer", "Mozilla", code, "Park"):
            assert trace not in line
    others = [line for line in lines if not line.startswith("{")]
    assert not [line for line in others if "GET" in line or "POST" in line], "no access log beside"
