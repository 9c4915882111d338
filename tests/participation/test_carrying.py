"""Support goes along when contributions are merged: nobody counts twice, and it comes back."""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.participation import actions
from miteinander.participation.actions.leaving import drop_supports
from miteinander.participation.models import Contribution, SortingStep, Support
from tests import factories as f

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


@pytest.fixture
def call():
    process = f.ProcessFactory()
    return f.CallFactory(process=process, phase=f.PhaseFactory(process=process), allows=["support"])


def office(call):
    return {"by": f.coordinator(call.municipality), "at": now()}


def said_in(call):
    return f.ContributionFactory(process=call.process, call=call)


def somebody(call, key):
    return actions.take_part(call, actions.participant_code(call, key), at=now())


def merged(call, into, *others):
    actions.merge_contributions(into, others, reason="Dasselbe", **office(call))
    return SortingStep.objects.order_by("-pk").first()


def number(said):
    said.refresh_from_db()
    assert said.supports == Support.objects.filter(contribution=said).count(), "kept in step"
    return said.supports


def test_whoever_stands_behind_both_counts_once(call):
    one, two = said_in(call), said_in(call)
    both, only_two = somebody(call, "both"), somebody(call, "two")
    for said, who in ((one, both), (two, both), (two, only_two)):
        actions.support(said, who, at=now())
    step = merged(call, one, two)
    assert (number(one), number(two)) == (2, 2)
    actions.undo([step], **office(call))
    assert (number(one), number(two)) == (1, 2)


def test_through_a_chain_of_merges_and_undone_in_any_order(call):
    one, two, three = said_in(call), said_in(call), said_in(call)
    actions.support(one, somebody(call, "a"), at=now())
    first = merged(call, two, one)
    second = merged(call, three, two)
    assert (number(two), number(three)) == (1, 1)
    actions.undo([first], **office(call))
    assert (number(one), number(two), number(three)) == (1, 0, 0)
    actions.undo([second], **office(call))
    assert (number(one), number(two), number(three)) == (1, 0, 0)


def test_what_is_pressed_after_the_merge_stays_when_it_is_undone(call):
    one, two = said_in(call), said_in(call)
    who = somebody(call, "a")
    actions.support(two, who, at=now())
    step = merged(call, one, two)
    assert actions.support(one, who, at=now()) is False, "counted already"
    actions.undo([step], **office(call))
    assert (number(one), number(two)) == (1, 1)


def test_taken_back_it_does_not_come_along_again(call):
    one, two, three = said_in(call), said_in(call), said_in(call)
    who = somebody(call, "a")
    actions.support(two, who, at=now())
    step = merged(call, one, two)
    assert actions.take_back_support(one, who) is True
    merged(call, one, three)
    assert (number(one), number(two)) == (0, 0)
    actions.undo([step], **office(call))
    assert (number(one), number(two)) == (0, 0)


def test_words_that_are_withdrawn_take_their_support_with_them(call):
    one, two = said_in(call), said_in(call)
    actions.support(two, somebody(call, "a"), at=now())
    merged(call, one, two)
    drop_supports([two])
    assert (number(one), number(two)) == (0, 0)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pressed=st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=10),
    order=st.permutations(range(3)),
)
def test_after_undoing_every_merge_the_numbers_are_those_of_before(pressed, order):
    process = f.ProcessFactory()
    call = f.CallFactory(process=process, phase=f.PhaseFactory(process=process), allows=["support"])
    said = [said_in(call) for _number in range(4)]
    people = [somebody(call, f"p{number}") for number in range(4)]
    for what, who in pressed:
        actions.support(said[what], people[who], at=now())
    before = [number(each) for each in said]
    steps = [merged(call, said[n + 1], said[n]) for n in range(3)]
    assert number(said[3]) == len({who for _what, who in pressed})
    for place in order:
        actions.undo([steps[place]], **office(call))
    assert [number(each) for each in said] == before
    assert not Support.objects.filter(came_along=True, contribution__call=call).exists()
    assert Contribution.objects.filter(call=call, is_merged=True).count() == 0
