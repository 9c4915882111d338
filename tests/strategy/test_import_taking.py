"""A document taken over into a concept, and taken over again."""

from __future__ import annotations

import io
import zipfile

import pytest

from miteinander.core.errors import Closed
from miteinander.core.models import Event
from miteinander.strategy import actions, queries, readers
from miteinander.strategy.models import (
    ConceptLine,
    ConceptSource,
    FieldOfAction,
    Goal,
    Indicator,
    Measure,
    SourcePart,
)
from tests.factories import (
    ConceptFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PersonFactory,
    PhaseFactory,
    ProcessFactory,
    UserFactory,
    coordinator,
)
from tests.strategy.papers import REAL, docx, h, p, sheet_of, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return MunicipalityFactory(host=None)


@pytest.fixture
def concept(town):
    found = ConceptFactory(process=ProcessFactory(municipality=town))
    PhaseFactory(process=found.process, permits=["draft", "gather"])
    for title in ("Volkshochschule Musterstadt", "Amt für Integration", "Caritasverband"):
        OrganisationFactory(municipality=town, title=title)
    return found


def lines_of(concept, data, same=None):
    draft = readers.read_concept(data)
    ground = queries.ground_of(concept)
    return readers.compared(draft.entries, ground, same), ground


def taken(concept, data, lines=None, name="konzept.docx"):
    found, ground = lines_of(concept, data)
    by = coordinator(concept.municipality)
    return actions.take_in_document(
        concept, found if lines is None else lines, name=name, digest="d" * 64, size=len(data),
        seen=ground.seen, mapping={}, by=by, at=by.at,
    )  # fmt: skip


def outcomes(concept, data):
    found, _ground = lines_of(concept, data)
    return {line.title: str(line.outcome) for line in found}


def test_a_document_becomes_fields_goals_and_measures(concept):
    told = taken(concept, REAL)
    assert told == {"fields": 2, "goals": 3, "measures": 5, "changed": 0, "left": 0}
    assert [
        (f.number, f.title) for f in FieldOfAction.objects.filter(concept=concept).order_by("pk")
    ] == [("1", "Sprache und Bildung"), ("2", "Arbeit")]
    assert [m.number for m in Measure.objects.order_by("goal__field", "goal", "position")] == [
        "1.1", "1.2", "2.1", "2.2", "1.1"
    ]  # fmt: skip
    first = Measure.objects.get(title="Sprachkurse für Eltern in Kitas")
    assert (first.lead.title, first.cost_yearly, first.funding) == (
        "Volkshochschule Musterstadt", 12000, "applied_for"
    )  # fmt: skip
    assert [partner.title for partner in first.partners.all()] == ["Caritasverband"]
    assert str(first.starts) == "2026-01-01"
    assert list(Indicator.objects.values_list("title", flat=True)) == ["Zahl der Teilnehmenden"]
    assert not first.is_public
    assert Goal.objects.get(title="Eltern finden früh einen Sprachkurs").need.startswith("Viele")


def test_what_fits_no_column_stays_in_the_description_and_says_so(concept):
    taken(concept, REAL)
    assert Measure.objects.get(title="Sprachkurse für Eltern in Kitas").text == "\n\n".join(
        [
            "Kurse am Vormittag, mit Betreuung der Kinder.",
            "Weiteres aus der Datei:",
            "Besonderheiten: Die Räume stellt die Kita.",
            "Mit dabei: Verein Brücke",
            "Kosten: ca. 12.000 €/Jahr",
        ]
    )


def test_the_same_document_again_changes_nothing(concept):
    taken(concept, REAL)
    before = [(m.pk, m.revision) for m in Measure.objects.order_by("pk")]
    events = Event.objects.count()
    assert set(outcomes(concept, REAL).values()) == {"same"}
    told = taken(concept, REAL)
    assert sum(told.values()) == 0
    assert [(m.pk, m.revision) for m in Measure.objects.order_by("pk")] == before
    assert Event.objects.count() == events


def test_the_source_is_kept_by_name_and_checksum_and_the_event_names_nobody(concept):
    taken(concept, REAL, name="Entwurf Meier.docx")
    source = ConceptSource.objects.get()
    assert (source.name, source.digest) == ("Entwurf Meier.docx", "d" * 64)
    assert SourcePart.objects.filter(source=source).count() == 10
    event = Event.objects.get(kind="concept.imported")
    assert not event.is_public
    assert "Meier" not in str(event.data)
    assert event.data["checksum"] == "d" * 12


