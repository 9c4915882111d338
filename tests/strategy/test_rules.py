"""Who may do what with the concept, before, during and after; and that lists agree with rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from miteinander.core.rights import allowed
from miteinander.strategy import queries
from miteinander.strategy.states import ConceptState, FieldState, LeadState, MeasureState
from tests import factories as make

pytestmark = pytest.mark.django_db

DRAFTING = ["draft", "edit_measure", "submit_measure"]


@pytest.fixture
def measure():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    field = make.FieldOfActionFactory(concept=concept, working_group=group)
    return make.MeasureFactory(goal=make.GoalFactory(field=field))


def in_working_group(measure):
    seat = make.SeatFactory(body=measure.goal.field.working_group)
    return make.member(
        measure.municipality, seats=(make.seat_held(seat),), bodies=frozenset({seat.body_id})
    )


def in_other_group(measure):
    body = make.BodyFactory(municipality=measure.municipality, body_kind="working_group")
    seat = make.SeatFactory(body=body)
    return make.member(
        measure.municipality, seats=(make.seat_held(seat),), bodies=frozenset({body.pk})
    )


@pytest.mark.parametrize("right", DRAFTING)
def test_coordination_and_working_group_draft_and_nobody_else(measure, right):
    town, name = measure.municipality, f"strategy.{right}"
    assert allowed(make.coordinator(town), name, measure)
    assert allowed(in_working_group(measure), name, measure)
    for stranger in (
        in_other_group(measure),
        make.member(town),
        make.visitor(town),
        make.coordinator(make.MunicipalityFactory()),
    ):
        assert not allowed(stranger, name, measure)


@pytest.mark.parametrize("right", DRAFTING)
@pytest.mark.parametrize("offset", [-30, 30], ids=["before", "after"])
def test_nobody_drafts_before_or_after_the_phase(measure, right, offset):
    by = make.coordinator(measure.municipality)
    then = replace(by, at=by.at + dt.timedelta(days=offset))
    assert not allowed(then, f"strategy.{right}", measure)


@pytest.mark.parametrize("state", MeasureState)
def test_only_a_draft_is_edited_and_only_what_is_handed_in_is_taken_back(measure, state):
    measure.state = state
    by = make.coordinator(measure.municipality)
    assert allowed(by, "strategy.edit_measure", measure) == (state == MeasureState.DRAFT)
    assert allowed(by, "strategy.take_back_measure", measure) == (state == MeasureState.SUBMITTED)
    assert allowed(by, "strategy.retire_measure", measure) == (state != MeasureState.RETIRED)


def test_an_adopted_edition_and_a_retired_field_are_not_drafted(measure):
    by = make.coordinator(measure.municipality)
    field = measure.goal.field
    field.state = FieldState.RETIRED
    assert not allowed(by, "strategy.draft", field)
    field.state = FieldState.KEPT
    field.concept.state = ConceptState.ADOPTED
    assert not allowed(by, "strategy.draft", field)


@pytest.mark.parametrize("state", LeadState)
def test_the_lead_answers_by_link_or_as_its_own_person_while_asked(measure, state):
    lead = make.OrganisationFactory(municipality=measure.municipality)
    measure.lead, measure.lead_state = lead, state
    town = measure.municipality
    asked = state == LeadState.ASKED
    by_link = replace(make.visitor(town), link=("accept-lead", measure.pk))
    own = make.member(town, organisations=frozenset({lead.pk}))
    assert allowed(by_link, "strategy.answer_as_lead", measure) == asked
    assert allowed(own, "strategy.answer_as_lead", measure) == asked
    for other in (
        make.coordinator(town),
        make.member(town, organisations=frozenset({lead.pk + 1000})),
        replace(make.visitor(town), link=("report", measure.pk)),
        replace(make.visitor(town), link=("accept-lead", measure.pk + 1)),
    ):
        assert not allowed(other, "strategy.answer_as_lead", measure)


def test_a_measure_without_lead_is_answered_by_nobody(measure):
    measure.lead_state = LeadState.ASKED
    nobody = make.member(measure.municipality, organisations=frozenset())
    assert not allowed(nobody, "strategy.answer_as_lead", measure)


LISTS = {
    queries.concepts_visible_to: lambda m, **f: make.ConceptFactory(
        process=make.ProcessFactory(municipality=m.municipality), **f
    ),
    queries.fields_visible_to: lambda m, **f: make.FieldOfActionFactory(
        concept=m.goal.field.concept, **f
    ),
    queries.goals_visible_to: lambda m, **f: make.GoalFactory(field=m.goal.field, **f),
    queries.cross_cutting_themes_visible_to: lambda m, **f: make_theme(m, **f),  # noqa: PLW0108 -- defined below,
}


def make_theme(measure, **facts):
    from miteinander.strategy.models import CrossCuttingTheme  # deferred: reads as one sentence

    return CrossCuttingTheme.objects.create(
        municipality=measure.municipality, concept=measure.goal.field.concept, title="Quer", **facts
    )


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.__name__)
def test_rule_and_list_agree_on_who_sees_what(measure, listing):
    build = LISTS[listing]
    rows = [build(measure, is_public=True), build(measure, is_public=False)]
    _agree(listing, rows, measure.municipality)


@pytest.mark.parametrize("state", MeasureState)
def test_rule_and_list_agree_on_who_sees_a_measure(measure, state):
    rows = [
        make.MeasureFactory(goal=measure.goal, state=state, is_public=public)
        for public in (True, False)
    ]
    _agree(queries.measures_visible_to, rows, measure.municipality)


def _agree(listing, rows, town):
    foreign = make.MunicipalityFactory()
    people = (
        make.coordinator(town), make.member(town), make.visitor(town),
        make.coordinator(foreign), make.member(foreign), make.visitor(foreign),
    )  # fmt: skip
    seen_by_somebody = set()
    for person in people:
        ruled = {row.pk for row in rows if allowed(person, "strategy.see_thing", row)}
        listed = set(listing(town, person).values_list("pk", flat=True)) & {r.pk for r in rows}
        assert listed == ruled
        seen_by_somebody |= {frozenset(listed)}
    assert len(seen_by_somebody) > 1, "the test must tell people apart"
    assert not listing(foreign, make.coordinator(foreign)).exists()
