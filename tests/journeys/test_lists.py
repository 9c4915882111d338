"""The list of an office goes into the register twice: wide with a mouse, narrow by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.core.books import book
from tests.journeys.test_by_keyboard import enter, tab_to
from tests.journeys.town import Town, command
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
FUNCTIONS = {"Beratung", "Leitung", "Unterricht"}
LISTS = "/de/arbeit/kommune/listen/"


def messy(mark: int) -> bytes:
    """A title, three rows of headings, merged cells, two mails in a cell, a sum, a repeated head.

    `mark` makes its people and houses others than those of another list.
    """
    heads = ("Anrede", "Name, Vorname", "Bereich", "Träger", "E-Mail", "AG")
    return book(
        (f"Beteiligte {mark}, Stand März",),
        (),
        ("Wer", None, None, "Einrichtung", "Kontakt", "Mitarbeit"),
        heads,
        (None, "(Pflicht)", None, None, "(Pflicht)", None),
        ("Frau", f"Linde{mark}, Anna", "Leitung", f"Haus {mark} am Markt e.V.",
         f"anna{mark}@haus.example", "AG Sprache"),
        ("Herr", f"Ahorn{mark}, Bernd", "Beratung", f"Haus {mark} am Markt e.V.",
         f"bernd{mark}@haus.example; b{mark}@web.example", "AG Sprache"),
        heads,
        ("Frau", f"Esche{mark}, Dora", "Unterricht", f"Haus {mark} am Markt",
         f"dora{mark}(at)haus.example", None),
        (None, f"Eva Ulme{mark} / Fritz Erle{mark}", None, None, None, None),
        ("Summe", 4, None, None, None, None),
        merged=("A1:F1", "A3:C3"),
    )  # fmt: skip


def send(office: Walker, mark: int) -> Walker:
    office.go(LISTS).box("Liste").set_input_files(
        {
            "name": f"beteiligte-{mark}.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": messy(mark),
        }
    )
    return office.press("Liste einlesen")


def entered(office: Walker, mark: int) -> list[str]:
    """The people of a list as the register given out holds them, with what they do."""
    answer = office.page.request.get(office.town.page("/de/arbeit/kommune/listen/personen.csv"))
    assert answer.ok
    lines = answer.body().decode("utf-8-sig").splitlines()
    return sorted(line for line in lines if re.search(rf"(Linde|Ahorn|Esche|Ulme){mark}", line))


def test_a_messy_list_is_corrected_taken_over_and_the_second_time_there_is_nothing_to_do(
    town: Town, browser: Browser
) -> None:
    with company(town, browser, 1280) as people:
        office = people.somebody().sign_in_as(COORDINATION)
        send(office, 1280).reads(
            "Das ist eine Vorschau: Noch ist nichts gespeichert", "Personen: 3 neu",
            "E7: Mehrere Adressen: Nur die erste wird übernommen",
            "E9: „dora1280(at)haus.example“ ist keine E-Mail-Adresse",
            "B10: In dieser Zelle scheinen zwei Personen zu stehen", "vielleicht schon da",
        )  # fmt: skip
        office.follow("Spalten ändern").fill({"Wer › Bereich": "Funktion"})
        office.press("Liste so einlesen").reads("Anna Linde1280", "Leitung")
        choice = office.page.get_by_label("Was daraus wird: Haus 1280 am Markt", exact=True)
        choice.select_option(label="ist dasselbe wie: Haus 1280 am Markt e.V.")
        group = office.page.get_by_label("Was daraus wird: AG Sprache", exact=True)
        group.select_option(label="ist etwas anderes: aufnehmen")
        office.press("Diese Entscheidungen speichern").misses("Bitte entscheiden Sie für jeden")
        assert entered(office, 1280) == [], "a preview writes nothing"
        office.press("In das Register übernehmen").reads("3 Personen aufgenommen")
        first = entered(office, 1280)
        functions = [word for line in first for word in line.split(";") if word in FUNCTIONS]
        assert sorted(functions) == sorted(FUNCTIONS)
        assert all("Haus 1280 am Markt e.V." in line for line in first), "one house, not two"

        send(office, 1280).reads("Es gibt nichts zu tun")
        assert office.page.get_by_role("button", name="In das Register").count() == 0
        assert entered(office, 1280) == first
        office.press("Liste verwerfen")


def test_at_320_without_javascript_a_keyboard_is_enough(town: Town, browser: Browser) -> None:
    with company(town, browser, 320, scripts=False) as people:
        office = people.somebody().sign_in_as(COORDINATION)
        page = send(office, 320).page
        tab_to(page, "Alle sind dieselben", tag="BUTTON")
        enter(page)
        office.look().misses("Bitte entscheiden Sie für jeden")
        tab_to(page, "In das Register übernehmen", tag="BUTTON")
        enter(page)
        office.look().reads("3 Personen aufgenommen", "Zeile 10")

        send(office, 320).reads("Es gibt nichts zu tun")
        tab_to(page, "Liste verwerfen", tag="BUTTON")
        enter(page)
        office.look().reads("Die Liste und ihre Vorschau wurden gelöscht")
        assert len(entered(office, 320)) == 3


def test_what_the_command_line_took_over_is_nothing_new_in_the_browser(
    town: Town, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "beteiligte.xlsx"
    path.write_bytes(messy(77))
    done = command(town.data, "import", "people", str(path), "--yes", "--similar", "same")
    assert done.returncode == 0, done.stderr

    with company(town, browser, 1280) as people:
        office = people.somebody().sign_in_as(COORDINATION)
        send(office, 77).reads("Es gibt nichts zu tun")
        office.press("Liste verwerfen")
        assert len(entered(office, 77)) == 3
