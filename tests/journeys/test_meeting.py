"""A meeting on a phone, from the invitation to approved minutes, with scripts and without.

Somebody of the coordination holds it and takes the minutes; a member of the body asks for a
correction; in the end everybody reads what was decided, and who disagreed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
TODAY = date.today()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_meeting_is_held_corrected_and_approved_on_a_phone(
    town: Town, browser: Browser, scripts: bool
) -> None:
    tag = "mit" if scripts else "ohne"
    with company(town, browser, 390, scripts=scripts) as people:
        me, visitor = people.somebody(), people.somebody()
        me.sign_in_as(COORDINATION)
        desk = announce(me, tag)
        hold(me, desk, tag, scripts=scripts)
        show_on_the_screen(me, desk)
        correct_and_approve(me, desk)
        me.go(desk).follow("Öffentliche Seite").follow("Protokoll lesen")
        visitor.go(me.page.url).reads(
            "Wir reden über vierzig Plätze.",
            "7 dafür, 2 dagegen, 1 enthalten",
            "Abweichende Meinung von Sitz Schule",
            "Ein Treffpunkt reicht nicht.",
            "Räume im Norden suchen",
            "Übernommene Änderungswünsche",
            "Nachträge",
            "Es waren 41 Plätze.",
        )


def announce(me: Walker, tag: str) -> str:
    me.go("/de/arbeit/prozesse/").follow("Fortschreibung des Integrationskonzepts")
    me.follow("Sitzung ankündigen")
    me.fill(
        {
            "Name": f"Abendrunde {tag}",
            "Gremium, das tagt": "Steuerungsgruppe",
            "Tag": TODAY,
            "Ort": "Rathaus",
        }
    )
    me.fill({"Tagesordnung": "Begrüßung\nPlätze im Norden"})
    me.press("Sitzung ankündigen").reads(f"Abendrunde {tag}")
    return me.page.url


def hold(me: Walker, desk: str, tag: str, *, scripts: bool) -> None:
    me.go(desk).follow("Sitzung halten").press("Beginnen", exact=False)
    me.follow("2. Plätze im Norden")
    me.press("Beginnen", exact=False)
    text = me.box("Was gesagt wird")
    text.fill("Wir reden über dreißig Plätze.")
    if scripts:
        expect(me.page.locator("#saved")).to_contain_text("Gespeichert um")
    else:
        me.press("Speichern").reads("Das Protokoll ist gespeichert")
    me.fill({"Was gesagt wurde": "Im Norden gibt es keine Bank."}).press("Eintragen")
    me.reads("Eingetragen. Der nächste?", "Im Norden gibt es keine Bank.")
    me.page.get_by_text("Aufgabe vereinbaren").click()
    me.press("Vereinbaren").reads("Bitte prüfen Sie Ihre Angaben")  # nothing is typed yet
    me.fill(
        {
            "Was zu tun ist": "Räume im Norden suchen",
            "Wer sich kümmert": "Amt für Integration",
            "Bis wann": TODAY + timedelta(days=5),
        }
    )
    me.press("Vereinbaren").reads("Vereinbart: Räume im Norden suchen")
    me.page.get_by_text("Beschluss eintragen").click()
    me.page.get_by_text("Abweichende Meinungen").click()
    me.fill(
        {
            "Der Beschluss in einer Zeile": f"Wir öffnen einen Treffpunkt {tag}",
            "Ergebnis": "mehrheitlich",
            "Ja-Stimmen": 7,
            "Nein-Stimmen": 2,
            "Enthaltungen": 1,
            "Abweichende Meinung 1: von wem": "Sitz Schule",
            "Abweichende Meinung 1: Wortlaut": "Ein Treffpunkt reicht nicht.",
        }
    )
    me.press("Festhalten").reads(f"Beschlossen: Wir öffnen einen Treffpunkt {tag}")
    me.reads("7 dafür, 2 dagegen, 1 enthalten", "Abweichende Meinung von Sitz Schule")
    me.press("Erledigt", exact=False)


def show_on_the_screen(me: Walker, desk: str) -> None:
    me.go(f"{desk}leinwand/").reads("Alle Punkte sind besprochen.", "/t/")
    codes = me.page.locator("svg.screen__qr")
    expect(codes).to_have_count(2)  # to be there, and to have a say
    expect(codes.first).to_be_visible()
    expect(codes.last).to_be_visible()


def correct_and_approve(me: Walker, desk: str) -> None:
    me.go(desk).follow("Zur Durchsicht verteilen").press("Verteilen")
    me.reads("zur Durchsicht im Gremium")
    me.follow("Änderung wünschen")
    me.fill(
        {
            "Welche Stelle?": "dreißig Plätze",
            "Wie soll sie lauten?": "vierzig Plätze",
            "Warum?": "So wurde es gesagt.",
        }
    )
    me.press("Vorschlagen").reads("wartet auf Antwort")
    me.follow("Protokoll freigeben").press("Protokoll freigeben")
    me.reads("Ein Änderungswunsch wartet auf eine Antwort.")
    me.go(desk).follow(re.compile("^Antworten"))
    me.tick("Wird er übernommen?", "Ja, er wird übernommen").press("Antworten")
    me.reads("übernommen", "Wir reden über vierzig Plätze.")
    me.follow("Protokoll freigeben").press("Protokoll freigeben")
    me.reads("Das Protokoll ist freigegeben", "Prüfsumme")
    me.follow("Nachtrag hinzufügen")
    me.fill({"Was später aufgefallen ist": "Es waren 41 Plätze."})
    me.press("Nachtrag hinzufügen").reads("Es waren 41 Plätze.")
