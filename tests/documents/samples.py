"""One document with everything in it, for every format."""

from __future__ import annotations

from datetime import date

from miteinander.documents.shapes import (
    Document,
    Facts,
    Figure,
    Listing,
    Paragraph,
    Remark,
    Run,
    Section,
    Table,
)

CREST = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
CHART = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><path d="M0 0h60v9z"/></svg>'

UKRAINIAN = "Їжак і Єва живуть разом у місті."
ARABIC = "نريد العيش معا في المدينة"


def measure(number):
    return Section(
        f"Sprachcafé {number}",
        number=f"1.{number}",
        identifier=f"m{number}",
        mark="Beispiel",
        keeps_together=True,
        unlisted=True,
        blocks=(
            Paragraph("Ein offener Treff für alle, die üben möchten."),
            Facts((("Federführung", "Volkshochschule"), ("Kosten", "18.000 € im Jahr"))),
            Remark("Einwand", "Ehrenamtliche bleiben allein.", kind="objection"),
        ),
    )


def nested(depth):
    return Listing(
        (f"Ebene {depth}",) if depth == 6 else ((Paragraph(f"Ebene {depth}"), nested(depth + 1)),)
    )


DOCUMENT = Document(
    title="Konzept für Überall",
    subtitle="Zusammen leben",
    language="de",
    kind="concept",
    publisher="Stadt Überall",
    day=date(2026, 11, 26),
    day_written="26. November 2026",
    crest=Figure("Wappen von Überall", CREST, "image/svg+xml"),
    accent="#0f4c55",
    keywords=("Integration", "Teilhabe"),
    description="Was wir uns vorgenommen haben.",
    identifier="https://ueberall.example/de/fassung/abc/",
    base="https://ueberall.example",
    imprint="Fassung 3 · Prüfsumme a3f9",
    has_cover=True,
    has_contents=True,
    blocks=(Paragraph("Wie wollen wir zusammenleben?", lead=True),),
    sections=(
        Section(
            "Einleitung",
            identifier="anfang",
            blocks=(
                Paragraph(
                    (
                        Run("Wir "),
                        Run("alle", strong=True),
                        Run(" "),
                        Run("gemeinsam", emphasis=True),
                        Run(": "),
                        Run("Thema", address="/de/thema/abc/"),
                        Run(", "),
                        Run("Sprachcafé", address="#m2"),
                        Run(", "),
                        Run("Ласкаво просимо", language="uk"),
                        Run("."),
                    )
                ),
                Paragraph(UKRAINIAN, language="uk"),
                Paragraph(ARABIC, language="ar"),
                nested(1),
                Listing(("drei", "vier"), ordered=True, starts_at=3),
                Remark("", "Gesagt beim Auftakt.", kind="quotation"),
            ),
        ),
        Section(
            "Sprache",
            number="1",
            identifier="f1",
            breaks=True,
            blocks=(
                Figure(
                    "Zwei Drittel laufen",
                    CHART,
                    "image/svg+xml",
                    "Stand",
                    sentence="Von 9 laufen 6.",
                    table=Table(
                        "Stand in Zahlen",
                        ("Stand", "Zahl"),
                        (("läuft", "6"), ("steht", "3")),
                        alignments=("start", "end"),
                    ),
                ),
            ),
            sections=(
                Section(
                    "Ziel: Orte zum Reden",
                    number="1.1",
                    sections=tuple(measure(n) for n in range(1, 4)),
                ),
            ),
        ),
        Section(
            "Alles auf einen Blick",
            breaks=True,
            blocks=(
                Table(
                    "Alle Maßnahmen",
                    ("Nummer", "Maßnahme", "Federführung"),
                    tuple((f"2.{n}", f"Maßnahme {n}", "Volkshochschule") for n in range(90)),
                ),
            ),
        ),
    ),
    closing=(Paragraph("Diese Fassung ist eingefroren."),),
)


def _named(identifier, number, title, **values):
    return {
        "identifier": identifier, "number": number, "title": title, "language": "de",
        "is_example": False, **values,
    }  # fmt: skip


CONTENT = {
    "municipality": {"name": "Stadt Überall", "is_example": False},
    "concept": _named("k1", "", "Konzept für Überall"),
    "version": {
        "identifier": "v1",
        "edition": 3,
        "frozen_at": "2026-11-26T10:00:00+00:00",
    },
    "fields": [
        _named(
            "f1",
            "1",
            "Sprache",
            goals=[
                _named(
                    "g1",
                    "1.1",
                    "Orte zum Reden",
                    text="Es gibt Orte.",
                    need="Es fehlt ein Ort.",
                    evidence="",
                    effect="",
                    indicator="Zahl der Treffen",
                    no_indicator_reason="",
                    origin={"themes": [], "contributions": 0, "meetings": []},
                    measures=[
                        _named(
                            "m1",
                            "1.10",
                            "Sprachcafé",
                            text="Ein Treff; für „alle“.",
                            target_groups="Erwachsene",
                            lead={"identifier": "o", "title": "Volkshochschule"},
                            lead_state="accepted",
                            partners=[{"title": "Caritas"}, {"title": "Diakonie"}],
                            starts="2027-01-01",
                            ends=None,
                            cost_once=4500,
                            cost_yearly=18000,
                            funding="subject_to_budget",
                            cross_cutting_themes=[{"title": "Teilhabe"}],
                            is_key=True,
                            is_quick_win=False,
                            is_example=True,
                            objections=[{"seat": "Beirat"}],
                            origin={
                                "themes": [{"title": "Reden"}],
                                "contributions": 23,
                                "meetings": ["Auftakt", "Fachrunde"],
                            },
                        )
                    ],
                )
            ],
        )
    ],
}
"""What `adoption` freezes, as far as the tables read it."""
