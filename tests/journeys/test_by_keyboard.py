"""The keyboard alone: Tab, Enter and letters; every stop on the way is seen to have focus."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.town import Town
from tests.journeys.walking import Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return {
    name: (e.innerText || e.value || e.getAttribute("aria-label") || e.tagName).trim(),
    tag: e.tagName, type: e.type || "",
    outlined: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0
      || s.boxShadow !== "none",
    seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight,
  };
}"""


def tab_to(page: Page, name: str | None = None, *, tag: str = "", turns: int = 60) -> None:
    """Press Tab until something is reached; every stop on the way must be seen to have focus."""
    for _turn in range(turns):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        for _moment in range(
            20
        ):  # the page scrolls to what has the focus, and draws it, in a frame
            if at["seen"] and at["outlined"]:
                break
            page.wait_for_timeout(50)
            at = page.evaluate(FOCUS)
        assert at["tag"] != "BODY" or not name, f"the focus left the page before “{name}”"
        assert at["seen"], f"the focus is where nobody sees it: {at}"
        assert at["outlined"], f"nobody sees that this has the focus: {at}"
        if (name is None or name in at["name"]) and (not tag or at["tag"] == tag):
            return
    raise AssertionError(f"“{name}” cannot be reached with {turns} presses of Tab")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, text: str, *, tag: str = "TEXTAREA") -> None:
    """Go on to the next field of this kind and type."""
    tab_to(page, tag=tag)
    page.keyboard.type(text)


def drawing() -> bytes:
    found = BytesIO()
    Image.new("RGB", (640, 360), "#1a6b54").save(found, "PNG")
    return found.getvalue()


def test_a_keyboard_is_enough_to_contribute(town: Town, browser: Browser) -> None:
    with company(town, browser, 1280) as people:
        visitor = people.somebody()
        page = visitor.go("/de/").page
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["name"] == "Zum Inhalt", "the first stop leads past the header"
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert inside, "after the skip link, Tab goes on inside the content"
        visitor.go("/de/mitreden/")
        tab_to(page, "Deutsch zu sprechen", tag="A")
        enter(page)
        tab_to(page, "Frage beantworten", tag="A")
        enter(page)
        tab_to(page, tag="TEXTAREA")
        page.keyboard.type("Am Abend in der Bücherei, mit Tee.")
        tab_to(page, "yes", tag="INPUT")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("() => document.activeElement.value") == "no"
        tab_to(page, "Beitrag abgeben", tag="BUTTON")
        enter(page)
        visitor.look().reads("Danke. Ihr Beitrag ist da.", "Am Abend in der Bücherei, mit Tee.")


def test_a_keyboard_is_enough_to_search(town_in_arabic: Town, browser: Browser) -> None:
    with company(town_in_arabic, browser, 1280) as people:
        visitor = people.somebody()
        page = visitor.go("/de/").page
        tab_to(page, "Suche", tag="A")
        enter(page)
        visitor.look()
        tab_to(page, tag="INPUT")
        page.keyboard.type("Sprachkrus")
        enter(page)
        visitor.look().reads("Meinten Sie:", "Treffer")
        expect(page.locator("input[name=q]")).to_have_value("Sprachkrus")
        title = page.locator("ol.found h3 a").first.inner_text()
        tab_to(page, title, tag="A", turns=90)
        enter(page)
        visitor.look()
        assert title.split()[0] in visitor.text()


@pytest.fixture
def desk(town: Town, browser: Browser) -> Iterator[Walker]:
    """The coordination at its desk, without a mouse."""
    with company(town, browser, 1280) as people:
        yield people.somebody().sign_in_as(COORDINATION)


def test_a_keyboard_is_enough_to_publish_news(desk: Walker) -> None:
    page = desk.go("/de/arbeit/kommune/aktuelles/").page
    tab_to(page, "Neuigkeit schreiben", tag="A")
    enter(page)
    write(page, "Der Garten öffnet", tag="INPUT")
    write(page, "Am Samstag geht es los.")
    write(page, "Alle bringen **Handschuhe** mit.")
    expect(page.locator("#preview strong", has_text="Handschuhe")).to_be_visible()
    tab_to(page, "Entwurf speichern", tag="BUTTON")
    enter(page)
    desk.look()
    tab_to(page, "Jetzt veröffentlichen", tag="BUTTON")
    enter(page)
    desk.look()
    desk.go("/de/aktuelles/").reads("Der Garten öffnet", "Am Samstag geht es los.")


