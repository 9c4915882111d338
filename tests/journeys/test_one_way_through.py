"""One concept from its mandate to a status report, as people do it in a browser.

Eight steps in one walk, in German, on a wide and on a narrow screen, with scripts and without.
Every variant makes a process of its own beside the example, so that none is in another's way.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import Town, command
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
    visitor: Walker
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
        story = Story(town, people, tmp_path, tag, people.somebody(), people.somebody())
        begin_with_a_mandate(story)
        hear_people(story)
        sort_and_grow(story)
        agree(story)
        decide(story)
        answer_everybody(story)
        report(story)
        follow_the_thread(story)


# --- 1 · mandate, phases, bodies, meeting, minutes -----------------------------------------------


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
            "Vorlage": "keine: mit einem leeren Prozess beginnen",
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
    visitor = story.visitor
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
        ("Nachhören", "Beteiligung", ["mitreden", "zu Themen ordnen und antworten"]),
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
        me.follow("Phase planen")
        me.fill({"Name": story.named(title), "Art": kind, "Beginn": days(-30)})
        me.tick("Was diese Phase erlaubt", *permits)
        me.press("Phase planen").reads(story.named(title), permits[0])


def _attach_bodies(story: Story) -> None:
    me = story.coordinator
    for body in (story.named("Runde"), "Stadtrat"):
        me.fill({"Gremium, das mitwirkt": body})
        me.press("Gremium hinzufügen").reads("Das Gremium wirkt")


def _meet(story: Story) -> None:
    me = story.coordinator
    me.follow("Sitzung ankündigen")
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
    me.follow("Protokoll freigeben").press("Protokoll freigeben")
    me.reads("Das Protokoll ist freigegeben")


# --- 2 · a call, a contribution without an account, a receipt, moderation ------------------------

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
    me.press("Aufruf starten").reads("Der Aufruf ist fertig.")
    visitor = story.visitor
    visitor.go("/de/").navigate("Mitreden")
    visitor.follow(story.named(QUESTION)).follow("Frage beantworten")
    form = visitor.page.url
    for name, words in WORDS.items():
        visitor.go(form)
        if name == "walk":  # nothing typed: refused in a sentence
            visitor.press("Beitrag abgeben").reads("Bitte prüfen Sie Ihre Angaben")
        visitor.fill({"Ihre Antwort": words})
        choice = "Nein, nur das Amt" if name == "quiet" else "Ja, ohne meinen Namen"
        visitor.tick("Dürfen andere das lesen?", choice)
        visitor.press("Beitrag abgeben").reads("Danke. Ihr Beitrag ist da.", "wird noch gelesen")
        expect(visitor.page.get_by_role("img", name="QR-Code zu Ihrem Beitrag")).to_be_visible()
        code = visitor.page.locator(".receipt .code").inner_text().strip()
        assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
        story.receipts[name] = code
    kept = {cookie["name"] for cookie in visitor.page.context.cookies()}
    assert kept <= {"csrftoken"}, f"nobody who contributes is followed: {kept}"
    _find_again(story, "walk", "wird noch gelesen")
    _moderate(story)
    _find_again(story, "walk", "veröffentlicht")
    _find_again(story, "quiet", "nur für das Amt")


def _find_again(story: Story, name: str, *says: str) -> Walker:
    visitor = story.visitor
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


# --- 4 · the sheet, its lead, and a voice for each seat ------------------------------------------


def agree(story: Story) -> None:
    me = story.coordinator
    me.go(story.measure_desk).press("Abgeben")  # far from complete: refused, point by point
    me.reads("Das ist noch nicht vollständig.", "Die Beschreibung fehlt.")
    _complete_the_goal(story)
    me.go(story.measure_desk).fill(
        {
            "Beschreibung": "Jede Woche geht eine Gruppe spazieren und spricht Deutsch.",
            "Erste Schritte": "Wege suchen, Begleitung finden.",
            "Zielgruppen": "Erwachsene, die Deutsch lernen",
            "Federführung": "Volkshochschule",
            "Beginn": days(30),
            "Ende": days(400),
            "Einmalige Kosten in Euro": "1.800 €",
            "Jährliche Kosten in Euro": 600,
            "Finanzierung": "gesichert",
            "Schlüsselmaßnahme": True,
        }
    )
    me.tick("Mit dabei", "Jobcenter").tick("Querschnittsthemen", story.named("Teilhabe"))
    me.press("Speichern").reads("Gespeichert.")
    me.misses("Die Beschreibung fehlt.")
    me.press("Abgeben").reads("Die Maßnahme ist abgegeben")
    me.follow("Öffentliche Seite").reads("1.800", "gesichert", "Volkshochschule", "Jobcenter")
    story.measure_page = me.page.url
    _ask_the_lead(story)
    _speak(story)


def _complete_the_goal(story: Story) -> None:
    me = story.coordinator
    me.follow("Zum Ziel")
    me.fill(
        {
            "Bedarf": "Viele haben niemanden zum Üben.",
            "Beleg für den Bedarf": "In drei von vier Beiträgen fehlt ein Ort zum Reden.",
            "Art der Wirkung": "Menschen werden erreicht",
            "Indikator": "Zahl der Menschen, die regelmäßig mitgehen",
        }
    )
    me.press("Speichern").reads("Gespeichert.")


def _ask_the_lead(story: Story) -> None:
    before = len(story.town.letters())
    me = story.coordinator
    me.go(story.measure_desk).follow("Nach der Federführung fragen")
    me.fill({"Organisation": "Volkshochschule"}).press("Anfragen").reads(
        "Die Antwort steht dann auf dem Blatt."
    )
    letter = story.town.letter(
        to="volkshochschule@", says=story.named("Sprechspaziergänge"), after=before
    )
    link = letter.link("/l/")
    lead = story.people.somebody()
    lead.go(link).reads("Übernehmen Sie die Federführung?", story.named("Sprechspaziergänge"))
    lead.tick("Ihre Antwort", "Wir übernehmen die Federführung")
    lead.press("Antwort senden").reads("Danke für Ihre Antwort")
    lead.go(link, expect=410).reads("Dieser Link wurde schon benutzt.")
    lead.go(link[:-6] + "aaaaa/", expect=404).reads("Dieser Link ist nicht gültig.")
    me.go(story.measure_desk).reads("Volkshochschule – zugesagt", "Es ist nichts offen.")


def _speak(story: Story) -> None:
    """The seat has one voice: its holder's, and the deputy's only while the holder is away."""
    measure = story.named("Sprechspaziergänge")
    deputy = story.people.somebody().sign_in_as(story.named("Vertretung der Schule"))
    deputy.go("/de/arbeit/fassungen/")
    region = deputy.page.get_by_role("region", name=story.named("Miteinander reden"))
    deputy.follow(re.compile("^Abstimmung"), within=region)
    deputy.reads("Sie haben zurzeit keine Stimme", measure)
    review = deputy.page.url
    voice = story.measure_desk.replace("/massnahme/", "/stimme/")
    deputy.go(voice, expect=403)

    holder = _sign_in_by_mailed_code(story)
    holder.go(review).reads(f"Sie sprechen für: {story.named('Schule')}")
    holder.follow(re.compile("^Zustimmen oder einwenden"))
    holder.tick("Stimme Ihres Sitzes", "Zustimmung").press("Stimme abgeben")
    holder.reads("Die Stimme Ihres Sitzes ist festgehalten", "Ihr Sitz: Zustimmung")

    me = story.coordinator
    me.go("/de/arbeit/kommune/")
    me.follow(story.named("Runde")).follow("keine eingetragen")
    me.fill({"Abwesend ab": days(-1), "Abwesend bis": days(5)}).press("Speichern")
    me.reads("Die Abwesenheit ist eingetragen", "Die Stellvertretung spricht")
    holder.go(voice, expect=403)

    deputy.go(review).follow(re.compile("^Stimme ändern"))
    deputy.tick("Stimme Ihres Sitzes", "Einwand").press("Stimme abgeben")
    deputy.reads("Bitte nennen Sie den Grund für den Einwand.")
    deputy.fill({"Grund, falls Sie einen Einwand haben": "Im Winter ist es zu kalt."})
    deputy.press("Stimme abgeben").reads("Ihr Sitz: Einwand")

    me.go("/de/arbeit/einwaende/").follow(story.named("Schule"))
    me.fill({"Antwort": "Im Winter treffen wir uns drinnen."})
    me.press("Antworten").reads("Die Antwort steht neben dem Einwand.")
    me.press("Als Sondervotum mitnehmen").reads("Der Einwand reist als Sondervotum mit.")


def _sign_in_by_mailed_code(story: Story) -> Walker:
    before = len(story.town.letters())
    address = f"leitung-{story.tag}@beispiel.example"
    holder = story.people.somebody().go("/de/konto/anmelden/")
    holder.fill({"E-Mail-Adresse": address}).press("Code schicken")
    letter = story.town.letter(to=address, says="Code", after=before)
    code = re.search(r"\b[A-Z0-9]{3,5}-?[A-Z0-9]{3,5}\b", letter.subject)
    assert code, letter.subject
    holder.fill({"Code": code[0]}).press("Anmelden").reads("Heute")
    return holder


# --- 5 · a frozen version, the council's resolution, files that prove themselves -----------------


def decide(story: Story) -> None:
    me = story.coordinator
    me.go("/de/arbeit/fassungen/")
    mine = me.page.get_by_role("region", name=story.named("Miteinander reden"))
    me.press("Fassung einfrieren", within=mine).reads("ist eingefroren. Alle können es lesen.")
    me.go(story.process_desk).follow("Beschluss eintragen")
    me.fill(
        {
            "Der Beschluss in einer Zeile": story.named("Das Konzept gilt"),
            "Wer beschlossen hat": "Stadtrat",
            "Beschlossen am": TODAY,
            "Art": "Verabschiedung",
            "Wortlaut": "Der Stadtrat beschließt die eingefrorene Fassung.",
            "Ergebnis": "mehrheitlich",
            "Ja-Stimmen": 31,
            "Nein-Stimmen": 4,
            "Enthaltungen": 2,
        }
    )
    me.press("Beschluss eintragen").reads("Der Beschluss ist eingetragen")
    me.go("/de/arbeit/fassungen/")
    me.follow(re.compile("^Beschluss festhalten"), within=mine)
    me.page.get_by_label("Beschluss").select_option(index=1)
    me.press("Als beschlossen festhalten").reads("Diese Fassung ist beschlossen")
    me.follow(re.compile(r"^(?!Abstimmung).*1|Fassung 1"), within=mine.get_by_role("listitem"))
    me.until_misses("Neu laden")  # the worker makes the files while people look on
    me.follow("Öffentliche Seite")
    reader = story.visitor.go(me.page.url)
    reader.reads(
        "beschlossen", "Stadtrat", "Sprechspaziergänge", "Im Winter ist es zu kalt.", "Prüfsumme"
    )
    _check_the_files(story, reader)


def _check_the_files(story: Story, reader: Walker) -> None:
    checksum = reader.page.locator("code.checksum").first.inner_text().strip()
    files = {}
    for kind in ("HTML", "PDF", "DOCX", "ODT", "XLSX", "CSV", "JSON"):
        shown = reader.page.get_by_role("listitem").filter(has_text=f"({kind},")
        with reader.page.expect_download() as waiting:
            shown.get_by_role("link").first.click()
        files[kind] = story.folder / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    data = json.loads(files["JSON"].read_bytes())
    assert data["checksum"].endswith(checksum) or checksum.endswith(data["checksum"])
    assert story.named("Sprechspaziergänge") in files["HTML"].read_text("utf-8")
    assert files["PDF"].read_bytes().startswith(b"%PDF-")
    said = command(story.town.data, "verify", str(files["JSON"]))
    assert said.returncode == 0, said.stderr
    concept, edition, identifier = files["JSON"].stem.split("-", 2)
    for kind in ("html", "pdf", "json"):
        again = story.folder / f"again.{kind}"
        words = ("export", concept, "--version", edition, "--format", kind, "--out", str(again))
        said = command(story.town.data, *words)
        assert said.returncode == 0, said.stderr
        assert again.read_bytes() == files[kind.upper()].read_bytes(), identifier
    forged = story.folder / "forged.json"
    forged.write_bytes(files["JSON"].read_bytes().replace(b"1800", b"9800"))
    assert forged.read_bytes() != files["JSON"].read_bytes()
    assert command(story.town.data, "verify", str(forged)).returncode == 1


# --- 6 · an answer for everybody -----------------------------------------------------------------


def answer_everybody(story: Story) -> None:
    me = story.coordinator
    _close(story, "Zuhören").reads("noch nicht beantwortet")
    me.go("/de/arbeit/beteiligung/")
    mine = me.page.get_by_role("region", name=re.compile(re.escape(story.named("Konzept"))))
    me.follow(re.compile("^Antworten"), within=mine)
    answers = me.page.url
    quiet = me.page.get_by_role("listitem").filter(has_text=WORDS["quiet"])
    me.follow(re.compile("^Antworten"), within=quiet)
    me.tick("Was wurde daraus?", "teilweise aufgenommen")
    me.fill({"Begründung": "Wir schreiben einfacher. Anrufe lassen sich nicht ganz vermeiden."})
    me.press("Antwort geben").reads("Beantwortet")
    me.go(answers).follow(re.compile("^Alle offenen beantworten"))
    me.tick("Was wurde daraus?", "aufgenommen")
    me.fill({"Begründung": "Daraus sind die Sprechspaziergänge entstanden."})
    me.press("Antwort geben").reads("Beantwortet")
    me.go(answers).reads("Alle haben eine Antwort.")
    for name in ("walk", "stroll", "both"):
        _find_again(story, name, "Daraus sind die Sprechspaziergänge entstanden.")
    _find_again(story, "quiet", "Wir schreiben einfacher.")
    _close(story, "Zuhören").reads("Die Phase ist abgeschlossen.")
    _close_despite(story)


def _close(story: Story, phase: str, reason: str = "") -> Walker:
    me = story.coordinator
    me.go(story.process_desk)
    card = me.page.get_by_role("listitem").filter(
        has=me.page.get_by_role("heading", name=story.named(phase), exact=True)
    )
    me.follow(re.compile("^Phase abschließen"), within=card)
    if reason:
        me.fill({"Begründung, falls noch Beiträge ohne Antwort sind": reason})
    return me.press("Phase abschließen")


def _close_despite(story: Story) -> None:
    """One letter comes in late: the phase closes only with a reason that everybody can read."""
    me = story.coordinator
    me.go("/de/arbeit/beteiligung/")
    mine = me.page.get_by_role("region", name=re.compile(re.escape(story.named("Konzept"))))
    me.follow("Karten erfassen", within=mine)
    me.fill({"Karten": "Ein Brief, der zu spät kam.", "Wie er eingegangen ist": "auf Papier"})
    me.press("Karten erfassen").reads("Die Karten sind erfasst")
    _close(story, "Nachhören").reads("1 Beitrag ist noch nicht beantwortet.")
    reason = "Der Brief kam nach Schluss; die Antwort folgt bis Ende des Monats."
    _close(story, "Nachhören", reason).reads("Die Phase ist abgeschlossen.", reason)
    story.visitor.go(story.process_page).reads(reason)


# --- 7 · a status report without an account ------------------------------------------------------


def report(story: Story) -> None:
    before = len(story.town.letters())
    title = story.named("Sprechspaziergänge")
    me = story.coordinator
    visitor = story.visitor
    visitor.go(story.measure_page).reads("noch nicht begonnen")
    me.go("/de/arbeit/umsetzung/")
    row = me.page.get_by_role("listitem").filter(has=me.page.get_by_role("link", name=title))
    me.press("Um Meldung bitten", within=row).reads("bekommt eine E-Mail mit einem Link")
    link = story.town.letter(to="volkshochschule@", says=title, after=before).link("/l/")
    lead = story.people.somebody().go(link).reads(title, "Volkshochschule")
    lead.press("Meldung veröffentlichen").reads("Bitte prüfen Sie Ihre Angaben")
    lead.tick("Wie steht es?", "planmäßig")
    lead.fill(
        {
            "Was ist geschehen?": "Drei Gruppen gehen jede Woche los.",
            "Was ist der nächste Schritt?": "Eine vierte Gruppe am Abend.",
        }
    )
    lead.press("Meldung veröffentlichen").reads("Danke. Ihre Meldung ist jetzt öffentlich.")
    lead.go(link, expect=410).reads("Dieser Link wurde schon benutzt.")
    visitor.go(story.measure_page).reads("planmäßig", "(heute)")
    visitor.follow("Zur Meldung")
    visitor.reads("Drei Gruppen gehen jede Woche los.", "Eine vierte Gruppe am Abend.")
    _silence_is_shown(story)


def _silence_is_shown(story: Story) -> None:
    """Measures of the example about which nobody reported for long: unknown, with their age."""
    visitor = story.visitor.go("/de/konzept/")
    visitor.follow("Kommunales Integrationskonzept Kempten").follow("Sprache und Bildung")
    silent = visitor.page.locator("li.measure").filter(has_text="ohne Meldung")
    said = " ".join(silent.first.inner_text().split())
    assert re.search(r"ohne Meldung .*\((vor \d+ (Monaten|Jahren))\)", said), said


# --- 8 · the golden thread, in both directions ---------------------------------------------------


def follow_the_thread(story: Story) -> None:
    visitor = _find_again(story, "walk").follow("Öffentliche Seite")
    contribution = visitor.page.url
    down = " / ".join(visitor.thread())
    for station in (
        story.named("Reden beim Gehen"),
        story.named("Sprechspaziergänge"),
        story.named("Das Konzept gilt"),
        "planmäßig",
    ):
        assert station in down, down
    visitor.follow(re.compile(re.escape(story.named("Sprechspaziergänge"))))
    assert visitor.page.url == story.measure_page
    up = " / ".join(visitor.thread())
    assert WORDS["walk"] in up, up
    visitor.follow(re.compile(re.escape(story.named("Alle finden einen Ort zum Reden"))))
    goal = " / ".join(visitor.thread())
    assert story.named("Reden beim Gehen") in goal, goal
    assert story.named("Sprechspaziergänge") in goal, goal

    # merged: the other one leads to where it lives on, with the reason
    visitor = _find_again(story, "stroll").follow("Öffentliche Seite")
    merged = visitor.thread()
    reason = "Beide wünschen sich Spaziergänge mit Gespräch."
    assert any(WORDS["walk"] in one and reason in one for one in merged), merged
    visitor.follow(re.compile(re.escape(WORDS["walk"])))
    assert visitor.page.url == contribution
    # split: the original leads to both of its parts, and each of them back
    visitor = _find_again(story, "both").follow("Öffentliche Seite")
    whole = visitor.page.url
    for part in ("Mehr Bänke am Markt.", "Und ein Café mit Zeit zum Üben."):
        visitor.go(whole)
        link = visitor.page.locator("ol.thread").get_by_role(
            "link", name=re.compile(re.escape(part) + "$")
        )
        assert link.count() >= 1, visitor.thread()
        visitor.go(link.first.evaluate("e => e.href"))
        assert visitor.page.url != whole
        back = " / ".join(visitor.thread())
        assert "Zwei Gedanken, zwei Antworten." in back, back
    # renamed: the field says what it was called before
    visitor.navigate("Konzept").follow(story.named("Miteinander reden"))
    visitor.follow(story.named("Sprache und Begegnung"))
    visitor.reads("Früher", story.named("Sprache"))
    _follow_the_example(story)


def _follow_the_example(story: Story) -> None:
    """Seven fields became six: one was given up, one has a new name; nothing came loose."""
    visitor = story.visitor.go("/de/konzept/")
    visitor.follow("Kommunales Integrationskonzept Kempten")
    concept = visitor.page.url
    visitor.follow("Gesundheit und Pflege").reads("Früher: Gesundheit")
    visitor.follow(re.compile("^Woher dieses Ziel kommt"))
    assert re.search(r"\d+ Beiträge|Beitrag:", " / ".join(visitor.thread()))
    visitor.go(concept)
    visitor.page.get_by_text("Aufgegebene Handlungsfelder").click()
    visitor.follow("Wohnen").reads(
        "Dieses Handlungsfeld wurde aufgegeben.", "Nicht fortgeführt seit"
    )
    given_up = visitor.page.url
    stations = " / ".join(visitor.thread())
    assert re.search(r"\d+ Beiträge", stations), stations
    visitor.follow(re.compile("^Thema: Eine Wohnung finden"))
    assert "Handlungsfeld: Wohnen" in " / ".join(visitor.thread())
    visitor.go(given_up).follow(re.compile("^Handlungsfeld 5: Bürgerschaftliches Engagement"))
    visitor.reads("Enthält auch, was hierher kam aus: Wohnen").follow("Wohnen")
    assert visitor.page.url == given_up
