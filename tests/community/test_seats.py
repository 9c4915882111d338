"""Mandates end and are handed on; history stays; nobody sits twice at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from miteinander.community import actions, queries
from miteinander.community.models import Tenure
from miteinander.core.errors import Invalid
from miteinander.core.models import Event
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


@pytest.fixture
def seat(town):
    return make.SeatFactory(body=make.BodyFactory(municipality=town), holder=None)


@pytest.fixture
def people(town):
    return make.PersonFactory.create_batch(3, municipality=town)


def history(seat, *, as_deputy=False):
    rows = queries.tenures_of(seat).filter(as_deputy=as_deputy)
    return [(row.person, row.starts, row.ended) for row in rows]


def test_a_hand_over_ends_one_tenure_and_begins_the_next(seat, people, by):
    first, second, third = people
    actions.fill_seat(seat, holder=first, deputy=second, on=TODAY - 100 * DAY, **by)

    for _each in range(2):  # the same form sent twice changes nothing
        seat = actions.hand_over(
            seat, to=second, on=TODAY, deputy=third, ends=TODAY + 700 * DAY, **by
        )

    assert (seat.holder, seat.deputy, seat.starts) == (second, third, TODAY)
    assert history(seat) == [
        (second, TODAY, None), (first, TODAY - 100 * DAY, TODAY - DAY),
    ]  # fmt: skip
    assert history(seat, as_deputy=True) == [
        (third, TODAY, None), (second, TODAY - 100 * DAY, TODAY - DAY),
    ]  # fmt: skip
    assert [event.kind for event in Event.objects.order_by("pk")] == [
        "seat.filled", "seat.handed_over",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": TODAY + DAY}, "on"),
        ({"on": TODAY - 11 * DAY}, "on"),
        ({"ends": TODAY - DAY}, "ends"),
        ({"to": 0}, "to"),
        ({"deputy": 1}, "deputy"),
    ],
)
def test_a_hand_over_that_does_not_fit_is_refused(seat, people, by, change, field):
    actions.fill_seat(seat, holder=people[0], on=TODAY - 10 * DAY, **by)
    asked = {"to": 1, "on": TODAY, **change}
    for name in ("to", "deputy"):
        if name in asked:
            asked[name] = people[asked[name]]

    with pytest.raises(Invalid) as refused:
        actions.hand_over(seat, **asked, **by)

    assert list(refused.value.fields) == [field]
    seat.refresh_from_db()
    assert (seat.holder, history(seat)) == (people[0], [(people[0], TODAY - 10 * DAY, None)])


def test_a_seat_cannot_have_two_holders_at_once(seat, people, by):
    actions.fill_seat(seat, holder=people[0], on=TODAY - 10 * DAY, **by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(seat=seat, person=people[1], function="x", starts=TODAY)
    actions.fill_seat(seat, holder=None, on=TODAY - 2 * DAY, **by)
    with pytest.raises(Invalid) as refused:
        actions.fill_seat(seat, holder=people[1], on=TODAY - 5 * DAY, **by)

    assert list(refused.value.fields) == ["on"]


def test_two_offices_filling_a_seat_at_once_leave_one_holder(seat, people, by):
    """Both saw the vacant seat; the second is the one that stays, and the first is history."""
    stale = type(seat).objects.get(pk=seat.pk)
    actions.fill_seat(seat, holder=people[0], on=TODAY - DAY, **by)
    actions.fill_seat(stale, holder=people[1], **by)

    seat.refresh_from_db()
    assert seat.holder == people[1]
    assert Tenure.objects.filter(seat=seat, as_deputy=False, ended=None).count() == 1
    assert [row[0] for row in history(seat)] == [people[1], people[0]]


def test_a_mistake_of_the_same_day_leaves_no_history(seat, people, by):
    actions.fill_seat(seat, holder=people[0], **by)
    actions.fill_seat(seat, holder=people[1], **by)

    assert history(seat) == [(people[1], TODAY, None)]


def test_the_same_people_again_are_no_news(seat, people, by):
    for _each in range(2):
        actions.fill_seat(seat, holder=people[0], deputy=people[1], **by)

    assert Event.objects.filter(kind="seat.filled").count() == 1


def test_whoever_votes_may_speak(seat, by):
    with pytest.raises(Invalid) as refused:
        actions.create_seat(seat.body, function="Gast", has_voice=False, has_vote=True, **by)
    assert list(refused.value.fields) == ["has_vote"]
    guest = actions.create_seat(seat.body, function="Gast", has_voice=False, **by)
    speaker = actions.create_seat(seat.body, function="Beratend", has_vote=False, **by)

    assert (guest.has_vote, speaker.has_voice, speaker.has_vote) == (False, True, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(seat).objects.filter(pk=guest.pk).update(has_vote=True)


@pytest.mark.parametrize(
    ("ends", "told"),
    [(None, False), (TODAY + 61 * DAY, False), (TODAY + 60 * DAY, True), (TODAY - DAY, True)],
)
def test_the_end_of_a_term_is_told_sixty_days_before(town, seat, people, ends, told):
    type(seat).objects.filter(pk=seat.pk).update(holder=people[0], ends=ends)

    assert list(queries.terms_ending(town, TODAY)) == ([seat] if told else [])
    assert not queries.terms_ending(make.MunicipalityFactory(), TODAY).exists()


def test_a_body_whose_chair_left_is_without_a_lead(town, people, by):
    chair = make.SeatFactory(body=make.BodyFactory(municipality=town), leads=True, holder=None)
    make.SeatFactory(body=chair.body, holder=people[1])
    make.SeatFactory(body=make.BodyFactory(municipality=town), holder=people[2])  # never had one

    def lacking():
        seats = list(queries.seats_of(chair.body))
        listed = list(queries.bodies_without_lead(town, TODAY)) == [chair.body]
        assert listed == queries.lacks_lead(seats, TODAY)
        return listed

    assert lacking()
    actions.fill_seat(chair, holder=people[0], on=TODAY - 30 * DAY, **by)
    assert not lacking()
    type(chair).objects.filter(pk=chair.pk).update(ends=TODAY - DAY)
    assert lacking()
    type(chair).objects.filter(pk=chair.pk).update(ends=None)
    actions.forget_person(people[0], **by)
    assert lacking()


def test_a_perspective_is_put_in_order_retired_and_used_again(town, by):
    rows = [actions.name_perspective(town, title=t, **by) for t in ("Schule", "Arbeit", "Beirat")]

    def titles():
        return [row.title for row in queries.perspectives_of(town)]

    assert titles() == ["Schule", "Arbeit", "Beirat"]
    actions.change_perspective(
        rows[2], title="Integrationsbeirat", text="", place=1, seen=rows[2].revision, **by
    )
    assert titles() == ["Integrationsbeirat", "Schule", "Arbeit"]
    for _each in range(2):
        retired = actions.retire_perspective(rows[0], **by)
    assert (retired.retired_on, titles()) == (TODAY, ["Integrationsbeirat", "Arbeit"])
    actions.name_perspective(town, title="schule", **by)
    with pytest.raises(Invalid) as refused:
        actions.take_up_perspective(retired, **by)
    assert list(refused.value.fields) == ["title"]
    actions.retire_perspective(queries.perspectives_of(town).get(title="schule"), **by)
    for _each in range(2):
        actions.take_up_perspective(retired, **by)

    assert titles() == ["Integrationsbeirat", "Schule", "Arbeit"]
    assert Event.objects.filter(kind="perspective.retired").count() == 2


def test_a_person_acts_for_several_organisations(town, by):
    own, other, third = make.OrganisationFactory.create_batch(3, municipality=town)
    person = actions.register_person(
        town, function="Leitung", organisation=own, acts_for=[other],
        language="de", further_languages=["ar", "de", "fa"], **by,
    )  # fmt: skip
    user = actions.invite_person(person, email="leitung@b.example", **by)

    assert person.languages == ("de", "ar", "fa")
    assert queries.standing_of(town, user, at=NOW).organisations == {own.pk, other.pk}
    assert set(queries.people_acting_for(other.pk, town)) == {person}
    assert not queries.people_acting_for(third.pk, town).exists()


def test_a_standing_costs_the_same_however_many_organisations(town, by, django_assert_num_queries):
    person = actions.register_person(
        town, function="Leitung",
        acts_for=make.OrganisationFactory.create_batch(3, municipality=town), **by,
    )  # fmt: skip
    user = actions.invite_person(person, email="leitung@b.example", **by)

    with django_assert_num_queries(2):
        assert len(queries.standing_of(town, user, at=NOW).organisations) == 3
