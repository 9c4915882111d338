"""The chapters of the document: an outline from the beginning, in the order that people give it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from miteinander.core.errors import Closed, Conflict, Invalid
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.strategy import actions, queries
from miteinander.strategy.models import Chapter
from miteinander.strategy.states import OUTLINE, ChapterKind
from tests import factories as make

pytestmark = pytest.mark.django_db
WRITE = "strategy.write_chapter"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept(now):
    phase = make.PhaseFactory()
    by = make.coordinator(phase.process.municipality)
    return actions.begin_concept(phase.process, title="Konzept", by=by, at=now)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


def kinds(concept):
    return [chapter.chapter_kind for chapter in queries.chapters_of(concept)]


def chapter_of(concept, kind="preface"):
    return Chapter.objects.get(concept=concept, chapter_kind=kind)


def test_a_new_concept_has_the_whole_outline(concept):
    assert kinds(concept) == list(OUTLINE)
    with override("en"):
        assert queries.chapters_of(concept)[0].heading == "Preface"


def test_the_outline_is_that_of_the_model_case():
    """In the words of the catalogue; the facts name fourteen chapters."""
    with override("de"):
        assert [str(kind.label) for kind in OUTLINE] == [
            "Vorwort", "Wozu ein Integrationskonzept", "Auf einen Blick",
            "Daten, Zahlen, Fakten", "Strukturen und Netzwerke", "Integrationsverständnis",
            "Begriffe", "Entstehungsprozess", "Handlungsfelder und Querschnittsthemen",
            "Handlungsfelder im Detail", "Umsetzung", "Literatur", "Impressum", "Anhang",
        ]  # fmt: skip


def test_what_is_written_is_kept_and_remembered(concept, now, who):
    written = actions.write_chapter(
        chapter_of(concept),
        changes={"title": "Zum Geleit", "text": "Guten Tag."},
        revision=0,
        by=who,
        at=now,
    )
    assert (written.heading, written.text, written.revision) == ("Zum Geleit", "Guten Tag.", 1)
    event = Event.objects.latest("pk")
    assert (event.kind, event.data, event.is_public) == (
        "chapter.written", {"chapter": "Zum Geleit"}, False,
    )  # fmt: skip


def test_two_editors_are_told_of_each_other(concept, now, who):
    row = chapter_of(concept)
    actions.write_chapter(row, changes={"text": "Ihr Text"}, revision=0, by=who, at=now)
    with pytest.raises(Conflict) as refused:
        actions.write_chapter(row, changes={"text": "Mein Text"}, revision=0, by=who, at=now)
    assert (refused.value.mine["text"], refused.value.theirs["text"]) == ("Mein Text", "Ihr Text")
    row.refresh_from_db()
    assert row.text == "Ihr Text"
    actions.write_chapter(
        row, changes={"text": "Beides"}, revision=refused.value.revision, by=who, at=now
    )


def test_chapters_change_places_and_stay_at_the_ends(concept, now, who):
    first, second = OUTLINE[0], OUTLINE[1]
    actions.move_chapter(chapter_of(concept, second), to="earlier", by=who, at=now)
    assert kinds(concept)[:3] == [second, first, OUTLINE[2]]
    before = Event.objects.count()
    actions.move_chapter(chapter_of(concept, second), to="earlier", by=who, at=now)
    actions.move_chapter(chapter_of(concept, OUTLINE[-1]), to="later", by=who, at=now)
    assert Event.objects.count() == before, "nothing happened, so nothing is remembered"
    assert kinds(concept)[-1] == OUTLINE[-1]


def test_a_chapter_left_out_keeps_its_text_and_comes_back(concept, now, who):
    row = chapter_of(concept)
    actions.write_chapter(row, changes={"text": "Bleibt"}, revision=0, by=who, at=now)
    assert actions.leave_out_chapter(row, by=who, at=now).is_left_out
    actions.leave_out_chapter(row, by=who, at=now)
    row = actions.take_in_chapter(row, by=who, at=now)
    assert (row.is_left_out, row.text) == (False, "Bleibt")
    told = Event.objects.filter(kind__in=["chapter.left_out", "chapter.taken_in"])
    assert list(told.order_by("pk").values_list("kind", flat=True)) == [
        "chapter.left_out", "chapter.taken_in",
    ]  # fmt: skip


def test_without_fields_there_is_no_concept(concept, now, who):
    with pytest.raises(Closed):
        actions.leave_out_chapter(chapter_of(concept, "fields"), by=who, at=now)


def test_a_chapter_of_ones_own_has_a_heading(concept, now, who):
    made = actions.add_chapter(concept, title="Dank", text="Allen.", by=who, at=now)
    assert kinds(concept)[-1] == ChapterKind.OWN
    with pytest.raises(Invalid):
        actions.add_chapter(concept, title=" ", by=who, at=now)
    with pytest.raises(Invalid):
        actions.write_chapter(made, changes={"title": " "}, revision=0, by=who, at=now)
    actions.add_chapter(concept, title="Noch einer", by=who, at=now)


@pytest.mark.parametrize(
    "row", [{"chapter_kind": "preface"}, {"title": ""}], ids=["twice", "nameless"]
)
def test_the_database_refuses_what_no_action_writes(concept, row):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ChapterFactory(concept=concept, **row)


def test_only_texts_that_nobody_writes_can_be_missing(concept):
    missing = {c.chapter_kind for c in queries.chapters_of(concept) if c.is_missing}
    assert missing == {"preface", "purpose", "understanding", "terms", "literature"}


@pytest.mark.parametrize(
    ("offset", "permitted"),
    [(-30, False), (0, True), (30, False)],
    ids=["before", "during", "after"],
)
def test_chapters_are_written_while_a_phase_permits_work_on_the_concept(
    concept, who, now, offset, permitted
):
    then = now + dt.timedelta(days=offset)
    by = type(who)(municipality=who.municipality, at=then, role=who.role)
    row = chapter_of(concept)
    assert allowed(by, WRITE, concept) == permitted
    if permitted:
        actions.write_chapter(row, changes={"text": "x"}, revision=0, by=by, at=then)
    else:
        with pytest.raises(Closed):
            actions.write_chapter(row, changes={"text": "x"}, revision=0, by=by, at=then)


@pytest.mark.parametrize("permits", ["gather", "draft", "review", "adopt"])
def test_rule_and_action_agree_on_the_phase(permits, now):
    for permitted in ([permits], ["contribute"]):
        phase = make.PhaseFactory(permits=permitted)
        concept = make.ConceptFactory(process=phase.process)
        row = make.ChapterFactory(concept=concept)
        by = make.coordinator(concept.municipality)
        may = allowed(by, WRITE, concept)
        assert may == (permitted == [permits])
        try:
            actions.write_chapter(row, changes={"text": "x"}, revision=0, by=by, at=now)
        except Closed:
            assert not may
        else:
            assert may


def test_an_adopted_edition_keeps_its_chapters(concept, who, now):
    row = chapter_of(concept)
    type(concept).objects.filter(pk=concept.pk).update(state="adopted")
    row.refresh_from_db()
    assert not allowed(who, WRITE, concept.refreshed())
    for act in (
        lambda: actions.write_chapter(row, changes={"text": "x"}, revision=0, by=who, at=now),
        lambda: actions.move_chapter(row, to="later", by=who, at=now),
        lambda: actions.leave_out_chapter(row, by=who, at=now),
        lambda: actions.add_chapter(concept, title="x", by=who, at=now),
    ):
        with pytest.raises(Closed):
            act()


def test_rule_and_query_agree_on_who_sees_a_chapter_that_is_being_written(concept):
    town, row = concept.municipality, chapter_of(concept)
    elsewhere = make.MunicipalityFactory()
    for standing in (
        make.coordinator(town), make.member(town), make.visitor(town),
        make.coordinator(elsewhere), make.visitor(elsewhere),
    ):  # fmt: skip
        seen = queries.chapters_visible_to(town, standing).filter(pk=row.pk).exists()
        assert seen == (allowed(standing, "strategy.see_board", concept)
                        and standing.municipality == town.pk)  # fmt: skip
