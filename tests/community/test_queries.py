"""Reading the register: opening hours at their edges, and who sees what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community import queries
from miteinander.community.models import Office, Organisation
from miteinander.core.models import Municipality
from miteinander.core.rights import allowed
from tests import factories as make

KEMPTEN = [
    {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "08:00", "to": "12:00"},
    {"days": ["mon"], "from": "14:30", "to": "17:30"},
    {"days": ["wed"], "from": "12:00", "to": "13:00"},
]
MON, WED, FRI, SAT = (dt.date(2026, 11, day) for day in (16, 18, 20, 21))


def office(hours):
    """An office of a town without a state, and without a row."""
    organisation = Organisation(municipality=Municipality())
    return Office(organisation=organisation, opening_hours=hours)


def at(day, hour, minute=0, second=0):
    moment = dt.datetime.combine(day, dt.time(hour, minute, second))
    return timezone.make_aware(moment)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (at(MON, 7, 59, 59), None),
        (at(MON, 8), dt.time(12)),
        (at(MON, 11, 59, 59), dt.time(12)),
        (at(MON, 12), None),
        (at(MON, 14, 29), None),
        (at(MON, 14, 30), dt.time(17, 30)),
        (at(MON, 17, 30), None),
        (at(WED, 8), dt.time(13)),
        (at(WED, 12), dt.time(13)),
        (at(WED, 13), None),
        (at(SAT, 10), None),
    ],
)
def test_office_is_open_from_the_first_minute_to_before_the_last(moment, until):
    opening = queries.opening_now(office(KEMPTEN), moment)

    assert (opening.is_open, opening.until) == (until is not None, until)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(MON, 7), at(MON, 8)),
        (at(MON, 12), at(MON, 14, 30)),
        (at(MON, 17, 30), at(dt.date(2026, 11, 17), 8)),
        (at(FRI, 12), at(dt.date(2026, 11, 23), 8)),
        (at(SAT, 23, 59), at(dt.date(2026, 11, 23), 8)),
    ],
)
def test_closed_office_says_when_it_opens_next(moment, opens):
    opening = queries.opening_now(office(KEMPTEN), moment)

    assert opening == queries.Opening(is_open=False, opens_next=opens)


def test_office_open_once_a_week_opens_again_in_seven_days():
    weekly = office([{"days": ["mon"], "from": "08:00", "to": "09:00"}])

    opening = queries.opening_now(weekly, at(MON, 9))

    assert opening.opens_next == at(MON + dt.timedelta(days=7), 8)


def test_the_clock_of_the_town_counts_not_that_of_the_server():
    moment = dt.datetime(2026, 11, 16, 7, 30, tzinfo=dt.UTC)  # 8:30 in Kempten

    assert queries.opening_now(office(KEMPTEN), moment).is_open


def test_office_without_hours_is_never_open():
    assert queries.opening_now(office([]), at(MON, 9)) == queries.Opening(is_open=False)


def test_hours_that_touch_are_shown_as_one():
    week = dict(queries.week_of(office(KEMPTEN)))

    assert week["wed"] == [(dt.time(8), dt.time(13))]
    assert week["mon"] == [(dt.time(8), dt.time(12)), (dt.time(14, 30), dt.time(17, 30))]
    assert week["sun"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "visible_to"),
    [
        (make.OrganisationFactory, queries.organisations_visible_to),
        (make.PerspectiveFactory, queries.perspectives_visible_to),
        (make.BodyFactory, queries.bodies_visible_to),
    ],
)
def test_rule_and_query_agree_on_who_sees_a_thing_of_the_register(factory, visible_to):
    town, other = make.MunicipalityFactory(), make.MunicipalityFactory()
    things = [factory(municipality=town, is_public=public) for public in (True, False)]
    abroad = [factory(municipality=other, is_public=public) for public in (True, False)]

    for somebody in (
        make.coordinator(town),
        make.member(town),
        make.visitor(town),
        make.coordinator(other),
        make.visitor(other),
    ):
        here = {thing for thing in things if allowed(somebody, "community.see_thing", thing)}
        assert set(visible_to(town, somebody)) == here
        assert not set(visible_to(town, somebody)) & set(abroad)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_bodies_and_their_seats_cost_the_same_for_one_as_for_many(count, django_assert_num_queries):
    town = make.MunicipalityFactory()
    for body in make.BodyFactory.create_batch(count, municipality=town):
        make.SeatFactory.create_batch(count, body=body)

    with django_assert_num_queries(1):
        rows = [
            (body.seat_count, body.vacant_count)
            for body in queries.bodies_with_seats(town, make.member(town))
        ]

    assert rows == [(count, count)] * count


@pytest.mark.django_db
def test_deputy_speaks_only_while_the_holder_is_absent():
    town = make.MunicipalityFactory()
    user = make.UserFactory()
    make.MembershipFactory(user=user, municipality=town)
    deputy = make.PersonFactory(municipality=town, user=user)
    seat = make.SeatFactory(
        body=make.BodyFactory(municipality=town),
        holder=make.PersonFactory(municipality=town),
        deputy=deputy,
        absent_from=MON,
        absent_until=WED,
    )

    def speaks(day):
        standing = queries.standing_of(town, user, at=at(day, 12))
        return standing.speaks_for(seat.body_id) is not None

    before = MON - dt.timedelta(days=1)
    assert [speaks(day) for day in (before, MON, WED, FRI)] == [False, True, True, False]
