"""Handing in together: frozen, given back or taken on, taken back; by a table of roads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from django.utils import timezone

from miteinander.adoption.actions import cast_voice
from miteinander.adoption.states import Choice
from miteinander.core.errors import Closed, Invalid, NotAllowed, NotReady
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.core.standing import SeatHeld, Standing
from miteinander.strategy import actions, queries
from miteinander.strategy.models import FieldOfAction, Goal, HandOver, Measure
from miteinander.strategy.states import (
    HAND_OVER_RIGHTS,
    HAND_OVER_ROADS,
    OPENS_AGAIN,
    HandOverState,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@dataclass
class Place:
    """A field with one goal and one whole measure, and the people around it."""

    field: FieldOfAction
    goal: Goal
    measure: Measure
    group: Standing
    steering: Standing

    @property
    def office(self):
        return make.coordinator(self.field.municipality)

    @property
    def parts(self):
        return [self.field.pk, self.goal.pk, self.measure.pk]


NOW = timezone.now()


def whole(goal, title):
    lead = make.OrganisationFactory(municipality=goal.municipality)
    return make.MeasureFactory(
        goal=goal, title=title, text="Lotsen begleiten.", target_groups="Familien", lead=lead,
        lead_state="accepted", starts=dt.date(2027, 1, 1), cost_once=0, funding="secured",
    )  # fmt: skip


def sitting(body, **more):
    seat = make.SeatFactory(body=body)
    held = SeatHeld(seat.pk, body.pk, body.body_kind, as_deputy=False, speaks=True)
    return make.member(body.municipality, seats=(held,), bodies=frozenset({body.pk}), **more)


@pytest.fixture
def at():
    phase = make.PhaseFactory(permits=["draft", "review"])
    concept = make.ConceptFactory(process=phase.process)
    town = concept.municipality
    group = make.BodyFactory(municipality=town, body_kind="working_group")
    steering = make.BodyFactory(municipality=town, body_kind="steering_group")
    field = make.FieldOfActionFactory(
        concept=concept, working_group=group, scope="Wie Menschen wohnen."
    )
    goal = make.GoalFactory(
        field=field, need="Es fehlen Wohnungen.", evidence="12 Beiträge", indicator="Wartezeit"
    )
    return Place(field, goal, whole(goal, "Lotsen"), sitting(group), sitting(steering))


@pytest.fixture
def handed(at):
    return actions.hand_in(at.field, parts=at.parts, note="Bitte lesen", by=at.group, at=NOW)


def edit(row, by, text="Anders."):
    row = row.refreshed()
    write = {"goal": actions.edit_goal, "measure": actions.edit_measure}
    if row.KIND == "field":
        return actions.describe_field(
            row, changes={"scope": text}, revision=row.revision, by=by, at=NOW
        )
    return write[row.KIND](row, changes={"text": text}, revision=row.revision, by=by, at=NOW)


def step(handed, to, by, reason="So nicht."):
    return actions.answer_hand_over(handed, to=to, reason=reason, by=by, at=NOW)


def test_a_field_is_handed_in_as_a_whole_and_nobody_changes_it(at, handed):
    assert at.measure.refreshed().state == "submitted"
    assert (at.measure.refreshed().is_public, at.goal.refreshed().is_public) == (True, True)
    for row in (at.field, at.goal, at.measure):
        for by in (at.group, at.office):
            with pytest.raises(Closed):
                edit(row, by)
    with pytest.raises(Closed):
        actions.grow_goal(at.field, title="Noch eins", by=at.group, at=NOW)
    with pytest.raises(Closed):
        actions.grow_measure(at.goal.refreshed(), title="Noch eine", by=at.group, at=NOW)
    with pytest.raises(Closed):
        actions.rename_field(at.field, title="Anders", by=at.group, at=NOW)
    with pytest.raises(Closed):
        actions.take_back_measure(at.measure, by=at.group, at=NOW)
    told = Event.objects.filter(thing=at.field.pk, kind="field.handed_in").get()
    assert told.is_public
    assert told.data == {"hand_over": handed.pk, "count": 3}


def test_a_selection_leaves_the_rest_to_the_group(at):
    other = make.GoalFactory(field=at.field)
    actions.hand_in(at.field, parts=[at.goal.pk, at.measure.pk], by=at.group, at=NOW)
    edit(other, at.group)
    edit(at.field, at.group)
    with pytest.raises(Closed):
        edit(at.goal, at.group)
    left = [row.pk for row in queries.parts_to_hand_in(at.field.refreshed())]
    assert left == [at.field.pk, other.pk]


def test_all_open_points_of_all_measures_are_named_and_nothing_is_handed_in(at):
    rows = [make.MeasureFactory(goal=at.goal, title=title) for title in ("Eins", "Zwei")]
    with pytest.raises(NotReady) as refused:
        actions.hand_in(at.field, parts=[at.goal.pk, *(m.pk for m in rows)], by=at.group, at=NOW)
    told = " ".join(str(point) for point in refused.value.points)
    assert "Eins" in told
    assert "Zwei" in told
    assert not HandOver.objects.exists()
    assert rows[0].refreshed().state == "draft"


def test_nothing_and_what_lies_elsewhere_cannot_be_handed_in(at):
    elsewhere = make.GoalFactory()
    for parts in ([], [at.goal.pk, elsewhere.pk]):
        with pytest.raises(Invalid) as refused:
            actions.hand_in(at.field, parts=parts, by=at.group, at=NOW)
        assert list(refused.value.fields) == ["parts"]


def test_the_same_twice_is_one_hand_over(at, handed):
    again = actions.hand_in(at.field, parts=at.parts[::-1], note="Bitte lesen", by=at.group, at=NOW)
    assert again == handed
    with pytest.raises(Closed):
        actions.hand_in(at.field, parts=[at.goal.pk], by=at.group, at=NOW)
    assert HandOver.objects.count() == 1


def test_the_wording_that_was_handed_in_is_kept_whatever_is_written_later(at, handed):
    step(handed, "given_back", at.office)
    edit(at.measure, at.group, "Ganz anders.")
    parts = {part.row.KIND: part for part in queries.parts_of(handed)}
    assert parts["measure"].part.words["text"] == "Lotsen begleiten."
    assert parts["measure"].now["text"] == "Ganz anders."
    assert parts["measure"].has_changed
    assert not parts["goal"].has_changed


@pytest.mark.parametrize("to", sorted(OPENS_AGAIN))
def test_after_it_came_back_the_group_writes_on_and_hands_in_again(at, handed, to):
    by = at.group if to == HandOverState.TAKEN_BACK else at.steering
    with pytest.raises(Invalid) as refused:
        step(handed, to, by, reason=" ")
    assert list(refused.value.fields) == ["reason"]
    step(handed, to, by)
    assert step(handed, to, by).reason == "So nicht.", "twice is once"
    for row in (at.field, at.goal, at.measure):
        edit(row, at.group)
    assert Event.objects.filter(kind=f"field.{to}").count() == 1
    assert actions.hand_in(at.field, parts=at.parts, by=at.group, at=NOW) != handed


def test_what_is_taken_on_stays_as_it_is_and_can_still_be_given_back(at, handed):
    step(handed, "taken_on", at.steering, reason="")
    with pytest.raises(Closed):
        edit(at.measure, at.group)
    step(handed, "given_back", at.steering)
    edit(at.measure, at.group)


def test_a_remark_of_the_review_begins_it_and_one_of_a_member_does_not(at, handed):
    def remark(by):
        actions.propose_change(
            at.goal.refreshed(), entry="need", passage="Es", proposal=None, by=by, at=NOW,
            reason=f"Wo? {by.bodies}",
        )  # fmt: skip
        return HandOver.objects.get().state

    assert remark(make.member(at.field.municipality)) == "handed_in"
    assert remark(at.group) == "handed_in"
    assert remark(at.steering) == "begun"
    with pytest.raises(Closed):
        step(handed, "taken_back", at.group)


def test_a_voice_on_one_of_its_measures_begins_the_review(at, handed):
    cast_voice(at.measure, choice=Choice.AGREE, by=at.steering, at=NOW)
    assert HandOver.objects.get().state == "begun"


def test_where_its_field_was_merged_meanwhile_it_still_waits_and_is_given_back(at, handed):
    into = make.FieldOfActionFactory(concept=at.field.concept)
    actions.merge_field(at.field, into=into, reason="Gehört zusammen", by=at.office, at=NOW)
    assert handed in queries.hand_overs_waiting(at.field.municipality)
    step(handed, "given_back", at.steering)
    goal = at.goal.refreshed()
    assert (goal.field, goal.handed_in) == (into, None)


def people(field, group, steering):
    town = field.municipality
    other = make.BodyFactory(municipality=town, body_kind="working_group")
    deputy = replace(steering.seats[0], as_deputy=True, speaks=False)
    strange = make.BodyFactory(body_kind="steering_group")
    return {
        "group": group,
        "steering": steering,
        "coordinator": make.coordinator(town),
        "other group": sitting(other),
        "silent deputy": replace(steering, seats=(deputy,)),
        "member": make.member(town),
        "visitor": make.visitor(town),
        "strange coordinator": make.coordinator(strange.municipality),
        "strange steering": sitting(strange),
    }


REVIEWS = {"steering", "coordinator"}
WHO = {
    "strategy.review_hand_over": REVIEWS,
    "strategy.take_back_hand_over": {"group", "coordinator"},
}


@pytest.mark.parametrize("state", HandOverState)
@pytest.mark.parametrize("to", sorted(HAND_OVER_RIGHTS))
def test_each_step_is_open_to_whom_the_table_says_and_to_nobody_else(at, state, to):
    for who, by in people(at.field, at.group, at.steering).items():
        row = make.HandOverFactory(field=at.field, state=state, reason="Darum.")
        may = who in WHO[HAND_OVER_RIGHTS[to]] and to in HAND_OVER_ROADS[state]
        offered = to in HAND_OVER_ROADS[state] and allowed(by, HAND_OVER_RIGHTS[to], row)
        assert offered == may, who
        if may:
            assert step(row, to, by).state == to
        elif state != to:
            with pytest.raises((Closed, NotAllowed)):
                step(row, to, by, reason="Anders.")
            row.refresh_from_db()
            assert row.state == state
        row.delete()


@pytest.mark.parametrize("offset", [-40, 40], ids=["before", "after"])
def test_before_and_after_the_phase_nothing_is_handed_in_or_answered(at, offset):
    row = make.HandOverFactory(field=at.field)
    then = NOW + offset * DAY
    for by, right in ((at.steering, "review_hand_over"), (at.group, "take_back_hand_over")):
        assert not allowed(replace(by, at=then), f"strategy.{right}", row)
    assert not allowed(replace(at.group, at=then), "strategy.hand_in", at.field)
    with pytest.raises(Closed):
        actions.hand_in(at.field, parts=[at.goal.pk], by=at.group, at=then)
    with pytest.raises(Closed):
        actions.answer_hand_over(row, to="given_back", reason="So.", by=at.steering, at=then)


def test_members_see_hand_overs_and_nobody_else_does(at):
    row = make.HandOverFactory(field=at.field)
    town = at.field.municipality
    for who, by in people(at.field, at.group, at.steering).items():
        seen = set(queries.hand_overs_visible_to(town, by))
        assert seen == (set() if who in ("visitor",) or "strange" in who else {row}), who


@pytest.mark.parametrize("count", [1, 5])
def test_what_was_handed_in_costs_the_same_for_one_measure_as_for_many(
    at, count, django_assert_num_queries
):
    asked = make.OwnFieldFactory(municipality=at.field.municipality)
    rows = [whole(at.goal, f"Maßnahme {n}") for n in range(count)]
    for row in rows:
        row.own = {str(asked.pk): "ja"}
        row.save()
    parts = [at.field.pk, at.goal.pk, *(row.pk for row in rows)]
    made = actions.hand_in(at.field, parts=parts, by=at.group, at=NOW)
    made = queries.hand_overs_visible_to(at.field.municipality, at.group).get(pk=made.pk)
    with django_assert_num_queries(8):
        assert len(queries.parts_of(made)) == count + 2
