"""The document of a version: the outline's order, chapters from the records, both languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.utils import timezone

from miteinander.adoption import queries
from miteinander.adoption.states import Method
from miteinander.documents import html, records
from miteinander.documents.concept import GENERATED as BUILDERS
from miteinander.documents.concept import document_of
from miteinander.documents.shapes import Figure, Table, walk
from miteinander.documents.timeline import timeline_of
from miteinander.process.models import Milestone
from miteinander.strategy.models import Chapter, CrossCuttingTheme, Measure
from miteinander.strategy.states import GENERATED
from miteinander.ui.words import written_day
from tests import factories as make
from tests.adoption.ballots import PAPERS, cast_all, closed, opened

pytestmark = pytest.mark.django_db
TABLE = Table("Phasen", ("Phase",), (("Auftakt",),))


@pytest.fixture
def concept():
    town = make.MunicipalityFactory(facts={"inhabitants": 71_000, "inhabitants_year": 2020})
    process = make.ProcessFactory(
        municipality=town, counts={"people": 200, "institutions": 85, "approx": True},
        aims=["langfristig"],
    )  # fmt: skip
    make.PhaseFactory(process=process, title="Arbeitsgruppen")
    Milestone.objects.create(process=process, title="Auftakt", on=timezone.localdate())
    body = make.BodyFactory(municipality=town, title="Steuerungsgruppe")
    process.bodies.add(body)
    seat = make.SeatFactory(body=body, function="Sitz Schule")
    make.MeetingFactory(process=process, body=body, title="Fachrunde", participants=100,
                        participants_approx=True)  # fmt: skip
    make.ResolutionFactory(process=process, resolution_kind="mandate", title="Auftrag")
    concept = make.ConceptFactory(process=process)
    lead = make.OrganisationFactory(municipality=town, title="Volkshochschule")
    for number in ("1", "2"):
        field = make.FieldOfActionFactory(concept=concept, number=number, title=f"Feld {number}")
        goal = make.GoalFactory(field=field)
        measure = make.MeasureFactory(
            goal=goal, state="submitted", lead=lead, title=f"Maßnahme {number}",
            number=f"{number}.1", funding="secured",
        )  # fmt: skip
    make.ObjectionFactory(measure=measure, seat=seat, reason="Zu teuer", state="carried")
    make.FieldOfActionFactory(
        concept=concept, state="retired", title="Wohnen", retired_because="Gehört zu allem."
    )
    return concept


def content_of(concept, **more):
    return queries.content_of(
        concept.refreshed(), identifier="x", edition=1, at=timezone.now(), **more
    )


def chapters(document):
    return [section.title for section in document.sections]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("de", ["Auf einen Blick", "Daten, Zahlen, Fakten", "Strukturen und Netzwerke",
                "Entstehungsprozess", "Handlungsfelder und Querschnittsthemen",
                "Handlungsfelder im Detail", "Umsetzung", "Impressum", "Anhang"]),
        ("en", ["At a glance", "Data, figures, facts", "Structures and networks",
                "How this concept was made", "Fields of action and cross-cutting themes",
                "The fields of action in detail", "Implementation", "Imprint", "Appendix"]),
    ],
)  # fmt: skip
def test_chapters_stand_in_the_order_of_the_outline(concept, language, titles):
    assert chapters(document_of(content_of(concept), language=language)) == titles


def test_stages_and_documents_agree_on_what_writes_itself():
    assert set(BUILDERS) == GENERATED


def test_a_text_of_ones_own_stands_before_what_the_records_say(concept):
    Chapter.objects.filter(concept=concept, chapter_kind="glance").update(
        text="Zuerst **das**.\n\n## Danach\n\nMehr.", title="Kurz gesagt"
    )
    document = document_of(content_of(concept), language="de")
    found = document.sections[0]
    page = html.render(document)
    assert (found.title, found.sections[0].title) == ("Kurz gesagt", "Danach")
    assert page.index("Zuerst <strong>das</strong>") < page.index("Das Konzept in Zahlen")


def test_a_foreign_chapter_is_marked_with_its_language(concept):
    Chapter.objects.filter(concept=concept, chapter_kind="preface").update(text="Guten Tag.")
    page = html.render(document_of(content_of(concept), language="en"))
    assert 'lang="de" dir="ltr">Guten Tag.' in page
    assert 'lang="de"' not in html.render(document_of(content_of(concept), language="de")).replace(
        '<html lang="de"', ""
    )


def test_figures_are_told_as_a_table_and_drawn_with_a_sentence(concept):
    (blocks, _sections) = records.glance(content_of(concept))
    table = next(block for block in blocks if isinstance(block, Table))
    chart = next(block for block in blocks if isinstance(block, Figure))
    rows = dict(table.rows)
    assert "etwa 200" in rows.values()
    assert chart.alternative
    assert chart.table is not None
    assert [row[0] for row in chart.table.rows] == ["1 Feld 1", "2 Feld 2"]
    assert b"Feld 1" in chart.content


@pytest.mark.parametrize(
    ("builder", "told"),
    [
        ("figures", ["71.000", "2020"]),
        ("structures", ["Steuerungsgruppe", "Sitz Schule", "Volkshochschule"]),
        (
            "making",
            ["Arbeitsgruppen", "Auftakt", "Fachrunde", "etwa 100", "Auftrag", "langfristig"],
        ),
        ("overview", ["Feld 1", "Feld 2"]),
        ("implementation", ["Volkshochschule", "gesichert"]),
        ("appendix", ["Zu teuer", "Wohnen", "Gehört zu allem.", "2.1 Maßnahme 2"]),
    ],
)
def test_what_was_recorded_is_told(concept, builder, told):
    document = document_of(content_of(concept), language="de")
    kind = next(kind for kind, made in BUILDERS.items() if made.__name__ == builder)
    section = next(s for s in document.sections if s.identifier == kind)
    page = html.render(
        type(document)(title="x", language="de", sections=(section,))
    )  # only this chapter
    assert [word for word in told if word not in page] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", ["Abstimmungen", "Was kommt zuerst?", "Entschieden: „Sprachcafé“", "Konsentrunde"]),
        ("en", ["Ballots", "Was kommt zuerst?", "Decided: “Sprachcafé”", "Consent round"]),
    ],
)  # fmt: skip
def test_what_was_counted_stands_in_the_appendix(concept, language, told):
    ballot = opened(Method.CONSENT, process=concept.process)
    cast_all(ballot, PAPERS[Method.CONSENT])
    checksum = closed(ballot).checksum
    page = html.render(document_of(content_of(concept), language=language))
    assert [word for word in [*told, checksum] if word not in page] == []


def test_a_version_that_knows_no_ballots_says_nothing_of_them(concept):
    content = content_of(concept)
    del content["ballots"]
    assert "Abstimmungen" not in html.render(document_of(content, language="de"))


def test_how_it_stood_is_drawn_where_it_is_known(concept):
    standing = {
        "title": "Erstes Konzept",
        "on": "2026-11-26",
        "lights": [["done", 3], ["unknown", 1]],
    }
    content = content_of(concept, implementation=standing)
    page = html.render(document_of(content, language="de"))
    assert "3 von 4 Maßnahmen aus „Erstes Konzept“ sind erledigt." in page


def test_headings_never_skip_a_level_and_measures_stay_together(concept):
    document = document_of(content_of(concept), language="de")
    depths = [depth for depth, _section in walk(document)]
    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))
    sheets = [s for _d, s in walk(document) if s.keeps_together]
    assert [sheet.title for sheet in sheets] == ["Maßnahme 1", "Maßnahme 2"]


def test_what_lies_across_and_what_comes_first_stands_in_the_overview(concept):
    theme, never = (
        CrossCuttingTheme.objects.create(
            municipality=concept.municipality, concept=concept, title=title, is_public=True
        )
        for title in ("Sozialraum", "Strukturen")
    )
    first, second = Measure.objects.filter(goal__field__concept=concept).order_by("pk")
    theme.measures.set([first, second])
    Measure.objects.filter(pk=second.pk).update(is_key=True)

    document = document_of(content_of(concept), language="de")

    found = {section.title: section for _depth, section in walk(document)}
    sentence, grid = found["Quer durch alle Felder"].blocks
    assert "„Sozialraum“ kommt am häufigsten vor: in 2 Maßnahmen." in sentence.text
    assert grid.columns == ("Handlungsfeld", "Sozialraum", never.title)
    assert grid.rows == (("1 Feld 1", "1", "0"), ("2 Feld 2", "1", "0"))
    (key,) = found["Schlüsselmaßnahmen"].blocks
    assert key.rows == (("2.1 Maßnahme 2", "Volkshochschule"),)


def test_where_nothing_lies_across_or_comes_first_no_heading_says_so(concept):
    titles = {s.title for _d, s in walk(document_of(content_of(concept), language="de"))}
    assert titles.isdisjoint({"Quer durch alle Felder", "Schlüsselmaßnahmen"})


def test_the_phases_are_drawn_with_their_sentence_and_their_table(concept):
    content = content_of(concept)
    _blocks, sections = records.making(content)
    figure = next(s for s in sections if s.title == "Phasen").blocks[0]
    today = written_day(timezone.localdate())
    assert figure.sentence == f"Am {today} lief diese Phase: Arbeitsgruppen."
    assert figure.alternative == f"Zeitleiste: {figure.sentence}"
    assert figure.table.rows[0][0] == "Arbeitsgruppen"
    assert b">Arbeitsgruppen</text>" in figure.content
    assert b">diese Fassung</text>" in figure.content
    assert figure.content.count(b"<circle") == len(content["milestones"]) + len(
        [m for m in content["meetings"] if m["on"]]
    ) + len([r for r in content["resolutions"] if r["on"]])


def test_the_timeline_names_what_ran_on_the_day_of_the_version(concept):
    content = content_of(concept)
    content["phases"] *= 2
    assert "liefen diese Phasen" in timeline_of(content, TABLE).sentence
    for phase in content["phases"]:
        phase["starts"], phase["ends"] = "2019-01-01", "2019-02-01"
    assert "lief keine Phase" in timeline_of(content, TABLE).sentence
