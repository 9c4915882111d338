"""Coming to a meeting on a phone, with scripts and without: nobody here needs an account.

One place, two who want it: the second waits, moves up, and notes at the door that they are
there. Whoever signed on paper is typed in afterwards.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_people_register_wait_move_up_and_are_there_on_a_phone(
    town: Town, browser: Browser, scripts: bool
) -> None:
    tag = "mit" if scripts else "ohne"
    with company(town, browser, 390, scripts=scripts) as people:
        me, amal, boris = people.somebody(), people.somebody(), people.somebody()
        me.sign_in_as(COORDINATION)
        desk, page = open_for_one(me, tag)
        kept = take_the_place(amal, page)
        letters = wait_for_it(boris, page, tag)
        give_back(amal, kept)
        move_up(boris, tag, letters)
        me.go(f"{desk}anmeldungen/").reads("1 von 1 Plätzen sind vergeben, 0 auf der Warteliste")
        me.reads(f"Boris {tag}", "Gebärdensprache: 1").misses("Amal", "Kinderbetreuung")
        be_there(me, boris, amal, desk, tag)
        type_in(me, desk, tag)
        tick_and_take_back(me, desk)


def open_for_one(me: Walker, tag: str) -> tuple[str, str]:
    """A meeting today with one place, for everybody; returns its desk and its public page."""
    me.go("/de/arbeit/prozesse/").follow("Fortschreibung des Integrationskonzepts")
    me.follow("Sitzung ankündigen")
    me.fill({"Name": f"Teestunde {tag}", "Gremium, das tagt": "Steuerungsgruppe"})
    me.fill({"Tag": date.today(), "Ort": "Rathaus"}).press("Sitzung ankündigen")
    desk = me.page.url
    me.go(f"{desk}anmeldungen/").follow("Plätze und Zeiten")
    me.tick("Wer sich anmelden darf", "alle, ohne Konto").fill({"Plätze": 1})
    me.press("Anmeldung speichern").reads("Die Anmeldung ist gespeichert")
    me.go(desk).follow("Öffentliche Seite")
    return desk, me.page.url


def take_the_place(amal: Walker, page: str) -> str:
    """Without an address; a form without a name comes back with everything that was ticked."""
    amal.go(page).follow("Anmelden", within=amal.page.locator("main"))
    amal.tick("Was brauchen Sie, um teilzunehmen?", "Kinderbetreuung").press("Anmelden")
    amal.reads("Bitte prüfen Sie Ihre Angaben")
    expect(amal.page.get_by_label("Kinderbetreuung")).to_be_checked()
    amal.fill({"Ihr Name": "Amal"}).press("Anmelden").reads("Sie haben einen Platz.", "Ihr Code")
    return amal.page.url


def wait_for_it(boris: Walker, page: str, tag: str) -> int:
    boris.go(page).reads("Alle Plätze sind vergeben").follow("Auf die Warteliste")
    boris.fill({"Ihr Name": f"Boris {tag}", "E-Mail-Adresse": f"boris.{tag}@example.org"})
    boris.tick("Was brauchen Sie, um teilzunehmen?", "Gebärdensprache")
    boris.press("Auf die Warteliste setzen").reads("Eine E-Mail ist unterwegs")
    letter = boris.town.letter(to=f"boris.{tag}@", says="Sie stehen auf der Warteliste")
    boris.go(letter.link("/anmeldung/")).reads("Sie stehen auf der Warteliste.")
    return len(boris.town.letters())


def give_back(amal: Walker, kept: str) -> None:
    amal.go(kept).follow("Ich kann nicht kommen").press("Meinen Platz zurückgeben")
    amal.reads("Sie haben abgesagt.")


def move_up(boris: Walker, tag: str, letters: int) -> None:
    letter = boris.town.letter(to=f"boris.{tag}@", says="frei geworden", after=letters)
    boris.go(letter.link("/anmeldung/")).reads("Sie haben einen Platz.")


def be_there(me: Walker, boris: Walker, amal: Walker, desk: str, tag: str) -> None:
    """By the code on the screen: somebody who registered, and somebody who just came."""
    me.go(f"{desk}leinwand/").reads("Ich bin da")
    expect(me.page.get_by_role("img", name="QR-Code: Ich bin da")).to_be_visible()
    me.go(f"{desk}teilnahme/").follow("Code für die Tür")
    door = me.page.locator("main .door a").get_attribute("href")
    assert door
    boris.go(door).press("Ich bin da").reads("Bitte tippen Sie Ihren Namen ein")
    boris.fill({"Ihr Name": f"boris {tag}"}).press("Ich bin da").reads("Willkommen.")
    amal.go(door).fill({"Ihr Name": "Carla", "Institution oder Gruppe": "Chor"})
    amal.press("Ich bin da").reads("Willkommen.").misses("Boris")
    me.go(f"{desk}teilnahme/").reads("2 Personen sind da", f"Boris {tag}", "Gast · Chor")


def type_in(me: Walker, desk: str, tag: str) -> None:
    for said in ("1 kam als Gast, 1 war schon vermerkt", "2 waren schon vermerkt"):
        me.go(f"{desk}teilnahme/").follow("Papierliste eintippen")
        me.fill({"Zeile 1: Name": "Dora", "Zeile 1: Institution": "Schule"})
        me.fill({"Zeile 2: Name": f"BORIS {tag}"}).press("Zeilen eintragen").reads(said)
    me.reads("3 Personen sind da")


def tick_and_take_back(me: Walker, desk: str) -> None:
    me.go(f"{desk}teilnahme/?q=schulen")
    me.press("ist da").reads("4 Personen sind da")
    me.press("Rückgängig").reads("3 Personen sind da")
    me.go("/de/arbeit/prozesse/").follow("Fortschreibung des Integrationskonzepts")
    me.follow("Wer teilgenommen hat").reads("Teestunde")
