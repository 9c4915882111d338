"""The figures about statements, against cases worked out by hand."""

from __future__ import annotations

from math import prod, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.opinion.statistics import (
    Counts,
    chance,
    counts_by_group,
    discoveries,
    divisiveness,
    interval,
    one_proportion,
    statistics,
    two_proportions,
)
from tests.analysis.conversations import table

EXACT = {"rel": 0, "abs": 1e-9}


def counts(agree, disagree, passed=None):
    agree, disagree = np.array(agree), np.array(disagree)
    return Counts(agree, disagree, np.zeros_like(agree) if passed is None else np.array(passed))


@pytest.mark.parametrize(
    ("agree", "seen", "z"),
    [
        (0, 0, 1.0),  # 2·√1·(1/1 − 1/2)
        (8, 8, 3.0),  # 2·√9·(9/9 − 1/2)
        (0, 15, -3.5),  # 2·√16·(1/16 − 1/2)
        (4, 8, 1 / 3),  # 2·√9·(5/9 − 1/2)
        (11, 24, -0.2),  # 2·√25·(12/25 − 1/2)
    ],
)
def test_one_proportion_by_hand(agree, seen, z):
    assert one_proportion(np.array(agree), np.array(seen)) == pytest.approx(z, **EXACT)


@pytest.mark.parametrize(
    ("inside", "outside", "seen_inside", "seen_outside", "z"),
    [
        # 8/10 against 2/10: pooled 1/2, variance 1/4 · 1/5 = 1/20
        (7, 1, 9, 9, 0.6 * sqrt(20)),
        # 4/5 against 4/20: pooled 8/25, variance 8·17/625 · 1/4
        (3, 3, 4, 19, 0.6 / sqrt(136 / 2500)),
        (3, 3, 9, 9, 0.0),
        # Everybody everywhere: the variance is 0, nothing sets anybody apart.
        (9, 4, 9, 4, 0.0),
        # Nobody anywhere is not certainty: 1/10 against 1/5
        (0, 0, 9, 4, -0.1 / sqrt(2 / 15 * 13 / 15 * (1 / 10 + 1 / 5))),
        (0, 0, 0, 0, 0.0),
    ],
)
def test_two_proportions_by_hand(inside, outside, seen_inside, seen_outside, z):
    found = two_proportions(*map(np.array, (inside, outside, seen_inside, seen_outside)))

    assert found == pytest.approx(z, **EXACT)


def test_the_figures_of_a_statement_by_hand():
    found = statistics(counts([[8, 3]], [[1, 6]], [[1, 1]]))

    assert found.p_agree[0] == pytest.approx([9 / 12, 4 / 12], **EXACT)
    assert found.p_disagree[0] == pytest.approx([2 / 12, 7 / 12], **EXACT)
    assert found.consensus[0] == pytest.approx(1 / 4, **EXACT)
    assert found.least_agree[0] == pytest.approx(1 / 3, **EXACT)
    assert found.least_disagree[0] == pytest.approx(1 / 6, **EXACT)
    assert found.apart[0] == pytest.approx(5 / 12, **EXACT)
    assert found.z_agree[0, 0] == pytest.approx(2 * sqrt(11) * (9 / 11 - 1 / 2), **EXACT)
    pooled = 13 / 22
    z = (9 / 11 - 4 / 11) / sqrt(pooled * (1 - pooled) * 2 / 11)
    assert found.z_representative[0] == pytest.approx([z, -z], **EXACT)
    pooled = 9 / 22
    z = (2 / 11 - 7 / 11) / sqrt(pooled * (1 - pooled) * 2 / 11)
    assert found.z_representative_disagree[0] == pytest.approx([z, -z], **EXACT)


cells = st.lists(
    st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=3, max_size=3), min_size=1, max_size=4
)


@given(cells)
@settings(max_examples=60)
def test_each_figure_is_its_formula(rows):
    agree, disagree, passed = np.array(rows).transpose(2, 0, 1)
    found = statistics(Counts(agree, disagree, passed))
    for row, groups in enumerate(rows):
        seen = [sum(group) for group in groups]
        smoothed = [(a + 1) / (n + 2) for (a, _d, _p), n in zip(groups, seen, strict=True)]
        for at, (a, _d, _p) in enumerate(groups):
            b, n, m = sum(g[0] for g in groups) - a, seen[at], sum(seen) - seen[at]
            one = 2 * sqrt(n + 1) * ((a + 1) / (n + 1) - 0.5)
            pooled = (a + b + 2) / (n + m + 2)
            spread = sqrt(pooled * (1 - pooled) * (1 / (n + 1) + 1 / (m + 1)))
            two = ((a + 1) / (n + 1) - (b + 1) / (m + 1)) / spread if pooled < 1 else 0
            assert found.p_agree[row, at] == pytest.approx(smoothed[at], **EXACT)
            assert found.z_agree[row, at] == pytest.approx(one, **EXACT)
            assert found.z_representative[row, at] == pytest.approx(two, **EXACT)
        if found.is_shown[row].all():
            assert found.consensus[row] == pytest.approx(prod(smoothed), **EXACT)
            assert found.least_agree[row] == pytest.approx(min(smoothed), **EXACT)


