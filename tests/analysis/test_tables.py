"""Tables: everybody sits once, bounds hold where they can, exchanges are weighed exactly."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.analysis import tables
from miteinander.analysis.tables import group as judge
from miteinander.analysis.tables import plan as plans
from miteinander.analysis.tables.group import Group
from miteinander.analysis.tables.search import Round, Weights

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def few_steps(monkeypatch):
    monkeypatch.setattr(plans, "FEWEST_STEPS", 40)
    monkeypatch.setattr(plans, "MOST_STEPS", 60)


def group_of(count, number, *, mix=(), apart=None, wishes=None, needs=None, speaks=None):
    def marks(given):
        return np.array(given if given is not None else np.zeros((count, 0)), dtype=bool)

    return Group(
        ids=tuple(f"p{n:03}" for n in range(count)),
        tables=number,
        mix=tuple(np.array(values) for values in mix),
        apart=np.array(apart if apart is not None else [-1] * count),
        wishes=np.array(wishes if wishes is not None else np.zeros((count, 0)), dtype=np.int64),
        needs=marks(needs),
        speaks=marks(speaks),
    )


def test_two_who_wish_sit_together_and_two_who_must_not_do_not():
    group = replace(group_of(9, 3), pairs=((0, 1, True), (2, 3, False), (4, 5, True)))
    plan = tables.seat(group, rounds=2).plan

    assert plan.pairs_broken == 0
    for seating in plan.seatings:
        assert seating[0] == seating[1]
        assert seating[2] != seating[3]
    crossed = np.array([0, 1, 2, 2, 0, 1, 0, 1, 2])
    assert judge.pairs_broken(group, crossed) == 3


@st.composite
def groups(draw):
    count = draw(st.integers(2, 14))
    number = draw(st.integers(1, min(4, count)))

    def column(low, high):
        return draw(st.lists(st.integers(low, high), min_size=count, max_size=count))

    needs = np.array([column(0, 1)]).T
    return group_of(
        count,
        number,
        mix=[column(-1, 2), column(0, 1)],
        apart=column(-1, 2),
        wishes=np.array([column(-1, number - 1), column(-1, number - 1)]).T,
        needs=needs,
        speaks=(1 - needs) * np.array([column(0, 1)]).T,
    )


@st.composite
def pairs_of_groups(draw):
    group = draw(groups())
    one, other = draw(st.lists(st.integers(0, len(group.ids) - 1), min_size=2, max_size=2))
    pairs = ((one, other, draw(st.booleans())),) if one != other else ()
    return replace(group, pairs=pairs)


@QUICK
@given(groups(), st.integers(1, 3))
def test_everybody_sits_once_in_each_round_at_tables_of_equal_size(group, rounds):
    found = tables.seat(group, rounds=rounds)

    for plan in found.plans:
        assert len(plan.seatings) == rounds
        for seating in plan.seatings:
            sizes = np.bincount(seating, minlength=group.tables)
            assert len(seating) == len(group.ids)
            assert len(sizes) == group.tables
            assert sizes.max() - sizes.min() <= 1
        for listed in found.tables(plan):
            assert sorted(p for table in listed for p in table) == sorted(group.ids)


@QUICK
@given(pairs_of_groups(), st.integers(0, 2**32))
def test_an_exchange_changes_the_cost_by_what_was_foretold(group, seed):
    rng = np.random.default_rng(seed)
    count = len(group.ids)
    earlier = rng.integers(0, 2, (count, count))
    earlier = np.triu(earlier, 1) + np.triu(earlier, 1).T
    seen = rng.integers(0, 2, (count, group.tables))
    problem = Round(group, Weights(deviation=12, no_wish=40), earlier, seen)
    seating = np.resize(np.arange(group.tables), problem.seats)
    rng.shuffle(seating)
    foretold = problem.exchanges(seating, np.arange(problem.seats))

    for one, other in combinations(range(problem.seats), 2):
        if seating[one] == seating[other]:
            continue
        after = seating.copy()
        after[one], after[other] = seating[other], seating[one]
        assert foretold[one, other] == problem.cost(after) - problem.cost(seating)
        assert foretold[other, one] == foretold[one, other]


def test_deviation_as_the_contract_says_it_by_hand():
    # Five of six are old: due to each of two tables 2 to 3; one young: 0 to 1.
    group = group_of(6, 2, mix=[[0, 0, 0, 0, 0, 1]])

    assert tables.deviation(group, np.array([0, 0, 0, 1, 1, 1])) == 0
    assert tables.deviation(group, np.array([0, 0, 0, 0, 0, 1])) == 2 + 2


@QUICK
@given(groups(), st.randoms(use_true_random=False))
def test_figures_do_not_depend_on_names_or_order(group, random):
    seating = np.resize(np.arange(group.tables), len(group.ids))
    order = list(range(len(group.ids)))
    random.shuffle(order)
    renamed = [{-1: -1, 0: 2, 1: 0, 2: 1}[int(v)] for v in group.mix[0]]
    other = Group(
        ids=tuple(group.ids[p] for p in order),
        tables=group.tables,
        mix=(np.array(renamed)[order], group.mix[1][order]),
        apart=group.apart[order],
        wishes=group.wishes[order],
        needs=group.needs[order],
        speaks=group.speaks[order],
    )

    for figure in (judge.deviation, judge.apart_broken, judge.not_understood):
        assert figure(group, seating) == figure(other, seating[order])
    assert judge.without_wish(group, [seating]) == judge.without_wish(other, [seating[order]])
    assert judge.repeats(group, [seating] * 2) == judge.repeats(other, [seating[order]] * 2)


def test_everybody_gets_a_wish_where_that_is_possible():
    # All want table 1 first; only the further wishes make room for everybody.
    wishes = [[0, 1 + n % 3, -1] for n in range(16)]
    found = tables.seat(group_of(16, 4, wishes=wishes))

    assert [plan.without_wish for plan in found.plans] == [0, 0, 0]
    assert found.plan.first == 4


def test_mixing_is_exact_where_it_can_be():
    found = tables.seat(
        group_of(24, 4, mix=[[n % 2 for n in range(24)], [n // 8 for n in range(24)]])
    )

    assert found.plan.deviation == 0


def test_three_of_an_institution_do_not_sit_together():
    found = tables.seat(group_of(12, 3, apart=[0] * 6 + [1] * 3 + [-1] * 3))

    assert all(plan.apart_broken == 0 for plan in found.plans)


def test_an_institution_too_large_is_spread_and_said():
    found = tables.seat(group_of(8, 2, apart=[0] * 6 + [-1] * 2))

    assert found.plan.apart_broken == 2
    assert any("lassen sich nicht überall vermeiden" in s for s in tables.sentences(found, "de"))


def test_who_needs_an_interpreter_sits_with_one():
    needs = [[n < 6, 6 <= n < 9] for n in range(24)]
    speaks = [[n in {10, 11}, n == 12] for n in range(24)]
    found = tables.seat(
        group_of(24, 4, needs=needs, speaks=speaks, mix=[[n % 2 for n in range(24)]])
    )

    assert [plan.alone for plan in found.plans] == [0, 0, 0]


def test_without_an_interpreter_it_says_so():
    found = tables.seat(group_of(6, 2, needs=[[n == 0] for n in range(6)], speaks=[[False]] * 6))

    assert found.plan.alone == 1
    assert any("Es fehlen Menschen" in s for s in tables.sentences(found, "de"))


def test_nobody_meets_twice_where_nobody_has_to():
    # Nine people, three tables, two rounds: rows, then columns of a square.
    found = tables.seat(group_of(9, 3), rounds=2)

    assert found.plan.repeats == 0


def test_a_small_group_is_seated_as_well_as_by_trying_everything():
    rng = np.random.default_rng(4)
    group = group_of(
        6, 2, mix=[rng.integers(0, 2, 6), rng.integers(0, 3, 6)],
        wishes=np.array([rng.permutation(2)[:1] for _ in range(6)]),
    )  # fmt: skip
    weights = plans.LEANINGS["balanced"]
    problem = Round(group, weights, np.zeros((6, 6), dtype=int), np.zeros((6, 2), dtype=int))
    least = min(problem.cost(np.array(s)) for s in set(permutations([0, 0, 0, 1, 1, 1])))

    assert problem.cost(tables.seat(group).plan.seatings[0]) == least


def test_the_same_seed_seats_the_same():
    group = group_of(20, 4, mix=[[n % 3 for n in range(20)]], wishes=[[n % 4] for n in range(20)])
    one, two = (tables.seat(group, rounds=2, seed=7) for _ in range(2))

    assert [one.tables(p) for p in one.plans] == [two.tables(p) for p in two.plans]


def test_the_preferred_plan_comes_first_and_the_others_beside_it():
    found = tables.seat(group_of(8, 2), prefer="mixing")

    assert [plan.leaning for plan in found.plans] == ["mixing", "balanced", "wishes"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_small_numbers_of_people_are_not_said(language):
    wishes = [[0, -1]] * 7 + [[1, -1]]
    said = " ".join(tables.sentences(tables.seat(group_of(8, 2, wishes=wishes)), language))

    assert ("weniger als 5" if language == "de" else "fewer than 5") in said
