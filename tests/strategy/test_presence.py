"""Who is at a text just now: told to those who are there too, and remembered by nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from miteinander.community.actions import forget_person
from miteinander.core.jobs import run_scheduled
from miteinander.core.models import Event
from miteinander.strategy import actions, queries
from miteinander.strategy.models import Presence
from miteinander.strategy.queries.presence import FRESH, KEPT
from tests import factories as make

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    field = make.FieldOfActionFactory(concept=concept, working_group=group)
    return make.GoalFactory(field=field)


def somebody(goal, function):
    by = make.member(goal.municipality, user=make.UserFactory().pk)
    return replace(by, function=function)


def others(row, by, at):
    return [one.function for one in actions.be_present(row, by=by, at=at)]


def test_two_at_one_text_see_each_other_and_not_themselves(goal, now):
    school, office = somebody(goal, "Sitz Schule"), somebody(goal, "Koordination")
    assert others(goal, school, now) == []
    assert others(goal, office, now + SECOND) == ["Sitz Schule"]
    assert others(goal, school, now + 2 * SECOND) == ["Koordination"]
    elsewhere = make.GoalFactory(field=goal.field)
    assert others(elsewhere, somebody(goal, "Sitz Sport"), now) == []


def test_whoever_goes_elsewhere_has_one_row_that_moves_along(goal, now):
    by, chapter = somebody(goal, "Sitz Schule"), make.ChapterFactory(concept=goal.field.concept)
    others(goal, by, now)
    others(chapter, by, now + SECOND)
    assert Presence.objects.get().chapter == chapter
    assert queries.present_at(goal, at=now + 2 * SECOND) == []
    others(goal, by, now + 3 * SECOND)
    assert (Presence.objects.get().thing_id, Presence.objects.get().chapter) == (goal.pk, None)


def test_whoever_is_not_heard_of_any_more_is_gone_and_forgotten(goal, now):
    others(goal, somebody(goal, "Sitz Schule"), now)
    assert queries.present_at(goal, at=now + FRESH - SECOND)
    assert not queries.present_at(goal, at=now + FRESH)
    Presence.objects.update(at=now - 2 * KEPT)
    run_scheduled(at=now)
    assert not Presence.objects.exists()
    assert not Event.objects.exists(), "no event tells where somebody was"


def test_in_a_room_is_who_is_at_one_of_its_texts_too(goal, now):
    measure = make.MeasureFactory(goal=goal)
    others(measure, somebody(goal, "Sitz Schule"), now)
    others(make.GoalFactory(field__concept=goal.field.concept), somebody(goal, "Fremd"), now)
    room = goal.field.working_group
    assert others(room, somebody(goal, "Sitz Sport"), now) == ["Sitz Schule"]
    assert others(room, somebody(goal, "Leitung"), now) == ["Sitz Schule", "Sitz Sport"]


def test_it_goes_with_the_person(goal, now):
    user = make.UserFactory()
    make.MembershipFactory(user=user, municipality=make.MunicipalityFactory())
    person = make.PersonFactory(municipality=goal.municipality, user=user)
    by = make.member(goal.municipality, user=user.pk)
    others(goal, by, now)
    forget_person(person, by=make.coordinator(goal.municipality), at=now)
    assert not Presence.objects.exists(), "also where the account lives on in another town"


def test_asking_again_costs_one_query_and_being_written_down_one_more(
    goal, now, django_assert_num_queries
):
    by = somebody(goal, "Sitz Schule")
    for number in range(4):
        others(goal, somebody(goal, f"Sitz {number}"), now)
    with django_assert_num_queries(2):
        others(goal, by, now)
    with django_assert_num_queries(1):
        assert len(others(goal, by, now + 10 * SECOND)) == 4
    with django_assert_num_queries(2):
        others(goal, by, now + 20 * SECOND)
    with django_assert_num_queries(1):
        others(goal.field.working_group, by, now + 21 * SECOND)
    assert Presence.objects.get(user=by.user).thing_id == goal.pk, "two windows do not argue"
