"""A small number is withheld, and so is what would give it away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from miteinander.analysis.privacy import THRESHOLD, separable, shown

counts = st.lists(st.integers(0, 40), min_size=1, max_size=8)


def test_large_numbers_are_all_shown():
    assert shown([5, 12, 0]) == [True, True, True]


def test_one_small_number_takes_the_next_smallest_with_it():
    assert shown([3, 20, 9]) == [False, True, False]


def test_zeros_hide_a_small_number_only_when_nothing_else_can():
    assert shown([3, 0]) == [False, False]


@given(counts)
def test_no_small_number_is_shown(parts):
    for part, open_ in zip(parts, shown(parts), strict=True):
        assert not (open_ and 0 < part < THRESHOLD)


@given(counts)
def test_what_is_withheld_cannot_be_subtracted(parts):
    hidden = [part for part, open_ in zip(parts, shown(parts), strict=True) if not open_]

    if hidden and len(hidden) < len(parts):
        assert len(hidden) > 1
        assert sum(hidden) >= THRESHOLD


@given(counts, st.integers(0, 8))
def test_people_beside_the_parts_cannot_be_subtracted_either(parts, beside):
    open_ = shown(parts, beside=beside)
    hidden = [part for part, is_open in zip(parts, open_, strict=True) if not is_open]
    hidden += [beside] if beside else []

    if any(open_):
        assert sum(hidden) == 0 or sum(hidden) >= THRESHOLD
        assert not (len(hidden) == 1 and hidden[0] < THRESHOLD)


def test_who_is_beside_hides_a_small_number_too():
    assert shown([3, 20], beside=6) == [False, True]
    assert shown([9, 20], beside=2) == [False, True]
    assert shown([9, 20], beside=7) == [True, True]


@given(counts, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_only_equals(parts, random):
    mixed = list(parts)
    random.shuffle(mixed)

    def hidden(these):
        return sorted(p for p, open_ in zip(these, shown(these), strict=True) if not open_)

    assert hidden(parts) == hidden(mixed)


def test_two_views_that_differ_by_a_few_people_are_separable():
    assert separable(20, 17)
    assert separable(20, 3)
    assert not separable(20, 20)
    assert not separable(20, 10)
