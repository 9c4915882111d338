"""One concept from its mandate to a status report, as people do it in a browser.

Eight steps in one walk, in German, on a wide and on a narrow screen, with scripts and without.
Every variant makes a process of its own beside the example, so that none is in another's way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Town
from tests.journeys.walking import Company, Walker, company

pytestmark = pytest.mark.journey

COORDINATION = "Koordination im Amt für Integration"
TODAY = date.today()
VARIANTS = [
    pytest.param(1280, True, id="wide"),
    pytest.param(320, True, id="narrow"),
    pytest.param(1280, False, id="wide-without-scripts"),
    pytest.param(320, False, id="narrow-without-scripts"),
]


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def at_eight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8)


@dataclass
class Story:
    """What one walk remembers from step to step."""

    town: Town
    people: Company
    folder: Path
    tag: str
    coordinator: Walker
    receipts: dict[str, str] = field(default_factory=dict)
    process_desk: str = ""
    process_page: str = ""
    measure_desk: str = ""
    measure_page: str = ""

    def named(self, name: str) -> str:
        return f"{name} {self.tag}"


@pytest.mark.parametrize(("width", "scripts"), VARIANTS)
def test_one_way_through(
    town: Town, browser: Browser, tmp_path: Path, width: int, scripts: bool
) -> None:
    tag = f"{width}{'s' if scripts else 'o'}"
    with company(town, browser, width, scripts=scripts) as people:
        story = Story(town, people, tmp_path, tag, people.somebody())
        begin_with_a_mandate(story)
        hear_people(story)
        sort_and_grow(story)
        agree(story)
        decide(story)
        answer_everybody(story)
        report(story)
        follow_the_thread(story)


# --- 1 · mandate, phases, bodies, meeting, minutes ----------------------------------------------


def begin_with_a_mandate(story: Story) -> None:
    me = story.coordinator.sign_in_as(COORDINATION)
    me.reads("Heute")
    _form_the_steering_group(story)
    me.go("/de/arbeit/prozesse/").follow("Prozess anlegen")
    me.fill({"Name des Prozesses": story.named("Konzept")})
    me.press("Prozess anlegen")  # without the rest: refused, and nothing typed is lost
    me.reads("Bitte prüfen Sie Ihre Angaben")
    expect(me.box("Name des Prozesses")).to_have_value(story.named("Konzept"))
    me.fill(
        {
            "Kernfrage": "Wie kommen wir gut miteinander ins Gespräch?",
            "Worum es geht": "Wir sammeln, ordnen und beschließen gemeinsam.",
            "Ziele des Prozesses": "Alle werden gehört.\nAlle bekommen eine Antwort.",
            "Federführendes Amt": "Amt für Integration",
            "Beginn": days(-60),
            "Geplante Dauer in Monaten": 18,
            "Wer das Mandat erteilt hat": "Ausschuss für Soziale Fragen",
            "Mandat erteilt am": days(-70),
            "Das Mandat in einer Zeile": story.named("Wir brauchen ein Konzept"),
            "Wortlaut des Mandats": "Das Amt wird beauftragt, ein Konzept zu erarbeiten.",
            "Ergebnis": "einstimmig",
        }
    )
    me.press("Prozess anlegen").reads("Der Prozess ist angelegt", "Geplant: 18 Monate")
    story.process_desk = me.page.url
    _plan_phases(story)
    _attach_bodies(story)
    _meet(story)
    me.go(story.process_desk).press("Prozess veröffentlichen").reads("öffentlich")
    me.follow("Öffentliche Seite")
    story.process_page = me.page.url
    visitor = story.people.somebody()
    visitor.go(story.process_page).reads(
        story.named("Konzept"), "Wie kommen wir gut miteinander ins Gespräch?", "18 Monate"
    )
    visitor.reads(story.named("Wir brauchen ein Konzept"), story.named("Ausarbeitung"))


def _form_the_steering_group(story: Story) -> None:
    """Two people, one seat: who holds it, and who speaks while the holder is away."""
    me = story.coordinator
    for role in ("Leitung", "Vertretung"):
        me.go("/de/arbeit/kommune/personen/").follow("Person eintragen")
        me.fill(
            {
                "Funktion": story.named(f"{role} der Schule"),
                "Name": "Kim Muster",
                "E-Mail-Adresse": f"{role.lower()}-{story.tag}@beispiel.example",
            }
        )
        me.press("Person eintragen").reads("Die Person ist eingetragen")
        row = me.row(story.named(f"{role} der Schule"))
        me.follow("einladen", within=row).press("Einladung senden")
    me.go("/de/arbeit/kommune/").follow("Gremium bilden")
    me.fill({"Name": story.named("Runde"), "Art": "Steuerungsgruppe"})
    me.press("Gremium bilden").reads("Das Gremium ist gebildet")
    me.follow("Sitz hinzufügen")
    me.fill({"Funktion": story.named("Schule"), "Perspektive, für die er steht": "Schule"})
    me.press("Sitz hinzufügen")
    me.fill(
        {
            "Besetzt durch": story.named("Leitung der Schule"),
            "Stellvertretung": story.named("Vertretung der Schule"),
        }
    )
    me.press("Speichern").reads(story.named("Vertretung der Schule"))


def _plan_phases(story: Story) -> None:
    me = story.coordinator
    for title, kind, permits in (
        ("Zuhören", "Beteiligung", ["mitreden", "zu Themen ordnen und antworten"]),
        (
            "Ausarbeitung",
            "Arbeitsgruppen",
            [
                "Ziele und Maßnahmen entwerfen",
                "zustimmen und Einwände erheben",
                "Fassung einfrieren und beschließen",
            ],
        ),
        ("Umsetzung", "Umsetzung", ["über die Umsetzung berichten"]),
    ):
        me.go(story.process_desk).follow("Phase planen")
        me.fill({"Name": story.named(title), "Art": kind, "Beginn": days(-30)})
        me.tick("Was diese Phase erlaubt", *permits)
        me.press("Phase planen").reads(story.named(title), permits[0])


def _attach_bodies(story: Story) -> None:
    me = story.coordinator
    for body in (story.named("Runde"), "Stadtrat"):
        me.go(story.process_desk).fill({"Gremium, das mitwirkt": body})
        me.press("Gremium hinzufügen").reads("Das Gremium wirkt")


def _meet(story: Story) -> None:
    me = story.coordinator
    me.go(story.process_desk).follow("Sitzung ankündigen")
    me.fill(
        {
            "Name": story.named("Auftakt"),
            "Gremium, das tagt": story.named("Runde"),
            "Tag": TODAY,
            "Ort": "Rathaus",
            "Tagesordnung": "Begrüßung\nWie wir arbeiten",
        }
    )
    me.press("Sitzung ankündigen").reads("Die Sitzung ist angekündigt", "Wie wir arbeiten")
    me.follow("Protokoll schreiben")
    me.fill(
        {
            "Was gesagt und vereinbart wurde": "# Begrüßung\n\nAlle stellen sich vor.",
            "Vereinbarung 1: was": story.named("Einladung verschicken"),
            "Vereinbarung 1: wer": "Amt für Integration",
            "Vereinbarung 1: bis wann": days(14),
        }
    )
    me.press("Protokoll speichern").reads(story.named("Einladung verschicken"))
    me.press("Protokoll freigeben").reads("Das Protokoll ist freigegeben")


# --- 2 · a call, a contribution without an account, a receipt, moderation -----------------------

QUESTION = "Wo sprechen Sie gern Deutsch?"
WORDS = {
    "walk": "Ein Spaziergang am Samstag, bei dem man Deutsch spricht.",
    "stroll": "Zusammen spazieren gehen und dabei reden.",
    "both": "Mehr Bänke am Markt.\n\nUnd ein Café mit Zeit zum Üben.",
    "quiet": "Bitte ruft mich nicht an, schreibt lieber einfache Briefe.",
}


def hear_people(story: Story) -> None:
    me = story.coordinator
    me.go("/de/arbeit/beteiligung/")
    mine = me.page.get_by_role("region", name=re.compile(re.escape(story.named("Konzept"))))
    me.follow("Aufruf starten", within=mine)
    me.fill(
        {
            "Kurzer Name": story.named("Orte zum Reden"),
            "Frage": story.named(QUESTION),
            "Worum es geht": "Ein Ort, eine Zeit, eine Idee.",
            "Phase": story.named("Zuhören"),
            "Beginnt": at_eight(days(-2)),
            "Endet": at_eight(days(20)),
            "Antworten bis": days(40),
            "Andere Wege zu antworten": "Auf Papier: Karten in der Bücherei",
        }
    )
    me.press("Aufruf starten").reads("Der Aufruf ist jetzt öffentlich")
    visitor = story.people.somebody()
    for name, words in WORDS.items():
        visitor.go("/de/").navigate("Mitreden")
        visitor.follow(story.named(QUESTION))
        visitor.follow("Frage beantworten")
        if name == "walk":  # nothing typed: refused in a sentence
            visitor.press("Beitrag abgeben").reads("Bitte prüfen Sie Ihre Angaben")
        visitor.fill({"Ihre Antwort": words})
        if name == "quiet":
            visitor.tick("Dürfen andere das lesen?", "Nein, nur das Amt")
        visitor.press("Beitrag abgeben").reads("Danke. Ihr Beitrag ist da.", "wird noch gelesen")
        expect(visitor.page.get_by_role("img", name="QR-Code zu Ihrem Beitrag")).to_be_visible()
        code = visitor.page.locator(".receipt .code").inner_text().strip()
        assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
        story.receipts[name] = code
    assert not visitor.page.context.cookies(), "who contributes is not followed by a cookie"
    _find_again(story, "walk", "wird noch gelesen")
    _moderate(story)
    _find_again(story, "walk", "veröffentlicht")
    _find_again(story, "quiet", "nur für das Amt")


def _find_again(story: Story, name: str, *says: str) -> Walker:
    visitor = story.people.somebody()
    visitor.go("/de/quittung/").fill({"Ihr Code": story.receipts[name].lower().replace("-", " ")})
    visitor.press("Beitrag zeigen")
    return visitor.reads(WORDS[name].splitlines()[0], *says)


def _moderate(story: Story) -> None:
    me = story.coordinator
    me.go("/de/arbeit/beteiligung/")
    mine = me.page.get_by_role("region", name=re.compile(re.escape(story.named("Konzept"))))
    me.follow("Eingegangenes lesen", within=mine).reads("4 Beiträge")
    quiet = me.page.get_by_role("listitem").filter(has_text=WORDS["quiet"])
    assert quiet.get_by_role("button", name=re.compile("^Veröffentlichen")).count() == 0
    me.press("Beim Amt behalten", within=quiet)
    for box in me.page.get_by_role("checkbox").all():
        box.check()
    me.press("Alle angekreuzten veröffentlichen").reads("Alles ist gelesen")


# --- 3 · a theme, a goal, a measure; merged and split --------------------------------------------


def sort_and_grow(story: Story) -> None:
    me = story.coordinator
    me.go("/de/arbeit/beteiligung/")
    mine = me.page.get_by_role("region", name=re.compile(re.escape(story.named("Konzept"))))
    me.follow("Nach Themen sortieren", within=mine)
    board = me.page.url
    # merge: two that say the same live on in one
    for name in ("walk", "stroll"):
        me.box(WORDS[name]).check()
    me.press("Zusammenführen …").reads("Beiträge zusammenführen")
    me.tick("Alle leben weiter in", WORDS["walk"])
    me.fill({"Begründung": "Beide wünschen sich Spaziergänge mit Gespräch."})
    me.press("Zusammenführen").reads("Zusammengeführt")
    # split: two thoughts are answered one by one
    me.go(board)
    both = me.page.get_by_role("listitem").filter(has_text="Mehr Bänke am Markt")
    me.follow(re.compile("^Teilen"), within=both)
    me.fill({"Begründung": "Zwei Gedanken, zwei Antworten."})
    me.press("Teilen").reads("Geteilt")
    me.go(board)
    boxes = me.page.get_by_role("checkbox")
    for box in boxes.all():
        box.check()
    me.fill({"oder ein neues Thema": story.named("Reden beim Gehen")})
    me.press("In das Thema legen").reads("Alles liegt in einem Thema")
    _begin_the_concept(story)
    me.go(board).follow(story.named("Reden beim Gehen"))
    me.follow("Was wächst aus diesem Thema?").reads("Ein neues Ziel in diesem Handlungsfeld")
    me.follow(re.compile("^Ein neues Ziel in diesem Handlungsfeld"))
    me.fill(
        {
            "Titel": story.named("Alle finden einen Ort zum Reden"),
            "Beschreibung": "In jedem Stadtteil gibt es einen Ort, an dem man Deutsch spricht.",
            "Bedarf": "Viele haben niemanden zum Üben.",
        }
    )
    me.press("Ziel schreiben")
    me.go(board).follow(story.named("Reden beim Gehen"))
    me.follow("Was wächst aus diesem Thema?").follow(re.compile("^eine neue Maßnahme"))
    me.fill({"Titel": story.named("Sprechspaziergänge")})
    me.tick("Und besonders aus diesen Beiträgen", WORDS["walk"])
    me.press("Maßnahme schreiben").reads("Offene Punkte")
    story.measure_desk = me.page.url


def _begin_the_concept(story: Story) -> None:
    me = story.coordinator
    me.go("/de/arbeit/konzept/").follow("Konzept beginnen")
    me.fill({"Prozess": story.named("Konzept"), "Titel": story.named("Miteinander reden")})
    me.press("Jetzt beginnen")
    me.follow("Handlungsfeld vorschlagen")
    me.fill({"Name des Handlungsfelds": story.named("Sprache"), "Worum es geht": "Reden."})
    me.press("Vorschlagen").press("Als Handlungsfeld behalten")
    me.follow(re.compile("^Umbenennen"))
    me.fill({"Neuer Name": story.named("Sprache und Begegnung")})
    me.press("Umbenennen").reads(story.named("Sprache und Begegnung"))
    me.follow("Querschnittsthema benennen").fill({"Titel": story.named("Teilhabe")})
    me.press("Benennen").reads(story.named("Teilhabe"))
