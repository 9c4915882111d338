"""What was said before: kept by every save, told by nobody's name, and said again on demand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Conflict, NotThere
from miteinander.strategy import actions, queries
from miteinander.strategy.models import Chapter, Goal, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


@pytest.fixture
def goal(concept):
    return make.GoalFactory(
        field=make.FieldOfActionFactory(concept=concept), title="Ankommen", need="Wege fehlen."
    )


def edit(goal, who, now, **changes):
    goal = goal.refreshed()
    return actions.edit_goal(goal, changes=changes, revision=goal.revision, by=who, at=now)


def test_the_first_save_keeps_how_it_was_and_every_save_what_it_changed(goal, who, now):
    edit(goal, who, now, need="Wege fehlen am Abend.")
    edit(goal, who, now, title="Gut ankommen", need="Wege fehlen am Abend.")
    first, second, third = queries.wordings_of(goal)
    assert first.is_first
    assert first.words["need"] == "Wege fehlen."
    assert second.changed == ("need",)
    assert second.function == who.function
    assert third.changed == ("title",)
    assert third.words["need"] == "Wege fehlen am Abend."
    assert [said.revision for said in (first, second, third)] == [0, 1, 2]


def test_a_save_that_changes_nothing_is_no_wording(goal, who, now):
    edit(goal, who, now, need="Wege fehlen.")
    edit(goal, who, now, need="Wege\r\nfehlen.")
    edit(goal, who, now, need="Wege\nfehlen.")
    assert len(queries.wordings_of(goal)) == 2


def test_a_text_that_came_from_elsewhere_is_caught_up_with(goal, who, now):
    edit(goal, who, now, title="Gut ankommen")
    Goal.objects.filter(pk=goal.pk).update(need="Eingelesen.")
    edit(goal, who, now, text="In Worten.")
    assert [said.changed for said in queries.wordings_of(goal)][2:] == [("need",), ("text",)]


def test_entries_of_a_measure_are_kept_as_words(goal, who, now):
    lead = make.OrganisationFactory(municipality=goal.municipality, title="Werkhof")
    measure = actions.grow_measure(goal, title="Treffpunkt", by=who, at=now)
    changes = {
        "lead": lead,
        "partners": [lead],
        "starts": dt.date(2027, 3, 1),
        "cost_once": 0,
        "funding": "open",
        "is_key": True,
    }
    measure = actions.edit_measure(
        measure, changes=changes, revision=measure.revision, by=who, at=now
    )
    told = queries.wordings_of(measure)[-1]
    assert {name: told.words[name] for name in changes} == {
        "lead": "Werkhof",
        "partners": "Werkhof",
        "starts": "2027-03-01",
        "cost_once": "0",
        "funding": "open",
        "is_key": "yes",
    }
    assert set(queries.labels_of(measure)) >= set(told.changed)


def test_fields_and_chapters_have_a_history_too(concept, who, now):
    field = make.FieldOfActionFactory(concept=concept, scope="Alt")
    actions.describe_field(field, changes={"scope": "Neu"}, revision=field.revision, by=who, at=now)
    actions.rename_field(field, title="Anders", by=who, at=now)
    assert [said.changed for said in queries.wordings_of(field)][1:] == [("scope",), ("title",)]
    chapter = Chapter.objects.get(concept=concept, chapter_kind="preface")
    actions.write_chapter(chapter, changes={"text": "Guten Tag."}, revision=0, by=who, at=now)
    assert [said.words["text"] for said in queries.wordings_of(chapter)] == ["", "Guten Tag."]


def test_a_conflict_says_what_both_began_with(goal, who, now):
    edit(goal, who, now, need="Erst so.")
    edit(goal, who, now, need="Dann so.")
    with pytest.raises(Conflict) as refused:
        actions.edit_goal(goal, changes={"need": "Und so."}, revision=1, by=who, at=now)
    assert refused.value.base["need"] == "Erst so."
    assert refused.value.seen == 1
    assert goal.refreshed().need == "Dann so."


def test_an_earlier_wording_is_said_again_as_a_new_one(goal, who, now):
    edit(goal, who, now, need="Neu.", effect="delivered")
    first = queries.wordings_of(goal)[0]
    for _time in range(2):  # sent twice
        stored = goal.refreshed()
        actions.say_again(stored, wording=first.pk, revision=stored.revision, by=who, at=now)
    stored = goal.refreshed()
    assert stored.need == "Wege fehlen."
    assert stored.effect == "delivered", "what is no text stays"
    assert [said.changed for said in queries.wordings_of(goal)][2:] == [("need",)]


def test_saying_again_meets_the_same_refusals_as_editing(goal, who, now):
    measure = actions.grow_measure(goal, title="Treffpunkt", text="A", by=who, at=now)
    measure = actions.edit_measure(measure, changes={"text": "B"}, revision=0, by=who, at=now)
    first = queries.wordings_of(measure)[0]
    with pytest.raises(Conflict):
        actions.say_again(measure, wording=first.pk, revision=0, by=who, at=now)
    type(measure).objects.filter(pk=measure.pk).update(state="submitted")
    with pytest.raises(Closed):
        actions.say_again(measure, wording=first.pk, revision=1, by=who, at=now)
    other = make.WordingFactory()
    with pytest.raises(NotThere):
        actions.say_again(measure, wording=other.pk, revision=1, by=who, at=now)


def test_what_is_new_has_a_history_at_once(concept, goal, who, now):
    field = actions.propose_field(concept, title="Wohnen", scope="Dach", by=who, at=now)
    grown = actions.grow_goal(field, title="Ankommen", need="Wege fehlen.", by=who, at=now)
    measure = actions.grow_measure(grown, title="Lotsen", text="Gehen mit.", by=who, at=now)
    chapter = actions.add_chapter(concept, title="Dank", text="Allen.", by=who, at=now)
    for row, name, words in (
        (field, "scope", "Dach"),
        (grown, "need", "Wege fehlen."),
        (measure, "text", "Gehen mit."),
        (chapter, "text", "Allen."),
    ):
        [first] = queries.wordings_of(row)
        assert first.is_first
        assert (first.words[name], first.function, first.revision) == (words, who.function, 0)
    actions.edit_goal(grown, changes={"need": "Anders."}, revision=0, by=who, at=now)
    assert [said.changed for said in queries.wordings_of(grown)][1:] == [("need",)]


def test_a_field_split_off_has_a_history_at_once(goal, who, now):
    other = make.GoalFactory(field=goal.field, title="Bleibt")
    new = actions.split_field(
        goal.field, title="Wohnen", goals=[goal], reason="Zu groß", by=who, at=now
    )
    [first] = queries.wordings_of(new)
    assert (first.words["title"], first.function) == ("Wohnen", who.function)
    assert other.refreshed().field == goal.field


def test_indicators_are_part_of_the_history(goal, who, now):
    measure = actions.grow_measure(goal, title="Treffpunkt", by=who, at=now)
    counted = {
        "title": "Gäste", "unit": "im Jahr", "baseline": 40, "baseline_on": dt.date(2025, 1, 1),
        "target": 60,
    }  # fmt: skip
    row = actions.write_indicator(measure, counted, by=who, at=now)
    actions.write_indicator(measure, counted, by=who, at=now)  # sent twice
    actions.write_indicator(measure, {"target": 80}, indicator=row, by=who, at=now)
    actions.drop_indicator(row, by=who, at=now)
    told = queries.wordings_of(measure)
    assert [said.changed for said in told[1:]] == [("indicators",)] * 3
    assert [said.words["indicators"] for said in told] == [
        "",
        "Gäste (im Jahr): 40 (2025-01-01) → 60",
        "Gäste (im Jahr): 40 (2025-01-01) → 80",
        "",
    ]
    shown = queries.shown(measure, "indicators", told[1].words["indicators"])
    assert shown == "Gäste (im Jahr): 40 (Mittwoch, 1. Januar 2025) → 60"
    assert queries.labels_of(measure)["indicators"] == "Indikatoren"


@pytest.mark.parametrize(
    ("name", "words", "read"),
    [("cost_once", "18000", "18.000"), ("cost_yearly", "", ""), ("staff_need", "0.25", "0,25")],
)
def test_numbers_of_a_wording_are_read_as_numbers(name, words, read):
    assert queries.shown(Measure(), name, words) == read


@pytest.mark.parametrize(
    ("name", "words", "read"),
    [
        ("indicators", "Plätze: 40 (2025-01-01) → ?", "Plätze: 40 (Mittwoch, 1. Januar 2025) → ?"),
        ("indicators", "Akte 2025-99-10: 40 · Bericht (2025-13-45)", None),
        ("indicators", "Nach Antrag ٢٠٢٥-٠١-٠١: 40", None),
        ("starts", "Herbst 2027", None),
    ],
)
def test_what_only_looks_like_a_day_is_left_as_it_was_typed(name, words, read):
    assert queries.shown(Measure(), name, words) == (read or words)


def test_a_history_without_indicators_goes_on_without_an_empty_entry(goal, who, now):
    measure = make.MeasureFactory(goal=goal, text="Alt", state="draft")
    make.WordingFactory(thing=measure, words={"title": measure.title, "text": "Alt"})
    actions.edit_measure(
        measure, changes={"text": "Neu"}, revision=measure.revision, by=who, at=now
    )
    assert "indicators" not in [
        name for s in queries.wordings_of(measure)[1:] for name in s.changed
    ]


def test_another_lead_that_is_asked_stands_in_the_history(goal, who, now):
    measure = actions.grow_measure(goal, title="Treffpunkt", by=who, at=now)
    lead = make.OrganisationFactory(municipality=goal.municipality, title="Werkhof")
    actions.ask_lead(measure, organisation=lead, by=who, at=now)
    told = queries.wordings_of(measure)[-1]
    assert (told.changed, told.words["lead"]) == (("lead",), "Werkhof")
