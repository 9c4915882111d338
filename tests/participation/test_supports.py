"""Standing behind what others say: once each, only where one may, taken back at any time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from miteinander.core.errors import Closed
from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, Support
from tests import factories as f
from tests.core.together import at_once

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def office(call):
    return {"by": f.coordinator(call.municipality), "at": now()}


def said_in(call, **more):
    return f.ContributionFactory(process=call.process, call=call, **more)


@pytest.fixture
def call():
    return f.CallFactory(allows=["support"])


@pytest.fixture
def said(call):
    return said_in(call)


def somebody(call, key="one"):
    return actions.take_part(call, actions.participant_code(call, key), at=now())


def number(said):
    said.refresh_from_db()
    assert said.supports == Support.objects.filter(contribution=said).count(), "kept in step"
    return said.supports


def test_each_participant_counts_once_however_often_they_press(call, said):
    first, second = somebody(call), somebody(call, "two")
    assert [actions.support(said, first, at=now()) for _press in range(5)] == [True, *[False] * 4]
    assert actions.support(said, second, at=now())
    assert number(said) == 2


def test_the_database_itself_keeps_one_support_per_participant(call, said):
    Support.objects.create(contribution=said, participant=somebody(call))
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(contribution=said, participant=somebody(call))


@pytest.mark.django_db(transaction=True)
def test_two_threads_of_one_participant_are_one_and_of_others_none_is_lost(call, said):
    people = [somebody(call, name) for name in ("a", "a", "b", "c")]
    outcomes = at_once(*[lambda p=p: actions.support(said, p, at=now()) for p in people])
    assert sorted(outcomes) == [False, True, True, True]
    assert number(said) == 3


def test_it_is_taken_back_once_also_after_the_call_has_closed(call, said):
    me = somebody(call)
    actions.support(said, me, at=now())
    type(call).objects.update(closes_at=now() - dt.timedelta(minutes=1))
    assert [actions.take_back_support(said, me) for _press in range(2)] == [True, False]
    assert number(said) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "submitted"}, "nicht veröffentlicht"),
        ({"state": "internal"}, "nicht veröffentlicht"),
        ({"state": "refused"}, "nicht veröffentlicht"),
        ({"state": "withdrawn"}, "zurückgenommen"),
        ({"is_merged": True}, "lebt in einem anderen weiter"),
        ({"is_split": True}, "lebt in einem anderen weiter"),
    ],
)
def test_what_cannot_be_supported_is_refused_with_words(call, changes, sentence):
    said = said_in(call, **changes)
    with pytest.raises(Closed, match=sentence):
        actions.support(said, somebody(call), at=now())
    assert number(said) == 0
    assert not queries.can_be_supported(said, call, is_open=True)


def test_a_call_that_does_not_allow_it_is_refused():
    call = f.CallFactory(allows=["comments"])
    said = said_in(call)
    with pytest.raises(Closed, match="keine Unterstützung"):
        actions.support(said, somebody(call), at=now())
    assert not queries.can_be_supported(said, call, is_open=True)


def test_a_closed_call_takes_no_support(call, said):
    me = somebody(call)
    later = now() + dt.timedelta(days=2)
    with pytest.raises(Closed, match="nicht geöffnet"):
        actions.support(said, me, at=later)


def test_what_answers_no_call_is_not_supported(call):
    said = f.ContributionFactory(process=call.process, call=None)
    with pytest.raises(Closed, match="keine Unterstützung"):
        actions.require_supportable(said, at=now())


def test_a_withdrawn_contribution_has_nobody_behind_it(call):
    said, _code = actions.submit_contribution(
        call, text="Ein Fest.", may_publish=True, form_key="k", **office(call)
    )
    said = actions.publish_contribution(said, **office(call))
    actions.support(said, somebody(call), at=now())
    actions.withdraw_contribution(said, by=f.visitor(call.municipality), at=now())
    assert number(said) == 0


def test_nothing_is_remembered_of_who_pressed(call, said):
    before = Event.objects.count()
    actions.support(said, somebody(call), at=now())
    assert Event.objects.count() == before
    assert {field.name for field in Support._meta.fields} == {
        "id",
        "contribution",
        "participant",
        "came_along",
    }


def test_what_somebody_supports_is_asked_at_once(call, said, django_assert_num_queries):
    me, other = somebody(call), said_in(call)
    actions.support(said, me, at=now())
    with django_assert_num_queries(1):
        assert queries.supported_by(me, [said, other]) == {said.pk}
    with django_assert_num_queries(0):
        assert queries.supported_by(None, [said, other]) == set()
    assert Contribution.objects.get(pk=other.pk).supports == 0
