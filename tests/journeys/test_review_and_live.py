"""A draft is commented on, and questions from the room are answered; with scripts and without.

The visitor has no account. What they say is read by the coordination, answered, and found again
under the receipt.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_passage_is_commented_on_and_stands_in_the_synopsis(
    town: Town, browser: Browser, scripts: bool
) -> None:
    tag = "mit" if scripts else "ohne"
    with company(town, browser, 320, scripts=scripts) as people:
        visitor, office = people.somebody(), people.somebody()
        visitor.go("/de/mitreden/").follow("Treffen diese Leitsätze, was uns wichtig ist?")
        call = visitor.page.url
        visitor.follow(re.compile(r"^Etwas dazu sagen\s*: Absatz 12$"))
        if scripts:
            visitor.page.locator("[data-quote-from]").click(click_count=3)
            expect(visitor.box("Welche Worte meinen Sie?")).not_to_have_value("")
        visitor.fill(
            {
                "Was möchten Sie dazu sagen?": f"Bitte auch auf Papier ({tag}).",
                "Welche Worte meinen Sie?": "Diese Worte stehen dort nicht",
            }
        )
        visitor.tick("Dürfen andere das lesen?", "Ja, ohne meinen Namen")
        visitor.press("Kommentar absenden").reads("Diese Worte stehen nicht in dem Absatz")
        visitor.fill({"Welche Worte meinen Sie?": "was erreicht ist"})
        visitor.press("Kommentar absenden").reads("Zu diesem Absatz", "was erreicht ist")
        receipt = visitor.page.url

        office.sign_in_as(COORDINATION)
        office.go("/de/arbeit/beteiligung/").follow("Treffen diese Leitsätze, was uns wichtig ist?")
        desk = office.page.url
        read(office, f"Bitte auch auf Papier ({tag}).")
        office.go(desk).follow("Synopse der Kommentare")
        office.reads(f"Bitte auch auf Papier ({tag}).", "was erreicht ist")
        visitor.go(call).until_reads("Kommentar")
        visitor.go(receipt).follow("Absatz 12").until_reads(f"Bitte auch auf Papier ({tag}).")


def read(office: Walker, words: str) -> None:
    office.press("Veröffentlichen", within=office.go_where_it_waits(words))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_from_the_room_is_read_taken_up_and_answered(
    town: Town, browser: Browser, scripts: bool
) -> None:
    question = f"Gibt es Dolmetschende ({'mit' if scripts else 'ohne'})?"
    with company(town, browser, 320, scripts=scripts) as people:
        visitor, office = people.somebody(), people.somebody()
        visitor.go("/de/mitreden/").follow("Was möchten Sie von der Steuerungsgruppe wissen?")
        visitor.follow("Zu den Fragen im Raum")
        live = visitor.page.url
        visitor.follow("Eine Frage stellen")
        visitor.press("Frage absenden").reads("Bitte schreiben Sie einen Satz")
        visitor.fill({"Ihre Frage": question}).press("Frage absenden").reads(question)
        receipt = visitor.page.url

        office.sign_in_as(COORDINATION)
        office.go("/de/arbeit/beteiligung/").follow(
            "Was möchten Sie von der Steuerungsgruppe wissen?"
        )
        office.follow("Fragerunde leiten")
        desk = office.page.url
        step(office, question, "Veröffentlichen", "p", scripts=scripts)
        step(office, question, "Jetzt beantworten", "j", scripts=scripts)
        visitor.go(live).until_reads(question)
        office.go(desk).follow("Leinwand für den Raum").reads(question)
        office.go(desk)
        card = card_of(office, question)
        card.get_by_label("Was wurde geantwortet?").fill("Ja, in sechs Sprachen.")
        office.press("Beantwortet", within=card).reads("Ja, in sechs Sprachen.")
        visitor.go(receipt).reads("Ja, in sechs Sprachen.")


def card_of(office: Walker, question: str):
    return office.page.get_by_role("listitem", name=question)


def step(office: Walker, question: str, button: str, key: str, *, scripts: bool) -> None:
    """With a script one key is enough; without one there is the button."""
    card = card_of(office, question)
    if not scripts:
        office.press(button, within=card)
        return
    card.focus()
    with office.page.expect_navigation():
        office.page.keyboard.press(key)
    office.look()
