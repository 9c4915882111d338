"""A working group of three drafts, the leads answer, the steering group agrees; all of it stays.

One walk in a process of its own: a card becomes a goal and two measures, two people save one
sheet, one organisation declines and another accepts, an objection is answered and carried along,
a consent round and a choice under a budget are counted. In the end the thread of the measure and
the document tell the same.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.test_one_way_through import COORDINATION, at_eight, days
from tests.journeys.town import Town, command
from tests.journeys.walking import Company, Walker, company

pytestmark = pytest.mark.journey

CARD = "Nach zehn Uhr abends komme ich nicht mehr nach Hause."
BASE = "Der Bus fährt stündlich. Er hält in allen Ortsteilen."
FASTER = "Der Bus fährt alle dreißig Minuten. Er hält in allen Ortsteilen."
LATER = f"{BASE} Am Wochenende fährt er bis vier Uhr."
TOGETHER = (
    "Der Bus fährt alle dreißig Minuten. Er hält in allen Ortsteilen. "
    "Am Wochenende fährt er bis vier Uhr."
)
OBJECTION = "Nachts allein an der Haltestelle: Das ist nicht für alle sicher."
REPLY = "An jeder Haltestelle gibt es Licht und einen Rufknopf."
NO_STAFF = "Uns fehlen Menschen, die nachts fahren."
CONCERN = "Nur wenn Licht und Rufknopf zuerst kommen."


@dataclass
class Story:
    """What one walk remembers from step to step."""

    town: Town
    people: Company
    folder: Path
    tag: str
    coordinator: Walker
    members: dict[str, Walker] = field(default_factory=dict)
    desks: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    process_desk: str = ""
    board: str = ""
    handed_in: str = ""

    def named(self, name: str) -> str:
        return f"{name} {self.tag}"

    def who(self, function: str) -> Walker:
        """Somebody with an account; each has a browser of their own."""
        if function not in self.members:
            self.members[function] = self.people.somebody().sign_in_as(self.named(function))
        return self.members[function]


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(1280, True, id="wide"),
        pytest.param(320, False, id="narrow-without-scripts"),
    ],
)
def test_a_group_drafts_and_the_steering_group_agrees(
    town: Town, browser: Browser, tmp_path: Path, width: int, scripts: bool
) -> None:
    tag = f"e{width}"
    with company(town, browser, width, scripts=scripts) as people:
        story = Story(town, people, tmp_path, tag, people.somebody())
        seat_a_group_and_a_steering_group(story)
        begin(story)
        draft_in_the_group(story)
        save_one_sheet_twice(story)
        propose_other_words(story)
        hand_in(story)
        find_a_lead(story)
        object_and_answer(story)
        consent_and_choose(story)
        read_it_in_the_thread(story)
        read_it_in_the_document(story)


# --- who is there, and what they work on ---------------------------------------------------------

GROUP = ("Fahrgastrat", "Radverein", "Jugendtreff")
STEERING = ("Fahrgastrat", "Seniorenrat")


def seat_a_group_and_a_steering_group(story: Story) -> None:
    me = story.coordinator.sign_in_as(COORDINATION)
    for function in dict.fromkeys([*GROUP, *STEERING]):
        me.go("/de/arbeit/kommune/personen/").follow("Person eintragen")
        me.fill(
            {
                "Funktion": story.named(function),
                "E-Mail-Adresse": f"{function.lower()}-{story.tag}@beispiel.example",
            }
        )
        me.press("Person eintragen").reads("Die Person ist eingetragen")
        me.follow("einladen", within=me.row(story.named(function))).press("Einladung senden")
    for body, kind, seats in (
        ("Gruppe Wege", "Arbeitsgruppe", GROUP),
        ("Lenkung", "Steuerungsgruppe", STEERING),
    ):
        me.go("/de/arbeit/kommune/").follow("Gremium bilden")
        me.fill({"Name": story.named(body), "Art": kind})
        me.press("Gremium bilden").reads("Das Gremium ist gebildet")
        for function in seats:
            me.follow("Sitz hinzufügen")
            me.fill(
                {
                    "Funktion": story.named(function),
                    "Perspektive, für die er steht": "Schule",
                    "Leitet das Gremium": function == seats[0],
                }
            )
            me.press("Sitz hinzufügen").fill({"Besetzt durch": story.named(function)})
            me.press("Speichern").reads(story.named(function))


def begin(story: Story) -> None:
    """A process, one phase for everything, a field with its group, a theme with one card."""
    me = story.coordinator
    me.go("/de/arbeit/prozesse/").follow("Prozess anlegen")
    me.fill(
        {
            "Name des Prozesses": story.named("Unterwegs"),
            "Vorlage": "keine: mit einem leeren Prozess beginnen",
            "Kernfrage": "Wie kommen alle sicher nach Hause?",
            "Worum es geht": "Wege bei Tag und Nacht.",
            "Ziele des Prozesses": "Alle kommen an.",
            "Federführendes Amt": "Amt für Integration",
            "Beginn": days(-30),
            "Geplante Dauer in Monaten": 12,
            "Wer das Mandat erteilt hat": "Ausschuss für Soziale Fragen",
            "Mandat erteilt am": days(-40),
            "Das Mandat in einer Zeile": story.named("Auftrag für sichere Wege"),
            "Wortlaut des Mandats": "Das Amt wird beauftragt.",
            "Ergebnis": "einstimmig",
        }
    )
    me.press("Prozess anlegen").reads("Der Prozess ist angelegt")
    story.process_desk = me.page.url
    me.follow("Phase planen")
    me.fill({"Name": story.named("Ausarbeitung"), "Art": "Arbeitsgruppen", "Beginn": days(-20)})
    me.tick(
        "Was diese Phase erlaubt",
        "zu Themen ordnen und antworten",
        "Ziele und Maßnahmen entwerfen",
        "zustimmen und Einwände erheben",
        "Fassung einfrieren und beschließen",
    )
    me.press("Phase planen").reads(story.named("Ausarbeitung"))
    for body in ("Gruppe Wege", "Lenkung"):
        me.fill({"Gremium, das mitwirkt": story.named(body)})
        me.press("Gremium hinzufügen").reads("Das Gremium wirkt")
    me.press("Prozess veröffentlichen").reads("öffentlich")
    _collect_a_card(story)
    me.go("/de/arbeit/konzept/").follow("Konzept beginnen")
    me.fill({"Prozess": story.named("Unterwegs"), "Titel": story.named("Konzept der Wege")})
    me.press("Jetzt beginnen")
    story.board = me.page.url
    me.follow("Handlungsfeld vorschlagen")
    me.fill(
        {
            "Name des Handlungsfelds": story.named("Wege"),
            "Worum es geht": "Bus und Rad bei Nacht.",
            "Arbeitsgruppe": story.named("Gruppe Wege"),
        }
    )
    me.press("Vorschlagen").press("Als Handlungsfeld behalten").reads(story.named("Gruppe Wege"))


def _collect_a_card(story: Story) -> None:
    me = story.coordinator
    me.go("/de/arbeit/beteiligung/")
    mine = me.page.get_by_role("region", name=re.compile(re.escape(story.named("Unterwegs"))))
    me.follow("Karten erfassen", within=mine)
    me.fill({"Karten": story.named(CARD), "Wie er eingegangen ist": "auf Papier"})
    me.press("Karten erfassen").reads("Die Karten sind erfasst")
    me.go("/de/arbeit/beteiligung/").follow("Nach Themen sortieren", within=mine)
    me.box(story.named(CARD)).check()
    me.fill({"oder ein neues Thema": story.named("Nachts nach Hause")})
    me.press("In das Thema legen").reads("Alles liegt in einem Thema")


# --- drafting together ---------------------------------------------------------------------------


def draft_in_the_group(story: Story) -> None:
    """The one who leads writes the goal and the first measure, another one the second."""
    me = story.who("Fahrgastrat")
    me.go(story.board).follow(re.compile("^Neues Ziel"))
    me.fill(
        {
            "Titel": story.named("Alle kommen auch nachts nach Hause"),
            "Bedarf": "Nach 22 Uhr fährt kein Bus.",
            "Beleg für den Bedarf": "Fahrplan und Beiträge.",
        }
    )
    me.tick("Wächst aus diesen Themen", story.named("Nachts nach Hause"))
    me.press("Ziel schreiben")
    me.fill(
        {
            "Ziel im vollen Wortlaut": "Bus und Rad bringen alle heim.",
            "Art der Wirkung": "Menschen werden erreicht",
            "Indikator": "Fahrten nach 22 Uhr",
        }
    )
    me.press("Speichern").reads("Gespeichert.")
    _write(story, "Fahrgastrat", "Nachtbus", text=BASE, cost=40_000)
    _write(story, "Radverein", "Leihräder", text="An jedem Bahnhof stehen Räder.", cost=30_000)


def _write(story: Story, function: str, title: str, *, text: str, cost: int) -> None:
    me = story.who(function)
    me.go(story.board).follow(re.compile("^Neue Maßnahme"))
    me.fill({"Titel": story.named(title)})
    me.tick("Wächst aus diesen Themen", story.named("Nachts nach Hause"))
    me.press("Maßnahme schreiben").reads("Offene Punkte", "Die Beschreibung fehlt.")
    me.fill(
        {
            "In einem Satz": f"{title} für alle, die spät unterwegs sind.",
            "Beschreibung": text,
            "Erste Schritte": "Mit der Bahn sprechen.",
            "Zielgruppen": "Auszubildende, Schichtarbeitende",
            "Federführung": "Volkshochschule",
            "Beginn": days(60),
            "Ende": days(700),
            "Einmalige Kosten in Euro": 0,
            "Jährliche Kosten in Euro": cost,
            "Finanzierung": "beantragt",
        }
    )
    me.press("Speichern").reads("Gespeichert.").misses("Die Beschreibung fehlt.")
    story.desks[title] = me.page.url


def save_one_sheet_twice(story: Story) -> None:
    """Three have the sheet open. Whoever saves later is offered both texts, word by word."""
    sheet = story.desks["Nachtbus"]
    first, second, third = (story.who(function) for function in GROUP)
    for one in (first, second, third):
        one.go(sheet)
    first.fill({"Beschreibung": FASTER, "Erste Schritte": "Mit dem Landkreis sprechen."})
    first.press("Speichern").reads("Gespeichert.")

    # in other places: one press, and both stand there
    second.fill({"Beschreibung": LATER}).press("Speichern")
    second.reads(
        story.named("Fahrgastrat"),
        "Beide haben an verschiedenen Stellen geändert",
        "alle dreißig Minuten",
    )
    holds(second, "Beschreibung", LATER)
    holds(second, "Erste Schritte", "Mit dem Landkreis sprechen.")
    second.press("Zusammengeführt speichern").reads("Gespeichert.")
    holds(second, "Beschreibung", TOGETHER)

    # in the same place: nothing is chosen for them
    third.fill({"Erste Schritte": "Mit dem Taxi sprechen."}).press("Speichern")
    third.reads("Beide haben dieselbe Stelle geändert").press("Zusammengeführt speichern")
    third.reads("Bitte entscheiden Sie zuerst jede strittige Stelle.")
    third.tick("Strittige Stelle 1", "die anderen").press("Zusammengeführt speichern")
    third.reads("Gespeichert.")
    holds(third, "Erste Schritte", "Mit dem Landkreis sprechen.")
    holds(third, "Beschreibung", TOGETHER)
    third.follow("Frühere Wortlaute")
    for function in GROUP[:2]:
        third.reads(story.named(function))


def holds(who: Walker, label: str, words: str) -> None:
    """The form, that is; what both wrote stands above it under the same name."""
    expect(who.page.get_by_role("textbox", name=re.compile(f"^{label}"))).to_have_value(words)


def propose_other_words(story: Story) -> None:
    third, first = story.who("Jugendtreff"), story.who("Fahrgastrat")
    third.go(story.desks["Nachtbus"]).follow("Anmerkungen und Vorschläge")
    page = third.page.url
    third.fill(
        {
            "Welcher Text": "Beschreibung",
            "Diese Worte": "bis vier Uhr",
            "Andere Worte": "bis fünf Uhr",
            "Begründung oder Anmerkung": "Dann beginnt die Frühschicht.",
        }
    )
    third.press("An die Gruppe senden").reads("Dann beginnt die Frühschicht.")
    first.go(page).follow(re.compile("^Antworten"))
    first.tick("Was daraus wird", "wie vorgeschlagen übernommen").press("Antworten")
    first.go(story.desks["Nachtbus"])
    holds(first, "Beschreibung", TOGETHER.replace("vier", "fünf"))


def hand_in(story: Story) -> None:
    """In the room of the group, everything at once; from then on the wording stays."""
    me = story.who("Fahrgastrat").go("/de/arbeit/").follow(story.named("Gruppe Wege"))
    me.reads("Raum der Gruppe", *(story.named(title) for title in story.desks))
    me.follow("Abgeben").fill({"Wort an die Prüfenden": "Der Bus ist uns am wichtigsten."})
    me.press("Abgeben").reads("Der Wortlaut bleibt so, bis eine Antwort da ist.", "bis fünf Uhr")
    story.handed_in = me.page.url
    for title, desk in story.desks.items():
        me.go(desk).follow("Öffentliche Seite").reads(story.named(title))
        story.pages[title] = me.page.url
    late = story.who("Radverein").go(story.desks["Nachtbus"])
    assert late.page.get_by_role("button", name="Speichern").count() == 0, "the wording is frozen"
    steering = story.who("Seniorenrat").go(story.handed_in)
    steering.reads("So steht es auch heute da.").tick("Was daraus wird", "Beginnen")
    steering.press("Festhalten").reads("Das ist festgehalten.")


# --- who leads -----------------------------------------------------------------------------------


def find_a_lead(story: Story) -> None:
    """The first one declines and says why; the second one accepts. Neither has an account."""
    me = story.coordinator
    lead = _asked(story, "Volkshochschule", "volkshochschule@")
    lead.tick("Ihre Antwort", "Wir übernehmen die Federführung nicht").press("Antwort senden")
    lead.reads("Bitte schreiben Sie, warum Sie ablehnen.")
    lead.fill({"Was sich ändern soll, oder warum Sie ablehnen": NO_STAFF})
    lead.press("Antwort senden").reads("Danke für Ihre Antwort")
    me.go(story.desks["Nachtbus"]).reads("Volkshochschule", "abgelehnt", NO_STAFF)

    lead = _asked(story, "Jobcenter", "jobcenter@")
    lead.tick("Ihre Antwort", "Wir übernehmen die Federführung").press("Antwort senden")
    lead.reads("Danke für Ihre Antwort")
    me.go(story.desks["Nachtbus"]).reads("Jobcenter", "zugesagt")
    # the other one was never asked, and says so to everybody
    me.go(story.desks["Leihräder"]).reads("Volkshochschule", "noch nicht gefragt")


def _asked(story: Story, organisation: str, address: str) -> Walker:
    before = len(story.town.letters())
    me = story.coordinator.go(story.desks["Nachtbus"]).follow("Nach der Federführung fragen")
    me.fill({"Organisation": organisation}).press("Anfragen")
    me.reads("Die Antwort steht dann auf dem Blatt.")
    letter = story.town.letter(to=address, says=story.named("Nachtbus"), after=before)
    return story.people.somebody().go(letter.link("/l/")).reads(story.named("Nachtbus"))


# --- agreeing ------------------------------------------------------------------------------------


def object_and_answer(story: Story) -> None:
    against, me = story.who("Seniorenrat"), story.coordinator
    _review(story, against, "Nachtbus")
    against.tick("Stimme Ihres Sitzes", "Einwand").press("Stimme abgeben")
    against.reads("Bitte nennen Sie den Grund für den Einwand.")
    against.fill({"Grund, falls Sie einen Einwand haben": OBJECTION})
    against.press("Stimme abgeben").reads("Ihr Sitz: Einwand")
    for_it = story.who("Fahrgastrat")
    _review(story, for_it, "Nachtbus")
    for_it.tick("Stimme Ihres Sitzes", "Zustimmung").press("Stimme abgeben")
    for_it.reads("Ihr Sitz: Zustimmung")
    me.go("/de/arbeit/einwaende/").follow(story.named("Seniorenrat"))
    desk = me.page.url
    me.fill({"Antwort": REPLY}).press("Antworten").reads("Die Antwort steht neben dem Einwand.")
    against.go(desk).reads(REPLY).press("Als Sondervotum mitnehmen")
    against.reads("Der Einwand reist als Sondervotum mit.")


def _review(story: Story, who: Walker, title: str) -> None:
    who.go("/de/arbeit/fassungen/")
    region = who.page.get_by_role("region", name=story.named("Konzept der Wege"))
    who.follow(re.compile("^Abstimmung"), within=region)
    who.reads("Sie sprechen für: ")
    measure = who.page.get_by_role("listitem").filter(has_text=story.named(title))
    who.follow(re.compile("^Zustimmen oder einwenden"), within=measure)


def consent_and_choose(story: Story) -> None:
    """Both run at once; each ends as soon as every seat has voted, and the worker counts."""
    consent = _open(story, "Konsentrunde", "Tragen alle diese Maßnahmen?", {})
    choice = _open(
        story,
        "Ausgewogene Auswahl",
        "Wofür reicht das Geld?",
        {"Vorhandenes Geld in Euro": "50.000"},
    )
    first, second = story.who("Fahrgastrat"), story.who("Seniorenrat")
    second.go(consent).misses("Bisherige Stimmen").follow("Jetzt abstimmen")
    _answer(second, story.named("Nachtbus"), "Zustimmung mit Bedenken")
    _answer(second, story.named("Leihräder"), "Zustimmung")
    second.page.get_by_label("Begründung oder Bedenken").first.fill(CONCERN)
    second.press("Stimmzettel abgeben").reads("Ihr Stimmzettel ist abgegeben.")
    first.go(consent).misses("Bisherige Stimmen").follow("Jetzt abstimmen")
    for title in story.desks:
        _answer(first, story.named(title), "Zustimmung")
    first.press("Stimmzettel abgeben").reads("Bisherige Stimmen")

    for who, titles in ((first, ["Nachtbus", "Leihräder"]), (second, ["Nachtbus"])):
        who.go(choice).reads("40.000").follow("Jetzt abstimmen")
        for title in titles:
            who.page.get_by_label(re.compile(re.escape(story.named(title)))).check()
        who.press("Stimmzettel abgeben").reads("Ihr Stimmzettel ist abgegeben.")
    me = story.coordinator
    for ballot in (consent, choice):
        me.go(ballot).press("Alle haben abgestimmt").reads("Die Abstimmung ist beendet.")
    me.go(consent).until_reads("Selbst nachzählen")
    me.reads("Entschieden: ", story.named("Nachtbus"), story.named("Leihräder"), CONCERN)
    me.go(choice).until_reads("Selbst nachzählen")
    me.reads("Nach der üblichen Regel", "Was jede Perspektive bekommt")
    _count_again(story, me)
    me.go(story.handed_in).tick("Was daraus wird", "Übernehmen").press("Festhalten")
    me.reads("Das ist festgehalten.")


def _open(story: Story, method: str, question: str, more: dict[str, str]) -> str:
    me = story.coordinator.go("/de/arbeit/abstimmungen/").follow(story.named("Unterwegs"))
    me.follow(re.compile(f"^{method}"))
    me.fill(
        {
            "Frage": story.named(question),
            "Wer abstimmt": story.named("Lenkung"),
            "Möglichkeiten": "1.1\n1.2",
            "Ende": at_eight(date.today() + timedelta(days=3)),
            **more,
        }
    )
    me.press("Abstimmung speichern").press("Abstimmung öffnen")
    me.reads(story.named("Nachtbus"), story.named("Leihräder"), "0 von 2 Sitzen haben abgestimmt")
    return me.page.url


def _answer(who: Walker, option: str, answer: str) -> None:
    group = who.page.get_by_role("group", name=re.compile(re.escape(option)))
    group.get_by_label(answer, exact=True).check()


def _count_again(story: Story, me: Walker) -> None:
    """The command beside the result, on the papers that everybody can take."""
    with me.page.expect_download() as waiting:
        me.page.get_by_role("link", name=re.compile("^Die Stimmzettel")).click()
    papers = story.folder / waiting.value.suggested_filename
    waiting.value.save_as(papers)
    words = me.page.get_by_text(re.compile("^miteinander ")).first.inner_text().split()
    said = command(story.town.data, *words[1:-1], str(papers), "--json")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["selected"] == ["1"], "the bus: the money is enough for one"


# --- what stays ----------------------------------------------------------------------------------


def read_it_in_the_thread(story: Story) -> None:
    reader = story.people.somebody().go(story.pages["Nachtbus"])
    reader.until_reads(OBJECTION).reads(REPLY, "Jobcenter", "bis fünf Uhr")
    stations = " / ".join(reader.thread())
    for station in (
        story.named("Nachts nach Hause"),
        story.named("Alle kommen auch nachts nach Hause"),
        story.named("Tragen alle diese Maßnahmen?"),
        story.named("Wofür reicht das Geld?"),
    ):
        assert station in stations, stations
    reader.follow(re.compile(re.escape(story.named("Wofür reicht das Geld?"))))
    reader.reads("Entschieden: ", "Nach der üblichen Regel")


def read_it_in_the_document(story: Story) -> None:
    me = story.coordinator.go("/de/arbeit/fassungen/")
    mine = me.page.get_by_role("region", name=story.named("Konzept der Wege"))
    me.press("Fassung einfrieren", within=mine).reads("ist eingefroren.")
    me.go("/de/arbeit/fassungen/").follow(re.compile("^Öffentliche Seite"), within=mine)
    reader = story.people.somebody().go(me.page.url)
    reader.reads(
        story.named("Nachtbus"), story.named("Leihräder"), "bis fünf Uhr", OBJECTION, REPLY
    )
    reader.reads(story.named("Tragen alle diese Maßnahmen?"), story.named("Wofür reicht das Geld?"))
