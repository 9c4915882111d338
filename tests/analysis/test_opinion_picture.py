"""Places, groups and their reliability, each against a plain way to reckon the same."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.opinion import picture as pictures
from miteinander.analysis.opinion.groups import (
    NOWHERE,
    Memory,
    distances,
    grid,
    grouping,
    k_means,
    placed,
    silhouette,
    smallest,
)
from miteinander.analysis.opinion.picture import KAPPA, Picture, picture
from miteinander.analysis.opinion.reliability import adjusted_rand, kept, split_half
from tests.analysis.conversations import camps, table


def drawn(position, columns=10):
    position = np.asarray(position, dtype=np.float64)
    return Picture(position, np.ones(len(position)), np.zeros((columns, 2)), (0.5, 0.2))


def clouds(*middles, people=20, wide=0.3, seed=1):
    random = np.random.default_rng(seed)
    return np.vstack([random.normal(middle, wide, (people, 2)) for middle in middles])


def seen_all(count):
    return np.full(count, 10)


# --- the picture ----------------------------------------------------------------------------------


def plainly(votes):
    """Positions from the full table with gaps filled by the mean, as Polis describes it."""
    people, columns = votes.shape
    full = np.full((people, columns), np.nan)
    full[votes.person, votes.statement] = votes.value
    mean = np.nan_to_num(np.nanmean(full, axis=0))
    filled = np.where(np.isnan(full), mean, full) - mean
    _left, values, axes = np.linalg.svd(filled, full_matrices=False)
    seen = (~np.isnan(full)).sum(axis=1)
    scale = np.sqrt(columns / np.maximum(seen, 1)) * seen / (seen + KAPPA)
    return filled @ axes[:2].T * scale[:, None], np.square(values)[:2] / np.square(values).sum()


@pytest.mark.parametrize("votes", [camps(30, 20), camps(30, 20, 25, shared=10, divided=81)])
def test_the_picture_is_that_of_the_full_table(votes):
    found = picture(votes)
    position, explained = plainly(votes)
    sign = np.sign((found.position * position).sum(axis=0))

    assert found.position == pytest.approx(position * sign, abs=1e-4)
    assert found.explained == pytest.approx(explained, abs=1e-6)


def test_many_statements_are_worked_out_like_few(monkeypatch):
    votes = camps(40, 30, divided=40)
    exactly = picture(votes)
    monkeypatch.setattr(pictures, "FEW_COLUMNS", 0)

    assert picture(votes).position == pytest.approx(exactly.position, abs=1e-4)
    assert picture(votes).loading == pytest.approx(exactly.loading, abs=1e-5)


@pytest.mark.parametrize("few", [0, 64])
def test_two_statements_and_equally_strong_components(monkeypatch, few):
    monkeypatch.setattr(pictures, "FEW_COLUMNS", few)
    found = picture(table([[1, 1], [1, -1], [-1, 1], [-1, -1]]))

    assert found.explained == pytest.approx((0.5, 0.5), abs=1e-6)
    assert np.hypot(*found.position.T) == pytest.approx(np.full(4, np.sqrt(2) * 2 / 6), abs=1e-6)


def test_few_votes_lie_near_the_middle_and_are_uncertain():
    votes = camps(40, 40, seen=1.0)
    is_kept = (votes.person != 0) | (votes.statement > 20)
    found = picture(kept(votes, is_kept))
    everybody = picture(votes)

    assert np.hypot(*found.position[0]) < np.hypot(*everybody.position[0])
    assert found.spread[0] > 0
    assert found.spread[1] == 0  # has answered everything


def test_who_has_not_voted_is_in_the_middle_and_nowhere_certain():
    found = picture(table([[1, -1], [-1, 1], [None, None]]))

    assert found.position[2].tolist() == [0, 0]
    assert found.spread[2] == np.inf


@pytest.mark.parametrize("turn", [[[0, 1], [-1, 0]], [[1, 0], [0, -1]], [[-0.6, 0.8], [0.8, 0.6]]])
def test_a_picture_is_turned_to_lie_like_the_one_before(turn):
    votes = camps(25, 20, 15)
    now = picture(votes)
    before = now.position @ np.array(turn)
    before[:5] = np.nan  # these are new
    again = picture(votes, previous=before)

    assert again.position == pytest.approx(now.position @ np.array(turn), abs=1e-9)
    assert again.loading == pytest.approx(now.loading @ np.array(turn), abs=1e-9)
    assert again.spread == pytest.approx(now.spread)


def test_two_people_of_before_do_not_turn_a_picture():
    votes = camps(25, 20)
    before = np.full((45, 2), np.nan)
    before[:2] = [[5, 1], [-3, 2]]

    assert np.array_equal(picture(votes, previous=before).position, picture(votes).position)


# --- groups ---------------------------------------------------------------------------------------


def test_clouds_that_lie_apart_are_the_groups():
    position = clouds((0, 0), (8, 0), (4, 9))
    found = grouping(drawn(position), seen_all(60))

    assert found.k == 3
    for start in (0, 20, 40):
        assert len(set(found.member[start : start + 20])) == 1
    assert len(set(found.member)) == 3
    assert found.silhouettes[3] == max(found.silhouettes.values())


def test_the_largest_group_comes_first():
    position = np.vstack([clouds((0, 0), people=10), clouds((8, 0), people=30)])
    found = grouping(drawn(position), seen_all(40))

    assert np.bincount(found.member).tolist() == [30, 10]


@given(st.integers(0, 1000), st.integers(2, 5))
@settings(max_examples=25)
def test_k_means_is_the_same_every_time_and_a_fixed_point(seed, k):
    position = np.random.default_rng(seed).normal(size=(60, 2))
    _cell, centre, weight = grid(position)
    label = k_means(centre, weight, k)

    assert np.array_equal(label, k_means(centre.copy(), weight.copy(), k))
    means = np.array(
        [np.average(centre[label == g], axis=0, weights=weight[label == g]) for g in range(k)]
    )
    away = np.square(centre[:, None] - means).sum(axis=2)
    assert away[np.arange(len(label)), label] == pytest.approx(away.min(axis=1))


@given(st.permutations(range(10)))
@settings(max_examples=25)
def test_k_means_finds_what_trying_everything_finds(order):
    points = np.vstack([clouds((0, 0), (5, 1), people=5, wide=1.0)])[list(order)]
    label = k_means(points, np.ones(10), 2)

    def cost(first):
        parts = points[list(first)], points[[p for p in range(10) if p not in first]]
        return sum(np.square(part - part.mean(axis=0)).sum() for part in parts)

    best = min(cost(first) for size in range(1, 6) for first in combinations(range(10), size))
    assert cost(tuple(np.flatnonzero(label == 0))) == pytest.approx(best)


def silhouette_by_person(position, label):
    """As its definition reads, one person after the other."""
    found = []
    for at, own in enumerate(label):
        away = np.hypot(*(position - position[at]).T)
        mates = [p for p in range(len(label)) if label[p] == own and p != at]
        if not mates:
            found.append(0.0)
            continue
        inside = np.mean([away[p] for p in mates])
        outside = min(np.mean(away[label == other]) for other in set(label) - {own})
        found.append((outside - inside) / max(outside, inside, 1e-300))
    return float(np.mean(found))


@given(
    st.lists(
        st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.integers(1, 4)),
        min_size=3,
        max_size=9,
        unique_by=lambda square: square[:2],
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60)
def test_the_silhouette_is_that_of_everybody(squares, random):
    centre = np.array([square[:2] for square in squares], dtype=np.float64)
    weight = np.array([square[2] for square in squares])
    label = np.array([0, 1] + [random.randrange(2) for _square in squares[2:]], dtype=np.int32)
    everybody, labels = np.repeat(centre, weight, axis=0), np.repeat(label, weight)

    found = silhouette(distances(centre), weight.astype(np.float64), label)
    assert found == pytest.approx(silhouette_by_person(everybody, labels), abs=1e-9)


def test_a_mirrored_picture_has_mirrored_squares():
    position = clouds((0, 0), (7, 2))
    cell, _centre, _weight = grid(position)
    mirrored, _centre, _weight = grid(-position)

    assert adjusted_rand(cell.astype(np.int32), mirrored.astype(np.int32)) == 1


def test_a_group_is_never_smaller_than_what_may_be_shown():
    position = np.vstack([clouds((0, 0), people=40), clouds((50, 0), people=3)])
    found = grouping(drawn(position), seen_all(43))

    assert found.k == 0 or np.bincount(found.member).min() >= 5
    assert grouping(drawn(position), seen_all(43), k=2).why == "small"
    assert (smallest(100), smallest(2000), smallest(10, threshold=0)) == (5, 20, 2)


def test_who_voted_little_is_not_placed():
    position = clouds((0, 0), (8, 0))
    seen = np.where(np.arange(40) % 4 == 0, 3, 10)
    found = grouping(drawn(position), seen)

    assert ((found.member == NOWHERE) == (seen == 3)).all()
    assert placed(np.array([6, 7]), 100).tolist() == [False, True]
    assert placed(np.array([0, 1, 2]), 3).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("position", "why"),
    [(np.zeros((0, 2)), "few"), (clouds((0, 0), people=9), "few"), (np.zeros((30, 2)), "alike")],
)
def test_without_groups_it_says_why(position, why):
    found = grouping(drawn(position), seen_all(len(position)))

    assert (found.k, found.why) == (0, why)
    assert (found.member == NOWHERE).all()


# --- calm -----------------------------------------------------------------------------------------


def test_another_number_of_groups_must_win_three_times():
    position = clouds((0, 0), (8, 0), (4, 9))
    memory = grouping(drawn(position), seen_all(60), k=2).memory
    assert memory == Memory(2)
    told = []
    for _run in range(4):
        found = grouping(drawn(position), seen_all(60), memory=memory)
        memory = found.memory
        told.append((found.k, memory))

    assert told == [(2, Memory(2, 3, 1)), (2, Memory(2, 3, 2)), (3, Memory(3)), (3, Memory(3))]


def test_a_defeat_in_between_starts_the_count_anew():
    three, two = clouds((0, 0), (8, 0), (4, 9)), clouds((0, 0), (8, 0), people=30)
    memory = Memory(2, 3, 2)
    memory = grouping(drawn(two), seen_all(60), memory=memory).memory
    assert memory == Memory(2)
    memory = grouping(drawn(three), seen_all(60), memory=memory).memory
    assert memory == Memory(2, 3, 1)
    assert grouping(drawn(three), seen_all(60), memory=Memory(2, 4, 2)).memory == Memory(2, 3, 1)


def test_a_number_that_is_no_longer_possible_is_left_at_once():
    found = grouping(drawn(clouds((0, 0), (8, 0), people=6)), seen_all(12), memory=Memory(4))

    assert (found.k, found.memory) == (2, Memory(2))


# --- how far it can be relied upon ----------------------------------------------------------------


def test_adjusted_rand_by_hand():
    def rand(one, other):
        return adjusted_rand(np.array(one, dtype=np.int32), np.array(other, dtype=np.int32))

    assert rand([0, 0, 1, 1], [1, 1, 0, 0]) == 1
    # No pair is together in both; 2 pairs in each, 6 in all: (0 − 2/3)/(2 − 2/3)
    assert rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)
    # Pairs together in both 2; in rows 6, in columns 3, of 15: (2 − 1.2)/(4.5 − 1.2)
    assert rand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(0.8 / 3.3)
    assert rand([0, 0, 0], [0, 0, 0]) == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=25))
def test_adjusted_rand_counts_pairs(labels):
    one, other = (np.array(each, dtype=np.int32) for each in zip(*labels, strict=True))
    pairs = list(combinations(range(len(labels)), 2))
    a = sum(one[p] == one[q] for p, q in pairs)
    b = sum(other[p] == other[q] for p, q in pairs)
    both = sum(one[p] == one[q] and other[p] == other[q] for p, q in pairs)
    by_chance, most = a * b / len(pairs), (a + b) / 2
    expected = 1 if most == by_chance else (both - by_chance) / (most - by_chance)

    assert adjusted_rand(one, other) == pytest.approx(expected)
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand(other, one))


def test_clear_camps_are_stable_and_noise_is_tentative():
    clear = split_half(camps(40, 30), 2, splits=5)
    random = np.random.default_rng(5)
    noise = split_half(table(random.integers(-1, 2, (80, 24)).tolist()), 2, splits=5)

    assert (clear.label, clear.splits) == ("stable", 5)
    assert clear.split_half_ari == pytest.approx(1, abs=0.1)
    assert noise.label == "tentative"
    assert noise.split_half_ari == pytest.approx(0, abs=0.2)


def test_the_same_seed_gives_the_same_reliability():
    votes = camps(30, 20, seed=4, seen=0.4)

    assert split_half(votes, 3, splits=4, seed=7) == split_half(votes, 3, splits=4, seed=7)


@pytest.mark.parametrize(
    ("votes", "k", "splits"),
    [
        (camps(40, 30), 1, 5),
        (camps(40, 30), 2, 0),
        (camps(40, 30, shared=2, divided=4), 2, 5),
        (camps(8, 8), 2, 5),
        (camps(40, 30, seen=0.05), 2, 5),
    ],
    ids=["one group", "not asked", "few statements", "few people", "hardly a vote"],
)
def test_what_cannot_be_judged_is_unknown(votes, k, splits):
    assert split_half(votes, k, splits=splits).split_half_ari is None


def test_of_very_many_people_some_are_drawn(monkeypatch):
    monkeypatch.setattr("miteinander.analysis.opinion.reliability.SAMPLE", 50)

    assert split_half(camps(80, 60), 2, splits=3).label == "stable"
