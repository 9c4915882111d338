"""The nights when clocks change, and meetings past midnight."""

from __future__ import annotations

import datetime as dt

import pytest

from miteinander.core import clock

FORWARD, BACK = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
PLAIN = dt.date(2027, 6, 1)
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "at", "skipped", "twice"),
    [
        (FORWARD, dt.time(1, 59), False, False),
        (FORWARD, dt.time(2, 0), True, False),
        (FORWARD, dt.time(2, 59), True, False),
        (FORWARD, dt.time(3, 0), False, False),
        (BACK, dt.time(1, 59), False, False),
        (BACK, dt.time(2, 0), False, True),
        (BACK, dt.time(2, 59), False, True),
        (BACK, dt.time(3, 0), False, False),
        (PLAIN, dt.time(2, 30), False, False),
    ],
)
def test_times_that_do_not_exist_or_come_twice_are_known(day, at, skipped, twice):
    assert (clock.is_skipped(day, at), clock.comes_twice(day, at)) == (skipped, twice)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "wrong"),
    [
        (FORWARD, dt.time(2, 30), None, {"starts_at"}),
        (BACK, dt.time(2, 30), dt.time(4), {"starts_at"}),
        (BACK, dt.time(1), dt.time(2, 30), {"ends_at"}),
        # The evening before: the end lies in the night that follows.
        (FORWARD - dt.timedelta(days=1), dt.time(20), dt.time(2, 30), {"ends_at"}),
        (BACK - dt.timedelta(days=1), dt.time(20), dt.time(2, 30), {"ends_at"}),
        (BACK - dt.timedelta(days=1), dt.time(20), dt.time(1, 30), set()),
        (PLAIN, dt.time(18), dt.time(1), set()),
        (PLAIN, dt.time(18), dt.time(6), set()),
        (PLAIN, dt.time(18), dt.time(6, 1), {"ends_at"}),
        (PLAIN, dt.time(18), dt.time(5, 59), set()),
        (PLAIN, dt.time(9), dt.time(8), {"ends_at"}),
        (PLAIN, dt.time(18), dt.time(18), {"ends_at"}),
        (PLAIN, None, dt.time(18), {"starts_at"}),
        (PLAIN, None, None, set()),
    ],
)
def test_what_nobody_means_is_refused_beside_its_field(day, starts, ends, wrong):
    assert set(clock.wrong_span(day, starts, ends)) == wrong


def test_a_night_on_which_clocks_change_is_as_long_as_it_is():
    before = FORWARD - dt.timedelta(days=1)
    night = clock.end_of(before, dt.time(22), dt.time(6)) - clock.moment(before, dt.time(22))
    assert clock.end_of(before, dt.time(22), dt.time(6)).date() == FORWARD
    assert night == 8 * HOUR, "on the wall"
    began = clock.moment(before, dt.time(22)).astimezone(dt.UTC)
    ended = clock.end_of(before, dt.time(22), dt.time(6)).astimezone(dt.UTC)
    assert ended - began == 7 * HOUR, "in truth"
