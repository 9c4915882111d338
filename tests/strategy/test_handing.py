"""Handing in together: frozen, given back or taken on, taken back; by a table of roads."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from miteinander.adoption.actions import cast_voice
from miteinander.adoption.states import Choice
from miteinander.core.errors import Closed, Invalid, NotAllowed, NotReady
from miteinander.core.models import Event
from miteinander.core.rights import allowed
from miteinander.core.standing import SeatHeld
from miteinander.strategy import actions, queries
from miteinander.strategy.models import HandOver
from miteinander.strategy.states import (
    HAND_OVER_RIGHTS,
    HAND_OVER_ROADS,
    OPENS_AGAIN,
    HandOverState,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def field():
    phase = make.PhaseFactory(permits=["draft", "review"])
    concept = make.ConceptFactory(process=phase.process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    return make.FieldOfActionFactory(
        concept=concept, working_group=group, scope="Wie Menschen wohnen."
    )


@pytest.fixture
def goal(field):
    return make.GoalFactory(
        field=field, need="Es fehlen Wohnungen.", evidence="12 Beiträge", indicator="Wartezeit"
    )


@pytest.fixture
def measure(goal):
    return whole(goal, "Lotsen")


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
def group(field):
    return sitting(field.working_group)


@pytest.fixture
def steering(field):
    return sitting(make.BodyFactory(municipality=field.municipality, body_kind="steering_group"))


@pytest.fixture
def handed(field, goal, measure, group, now):
    parts = [field.pk, goal.pk, measure.pk]
    return actions.hand_in(field, parts=parts, note="Bitte lesen", by=group, at=now)


def edit(row, by, now, text="Anders."):
    row = row.refreshed()
    write = {"goal": actions.edit_goal, "measure": actions.edit_measure}
    if row.KIND == "field":
        return actions.describe_field(
            row, changes={"scope": text}, revision=row.revision, by=by, at=now
        )
    return write[row.KIND](row, changes={"text": text}, revision=row.revision, by=by, at=now)


def step(handed, to, by, now, reason="So nicht."):
    return actions.answer_hand_over(handed, to=to, reason=reason, by=by, at=now)


def test_a_field_is_handed_in_as_a_whole_and_nobody_changes_it(
    field, goal, measure, group, handed, now
):
    assert measure.refreshed().state == "submitted"
    assert (measure.refreshed().is_public, goal.refreshed().is_public) == (True, True)
    for row in (field, goal, measure):
        for by in (group, make.coordinator(field.municipality)):
            with pytest.raises(Closed):
                edit(row, by, now)
    with pytest.raises(Closed):
        actions.grow_goal(field, title="Noch eins", by=group, at=now)
    with pytest.raises(Closed):
        actions.grow_measure(goal.refreshed(), title="Noch eine", by=group, at=now)
    with pytest.raises(Closed):
        actions.rename_field(field, title="Anders", by=group, at=now)
    with pytest.raises(Closed):
        actions.take_back_measure(measure, by=group, at=now)
    told = Event.objects.filter(thing=field.pk, kind="field.handed_in").get()
    assert told.is_public
    assert told.data == {"hand_over": handed.pk, "count": 3}


def test_a_selection_leaves_the_rest_to_the_group(field, goal, measure, group, now):
    other = make.GoalFactory(field=field)
    actions.hand_in(field, parts=[goal.pk, measure.pk], by=group, at=now)
    edit(other, group, now)
    edit(field, group, now)
    with pytest.raises(Closed):
        edit(goal, group, now)
    left = [row.pk for row in queries.parts_to_hand_in(field.refreshed())]
    assert left == [field.pk, other.pk]


def test_all_open_points_of_all_measures_are_named_and_nothing_is_handed_in(
    field, goal, group, now
):
    rows = [make.MeasureFactory(goal=goal, title=title) for title in ("Eins", "Zwei")]
    with pytest.raises(NotReady) as refused:
        actions.hand_in(field, parts=[goal.pk, *(m.pk for m in rows)], by=group, at=now)
    told = " ".join(str(point) for point in refused.value.points)
    assert "Eins" in told
    assert "Zwei" in told
    assert not HandOver.objects.exists()
    assert rows[0].refreshed().state == "draft"


def test_nothing_and_what_lies_elsewhere_cannot_be_handed_in(field, goal, group, now):
    elsewhere = make.GoalFactory()
    for parts in ([], [goal.pk, elsewhere.pk]):
        with pytest.raises(Invalid) as refused:
            actions.hand_in(field, parts=parts, by=group, at=now)
        assert list(refused.value.fields) == ["parts"]


def test_the_same_twice_is_one_hand_over(field, goal, measure, group, handed, now):
    again = actions.hand_in(
        field, parts=[measure.pk, field.pk, goal.pk], note="Bitte lesen", by=group, at=now
    )
    assert again == handed
    with pytest.raises(Closed):
        actions.hand_in(field, parts=[goal.pk], by=group, at=now)
    assert HandOver.objects.count() == 1


def test_the_wording_that_was_handed_in_is_kept_whatever_is_written_later(
    field, goal, measure, group, handed, now
):
    step(handed, "given_back", make.coordinator(field.municipality), now)
    edit(measure, group, now, "Ganz anders.")
    parts = {part.row.KIND: part for part in queries.parts_of(handed)}
    assert parts["measure"].part.words["text"] == "Lotsen begleiten."
    assert parts["measure"].now["text"] == "Ganz anders."
    assert parts["measure"].has_changed
    assert not parts["goal"].has_changed


@pytest.mark.parametrize("to", sorted(OPENS_AGAIN))
def test_after_it_came_back_the_group_writes_on_and_hands_in_again(
    field, goal, measure, group, steering, handed, now, to
):
    by = group if to == HandOverState.TAKEN_BACK else steering
    with pytest.raises(Invalid) as refused:
        step(handed, to, by, now, reason=" ")
    assert list(refused.value.fields) == ["reason"]
    step(handed, to, by, now)
    assert step(handed, to, by, now).reason == "So nicht.", "twice is once"
    for row in (field, goal, measure):
        edit(row, group, now)
    assert Event.objects.filter(kind=f"field.{to}").count() == 1
    parts = [field.pk, goal.pk, measure.pk]
    assert actions.hand_in(field, parts=parts, by=group, at=now) != handed


def test_what_is_taken_on_stays_as_it_is_and_can_still_be_given_back(
    field, measure, group, steering, handed, now
):
    step(handed, "taken_on", steering, now, reason="")
    with pytest.raises(Closed):
        edit(measure, group, now)
    step(handed, "given_back", steering, now)
    edit(measure, group, now)


def test_a_remark_of_the_review_begins_it_and_one_of_a_member_does_not(
    field, goal, group, steering, handed, now
):
    def remark(by):
        actions.propose_change(
            goal.refreshed(), entry="need", passage="Es", proposal=None, by=by, at=now,
            reason=f"Wo? {by.bodies}",
        )  # fmt: skip
        return HandOver.objects.get().state

    assert remark(make.member(field.municipality)) == "handed_in"
    assert remark(group) == "handed_in"
    assert remark(steering) == "begun"
    with pytest.raises(Closed):
        step(handed, "taken_back", group, now)


def test_a_voice_on_one_of_its_measures_begins_the_review(measure, steering, handed, now):
    cast_voice(measure, choice=Choice.AGREE, by=steering, at=now)
    assert HandOver.objects.get().state == "begun"


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
def test_each_step_is_open_to_whom_the_table_says_and_to_nobody_else(
    field, group, steering, now, state, to
):
    for who, by in people(field, group, steering).items():
        row = make.HandOverFactory(field=field, state=state, reason="Darum.")
        may = who in WHO[HAND_OVER_RIGHTS[to]] and to in HAND_OVER_ROADS[state]
        offered = to in HAND_OVER_ROADS[state] and allowed(by, HAND_OVER_RIGHTS[to], row)
        assert offered == may, who
        if may:
            assert step(row, to, by, now).state == to
        elif state != to:
            with pytest.raises((Closed, NotAllowed)):
                step(row, to, by, now, reason="Anders.")
            row.refresh_from_db()
            assert row.state == state
        row.delete()


@pytest.mark.parametrize("offset", [-40, 40], ids=["before", "after"])
def test_before_and_after_the_phase_nothing_is_handed_in_or_answered(
    field, goal, group, steering, now, offset
):
    row = make.HandOverFactory(field=field)
    then = now + offset * DAY
    for by, right in ((steering, "review_hand_over"), (group, "take_back_hand_over")):
        assert not allowed(replace(by, at=then), f"strategy.{right}", row)
    assert not allowed(replace(group, at=then), "strategy.hand_in", field)
    with pytest.raises(Closed):
        actions.hand_in(field, parts=[goal.pk], by=group, at=then)
    with pytest.raises(Closed):
        step(row, "given_back", steering, then)


def test_members_see_hand_overs_and_nobody_else_does(field, group, steering):
    row = make.HandOverFactory(field=field)
    town = field.municipality
    for who, by in people(field, group, steering).items():
        seen = set(queries.hand_overs_visible_to(town, by))
        assert seen == (set() if who in ("visitor",) or "strange" in who else {row}), who


@pytest.mark.parametrize("count", [1, 5])
def test_what_was_handed_in_costs_the_same_for_one_measure_as_for_many(
    field, goal, group, now, count, django_assert_num_queries
):
    asked = make.OwnFieldFactory(municipality=field.municipality)
    rows = [whole(goal, f"Maßnahme {n}") for n in range(count)]
    for row in rows:
        row.own = {str(asked.pk): "ja"}
        row.save()
    parts = [field.pk, goal.pk, *(row.pk for row in rows)]
    made = actions.hand_in(field, parts=parts, by=group, at=now)
    made = queries.hand_overs_visible_to(field.municipality, group).get(pk=made.pk)
    with django_assert_num_queries(7):
        assert len(queries.parts_of(made)) == count + 2
