"""The lot: fair as brute force is, valid always, the same for the same files and seed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from miteinander.analysis import lot
from miteinander.analysis.errors import Unusable
from miteinander.analysis.lot import solver
from miteinander.analysis.lot.pool import Pool, Quota

QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pool_of(rows, quotas, size, *, homes=None, limit=0, ids=None):
    """`rows`: per person the value of each category; `quotas`: {(category, value): (low, high)}."""
    named = tuple(Quota(str(c), v, low, high) for (c, v), (low, high) in quotas.items())
    features = np.array([[row[int(q.category)] == q.feature for q in named] for row in rows])
    return Pool(
        ids=tuple(ids or (f"p{n:02}" for n in range(len(rows)))),
        quotas=named,
        size=size,
        features=features.reshape(len(rows), len(named)),
        household=np.array(homes if homes is not None else [-1] * len(rows)),
        limit=limit,
    )


def panels_of(pool):
    everyone = combinations(range(len(pool.ids)), pool.size)
    return [p for p in (np.array(c) for c in everyone) if pool.holds(p)]


def brute_leximin(pool):
    """Leximin over every valid panel, one linear programme for each level and candidate."""
    panels = panels_of(pool)
    sits = np.zeros((len(pool.ids), len(panels)))
    for number, panel in enumerate(panels):
        sits[panel, number] = 1
    fixed: dict[int, float] = {}
    everyone = range(len(pool.ids))

    def best(free, floor, goal):
        # maximise the level of `goal` while the fixed keep theirs and the free keep `floor`
        least = [(p, fixed[p]) for p in fixed] + [(p, floor) for p in free if p not in goal]
        upper = [np.append(-sits[p], 0) for p, _ in least] + [np.append(-sits[p], 1) for p in goal]
        bound = [1e-9 - v for _, v in least] + [0] * len(goal)
        found = linprog(
            np.append(np.zeros(len(panels)), -1),
            A_ub=upper, b_ub=bound,
            A_eq=[np.append(np.ones(len(panels)), 0)], b_eq=[1],
        )  # fmt: skip
        assert found.success
        return -found.fun

    while len(fixed) < len(pool.ids):
        free = [p for p in everyone if p not in fixed]
        level = best(free, 0, free)
        stuck = [p for p in free if best(free, level, [p]) <= level + 1e-6]
        fixed.update(dict.fromkeys(stuck, level))
    return np.array([fixed[p] for p in everyone])


@st.composite
def pools(draw, households=False):
    people = draw(st.integers(4, 8))
    rows = draw(
        st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")),
                 min_size=people, max_size=people)
    )  # fmt: skip
    size = draw(st.integers(1, min(4, people)))
    panel = draw(st.permutations(range(people)))[:size]
    quotas = {}
    for category, values in ((0, "ab"), (1, "xyz")):
        for value in values:
            has = sum(rows[p][category] == value for p in panel)
            low = max(0, has - draw(st.integers(0, 1)))
            quotas[category, value] = (low, has + draw(st.integers(0, 1)))
    homes = draw(st.lists(st.integers(0, 3), min_size=people, max_size=people))
    limit = draw(st.integers(1, 2)) if households else 0
    return pool_of(rows, quotas, size, homes=homes if households else None, limit=limit)


@QUICK
@given(pools())
def test_small_pools_agree_with_brute_force(pool):
    found = lot.lottery(pool, panels=60)

    assert found.probabilities == pytest.approx(brute_leximin(pool), abs=2e-6)
    assert found.smallest <= found.upper_bound + 1e-7
    assert found.shortfall <= 1e-5


@QUICK
@given(pools(households=True))
def test_households_keep_their_limit_and_stay_fair(pool):
    assume(panels_of(pool))
    found = lot.lottery(pool, panels=40)

    assert found.valid
    assert found.probabilities == pytest.approx(brute_leximin(pool), abs=2e-6)


@QUICK
@given(pools(), st.integers(1, 120))
def test_every_numbered_panel_is_valid_and_their_number_is_as_asked(pool, count):
    found = lot.lottery(pool, panels=count)

    assert len(found.panels) == count
    assert found.valid
    assert all(pool.holds(panel) for panel in found.panels)
    assert found.probabilities.sum() == pytest.approx(pool.size)


@QUICK
@given(pools(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(pool, random):
    order = list(range(len(pool.ids)))
    random.shuffle(order)
    other = Pool(
        ids=tuple(pool.ids[p] for p in order),
        quotas=pool.quotas,
        size=pool.size,
        features=pool.features[order],
        household=pool.household[order],
    )
    one, two = lot.lottery(pool, panels=30), lot.lottery(other, panels=30)

    assert [sorted(one.ids(p)) for p in one.panels] == [sorted(two.ids(p)) for p in two.panels]
    assert one.probabilities[order] == pytest.approx(two.probabilities)


def test_equal_people_have_equal_chances_by_hand():
    # Two women for one seat, four men for two: 1/2 each. No quota could be more equal.
    pool = pool_of(["f", "f", "m", "m", "m", "m"], {(0, "f"): (1, 1), (0, "m"): (2, 2)}, 3)
    found = lot.lottery(pool, panels=100)

    assert found.probabilities == pytest.approx([0.5] * 6)
    assert found.deviation == pytest.approx(0)


def test_the_relaxation_alone_would_promise_too_much():
    # One seat of each of three overlapping pairs: half of each person fits, no whole panel does.
    rows = [("1", "0", "1"), ("1", "1", "0"), ("0", "1", "1"), ("0", "0", "0"), ("0", "0", "0")]
    quotas = {(c, v): (0, 5) for c in range(3) for v in "01"}
    quotas |= {(c, "1"): (0, 1) for c in range(3)}
    pool = pool_of(rows, quotas, 2)
    found = lot.lottery(pool, panels=100)

    assert found.probabilities == pytest.approx(brute_leximin(pool), abs=1e-6)
    assert found.smallest == pytest.approx(1 / 3, abs=1e-6)  # the relaxation would allow 0.4


def test_who_cannot_be_drawn_is_said_and_not_counted_when_few():
    pool = pool_of(["f"] * 3 + ["m"] * 6, {(0, "f"): (0, 0), (0, "m"): (3, 3)}, 3)
    said = lot.sentences(lot.lottery(pool, panels=10), language="de")

    assert any(s.startswith("Einige Menschen können wegen") for s in said)


def test_the_same_seed_draws_the_same_panel_in_another_process():
    program = (
        "from tests.analysis.test_lot import pool_of\n"
        "from miteinander.analysis import lot\n"
        "pool = pool_of(['f'] * 9 + ['m'] * 5, {(0, 'f'): (2, 3), (0, 'm'): (2, 3)}, 5)\n"
        "found = lot.lottery(pool, panels=50)\n"
        "print(found.digest, lot.draw(found, 'dice 4 2').panel.tolist())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(said) == 1
    assert "[" in said.pop()


def test_anybody_can_verify_the_draw_with_a_checksum():
    pool = pool_of(["f"] * 9 + ["m"] * 5, {(0, "f"): (2, 3), (0, "m"): (2, 3)}, 5)
    found = lot.lottery(pool, panels=50)
    listed = json.dumps([found.ids(p) for p in found.panels], separators=(",", ":"))
    digest = hashlib.sha256(listed.encode()).hexdigest()
    number = int(hashlib.sha256(f"2 3 5:{digest}".encode()).hexdigest(), 16) % 50

    drawn = lot.draw(found, "2 3 5")

    assert (found.digest, drawn.number) == (digest, number)
    assert drawn.panel.tolist() == found.panels[number].tolist()
    assert lot.commitment("2 3 5") == hashlib.sha256(b"2 3 5").hexdigest()


def refusal(pool):
    with pytest.raises(Unusable) as caught:
        lot.lottery(pool, file="quotas.csv")
    return caught.value


def test_contradicting_quotas_are_named_with_the_smallest_way_out():
    rows = [("f", "old")] * 2 + [("f", "young")] * 6 + [("m", "old")] * 3 + [("m", "young")] * 6
    quotas = {(0, "f"): (3, 3), (0, "m"): (2, 2), (1, "old"): (0, 5), (1, "young"): (6, 6)}
    found = refusal(pool_of(rows, quotas, 5))

    assert found.details["infeasible"] == {
        "contradiction": ["1: young, min"],
        "relaxation": [["1: young, min", 6, 5]],
    }
    assert "mindestens 6 × „young“" in found.what.de


@QUICK
@given(pools(), st.integers(1, 3))
def test_a_contradiction_is_minimal_and_its_relaxation_works(pool, more):
    tight = [Quota(q.category, q.feature, q.low + more, q.high + more) for q in pool.quotas]
    hard = Pool(pool.ids, tuple(tight), pool.size, pool.features, pool.household)
    if panels_of(hard):
        return
    told = refusal(hard).details["infeasible"]

    def without(kept, moved=()):
        """The pool with only these bounds, some of them moved."""
        moved = {name: to for name, _, to in moved}

        def bound(quota, side, value, open_end):
            name = quota.named(side)
            return moved.get(name, value) if kept is None or name in kept else open_end

        quotas = tuple(
            Quota(q.category, q.feature, bound(q, "min", q.low, 0), bound(q, "max", q.high, 99))
            for q in tight
        )
        return Pool(pool.ids, quotas, pool.size, pool.features, pool.household)

    clash = told["contradiction"]
    assert not panels_of(without(clash))
    for one in clash:
        assert panels_of(without([b for b in clash if b != one]))
    assert panels_of(without(None, told["relaxation"]))


def test_too_few_households_are_the_reason_when_they_are():
    pool = pool_of(["f"] * 4, {(0, "f"): (0, 4)}, 3, homes=[1, 1, 2, 2], limit=1)

    assert "Haushalt" in refusal(pool).what.de


def test_somebody_of_the_same_type_moves_up():
    pool = pool_of(["f"] * 4 + ["m"] * 4, {(0, "f"): (2, 2), (0, "m"): (2, 2)}, 4)
    replaced = lot.replace(pool, np.array([0, 1, 4, 5]), [0], seed="s")

    assert [r.same_type for r in replaced.replacements] == [True]
    assert replaced.replacements[0].new in {2, 3}
    assert pool.holds(replaced.panel)


def test_without_the_same_type_the_quotas_still_hold_or_it_is_said():
    rows = [("f", "x"), ("f", "y"), ("m", "x"), ("m", "y")]
    loose = {(0, "f"): (1, 1), (0, "m"): (1, 1), (1, "x"): (0, 2), (1, "y"): (0, 2)}
    replaced = lot.replace(pool_of(rows, loose, 2), np.array([0, 2]), [0], seed="s")
    assert replaced.panel.tolist() == [1, 2]
    assert not replaced.missed

    women_gone = pool_of(["f", "m", "m"], {(0, "f"): (1, 1), (0, "m"): (1, 1)}, 2)
    replaced = lot.replace(women_gone, np.array([0, 1]), [0], seed="s")
    assert [(q.feature, n) for q, n in replaced.missed] == [("f", 0), ("m", 2)]
    said = lot.replacement_sentences(lot.lottery(women_gone, panels=5), replaced, "de")
    assert "nicht mehr alle Vorgaben" in said[-1]


def test_nobody_who_left_before_moves_up():
    pool = pool_of(["m"] * 6, {(0, "m"): (0, 2)}, 2)
    panel, away = np.array([0, 1]), []
    for _round in range(3):
        gone = int(panel[0])
        replaced = lot.replace(pool, panel, [gone], seed="s", away=away)
        new = replaced.replacements[0].new
        assert new not in {*away, gone}
        panel, away = replaced.panel, [*away, gone]
    assert (
        lot.replace(pool, panel, [int(panel[0])], seed="s", away=[0, 1, 2, 3, 4, 5])
        .replacements[0]
        .new
        is None
    )


def test_progress_goes_up_and_the_list_is_the_same():
    pool = pool_of(["f", "f", "m", "m"], {(0, "f"): (1, 1), (0, "m"): (1, 1)}, 2)
    heard: list[int] = []

    assert (
        lot.lottery(pool, panels=9, told=heard.append).digest == lot.lottery(pool, panels=9).digest
    )
    assert heard == sorted(heard)
    assert heard[0] > 0


def test_a_replacement_keeps_to_the_limit_of_its_household():
    pool = pool_of(["f"] * 4, {(0, "f"): (0, 4)}, 2, homes=[1, 1, 2, 3], limit=1)
    replaced = lot.replace(pool, np.array([0, 2]), [2], seed="s")

    assert replaced.replacements[0].new == 3


def test_nobody_left_to_move_up_is_said():
    pool = pool_of(["f", "f"], {(0, "f"): (0, 2)}, 2)
    replaced = lot.replace(pool, np.array([0, 1]), [0], seed="s")

    assert replaced.replacements[0].new is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_sentences_name_chance_and_proof(language):
    pool = pool_of(["f"] * 10 + ["m"] * 5, {(0, "f"): (2, 2), (0, "m"): (2, 2)}, 4)
    found = lot.lottery(pool, panels=100)
    said = " ".join(lot.sentences(found, lot.draw(found, "s"), language))

    for word in (
        ["20,0\u00a0%", "40,0\u00a0%", "bewiesen", "SHA-256"]
        if language == "de"
        else ["20.0%", "40.0%", "proven", "SHA-256"]
    ):
        assert word in said


def test_without_the_solver_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    solver._highs.cache_clear()
    found = refusal(pool_of(["f"], {(0, "f"): (1, 1)}, 1))

    assert "miteinander[solver]" in found.do.de