def test_a_later_edit_here_stays_and_a_change_there_is_proposed(concept):
    taken(concept, REAL)
    by = coordinator(concept.municipality)
    cafe = Measure.objects.get(title="Sprachcafé in den Stadtteilen")
    actions.edit_measure(
        cafe, changes={"text": "Hier neu geschrieben.", "cost_once": 500},
        revision=cafe.revision, by=by, at=by.at,
    )  # fmt: skip
    assert outcomes(concept, REAL)["Sprachcafé in den Stadtteilen"] == "same"

    changed = _with(REAL, "Amt für Integration", "Caritasverband")
    lines, _ground = lines_of(concept, changed)
    line = next(x for x in lines if x.title.startswith("Sprachcafé"))
    assert [d["field"] for d in line.differences] == ["lead"]
    assert line.outcome == "changed"
    assert taken(concept, changed)["changed"] == 1
    cafe.refresh_from_db()
    assert (cafe.text, cafe.cost_once, cafe.lead.title) == (
        "Hier neu geschrieben.", 500, "Caritasverband"
    )  # fmt: skip


def test_what_changed_on_both_sides_waits_for_a_word(concept):
    taken(concept, REAL)
    by = coordinator(concept.municipality)
    cafe = Measure.objects.get(title="Sprachcafé in den Stadtteilen")
    actions.edit_measure(cafe, changes={"horizon": "long"}, revision=cafe.revision, by=by, at=by.at)
    changed = _with(REAL, "kurzfristig", "mittelfristig")
    assert outcomes(concept, changed)["Sprachcafé in den Stadtteilen"] == "both"
    assert taken(concept, changed)["changed"] == 0
    cafe.refresh_from_db()
    assert cafe.horizon == "long"

    lines, _ground = lines_of(concept, changed)
    next(x for x in lines if x.outcome == "both").decision = "take"
    assert taken(concept, changed, lines)["changed"] == 1
    cafe.refresh_from_db()
    assert cafe.horizon == "medium"


def test_a_title_that_is_nearly_the_same_is_only_proposed(concept):
    taken(concept, REAL)
    near = _with(REAL, "Sprachkurse für Eltern in Kitas", "Sprachkurse für Eltern in den Kitas")
    lines, ground = lines_of(concept, near)
    line = next(x for x in lines if x.outcome == "similar")
    assert [c["label"] for c in line.candidates] == ["1.1 Sprachkurse für Eltern in Kitas"]
    assert taken(concept, near)["left"] == 1
    assert Measure.objects.count() == 5

    same = {readers.same_key(line): line.candidates[0]["pk"]}
    assert [x.outcome for x in readers.compared(readers.read_concept(near).entries, ground, same)
            ].count("similar") == 0  # fmt: skip
    line.decision = "new"
    assert taken(concept, near, lines)["measures"] == 1


def test_what_was_renamed_here_is_known_by_what_the_document_called_it(concept):
    taken(concept, REAL)
    by = coordinator(concept.municipality)
    field = FieldOfAction.objects.get(title="Arbeit")
    actions.rename_field(field, title="Arbeit und Beruf", by=by, at=by.at)
    assert outcomes(concept, REAL)["Arbeit"] == "same"


def test_handed_in_and_given_up_things_stay_as_they_are(concept):
    taken(concept, REAL)
    by = coordinator(concept.municipality)
    cafe = Measure.objects.get(title="Sprachcafé in den Stadtteilen")
    actions.retire_measure(cafe, reason="Kein Raum", by=by, at=by.at)
    Measure.objects.filter(title="Patenschaften").update(state="submitted")
    changed = _with(_with(REAL, "kurzfristig", "langfristig"), ">2026<", ">2027<")
    found = outcomes(concept, changed)
    assert found["Sprachcafé in den Stadtteilen"] == "fixed"
    assert found["Patenschaften"] == "fixed"
    taken(concept, changed)
    assert Measure.objects.count() == 5


def test_without_a_goal_in_the_document_one_is_made_that_says_so(concept):
    data = docx(
        h(1, "Handlungsfeld 1: Wohnen"), sheet_of(("Maßnahme", "Lotsen"), ("Kosten", "5 €"))
    )
    assert taken(concept, data)["measures"] == 1
    assert Goal.objects.get().title == "In der Datei ohne Ziel"
    assert sum(taken(concept, data).values()) == 0


