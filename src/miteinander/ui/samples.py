"""The style book: every component in all its states, with invented words.

Members see it under their workspace; browser tests photograph it in light, dark, right-to-left
and at 320 px. A component without a sample here is not finished.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from miteinander.ui.shapes import (
    BarRow,
    BodyRow,
    Bundle,
    Cell,
    ChangeRow,
    Column,
    DocumentRow,
    File,
    GoalRow,
    Link,
    LogRow,
    Matrix,
    MatrixHead,
    MatrixRow,
    MeasureRow,
    PhaseStep,
    Photo,
    PlanMark,
    PlanRow,
    Point,
    RadarRow,
    ReportMark,
    SeatRow,
    Segment,
    Station,
    Support,
    TimelineEntry,
    Todo,
    VoiceRow,
)

TODAY = date(2026, 11, 18)


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("Title"), help_text=_("Short, as on the sheet."))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    lead = forms.ChoiceField(
        label=_("Lead"), choices=[("", _("nobody yet")), ("a", _("Office for integration"))]
    )
    begins = forms.DateField(label=_("Begin"), required=False)
    at = forms.TimeField(label=_("Time"), required=False)
    public = forms.ChoiceField(
        label=_("May others read this?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, without my name")), ("no", _("No, only the office"))],
    )
    tags = forms.MultipleChoiceField(
        label=_("Cross-cutting themes"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("z", _("Target groups")), ("s", _("Life in the neighbourhood"))],
    )
    file = forms.FileField(label=_("File"), required=False)
    agreed = forms.BooleanField(label=_("I have read the hints."), help_text=_("They are short."))


class SampleFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), ("silent", _("no report"))]
    )
    words = forms.CharField(label=_("Words"), required=False)


class SampleRefusal:
    """What a template sees of a refusal."""

    status = 422
    what = _("This is not complete yet.")
    where = ""
    do = _("Please settle the points in the list.")
    points = (_("No body has taken the lead."), _("There is no date."))
    fields: dict[str, str] = {}


class SampleConflict:
    status = 409
    what = _("Somebody else has saved this in the meantime.")
    where = ""
    do = _("Both texts are shown below. Nothing is lost: take over what you need and save.")
    mine = {"text": "Drei Treffpunkte sind offen. Der vierte folgt im März."}
    theirs = {"text": "Zwei Treffpunkte sind offen. Der dritte folgt im Herbst."}


class SampleResult:
    """What a template sees of a counted ballot."""

    sentences = (
        "Entschieden: „Sprachtreff am Abend“.",
        "11 von 14 Sitzen haben abgestimmt; nötig waren 7.",
    )
    language = "de"
    told = (("Sprachtreff am Abend ✓", "5", 0.8), ("Lotsinnen und Lotsen", "6", 1.0))
    bars = tuple(RadarRow(label=what, said=n, have=part, want=None) for what, n, part in told)
    columns = (Column("Möglichkeit"), Column("Stimmen", is_number=True))
    rows = tuple((Cell(what), Cell(n)) for what, n, _part in told)
    served_columns = (Column("Perspektive"), Column("Bekam etwas", is_number=True))
    served = ((Cell("Schule"), Cell("4")), (Cell("Arbeitsmarkt"), Cell("2")))
    reasons = (
        ("Einwand", "Lotsinnen und Lotsen", "Sie ersetzen keine Beratung."),
        ("Zustimmung mit Bedenken", "Sprachtreff am Abend", "Nur mit Kinderbetreuung."),
    )
    command = "miteinander budget --open stimmzettel.pb"
    checksum = "4f1c…9a02"


def stations() -> tuple[Station, ...]:
    """A thread with everything that can happen on one."""
    return (
        Station(
            title="Viele sagten: Im Kurs lernen wir Grammatik, aber wir sprechen mit niemandem.",
            when=date(2019, 10, 1),
            precision="month",
            body="Fachrunde",
            bundle=Bundle(
                23,
                "Beiträge aus 2 Sitzungen",
                url="#alle",
                samples=(
                    Station(
                        title="„Nach dem Kurs rede ich nur mit dem Busfahrer.“", body="Tisch 4"
                    ),
                    Station(title="„Ein Café, aber nicht nur in der Innenstadt.“", body="Tisch 2"),
                    Station(title="„Kinder mitbringen muss gehen.“", body="Tisch 7"),
                ),
            ),
            is_example=True,
        ),
        Station(
            title="Deutsch im Alltag",
            kind_label="Thema",
            url="#thema",
            when=date(2019, 10, 7),
            body="Fachrunde",
            sentence="Die Karten wurden an den Tischen sortiert.",
        ),
        Station(
            title="Deutsch lernen und anwenden",
            kind_label="Ziel",
            number="2",
            url="#ziel",
            when=date(2019, 12, 1),
            precision="month",
            body="Arbeitsgruppe Sprache und Bildung",
            sentence="Die Arbeitsgruppe schrieb das Ziel und vier Maßnahmen dazu.",
            notes=("Einwand reist mit: Ehrenamtliche dürfen nicht allein bleiben.",),
            dissent=True,
        ),
        Station(
            title="Einstimmig beschlossen",
            url="#beschluss",
            when=date(2021, 11, 1),
            precision="month",
            body="Stadtrat",
            sentence="Zum Einwand wurde vereinbart: zehn Wochenstunden Begleitung.",
        ),
        Station(
            title="Orte zum Deutschsprechen",
            kind_label="Maßnahme",
            number="2.4",
            url="#massnahme",
            when=date(2022, 1, 10),
            notes=("früher: 2.5", "zurückgestellt von März bis Juli 2023"),
        ),
        Station(
            title="Vierter Bericht: läuft planmäßig",
            url="#bericht",
            when=date(2026, 10, 5),
            sentence="Drei Treffpunkte sind offen, einer mehr als im Vorjahr.",
            position="now",
        ),
        Station(
            title="Raum für den vierten Treffpunkt",
            when=date(2027, 3, 1),
            precision="month",
            body="Amt für Integration",
            position="next",
        ),
        Station(
            title="Fortführen, ändern oder beenden?",
            when=date(2027, 1, 1),
            precision="year",
            body="Stadtrat",
            position="next",
        ),
    )


def samples() -> dict[str, Any]:
    """The whole context of ``ui/stilbuch.html``."""
    wrong = SampleForm({"wrong-text": "Was schon getippt war, bleibt stehen."}, prefix="wrong")
    wrong.is_valid()
    pages = Paginator(range(95), 10)
    return {
        "title": _("Style book"),
        "states": [
            "done", "running", "on_time", "ongoing", "at_risk", "stuck", "not_started",
            "deferred", "ended", "draft", "submitted", "unknown", "info",
        ],
        "tones": ["info", "success", "warning", "danger"],
        "crumbs": [Link(_("Start"), "#"), Link(_("Concept"), "#"), Link(_("Style book"))],
        "phases": [
            PhaseStep(_("Mandate"), "Februar 2019", "#"),
            PhaseStep(_("Kick-off"), "27. Juni 2019", "#"),
            PhaseStep(_("Expert rounds"), "ab 7. Oktober 2019", "#"),
            PhaseStep(_("Working groups"), "Dezember 2019 bis März 2020", "#"),
            PhaseStep(_("Resolution"), "November 2021", "#"),
            PhaseStep(_("Implementation"), "seit 2022, läuft jetzt", "#", "now"),
            PhaseStep(_("New edition"), "ab Januar 2027", "#", "next"),
        ],
        "stations": stations(),
        "events": [
            TimelineEntry("3.2 gemeldet: läuft.", TODAY, by="Amt für Jugendarbeit", url="#"),
            TimelineEntry("Fassung 1.3 eingefroren.", TODAY - timedelta(days=2)),
        ],
        "log": [
            LogRow("Beschluss: Das Konzept", "#", date(2021, 11, 1), "month", "Stadtrat",
                   "einstimmig"),
            LogRow("Letzte Prüfung", "#", date(2021, 9, 21), body="Steuerungsgruppe",
                   is_example=True),
        ],
        "voices": [
            VoiceRow("In der Bücherei könnten wir Zeitung lesen.", "Bücherei", "#", "de", "Karte",
                     date(2019, 11, 18), is_answered=True, is_example=True,
                     support=Support(12, "a", "#", about="Bücherei", language="de")),
            VoiceRow("We cook every Friday.", "Kochen", "#", "de", "am Telefon",
                     text_language="en", translation="machine"),
        ],
        "comment_on": Link("Ein Fest im Park", "#"),
        "photo": Photo("/static/ui/svg/hero.svg", "Ein Tisch im Park", 480, 320, "de"),
        "support": Support(3, "b", "#", is_mine=True, about="Kochen", language="de"),
        "seats": [
            SeatRow("Sitz der Volkshochschule", "Sprache", leads=True),
            SeatRow("Sitz der Jugend", is_vacant=True),
        ],
        "rows": _rows(),
        "goals": _goals(),
        "segments": [
            Segment("done", 29), Segment("running", 45), Segment("at_risk", 9),
            Segment("stuck", 3), Segment("not_started", 7), Segment("unknown", 16),
        ],
        "bodies": [
            BodyRow("Steuerungsgruppe", "#", "Steuerungsgruppe", ("Schule", "Arbeitsmarkt"),
                    (SeatRow("Sitz der Volkshochschule"),), is_example=True),
            BodyRow("Fachrunde", "#", "Fachrunde"),
        ],
        "marks": [
            ReportMark(date(2024, 10, 1), "#", "at_risk"),
            ReportMark(date(2025, 10, 1), "#", "done"),
        ],
        "bars": [
            BarRow("Sprache und Bildung", "#", (Segment("done", 9), Segment("running", 12),
                   Segment("unknown", 4)), "9 von 25 erledigt"),
            BarRow("Gesundheit und Pflege", "#", (Segment("unknown", 3),), "0 von 3 erledigt"),
        ],
        "changes": [
            ChangeRow("Hilfe bei den Hausaufgaben", "#", "on_time", "at_risk", "8.3",
                      date(2026, 10, 29), "Zwei Stellen sind unbesetzt.", is_example=True),
            ChangeRow("Elternabende mit Sprachmittlung", "#", "on_time", "done", "3.3",
                      date(2026, 1, 12)),
        ],
        "papers": [
            DocumentRow("Integrationskonzept, Fassung 1", "#", "Fassung", date(2021, 9, 28),
                        body="Stadtrat", state="done", state_label="beschlossen",
                        files=(File("PDF", "#", "PDF"), File("JSON", "#", "JSON"))),
            DocumentRow("Protokoll: Erste Fachrunde", "#", "Protokoll", date(2019, 10, 1), "month",
                        "Fachrunde", is_example=True),
        ],
        "radar": [
            RadarRow("Schule", "8, gewünscht etwa 8", 0.2, 0.2),
            RadarRow("Arbeitsmarkt", "weniger als 5, gewünscht etwa 8", None, 0.2, is_missing=True),
            RadarRow("Kultur", "niemand, gewünscht etwa 3", 0.0, 0.1, is_missing=True),
        ],
        "plan": [
            PlanRow("Vom Auftrag bis zum Beschluss", (date(2019, 2, 1), date(2020, 8, 1)),
                    (date(2019, 2, 1), date(2021, 11, 1)), state_label="beschlossen",
                    spoken="geplant: 18 Monate, gebraucht: 33 Monate", is_whole=True),
            PlanRow("Fachrunden", (date(2019, 10, 7), date(2019, 11, 30)),
                    (date(2019, 10, 7), date(2020, 1, 20)), spoken="Oktober bis November 2019",
                    warning="Abgeschlossen, obwohl noch nicht alle eine Antwort hatten."),
            PlanRow("Umsetzung", (date(2022, 1, 1), None), (date(2022, 1, 1), None), "now",
                    "hier stehen wir", "ab 2022", "Jetzt möglich: über die Umsetzung berichten"),
            PlanRow("Fortschreibung", (date(2027, 1, 1), date(2027, 10, 1)), None, "next"),
        ],
        "plan_marks": [
            PlanMark("Auftakt", date(2019, 6, 27)), PlanMark("Beschluss", date(2021, 11, 1)),
            PlanMark("Zwischenbilanz", date(2027, 6, 1), is_open=True),
        ],
        "today": TODAY,
        "points": [
            Point(f"{half}/{year}", value)
            for (half, year), value in zip(
                [(h, y) for y in (2023, 2024, 2025) for h in (1, 2)] + [(1, 2026)],
                [540, 640, None, 860, 1000, 1120, 1240],
                strict=True,
            )
        ],
        "one_point": [Point("1/2023", 540)],
        "columns": [
            Column(_("Field of action")), Column(_("Goals"), is_number=True), Column(_("State")),
        ],
        "table": [
            [Cell("Sprache und Bildung", url="#"), 8, Cell("", state="running")],
            [Cell("Gesundheit und Pflege", url="#"), 4, Cell("", state="silent")],
        ],
        "matrix": _matrix(),
        "page": pages.page(3),
        "filter": SampleFilter({"state": "silent"}),
        "empty_form": SampleForm(),
        "wrong_form": wrong,
        "refusal_sample": SampleRefusal(),
        "conflict_sample": SampleConflict(),
        "result_sample": SampleResult(),
        "result_files": [Link("Die Stimmzettel zum Nachzählen", "#")],
        "todos": _todos(),
        "files": [
            File("Das ganze Konzept", "#", "PDF", 3_450_000),
            File("Zusammenfassung", "#", "PDF", 84_000, language="en"),
        ],
        "answer_by": date(2026, 12, 9),
        "markdown_sample": "Ein Absatz mit **Nachdruck** und\n\n- einer Liste\n- aus zwei Punkten",
        "cards": ["„Kinder mitbringen muss gehen.“", "„Ein Café im Norden.“"],
        "scale": range(11),
    }  # fmt: skip


def _rows() -> list[MeasureRow]:
    lead = "Amt für Integration"
    return [
        MeasureRow("Übersicht aller Sprachkurse", "#", "done", "2.1", lead=lead,
                   reported_on=date(2025, 3, 4)),
        MeasureRow("Sprachpatenschaften am Arbeitsplatz", "#", "unknown", "2.3",
                   state_label="seit 14 Monaten ohne Meldung",
                   remark="zuletzt am Dienstag, 9. September 2025"),
        MeasureRow("Orte zum Deutschsprechen in mehreren Stadtteilen", "#", "running", "2.4",
                   lead=lead, reported_on=date(2026, 10, 5), is_key=True, is_example=True),
        MeasureRow("Hilfe bei den Hausaufgaben", "#", "at_risk", "8.3",
                   lead="Amt für Jugendarbeit", reported_on=date(2026, 10, 29)),
    ]  # fmt: skip


def _matrix() -> Matrix:
    fields = ("Sprache und Bildung", "Gesundheit und Pflege", "Interkulturelle Öffnung")
    counted = {"Zielgruppenorientierung": (12, 6, 1), "Sozialraumorientierung": (9, 4, 0)}
    return Matrix(
        corner="Querschnittsthema",
        columns=tuple(MatrixHead(field, "#") for field in fields),
        rows=tuple(
            MatrixRow(MatrixHead(theme, "#"), tuple(Cell(n, "#" if n else "") for n in counts))
            for theme, counts in counted.items()
        ),
        caption="Maßnahmen nach Querschnittsthema und Handlungsfeld",
        sentence="„Zielgruppenorientierung“ kommt am häufigsten vor: in 19 Maßnahmen.",
    )


def _goals() -> list[GoalRow]:
    return [
        GoalRow("abc234", "Deutsch lernen und anwenden", "#", "2", is_example=True,
                segments=(Segment("done", 1), Segment("running", 1), Segment("unknown", 1)),
                measures=tuple(_rows()[:3])),
        GoalRow("abc567", "Eltern erreichen", "#", "8"),
    ]  # fmt: skip


def _todos() -> list[Todo]:
    return [
        Todo("Antwort an das Stadtteilbüro Ost", "#", "Antworten",
             "Einwand zu Maßnahme 5.2, zugesagt in der Steuerungsgruppe.",
             due=date(2026, 10, 26), is_late=True, is_example=True),
        Todo("12 Beiträge brauchen eine Antwort", "#", "Beiträge öffnen",
             "Acht ähneln sich und lassen sich bündeln.", due=date(2026, 11, 20)),
        Todo("3 Maßnahmen ohne Federführung", "#", "Anfragen", "2.3, 4.2 und 6.4.",
             waiting_since=date(2026, 10, 21)),
    ]  # fmt: skip