def test_a_keyboard_is_enough_to_write_a_chapter(desk: Walker) -> None:
    desk.go("/de/arbeit/konzept/").follow("Fortschreibung des Integrationskonzepts")
    page = desk.follow("Kapitel").page
    tab_to(page, "Kapitel hinzufügen", tag="A")
    enter(page)
    write(page, "Wie wir zuhören", tag="INPUT")
    write(page, "Wir fragen **zuerst**.")
    tab_to(page, "Vorschau", tag="BUTTON")
    page.keyboard.press("Enter")
    expect(page.locator("#vorschau strong", has_text="zuerst")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    enter(page)
    desk.look().reads("Wie wir zuhören")


def test_a_keyboard_is_enough_to_send_a_picture(desk: Walker) -> None:
    page = desk.go("/de/arbeit/kommune/bilder/").page
    tab_to(page, "Bild hinzufügen", tag="A")
    enter(page)
    tab_to(page, tag="INPUT")
    with page.expect_file_chooser() as chosen:
        # Keys overtake what a page is told. One that has answered knows that somebody waits for
        # its window of files, and opens none of the system's, which nobody would ever close.
        page.evaluate(FOCUS)
        page.keyboard.press("Enter")
    chosen.value.set_files({"name": "garten.png", "mimeType": "image/png", "buffer": drawing()})
    write(page, "Eine grüne Fläche")
    tab_to(page, "Bild senden", tag="BUTTON")
    enter(page)
    desk.look()
    assert page.get_by_alt_text("Eine grüne Fläche").count() >= 1


def test_a_keyboard_is_enough_to_change_the_appearance(desk: Walker) -> None:
    page = desk.go("/de/arbeit/kommune/erscheinung/").page
    tab_to(page, tag="INPUT")
    name = page.evaluate("() => document.activeElement.value")
    page.keyboard.press("End")
    page.keyboard.type(" im Tal")
    tab_to(page, "Speichern", tag="BUTTON")
    enter(page)
    desk.look()
    desk.go("/de/").reads(f"{name} im Tal")
    desk.go("/de/arbeit/kommune/erscheinung/").fill({"Name der Kommune": name}).press("Speichern")


def test_a_keyboard_is_enough_to_announce_draw_and_replace(desk: Walker) -> None:
    people = "Name;Alter\n" + "".join(
        f"Mensch {n};{'jung' if n % 2 else 'alt'}\n" for n in range(12)
    )
    desk.go("/de/arbeit/prozesse/")
    desk.page.locator("main table a").first.click()
    desk.follow("Eine Auslosung vorbereiten")
    desk.fill({"Name": "Mit Tasten", "Wie viele Plätze werden verlost": 4})
    desk.box("Gremium, für das gelost wird").first.select_option(index=1)
    desk.tick("Woher kommen die Menschen", "Menschen aus einer Datei")
    desk.press("Auslosung vorbereiten").follow("Menschen in den Topf nehmen")
    file = {"name": "leute.csv", "mimeType": "text/csv", "buffer": people.encode()}
    desk.box("Tabelle der Menschen").set_input_files(file)
    desk.press("Tabelle lesen").press("In den Topf nehmen").press("Vorgaben speichern")
    desk.press("Liste berechnen")

    page = desk.until_misses("Die Liste wird berechnet. Sie").page
    tab_to(page, "Die Auslosung bekannt geben", tag="A")
    enter(page)
    tab_to(page, tag="INPUT")  # thrown in public, as it is proposed
    tab_to(page, "Auslosung bekannt geben", tag="BUTTON")
    enter(page)
    tab_to(page, "Losen", tag="A")
    enter(page)
    write(page, "6-2-5", tag="INPUT")
    tab_to(page, "Jetzt losen", tag="BUTTON")
    enter(page)
    desk.look().reads("Es ist gelost.")
    before = page.locator("#gezogen ~ ul code").all_inner_texts()
    assert len(before) == 4
    tab_to(page, "Jemand kann nicht kommen", tag="A")
    enter(page)
    tab_to(page, tag="SELECT")
    page.keyboard.press("ArrowDown")
    tab_to(page, tag="INPUT")
    page.keyboard.press("Space")
    tab_to(page, "Nachrücken lassen", tag="BUTTON")
    enter(page)
    desk.look().reads(f"für Nummer {before[0]} nachgerückt (abgesagt")
    after = page.locator("#gezogen ~ ul code").all_inner_texts()
    assert (len(after), before[0] in after) == (4, False)


def test_a_keyboard_is_enough_to_move_a_phase(desk: Walker) -> None:
    desk.go("/de/arbeit/prozesse/")
    with desk.page.expect_navigation():
        desk.page.locator("main table a", has_text="Fortschreibung").first.click()
    page = desk.look().page
    tab_to(page, "Verschieben", tag="A", turns=120)
    enter(page)
    tab_to(page, tag="INPUT")
    first = page.evaluate("() => document.activeElement.value")
    page.keyboard.press("ArrowUp")
    second = page.evaluate("() => document.activeElement.value")
    assert second != first, "an arrow key changes the day"
    tab_to(page, "Zeigen, was sich ändern würde", tag="BUTTON")
    enter(page)
    desk.look().reads("Was sich ändern würde")
    tab_to(page, "So verschieben", tag="BUTTON")
    enter(page)
    desk.look().reads("Die Phase wurde verschoben. Sie können das noch zurücknehmen.")
    # Back again: the other journeys meet in the same town, in a phase that runs.
    tab_to(page, "Verschiebung zurücknehmen", tag="BUTTON", turns=120)
    enter(page)
    desk.look().reads("Die Phasen liegen wieder, wo sie waren.")
