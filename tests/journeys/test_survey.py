"""A survey on a phone, with scripts and without, and from right to left.

Begun on one device, gone on with the code on another, sent, changed; then everybody reads how it
was answered, and the office types in a sheet of paper.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
SURVEY = "Wie kommen Sie zum Deutschkurs, und was fehlt Ihnen?"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_answers_a_survey_and_goes_on_with_the_code(
    town: Town, browser: Browser, scripts: bool
) -> None:
    with company(town, browser, 320, scripts=scripts) as people:
        me, elsewhere, office = people.somebody(), people.somebody(), people.somebody()
        begin(me)
        code = keep(me)
        send_with(elsewhere, code)
        read_results(elsewhere)
        type_in(office)


def begin(me: Walker) -> None:
    """The first page must be answered; what hangs on the answer stands on the next."""
    me.go("/de/mitreden/").follow(re.compile("Deutsch lernen in der Stadt|" + SURVEY[:20]))
    me.follow("Umfrage ausfüllen").press("Weiter").reads("Bitte wählen Sie eine Antwort.")
    me.tick("Lernen Sie zurzeit Deutsch in einem Kurs?", "Ja").press("Weiter")
    me.reads("Wie kommen Sie meistens zum Kurs?").misses("Was hindert Sie")


def keep(me: Walker) -> str:
    """Back and forth without loss, then a break."""
    me.tick("Wie kommen Sie meistens zum Kurs?", "Mit dem Fahrrad").press("Zurück")
    me.press("Weiter").press("Aufheben und später weitermachen")
    me.reads("Ihre Antworten sind aufgehoben")
    assert me.page.get_by_label("Mit dem Fahrrad").is_checked()
    return me.page.locator("main a[href*='/umfrage/']").first.get_attribute("href") or ""


def send_with(me: Walker, address: str) -> None:
    """On another device, with the code: rank by numbers, write a sentence, send."""
    me.go(re.sub(r"^https?://[^/]+", "", address)).press("Weiter")
    me.fill({"Sprachcafé am Abend": "1", "Kurs mit Kinderbetreuung": "1"})
    me.press("Antworten absenden").reads("Platz 1 ist zweimal vergeben")
    me.fill({"Kurs mit Kinderbetreuung": "2", "Lernpaten zu Hause": "3"})
    me.fill({"Was würde Ihnen am meisten helfen?": "Ein Treff am Sonntag."})
    me.press("Antworten absenden").reads("Ihre Antworten sind angekommen")
    me.reads("Mit dem Fahrrad", "1. Sprachcafé am Abend", "Ein Treff am Sonntag.")
    me.follow("Was aus dieser Antwort geworden ist").reads("Ein Treff am Sonntag.")


def read_results(me: Walker) -> None:
    me.go("/de/mitreden/").follow(re.compile("Deutsch lernen in der Stadt|" + SURVEY[:20]))
    me.follow("Ergebnisse ansehen").reads("Menschen haben geantwortet", "Am häufigsten gewählt")
    me.reads("stehen" if "stehen" in me.text() else "steht", "Im Mittel")


def type_in(office: Walker) -> None:
    """One sheet of paper, and the next form stands there at once."""
    office.sign_in_as(COORDINATION)
    office.go("/de/arbeit/beteiligung/").follow(re.compile(SURVEY[:20]))
    office.follow("Antworten vom Papier oder vom Telefon eingeben")
    office.tick("Lernen Sie zurzeit Deutsch in einem Kurs?", "Nein")
    office.press("Antworten eingeben").reads("Der nächste Bogen, bitte.")


def test_a_survey_is_answered_from_right_to_left(town_in_arabic: Town, browser: Browser) -> None:
    with company(town_in_arabic, browser, 320) as people:
        guide, me = people.somebody(), people.somebody("ar")
        guide.go("/de/mitreden/").follow(re.compile("Deutsch lernen in der Stadt|" + SURVEY[:20]))
        me.go(re.sub(r".*/de/", "/ar/", guide.page.url) + "umfrage/")
        me.reads("هل تتعلم الألمانية حاليًا في دورة؟")
        assert me.page.locator("html").get_attribute("dir") == "rtl"
        me.page.get_by_label("نعم").check()
        with me.page.expect_navigation():
            me.page.locator("button[value=next]").click()
        me.look().reads("كيف تصل عادة إلى الدورة؟")
