"""What a phase permits is data, and each permit opens its own thing and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed
from miteinander.core.rights import allowed
from miteinander.participation import actions as participation
from miteinander.process.states import PERMIT_MEANS, Permit
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def world():
    """A process with one running phase, and something to do for every permit."""
    phase = make.PhaseFactory()
    concept = make.ConceptFactory(process=phase.process)
    goal = make.GoalFactory(field=make.FieldOfActionFactory(concept=concept))
    town = phase.process.municipality
    return {
        "phase": phase,
        "call": make.CallFactory(process=phase.process, phase=phase),
        "draft": make.MeasureFactory(goal=goal),
        "submitted": make.MeasureFactory(goal=goal, state="submitted"),
        "adopted": make.MeasureFactory(
            goal=goal, state="adopted", lead=make.OrganisationFactory(municipality=town)
        ),
        "concept": concept,
        "theme": make.ThemeFactory(process=phase.process),
        "contribution": make.ContributionFactory(process=phase.process),
    }


def contributes(world, by):
    participation.submit_contribution(
        world["call"], text="Ein Treffpunkt fehlt.", may_publish=True, form_key=f"{by.at}",
        by=by, at=by.at,
    )  # fmt: skip


def gathers(world, by):
    participation.gather([world["contribution"]], world["theme"], by=by, at=by.at)


def right(name, thing):
    def ask(world, by):
        if not allowed(by, name, world[thing]):
            raise Closed(name)

    return ask


def reviews(world, by):
    town = world["concept"].municipality
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town, body_kind="steering_group"))
    member = replace(make.member(town, seats=(make.seat_held(seat),)), at=by.at)
    right("adoption.cast_voice", "submitted")(world, member)


WAYS = {
    Permit.CONTRIBUTE: contributes,
    Permit.GATHER: gathers,
    Permit.DRAFT: right("strategy.edit_measure", "draft"),
    Permit.REVIEW: reviews,
    Permit.ADOPT: right("adoption.freeze_version", "concept"),
    Permit.REPORT: right("monitoring.report", "adopted"),
}


def test_every_permit_has_a_way_here_and_an_explanation():
    assert set(WAYS) == set(Permit) == set(PERMIT_MEANS)


def refused(way, world, by):
    try:
        way(world, by)
    except Closed:
        return True
    return False


@pytest.mark.parametrize("given", Permit)
@pytest.mark.parametrize("wanted", Permit)
def test_a_permit_opens_what_it_says_and_nothing_else(world, given, wanted):
    """The cards of a gathering phase are entered, not contributed: that has its own test."""
    phase = world["phase"]
    phase.permits = [str(given)]
    phase.save()
    by = make.coordinator(phase.process.municipality)
    assert refused(WAYS[wanted], world, by) == (given != wanted)


@pytest.mark.parametrize("permit", Permit)
@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)], ids=["after", "before"])
def test_before_and_after_its_phase_a_permit_opens_nothing(world, permit, first, last):
    phase, today = world["phase"], timezone.localdate()
    phase.starts, phase.ends, phase.permits = today + first * DAY, today + last * DAY, list(Permit)
    phase.save()
    by = make.coordinator(phase.process.municipality)
    assert refused(WAYS[permit], world, by)