def test_values_that_cannot_be_are_told_and_kept_in_words(concept):
    data = docx(
        h(1, "Handlungsfeld 1: Wohnen"), h(2, "Ziel 1: Gut"),
        h(3, "Maßnahme 1.1: " + "Sehr langer Titel " * 20),
        sheet_of(("Beginn", "2027"), ("Ende", "2025"), ("Kosten", "nach Bedarf"),
                 ("Federführung", "Volkshochschule Musterstadt, Caritasverband")),
    )  # fmt: skip
    lines, _ground = lines_of(concept, data)
    assert [remark["code"] for remark in lines[-1].remarks] == [
        "long", "two_leads", "value", "backwards"
    ]  # fmt: skip
    taken(concept, data)
    measure = Measure.objects.get()
    assert (measure.starts, measure.ends, measure.cost_once) == (None, None, None)
    assert measure.lead.title == "Volkshochschule Musterstadt"
    for words in ("Kosten: nach Bedarf", "2027-01-01", ("Sehr langer Titel " * 20).strip()):
        assert words in measure.text


def test_a_concept_that_changed_meanwhile_is_not_written_into(concept):
    lines, ground = lines_of(concept, REAL)
    by = coordinator(concept.municipality)
    actions.propose_field(concept, title="Dazwischen", by=by, at=by.at)
    with pytest.raises(Closed):
        actions.take_in_document(
            concept, lines, name="x", digest="d", size=1, seen=ground.seen, mapping={}, by=by,
            at=by.at,
        )  # fmt: skip
    assert not Goal.objects.exists()


def test_outside_the_phase_nothing_is_taken_in(concept):
    concept.process.phases.update(permits=["review"])
    with pytest.raises(Closed):
        taken(concept, REAL)
    assert not FieldOfAction.objects.exists()


def test_whoever_is_forgotten_takes_previews_along_in_which_they_stand(concept):
    person = PersonFactory(municipality=concept.municipality, name="Erna Vergessen")
    by = coordinator(concept.municipality, user=UserFactory().pk)
    for name in ("Erna Vergessen leitet das.", "Niemand leitet das."):
        data = docx(h(1, "Handlungsfeld 1: Wohnen"), p(name), h(2, "Ziel 1: Gut"))
        found = actions.receive_document(concept, name="k.docx", content=data, by=by, at=by.at)
        readers.prepare(found, at=by.at)
    actions.forget_in_documents(person.pk)
    assert "Erna" not in str(list(ConceptLine.objects.values_list("says", flat=True)))
    assert ConceptLine.objects.exists()


def _with(data, old, new):
    """The same document with other words in it."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            parts[name] = packed.read(name)
    text = parts["word/document.xml"].decode()
    assert old in text
    parts["word/document.xml"] = text.replace(old, new).encode()
    return zipped(parts)


def costly(**costs):
    return docx(
        h(1, "Handlungsfeld 1: Sprache"), h(2, "Ziel 1.1: Alle lernen Deutsch"),
        *(
            part
            for at, (title, cost) in enumerate(costs.items(), start=1)
            for part in (
                h(3, f"Maßnahme 1.1.{at}: {title}"),
                sheet_of(("Beschreibung", "Kurse am Vormittag"), ("Einmalige Kosten", cost)),
            )
        ),
    )  # fmt: skip


def remarked(concept, data):
    found, _ground = lines_of(concept, data)
    return {
        line.title: [queries.remark_on_import(remark) for remark in line.remarks]
        for line in found
        if line.remarks
    }


def test_a_cost_that_nobody_expects_is_remarked_and_still_taken_over(concept):
    unusual = costly(Elterncafe="18.000 €", Lesefest="18.000.000 €")
    told = "Einmalige Kosten: 18.000.000\xa0€ ist weit mehr, als Maßnahmen sonst kosten."
    assert remarked(concept, unusual) == {"Lesefest": [f"{told} Bitte prüfen."]}
    taken(concept, unusual)
    assert Measure.objects.get(title="Lesefest").cost_once == 18_000_000
    assert remarked(concept, unusual) == {}  # it stands there already


def test_what_is_usual_is_reckoned_from_the_plan_and_the_document_together(concept):
    taken(concept, costly(Eins="2.000 €", Zwei="3.000 €", Drei="2.500 €"))
    more = {"Vier": "2.000 €", "Fünf": "3.000 €", "Sechs": "250.000 €"}
    assert list(remarked(concept, costly(**more))) == ["Sechs"]
    assert remarked(concept, costly(Sechs="250.000 €")) == {}  # three others say too little
