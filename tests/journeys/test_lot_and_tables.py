"""Draw a panel and seat people: by hand and eye, with and without JavaScript, wide and narrow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_by_keyboard import enter, tab_to
from tests.journeys.town import Town
from tests.journeys.walking import company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
PEOPLE = "Name;E-Mail;Geschlecht;Alter;Adresse\n" + "".join(
    f"Mensch {n};m{n}@stadt.example;{'weiblich' if n % 2 else 'männlich'};"
    f"{'jung' if n % 3 else 'alt'};Weg {n // 2}\n"
    for n in range(30)
)
SEATED = "Name;Organisation;Sprache\n" + "".join(
    f"Gast {n:02};Verein {n % 5};{'ar' if n % 4 == 0 else 'de'}\n" for n in range(16)
)
WAYS = [(1280, True), (320, False)]


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_a_panel_is_drawn_and_everybody_can_follow(
    town: Town, browser: Browser, width: int, scripts: bool
) -> None:
    name = f"Bürgerrat {width}"
    with company(town, browser, width, scripts=scripts) as people:
        office = people.somebody().sign_in_as(COORDINATION).go("/de/arbeit/prozesse/")
        office.page.locator("main table a").first.click()
        office.follow("Eine Auslosung vorbereiten")
        office.fill({"Name": name, "Wie viele Plätze werden verlost": 6})
        office.box("Gremium, für das gelost wird").first.select_option(index=1)
        office.tick("Woher kommen die Menschen", "Menschen aus einer Datei")
        office.fill({"Höchstens aus einem Haushalt": 1}).press("Auslosung vorbereiten")
        office.follow("Menschen in den Topf nehmen")
        office.box("Tabelle der Menschen").set_input_files(
            {"name": "leute.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
        )
        office.press("Tabelle lesen").reads("leute.csv: 30 Menschen")
        office.press("In den Topf nehmen").reads("Diese Vorgaben gehen auf")

        first = office.page.get_by_label("Geschlecht, männlich: mindestens")
        first.fill("5")
        office.page.get_by_label("Geschlecht, männlich: höchstens").fill("6")
        if scripts:  # said while one types, without a button
            expect(office.page.locator("#machbar")).to_contain_text("gehen nicht auf")
        else:
            office.press("Prüfen").reads("Diese Vorgaben gehen nicht auf", "Am wenigsten ändert")
        office.press("Vorgaben speichern").reads("Diese Vorgaben gehen nicht auf")
        assert office.page.get_by_label("Geschlecht, männlich: mindestens").input_value() == "5"
        office.press("Kleinste Änderung übernehmen").reads("Diese Vorgaben gehen auf")
        office.press("Vorgaben speichern").press("Liste berechnen")
        office.until_misses("Die Liste wird berechnet. Sie").reads("Kleinste Chance")
        office.follow("Die Auslosung bekannt geben")
        office.tick("Woher kommt der Startwert", "öffentlich gewürfelt, beim Ziehen")
        office.press("Auslosung bekannt geben").reads("Prüfsumme der Liste")
        public = office.page.get_by_role("link", name="Öffentliche Seite").get_attribute("href")
        visitor = people.somebody().go(public or "").misses("Mensch 1", "Wer gelost ist")

        office.follow("Losen").fill({"Startwert": "3-1-4-1-5"}).press("Jetzt losen")
        office.reads("Es ist gelost.", "Mensch ")
        drawn = office.page.locator("#gezogen ~ ul code").all_inner_texts()
        assert len(drawn) == 6
        visitor.go(public or "").until_reads("3-1-4-1-5")
        visitor.reads("Selbst nachprüfen").misses("Mensch ", "Weg 1")
        assert visitor.page.locator("ul.numbers code").all_inner_texts() == drawn

        office.follow("Jemand kann nicht kommen")
        office.page.get_by_label("Wer kommt nicht").select_option(drawn[0])
        office.tick("Begründung", "abgesagt").press("Nachrücken lassen").reads("ist für Nummer")
        assert drawn[0] not in office.page.locator("#gezogen ~ ul code").all_inner_texts()
        visitor.go(public or "").until_reads(f"für Nummer {drawn[0]} nachgerückt (abgesagt")


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_people_are_seated_and_moved_by_hand(
    town: Town, browser: Browser, width: int, scripts: bool
) -> None:
    with company(town, browser, width, scripts=scripts) as people:
        office = people.somebody().sign_in_as(COORDINATION).go("/de/arbeit/sitzungen/")
        office.page.locator("main table a").first.click()
        office.follow("Tische: wer wo sitzt").follow("Einen Tischplan machen")
        office.fill({"Name": f"Plan {width}", "Wie viele Tische": 4, "Wie viele Runden": 2})
        office.tick("Wer wird gesetzt", "Menschen aus einer Datei")
        office.box("Tabelle der Menschen").set_input_files(
            {"name": "gaeste.csv", "mimeType": "text/csv", "buffer": SEATED.encode()}
        )
        office.press("Plan machen")
        office.until_misses("Der Plan wird berechnet.")
        office.reads("Wie gut ist der Plan?", "Tisch 4", "Gast 15")

        office.follow("Jemanden umsetzen")
        office.page.get_by_label("Wer", exact=True).select_option(index=1)
        goal = office.page.get_by_label("Wohin")
        here = office.page.get_by_label("Wer", exact=True).locator("option").nth(1).inner_text()
        table = int(re.search(r"Tisch (\d)", here)[1])  # type: ignore[index]  # it says so
        goal.select_option(label=f"an Tisch {table % 4 + 1}")
        office.press("Wirkung zeigen").reads("Die Wirkung", "Danach", "3 bis 5")
        office.press("Ändern").reads("Geändert. Außerhalb der Mischung", "3 bis 5")
        office.press("Letzte Änderung zurücknehmen").reads("zurückgenommen").misses("3 bis 5")
        office.follow("Jemand kommt später dazu").fill({"Name": "Späte Person"})
        office.press("Platz finden").reads("Späte Person sitzt an Tisch", "kam später dazu")
        office.follow("Für die Leinwand und das Telefon").fill({"Name suchen": "späte"})
        office.press("Suchen").reads("Späte Person: Tisch")


def test_a_keyboard_is_enough_to_seat_somebody_elsewhere(town: Town, browser: Browser) -> None:
    with company(town, browser, 1280) as people:
        office = people.somebody().sign_in_as(COORDINATION).go("/de/arbeit/sitzungen/")
        office.page.get_by_role("link", name="Fachrunde zur Fortschreibung").first.click()
        office.follow("Tische: wer wo sitzt").follow("Tische der Fachrunde")
        office.until_misses("Der Plan wird berechnet.")
        page = office.page
        tab_to(page, "Jemanden umsetzen", tag="A")
        enter(page)
        tab_to(page, tag="SELECT")
        page.keyboard.press("ArrowDown")
        tab_to(page, tag="SELECT")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Wirkung zeigen", tag="BUTTON")
        enter(page)
        office.look().reads("Die Wirkung", "Danach")
