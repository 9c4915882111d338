"""A short series: exact where it can be, silent where nothing can be said."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.analysis.trend import kendall, orders, sentences, trend

YEARS = [2019, 2020, 2021, 2022, 2023, 2024]
series = st.lists(st.integers(-50, 50), min_size=4, max_size=9)


def only(found):
    (segment,) = found.segments
    return segment


def test_a_straight_line_is_found_with_certainty():
    segment = only(trend(YEARS, [10, 12, 14, 16, 18, 20]))

    assert (segment.slope, segment.low, segment.high) == (2, 2, 2)
    assert segment.direction == "rising"
    assert segment.chance == pytest.approx(2 / math.factorial(6))


def test_one_odd_year_does_not_bend_the_line():
    assert only(trend(YEARS, [10, 12, 14, 90, 18, 20])).slope == pytest.approx(2)


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6])
def test_the_distribution_of_disorder_is_the_counted_one(size):
    counted = [0] * (size * (size - 1) // 2 + 1)
    for order in itertools.permutations(range(size)):
        counted[sum(a > b for a, b in itertools.combinations(order, 2))] += 1

    assert orders(size) == tuple(counted)


def test_kendall_is_exact_for_four():
    assert kendall(np.array([1.0, 2, 3, 4])) == pytest.approx(2 / 24)
    assert kendall(np.array([1.0, 2, 4, 3])) == pytest.approx(2 * 4 / 24)


@pytest.mark.parametrize("values", [[], [5], [5, 6], [5, 6, 7], [5, math.nan, 6, math.nan, 7]])
def test_too_few_readings_say_nothing(values):
    found = trend(range(len(values)), values)

    assert all(segment.direction == "too short" for segment in found.segments)
    assert "kein" in " ".join(sentences(found))


def test_alike_values_have_no_direction():
    segment = only(trend(YEARS, [7] * 6))

    assert (segment.direction, segment.slope, segment.chance) == ("none", 0, 1)


def test_a_change_of_counting_is_never_bridged():
    found = trend(YEARS, [10, 11, 12, 112, 113, 114], breaks=[2022])

    assert [segment.direction for segment in found.segments] == ["too short", "too short"]
    assert "Ab 2022 wurde anders gezählt" in sentences(found)[0]


def test_a_hidden_jump_is_suspected_in_a_long_series_only():
    level = [10.1, 9.9, 10.2, 9.8, 10.0, 10.1, 14.9, 15.1, 15.0, 14.8, 15.2, 15.1]
    years = list(range(2010, 2022))

    assert only(trend(years, level)).suspected_break == 2016
    assert only(trend(years[3:9], level[3:9])).suspected_break is None
    assert (
        only(trend(years, [10 + 0.5 * n + 0.1 * (-1) ** n for n in range(12)])).suspected_break
        is None
    )


@pytest.mark.parametrize(
    ("target", "lower", "course"),
    [
        ((2026, 23), False, "on course"),
        ((2026, 40), False, "off course"),
        ((2026, 24), False, "open"),
        ((2026, 23), True, "off course"),
        ((2040, 23), False, "too far"),
        ((2023, 17), False, "reached"),
        ((2023, 19), False, "missed"),
    ],
)
def test_a_target_is_judged_as_far_as_one_can(target, lower, course):
    values = [10.2, 11.9, 14.1, 15.9, 18.2, 19.8]

    outlook = trend(YEARS, values, target=target, lower_is_better=lower).outlook

    assert outlook.course == course
    assert sentences(trend(YEARS, values, target=target, lower_is_better=lower), "en")


@given(series, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(values, random):
    pairs = list(enumerate(values))
    mixed = list(pairs)
    random.shuffle(mixed)

    assert trend(*zip(*pairs, strict=True)) == trend(*zip(*mixed, strict=True))


@given(series, st.integers(1, 9), st.integers(-30, 30))
def test_another_unit_changes_the_numbers_only(values, factor, shift):
    one = only(trend(range(len(values)), values))
    other = only(trend(range(len(values)), [factor * v + shift for v in values]))

    assert other.slope == pytest.approx(factor * one.slope)
    assert (other.direction, other.chance) == (one.direction, one.chance)


@given(series)
def test_upside_down_is_the_other_way_round(values):
    one = only(trend(range(len(values)), values))
    other = only(trend(range(len(values)), [-v for v in values]))

    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))
    assert {"rising": "falling", "falling": "rising"}.get(one.direction, "none") == other.direction


@given(series, st.integers(0, 8))
def test_a_missing_reading_is_as_if_it_had_not_been_there(values, gap):
    times = list(range(len(values) + 1))
    gap = min(gap, len(values))
    with_gap = [*values[:gap], math.nan, *values[gap:]]

    found = trend(times, with_gap)

    assert found.missing == 1
    assert only(found) == only(trend([*times[:gap], *times[gap + 1 :]], values))


def test_the_interval_keeps_its_promise():
    """In 90 of 100 series, at least, the true slope lies inside; errors need not be bell-shaped."""
    random = np.random.default_rng(7)
    inside = 0
    for _series in range(400):
        values = 0.3 * np.arange(7) + random.standard_t(2, 7)
        segment = only(trend(range(7), values.tolist()))
        inside += segment.low <= 0.3 <= segment.high

    assert inside >= 0.88 * 400