def test_votes_are_counted_by_statement_and_group():
    votes = table([[1, -1], [1, 0], [-1, None], [1, 1]])
    found = counts_by_group(votes, np.array([0, 0, 1, -1], dtype=np.int32), 2)

    assert found.agree.tolist() == [[2, 0], [0, 0]]
    assert found.disagree.tolist() == [[0, 1], [1, 0]]
    assert found.passed.tolist() == [[0, 0], [1, 0]]
    assert found.seen.tolist() == [[2, 1], [2, 0]]


def test_votes_are_counted_in_parts_like_at_once(monkeypatch):
    votes = table([[1, -1, 0], [1, 0, None], [-1, None, 1], [1, 1, 1]])
    member = np.array([0, 1, 1, -1], dtype=np.int32)
    at_once = votes.tallied(member, 2)
    monkeypatch.setattr("miteinander.analysis.opinion.votes.CHUNK", 2)

    assert np.array_equal(votes.tallied(member, 2), at_once)


# --- many tests at once ---------------------------------------------------------------------------


def test_benjamini_and_hochberg_by_hand():
    # Bounds at a rate of 0.1: .02 .04 .06 .08 .10. The third fails, the fourth passes: four count.
    p = np.array([0.09, 0.01, 0.07, 0.03, 0.5]) * np.array([0.8, 1, 0.92, 1, 1])

    assert p == pytest.approx([0.072, 0.01, 0.0644, 0.03, 0.5])
    assert discoveries(p).tolist() == [True, True, True, True, False]
    assert discoveries(np.array([0.03, 0.06, 0.9, 0.9])).tolist() == [False] * 4
    assert discoveries(np.empty(0)).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 0.5))
def test_a_discovery_is_never_less_likely_than_one_that_is_none(p, rate):
    found = discoveries(np.array(p), rate=rate)
    kept, left = np.array(p)[found], np.array(p)[~found]

    assert not len(kept) or kept.max() <= rate * len(kept) / len(p)
    assert not len(kept) or not len(left) or kept.max() <= left.min()


def test_chance_is_the_upper_tail():
    assert chance(np.array([0.0, 1.6448536269514722, -np.inf])) == pytest.approx([0.5, 0.05, 1])


def test_what_distinguishes_a_group_is_found_and_noise_is_not():
    # Statement 0 only the first group supports, 1 only the first rejects; on 2 all are alike.
    found = statistics(counts([[28, 3], [2, 27], [16, 15]], [[2, 27], [28, 3], [14, 15]]))

    assert found.representative == [[(0, True), (1, False)], [(0, False), (1, True)]]


def test_a_share_lies_within_its_interval():
    low, high = interval(np.array([0, 19]), np.array([0, 19]))

    assert (low[0], high[0]) == pytest.approx((0.05, 0.95))  # nothing known: the uniform one
    assert low[1] == pytest.approx(0.05 ** (1 / 20))  # Beta(20, 1)
    assert high[1] == pytest.approx(0.95 ** (1 / 20))


def test_divisiveness_by_hand():
    found = divisiveness(*map(np.array, ([5, 10, 2, 0], [5, 0, 1, 0], [10, 10, 4, 0])))

    assert found.tolist() == [1, 0, 0.5, 0]


# --- what is withheld -----------------------------------------------------------------------------


def test_small_cells_are_withheld_and_what_subtraction_would_tell():
    found = statistics(counts([[3, 9, 20], [6, 9, 20]], [[0, 1, 0], [0, 1, 0]]))

    assert found.is_shown.tolist() == [[False, False, True], [True, True, True]]
    assert np.isnan(found.consensus[0])
    assert found.consensus[1] == pytest.approx(7 / 8 * 10 / 12 * 21 / 22, **EXACT)


def test_a_group_that_is_too_small_is_left_out_of_everything():
    numbers = counts([[3, 9, 20], [0, 9, 20]], [[0, 1, 0], [0, 1, 0]])
    found = statistics(numbers, is_large=[False, True, True], beside=np.array([7, 7]))

    assert found.is_shown.tolist() == [[False, True, True]] * 2
    assert found.consensus == pytest.approx([10 / 12 * 21 / 22] * 2, **EXACT)


def test_few_people_without_a_group_hide_the_smallest_one():
    numbers = counts([[8, 20]], [[1, 0]])

    assert statistics(numbers, beside=np.array([2])).is_shown.tolist() == [[False, True]]
    assert statistics(numbers, beside=np.array([5])).is_shown.tolist() == [[True, True]]
