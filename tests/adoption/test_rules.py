"""Who may agree, object, answer, freeze and adopt: before, during and after."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from miteinander.adoption import queries
from miteinander.adoption.models import ConceptVersion
from miteinander.adoption.states import ObjectionState, VersionState
from miteinander.core.rights import allowed
from miteinander.strategy.states import MeasureState
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    return make.MeasureFactory(goal=goal, state="submitted")


def seated(town, kind="steering_group", **more):
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town, body_kind=kind))
    return make.member(town, seats=(make.seat_held(seat, **more),))


@pytest.mark.parametrize("state", MeasureState)
def test_seats_of_the_steering_group_speak_while_a_measure_is_handed_in(measure, state):
    measure.state = state
    town = measure.municipality
    assert allowed(seated(town), "adoption.cast_voice", measure) == (
        state == MeasureState.SUBMITTED
    )
    for silent in (
        seated(town, speaks=False, as_deputy=True),
        seated(town, kind="working_group"),
        seated(make.MunicipalityFactory()),
        make.member(town),
        make.coordinator(town),
        make.visitor(town),
    ):
        assert not allowed(silent, "adoption.cast_voice", measure)


@pytest.mark.parametrize("offset", [-30, 30], ids=["before", "after"])
def test_nobody_speaks_freezes_or_adopts_outside_the_phase(measure, offset):
    town = measure.municipality
    move = dt.timedelta(days=offset)
    member, office = seated(town), make.coordinator(town)
    concept = measure.goal.field.concept
    assert allowed(office, "adoption.freeze_version", concept)
    assert not allowed(replace(member, at=member.at + move), "adoption.cast_voice", measure)
    assert not allowed(replace(office, at=office.at + move), "adoption.freeze_version", concept)


@pytest.mark.parametrize("state", ObjectionState)
def test_objections_are_answered_by_the_office_and_withdrawn_by_their_seat(measure, state):
    objection = make.ObjectionFactory(measure=measure, state=state)
    town = measure.municipality
    own = make.member(town, seats=(make.seat_held(objection.seat),))
    stands = state in (ObjectionState.OPEN, ObjectionState.ANSWERED)
    assert allowed(own, "adoption.withdraw_objection", objection) == stands
    assert allowed(own, "adoption.carry_objection", objection) == stands
    assert allowed(make.coordinator(town), "adoption.carry_objection", objection) == stands
    assert allowed(make.coordinator(town), "adoption.answer_objection", objection) == (
        state == ObjectionState.OPEN
    )
    assert not allowed(seated(town), "adoption.withdraw_objection", objection)
    assert not allowed(make.coordinator(town), "adoption.withdraw_objection", objection)
    assert not allowed(own, "adoption.answer_objection", objection)


def version_of(measure, **facts):
    concept = measure.goal.field.concept
    return ConceptVersion.objects.create(
        municipality=measure.municipality,
        concept=concept,
        title="Fassung",
        edition=concept.versions.count() + 1,
        content="{}",
        checksum="0",
        frozen_at=timezone.now(),
        **facts,
    )


@pytest.mark.parametrize("state", VersionState)
def test_only_a_frozen_version_is_adopted_and_by_the_office(measure, state):
    version = version_of(measure, state=state)
    town = measure.municipality
    assert allowed(make.coordinator(town), "adoption.adopt_version", version) == (
        state == VersionState.FROZEN
    )
    assert not allowed(seated(town), "adoption.adopt_version", version)
    foreign = make.coordinator(make.MunicipalityFactory())
    assert not allowed(foreign, "adoption.adopt_version", version)


@pytest.mark.parametrize(
    ("listing", "build"),
    [
        (queries.objections_visible_to, lambda m, **f: make.ObjectionFactory(measure=m, **f)),
        (queries.versions_visible_to, version_of),
    ],
    ids=["objections", "versions"],
)
def test_rule_and_list_agree_on_who_sees_what(measure, listing, build):
    town, foreign = measure.municipality, make.MunicipalityFactory()
    rows = [build(measure, is_public=True), build(measure, is_public=False)]
    seen = set()
    for person in (
        make.coordinator(town), make.member(town), make.visitor(town),
        make.coordinator(foreign), make.visitor(foreign),
    ):  # fmt: skip
        ruled = {row.pk for row in rows if allowed(person, "adoption.see_thing", row)}
        listed = set(listing(town, person).values_list("pk", flat=True))
        assert listed == ruled
        seen |= {frozenset(listed)}
    assert len(seen) == 2
    assert not listing(foreign, make.coordinator(foreign)).exists()
