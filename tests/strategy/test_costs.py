"""Which costs are asked back before they stand in a plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.strategy.rules import ENOUGH_COSTS, FAR_ABOVE, UNHEARD_OF, is_unusual_cost

USUAL = [1_000, 2_000, 3_000, 4_000, 90_000]


@pytest.mark.parametrize(
    ("cost", "others", "asked"),
    [
        (UNHEARD_OF, [], True),
        (UNHEARD_OF - 1, [], False),
        (UNHEARD_OF - 1, USUAL[:4], False),  # four say nothing
        (300_000, USUAL, True),
        (299_999, USUAL, False),  # one expensive house moves the usual little
        (300_000, [0, *USUAL[:4]], False),  # what costs nothing is no price
        (UNHEARD_OF, [5_000_000] * 9, True),  # however expensive the plan is
    ],
)
def test_far_above_the_usual_is_asked_back(cost, others, asked):
    assert is_unusual_cost(cost, others) is asked


@given(st.lists(st.integers(1, UNHEARD_OF), min_size=ENOUGH_COSTS), st.data())
def test_a_separator_read_wrongly_is_noticed_wherever_a_cost_is_at_least_usual(others, data):
    usual = sorted(others)[len(others) // 2]
    cost = data.draw(st.integers(usual, UNHEARD_OF))
    assert is_unusual_cost(cost * FAR_ABOVE, others)
