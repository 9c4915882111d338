"""Finding a date, inviting, answering and calling off, on a phone, with scripts and without.

Somebody of the coordination plans; whoever is asked answers by the link in the mail, without an
account; for a holder who is away the deputy is invited and accepts.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.journeys.town import Letter, Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
HOLDER, DEPUTY = "steuerungsgruppe@beispiel.example", "stellvertretung@beispiel.example"
FIRST, SECOND = (date.today() + timedelta(days=days) for days in (40, 41))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_date_is_found_people_are_invited_and_the_deputy_accepts(
    town: Town, browser: Browser, scripts: bool
) -> None:
    name = f"Vorbereitung {'mit' if scripts else 'ohne'}"
    with company(town, browser, 390, scripts=scripts) as people:
        me, holder, deputy = people.somebody(), people.somebody(), people.somebody()
        me.sign_in_as(COORDINATION)
        poll = look_for_a_date(me, name)
        say_when(town, holder, name)
        desk = choose_and_invite(me, poll, name)
        letter = town.letter(to=HOLDER, says=f"Einladung: {name}")
        answer(holder, letter, "Nein, ich kann nicht", "kommt nicht")
        letter = town.letter(to=DEPUTY, says=f"Einladung: {name}")
        answer(deputy, letter, "Ja, ich komme", "kommt")
        me.go(f"{desk}einladungen/").reads("Zusagen: 1 · Absagen: 1")
        arrange(me, desk)
        call_off(town, me, desk, name)
        deputy.page.reload()
        deputy.reads("Diese Sitzung findet nicht statt", "Der Saal wird gestrichen.")


def look_for_a_date(me: Walker, name: str) -> str:
    me.go("/de/arbeit/prozesse/").follow("Fortschreibung des Integrationskonzepts")
    me.follow("Termin finden")
    me.fill(
        {
            "Name der Sitzung": name,
            "Gremium, das tagt": "Steuerungsgruppe",
            "Vorgeschlagene Termine": f"{FIRST:%d.%m.%Y} 18:00–20:00\nirgendwann",
            "Antworten bis": date.today() + timedelta(days=9),
        }
    )
    me.press("Nach dem Termin fragen").reads("„irgendwann“ ist kein Tag mit Uhrzeit.")
    lines = f"{FIRST:%d.%m.%Y} 18:00–20:00\n{SECOND:%d.%m.%Y} 22:00–1:00"
    me.fill({"Vorgeschlagene Termine": lines})
    me.press("Nach dem Termin fragen").reads(name, "am nächsten Tag")
    return me.page.url


def say_when(town: Town, holder: Walker, name: str) -> None:
    letter = town.letter(to=HOLDER, says=f"Wann passt es Ihnen? {name}")
    holder.go(letter.link("/de/l/")).reads("Wann passt es Ihnen?", name)
    groups = holder.page.locator("main").get_by_role("group")
    groups.nth(0).get_by_label("passt nicht").check()
    holder.press("Antwort senden").reads("Bitte wählen Sie zu diesem Termin eine Antwort.")
    groups.nth(0).get_by_label("passt nicht").check()
    groups.nth(1).get_by_label("passt", exact=True).check()
    holder.press("Antwort senden").reads("Ihre Antwort ist festgehalten")


def choose_and_invite(me: Walker, poll: str, name: str) -> str:
    me.go(poll).reads("passt: 1 · zur Not: 0 · passt nicht: 0")
    second = me.page.get_by_role("listitem").filter(has_text="passt den meisten")
    me.press("Diesen Termin wählen und einladen", within=second, exact=False)
    me.reads(name, "Der Termin steht fest, und die Einladungen sind unterwegs.")
    return me.page.url


def answer(who: Walker, letter: Letter, button: str, state: str) -> None:
    who.go(letter.link("/de/l/")).reads("Kommen Sie?", "22:00 bis 01:00 am nächsten Tag")
    who.press(button).reads("Ihre Antwort ist festgehalten", state)


def arrange(me: Walker, desk: str) -> None:
    me.go(desk).follow("Tagesordnung ordnen")
    me.fill({"Titel": "Wahl", "Dauer in Minuten": 30}).press("Punkt hinzufügen")
    me.page.get_by_label("Titel").nth(1).fill("Begrüßung")
    me.page.get_by_label("Dauer in Minuten").nth(1).fill("10")
    me.press("Nach oben", exact=False).press("Tagesordnung speichern")
    me.reads("Die Tagesordnung ist gespeichert.", "22:00 Begrüßung", "22:10 Wahl")


def call_off(town: Town, me: Walker, desk: str, name: str) -> None:
    me.go(desk).follow("Sitzung absagen")
    me.press("Sitzung absagen").reads("Bitte prüfen Sie Ihre Angaben")
    me.fill({"Warum findet sie nicht statt?": "Der Saal wird gestrichen."})
    me.press("Sitzung absagen").reads("Die Sitzung ist abgesagt", "Der Saal wird gestrichen.")
    letter = town.letter(to=DEPUTY, says=f"Abgesagt: {name}")
    assert "Der Saal wird gestrichen." in letter.text
