"""Time left: real minutes, past midnight and on the nights when clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from miteinander.process.models import AgendaItem, Meeting
from miteinander.process.queries.clock import clock_of

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(*parts, fold=0):
    return dt.datetime(*parts, tzinfo=BERLIN, fold=fold)


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def meeting(on, starts, ends):
    return Meeting(happened_on=on, starts_at=starts, ends_at=ends)


def item(pk, minutes=None, began=None, ended=None):
    return AgendaItem(pk=pk, title=f"Punkt {pk}", minutes=minutes, began_at=began, ended_at=ended)


def test_a_point_says_how_many_minutes_are_left_and_then_how_many_too_many():
    began = utc(2026, 11, 27, 17, 0)
    agenda = [item(1, 10, began)]

    def left(*parts):
        (timed,) = clock_of(Meeting(), agenda, at=utc(2026, 11, 27, *parts)).items
        return timed.left, timed.over

    assert left(17, 0) == (10, 0)
    assert left(17, 9, 30) == (1, 0)
    assert left(17, 10) == (0, 0)
    assert left(17, 13) == (-3, 3)


@pytest.mark.parametrize(
    ("began", "at", "passed"),
    [
        # 29 March 2026: at two o'clock it becomes three.
        (berlin(2026, 3, 29, 1, 50), berlin(2026, 3, 29, 3, 10), 20),
        # 25 October 2026: at three o'clock it becomes two again.
        (berlin(2026, 10, 25, 2, 50), berlin(2026, 10, 25, 2, 10, fold=1), 20),
        (berlin(2026, 10, 24, 23, 50), berlin(2026, 10, 25, 0, 10), 20),
    ],
)
def test_a_point_takes_real_minutes_when_clocks_change_and_past_midnight(began, at, passed):
    (timed,) = clock_of(Meeting(), [item(1, 60, began)], at=at).items

    assert timed.left == 60 - passed


def test_a_meeting_that_ends_before_it_begins_goes_on_past_midnight():
    late = meeting(dt.date(2026, 11, 27), dt.time(22), dt.time(0, 30))

    assert (late.begins, late.finishes) == (berlin(2026, 11, 27, 22), berlin(2026, 11, 28, 0, 30))
    assert clock_of(late, [], at=berlin(2026, 11, 28, 0, 10)).left == 20
    assert clock_of(late, [], at=berlin(2026, 11, 28, 0, 40)).over == 10


@pytest.mark.parametrize(
    ("night", "minutes"),
    [(dt.date(2026, 3, 28), 3 * 60), (dt.date(2026, 10, 24), 5 * 60)],
    ids=["an hour less in spring", "an hour more in autumn"],
)
def test_the_end_is_counted_in_real_minutes_when_clocks_change_in_between(night, minutes):
    through = meeting(night, dt.time(23), dt.time(3))

    assert clock_of(through, [], at=berlin(night.year, night.month, night.day, 23)).left == minutes


def test_before_the_meeting_and_long_after_it_nobody_counts():
    evening = meeting(dt.date(2026, 11, 27), dt.time(18), dt.time(20))

    assert clock_of(evening, [], at=berlin(2026, 11, 27, 16, 59)).left is None
    assert clock_of(evening, [], at=berlin(2026, 11, 27, 17, 30)).left == 150
    assert clock_of(evening, [], at=berlin(2026, 11, 28, 9)).left is None
    assert clock_of(meeting(None, None, None), [], at=utc(2026, 1, 1)).left is None


def test_the_next_point_comes_after_the_current_one_and_what_was_left_out_at_the_end():
    now = utc(2026, 11, 27, 17)
    done = {"began": now, "ended": now}

    def turns(*agenda):
        clock = clock_of(Meeting(), agenda, at=now)
        return clock.current and clock.current.number, clock.next and clock.next.number

    assert turns(item(1), item(2)) == (None, 1)
    assert turns(item(1, began=now), item(2), item(3)) == (1, 2)
    assert turns(item(1), item(2, **done), item(3, began=now)) == (3, 1)
    assert turns(item(1, **done), item(2, **done)) == (None, None)
    assert turns() == (None, None)
