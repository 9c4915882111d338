"""Cards from a workshop: typed in, sorted, answered together, and the phase closes behind it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
CARDS = ["Eine Bank vor der Schule.", "Bänke am Bahnhof, bitte.", "Abends mehr Licht im Park."]
REASON = "Dafür fehlt in diesem Jahr das Geld."


def a_process(me: Walker, name: str) -> str:
    """A process with one phase in which people contribute; where the office finds it."""
    me.go("/de/arbeit/prozesse/").follow("Prozess anlegen")
    me.fill(
        {
            "Vorlage": "keine: mit einem leeren Prozess beginnen",
            "Name des Prozesses": name,
            "Kernfrage": "Wo fehlt ein Platz zum Sitzen?",
            "Worum es geht": "Wir sammeln Karten und beantworten jede.",
            "Ziele des Prozesses": "Alle bekommen eine Antwort.",
            "Federführendes Amt": "Amt für Integration",
            "Beginn": date.today() - timedelta(days=60),
            "Geplante Dauer in Monaten": 6,
            "Wer das Mandat erteilt hat": "Ausschuss für Soziale Fragen",
            "Mandat erteilt am": date.today() - timedelta(days=70),
            "Das Mandat in einer Zeile": f"Mehr Bänke {name}",
            "Wortlaut des Mandats": "Das Amt wird beauftragt, Karten zu sammeln.",
            "Ergebnis": "einstimmig",
        }
    )
    me.press("Prozess anlegen").reads("Der Prozess ist angelegt")
    desk = me.page.url
    me.follow("Phase planen")
    me.fill(
        {
            "Name": f"Werkstatt {name}",
            "Art": "Beteiligung",
            "Beginn": date.today() - timedelta(days=30),
        }
    )
    me.tick("Was diese Phase erlaubt", "mitreden", "zu Themen ordnen und antworten")
    me.press("Phase planen").reads(f"Werkstatt {name}")
    me.go(desk).press("Prozess veröffentlichen").reads("öffentlich")
    return desk


def close(me: Walker, desk: str, name: str) -> Walker:
    me.go(desk)
    card = me.page.get_by_role("listitem").filter(
        has=me.page.get_by_role("heading", name=f"Werkstatt {name}", exact=True)
    )
    me.follow(re.compile("^Phase abschließen"), within=card)
    return me.press("Phase abschließen")


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (320, False)], ids=["wide", "narrow-without-scripts"]
)
def test_from_the_workshop_to_the_closed_phase(
    town: Town, browser: Browser, width: int, scripts: bool
) -> None:
    name = f"Bänke {width}"
    with company(town, browser, width, scripts=scripts) as people:
        me = people.somebody().sign_in_as(COORDINATION)
        desk = a_process(me, name)
        own = desk.rstrip("/").rsplit("/", 1)[1]
        room = f"/de/arbeit/beteiligung/{own}"
        me.go(f"{room}/karten/").fill(
            {"Karten": "\n".join(CARDS), "Wie er eingegangen ist": "Karte in einer Sitzung"}
        )
        me.press("Karten erfassen").reads("Die Karten sind erfasst")
        close(me, desk, name).reads("3 Beiträge sind noch nicht beantwortet.")

        # sort two of them into a theme
        me.go(f"{room}/sortieren/")
        for words in CARDS[:2]:
            me.page.get_by_label(words, exact=True).first.check()
        me.fill({"oder ein neues Thema": name})
        me.press("In das Thema legen")

        # a text block of the town
        block = f"Kein Geld {width}"
        me.go("/de/arbeit/beteiligung/textbausteine/neu/")
        me.fill({"Name": block, "Text": REASON, "Passt meist zu": "nicht aufgenommen"})
        me.press("Speichern").reads(block)

        # one answer for the theme, with a sentence for one of them
        me.go(f"{room}/antworten/").follow(re.compile("^Alle offenen beantworten"))
        me.fill({"Textbaustein": block})
        insert = me.page.get_by_role("button", name="Einsetzen", exact=True)
        if scripts:
            insert.click()
        else:
            me.press("Einsetzen")
        expect(me.box("Begründung")).to_have_value(REASON)
        expect(me.page.get_by_label("nicht aufgenommen", exact=True)).to_be_checked()
        sentence = f"Die Bank am Bahnhof prüfen wir {width}."
        station = me.page.get_by_role("listitem").filter(has_text=CARDS[1])
        station.get_by_role("textbox").fill(sentence)
        me.press("Vorschau").reads("Was zu lesen sein wird", sentence, "noch nichts gesendet")
        expect(me.box("Begründung")).to_have_value(REASON)
        me.press("Antwort geben").reads("Beantwortet")

        # the last one by itself; then nobody waits, and the phase closes
        me.go(f"{room}/antworten/").reads(CARDS[2])
        last = me.page.get_by_role("listitem").filter(has_text=CARDS[2])
        me.follow(re.compile("^Antworten"), within=last)
        me.tick("Was wurde daraus?", "Sache einer anderen Stelle")
        me.fill({"Begründung": "Das Licht im Park betreut ein Betrieb der Stadt."})
        me.press("Antwort geben").reads("Bitte nennen Sie, wer zuständig ist.")
        me.fill({"Oder jemand, der nicht im Register steht": "Stadtwerke"})
        me.press("Antwort geben").reads("Beantwortet")
        me.go(f"{room}/antworten/").reads("Alle haben eine Antwort.")
        close(me, desk, name).reads("Die Phase ist abgeschlossen.")

        # everybody reads it
        people.somebody().go(f"/de/prozess/{own}/").until_reads("Alle haben eine Antwort.")

        # a letter for whoever gave the card
        me.go(f"{room}/antworten/briefe/")
        me.page.get_by_role("checkbox", name=re.compile("Bänke am Bahnhof")).check()
        with me.page.expect_download(timeout=60_000) as waiting:  # a process of its own starts
            me.page.get_by_role("button", name="Briefe für Word", exact=True).click(timeout=60_000)
        assert waiting.value.suggested_filename == f"antworten-{own}.docx"


ARABIC_CARDS = ("نحتاج إلى مقاعد في المحطة (3) من فضلكم", "Mehr Licht am Weg zur Schule, sagt نور.")
ARABIC_THEME = "مقاعد وضوء"


def leave(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(f"main {selector}").first.click()


def test_from_right_to_left_a_table_becomes_cards_a_theme_and_an_answer(
    town_in_arabic: Town, browser: Browser
) -> None:
    with company(town_in_arabic, browser, 1280) as people:
        me = people.somebody("ar")
        page = me.page
        page.goto(town_in_arabic.page("/ar/konto/anmelden-als/"))
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile(COORDINATION)).click()

        # a table of cards, looked at first
        me.go("/ar/arbeit/beteiligung/")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        me.follow("Welche Maßnahme soll bleiben, und was haben wir übersehen?")
        leave(page, "a[href$='/karten-einlesen/']")
        table = "\n".join(["Text;Wand", *(f"{card};A" for card in ARABIC_CARDS)])
        page.locator("input[type=file]").set_input_files(
            {"name": "karten.csv", "mimeType": "text/csv", "buffer": table.encode()}
        )
        leave(page, ".form__end button")
        me.look().reads(*ARABIC_CARDS)
        leave(page, ".form__end button")

        # sorted, and answered together
        leave(page, "a[href$='/sortieren/']")
        for card in ARABIC_CARDS:
            page.locator("main label").filter(has_text=card).first.click()
        page.locator("main input[name=title]").fill(ARABIC_THEME)
        leave(page, "button[name=do][value=gather]")
        me.look()
        with page.expect_navigation():
            page.locator("main").get_by_role("link", name=ARABIC_THEME).first.click()
        leave(page, "a[href$='/antwort/']")
        page.locator("main input[name=outcome]").first.check()
        page.locator("main textarea[name=reason]").fill(REASON)
        leave(page, ".form__end button[name=to]")
        me.look().reads("Beantwortet", ARABIC_THEME)
        public = page.locator("main a[href*='/ar/thema/']").first.get_attribute("href")

        # everybody reads it: the words of the card run as they were written
        reader = people.somebody("ar")
        reader.go(str(public)).until_reads("Alle haben eine Antwort.")
        card = reader.page.locator("main [lang=ar]").filter(has_text=ARABIC_CARDS[0]).first
        expect(card).to_have_count(1)
