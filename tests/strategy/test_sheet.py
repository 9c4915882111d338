"""The whole measure sheet: what it says besides, what waits for what, how much is filled."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from miteinander.adoption.queries import content_of
from miteinander.core.errors import Closed, Conflict, Invalid
from miteinander.core.models import Event
from miteinander.strategy import actions, queries
from miteinander.strategy.forms import MeasureForm
from miteinander.strategy.models import Indicator, Measure, OwnField
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def goal():
    phase = make.PhaseFactory()
    concept = make.ConceptFactory(process=phase.process)
    return make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))


@pytest.fixture
def who(goal):
    return make.coordinator(goal.municipality)


def measure_of(goal, title="Treffpunkte", **more):
    number = f"1.{Measure.objects.filter(goal=goal).count() + 1}"
    return make.MeasureFactory(goal=goal, title=title, number=number, **more)


def edit(measure, who, now, **changes):
    fresh = measure.refreshed()
    return actions.edit_measure(fresh, changes=changes, revision=fresh.revision, by=who, at=now)


def test_a_sheet_keeps_everything_that_is_said_besides(goal, who, now):
    said = {
        "summary": "Orte, an denen man sich trifft.",
        "horizon": "short",
        "funding_source": "Landesprogramm",
        "staff_need": Decimal("0.5"),
        "novelty": "extended",
        "service": "mainstream",
        "neighbourhoods": "Nord;  Ost , nord",
        "risks": "Niemand findet hin.",
    }
    grown = actions.grow_measure(goal, title="Treffpunkte", details=said, by=who, at=now)
    for name, value in said.items():
        expected = "Nord, Ost" if name == "neighbourhoods" else value
        assert getattr(grown, name) == expected


def test_a_staff_need_below_zero_is_refused_in_words_and_by_the_database(goal, who, now):
    measure = measure_of(goal)
    with pytest.raises(Invalid) as refused:
        edit(measure, who, now, staff_need=Decimal("-1"))
    assert set(refused.value.fields) == {"staff_need"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(staff_need=-1)


# --- dependencies ------------------------------------------------------------------------------


def test_measures_that_would_wait_for_each_other_are_refused_by_name(goal, who, now):
    first, second, third = (measure_of(goal, title) for title in ("Eins", "Zwei", "Drei"))
    edit(first, who, now, depends_on=[second])
    edit(second, who, now, depends_on=[third])
    with pytest.raises(Invalid) as refused:
        edit(third, who, now, depends_on=[first])
    assert "Drei → Eins → Zwei → Drei" in str(refused.value.fields["depends_on"])
    assert not third.depends_on.exists()
    with pytest.raises(Invalid):
        edit(first, who, now, depends_on=[first])


def test_the_shortest_circle_is_named():
    waits_for = {1: [2, 4], 2: [3], 3: [1], 4: [1]}
    assert queries.first_circle(waits_for, through=1) == [1, 4]
    assert queries.first_circle(waits_for, through=3) == [3, 1, 2]
    assert queries.first_circle({1: [2], 2: []}, through=1) == []


@pytest.mark.parametrize(
    "written", ["{identifier} egal", "/de/massnahme/{identifier}/", "1.2", "zwei"]
)
def test_a_measure_is_named_by_address_number_or_title(goal, written):
    first, second = measure_of(goal, "Eins"), measure_of(goal, "Zwei")
    typed = written.format(identifier=second.identifier)
    assert queries.measures_named(first, typed) == [second]


def test_what_is_no_other_measure_of_the_concept_is_refused(goal):
    first = measure_of(goal, "Eins")
    foreign = make.MeasureFactory(title="Fremd")
    for typed in (first.identifier, foreign.identifier, "Fremd", "9.9"):
        with pytest.raises(Invalid) as refused:
            queries.measures_named(first, typed)
        assert typed in str(refused.value.fields["depends_on"])


# --- indicators --------------------------------------------------------------------------------


def test_an_indicator_is_added_once_changed_and_dropped_once(goal, who, now):
    measure = measure_of(goal)
    said = {"title": "Besuche", "baseline": Decimal(120), "target": Decimal(200)}
    row = actions.write_indicator(measure, said, by=who, at=now)
    assert actions.write_indicator(measure, said, by=who, at=now) == row
    with pytest.raises(Invalid):
        actions.write_indicator(measure, said | {"target": Decimal(1)}, by=who, at=now)
    changed = actions.write_indicator(
        measure, {"target": Decimal(250)}, indicator=row, by=who, at=now
    )
    assert (changed.title, changed.target) == ("Besuche", Decimal(250))
    actions.drop_indicator(row, by=who, at=now)
    actions.drop_indicator(changed, by=who, at=now)
    kinds = Event.objects.filter(thing=measure.pk, kind="measure.indicators_changed")
    assert kinds.count() == 3


def test_a_target_before_the_baseline_is_refused_in_words_and_by_the_database(goal, who, now):
    measure = measure_of(goal)
    days = {"baseline_on": dt.date(2027, 5, 1), "target_by": dt.date(2027, 5, 1)}
    with pytest.raises(Invalid) as refused:
        actions.write_indicator(measure, {"title": "Besuche"} | days, by=who, at=now)
    assert set(refused.value.fields) == {"target_by"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.create(measure=measure, title="x", position=1, **days)


def test_only_a_draft_gets_indicators(goal, who, now):
    handed_in = measure_of(goal, state="submitted")
    with pytest.raises(Closed):
        actions.write_indicator(handed_in, {"title": "Besuche"}, by=who, at=now)


def test_there_is_an_end_to_indicators(goal, who, now):
    measure = measure_of(goal)
    for number in range(12):
        actions.write_indicator(measure, {"title": f"Zahl {number}"}, by=who, at=now)
    with pytest.raises(Closed):
        actions.write_indicator(measure, {"title": "Zu viel"}, by=who, at=now)


# --- own fields --------------------------------------------------------------------------------


def test_what_a_municipality_asks_stands_on_every_sheet(goal, who, now):
    town = goal.municipality
    guiding = actions.write_own_field(
        town, label="Leitbild", field_kind="choice", options=["A", "B"], by=who, at=now
    )
    checked = actions.write_own_field(
        town, label="Geprüft", field_kind="mark", is_public=False, by=who, at=now
    )
    measure = measure_of(goal)
    typed = {"title": "Treffpunkte", f"own_{guiding.pk}": "B", f"own_{checked.pk}": "on"}
    form = MeasureForm(typed, measure=measure)
    assert form.is_valid(), form.errors
    saved = edit(measure, who, now, own=form.changes()["own"])
    asked = queries.own_fields_of(town)
    assert queries.own_answers(saved, asked, public_only=True) == [("Leitbild", "B")]
    assert queries.own_answers(saved, asked, public_only=False)[1][0] == "Geprüft"
    assert MeasureForm.of(saved)[f"own_{guiding.pk}"] == "B"

    assert not MeasureForm(typed | {f"own_{guiding.pk}": "C"}, measure=measure).is_valid()


def test_a_closed_own_field_is_not_asked_and_its_answers_stay(goal, who, now):
    row = make.OwnFieldFactory(municipality=goal.municipality)
    measure = measure_of(goal, own={str(row.pk): "Antwort"})
    actions.retire_own_field(row, by=who, at=now)
    actions.retire_own_field(row, by=who, at=now)
    form = MeasureForm({"title": "Treffpunkte"}, measure=measure)
    assert form.is_valid()
    assert "own" not in form.changes()
    assert measure.refreshed().own == {str(row.pk): "Antwort"}
    assert Event.objects.filter(kind="own_field.retired").count() == 1


def test_an_own_field_needs_a_name_of_its_own_and_two_answers(goal, who, now):
    town = goal.municipality
    make.OwnFieldFactory(municipality=town, label="Leitbild")
    for wrong, field in (
        ({"label": "Leitbild", "field_kind": "text"}, "label"),
        ({"label": " ", "field_kind": "text"}, "label"),
        ({"label": "Wahl", "field_kind": "choice", "options": ["A", "A"]}, "options"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.write_own_field(town, **wrong, by=who, at=now)
        assert set(refused.value.fields) == {field}
    assert OwnField.objects.count() == 1


def test_two_who_answer_an_own_field_at_once_see_both_answers(goal, who, now):
    row = make.OwnFieldFactory(municipality=goal.municipality, label="Leitbild")
    measure = measure_of(goal)
    edit(measure, who, now, own={str(row.pk): "Offen"})
    with pytest.raises(Conflict) as conflict:
        actions.edit_measure(
            measure, changes={"own": {str(row.pk): "Nah"}}, revision=0, by=who, at=now
        )
    assert conflict.value.mine["own"] == "Leitbild: Nah"
    assert conflict.value.theirs["own"] == "Leitbild: Offen"


# --- how much is filled, and what goes into a version -----------------------------------------


def test_completeness_counts_zero_as_an_answer(goal):
    empty = queries.completeness(measure_of(goal), indicators=0)
    assert (empty.filled, empty.total) == (1, 14)
    some = measure_of(goal, "Zwei", staff_need=Decimal(0), cost_once=0, horizon="long")
    filled = queries.completeness(some, indicators=2)
    assert filled.filled == 5
    assert len(filled.missing) == filled.total - filled.filled


def test_a_version_holds_the_whole_sheet_and_nothing_that_is_not_public(goal, who, now):
    field = goal.field
    type(field).objects.filter(pk=field.pk).update(state="kept")
    for thing in (field, goal):
        type(thing).objects.filter(pk=thing.pk).update(is_public=True)
    shown = make.OwnFieldFactory(municipality=goal.municipality, label="Leitbild")
    inside = make.OwnFieldFactory(municipality=goal.municipality, is_public=False)
    draft = measure_of(goal, "Entwurf", state="draft")
    measure = measure_of(
        goal.refreshed(),
        state="submitted",
        is_public=True,
        staff_need=Decimal("1.50"),
        own={str(shown.pk): "Offen", str(inside.pk): "Nur wir"},
    )
    make.IndicatorFactory(measure=measure, title="Besuche", baseline=Decimal("120.00"))
    measure.depends_on.add(draft)
    content = content_of(field.concept, identifier="-", edition=1, at=now)
    (sheet,) = content["fields"][0]["goals"][0]["measures"]
    assert sheet["staff_need"] == "1.5"
    assert sheet["own"] == [{"label": "Leitbild", "answer": "Offen"}]
    assert sheet["indicators"][0]["baseline"] == "120"
    assert sheet["depends_on"] == [], "a draft is nobody else's business yet"
