"""Ideal points and predicted votes: what must hold whatever the votes are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.errors import Unusable
from miteinander.analysis.opinion.ideal_points import (
    Signs,
    fit,
    log_odds,
    placed,
    probability,
    tempered,
    unpacked,
)
from miteinander.analysis.opinion.prediction import predict, read_questions, sentences
from miteinander.analysis.opinion.votes import Votes, from_arrays

NAMES = [f"p{n}" for n in range(60)], [f"s{n}" for n in range(20)]


def camps(seed: int = 0, people: int = 60, wide: int = 20) -> Votes:
    """Two camps that agree to opposite halves of the statements, with some noise and gaps."""
    dice = np.random.default_rng(seed)
    who, what = np.divmod(np.flatnonzero(dice.random(people * wide) < 0.6), wide)
    side = np.where(who < people // 2, 1, -1) * np.where(what < wide // 2, 1, -1)
    value = np.where(dice.random(len(who)) < 0.1, -side, side)
    value[dice.random(len(who)) < 0.1] = 0
    return from_arrays(who, what, value, participants=NAMES[0][:people], statements=NAMES[1][:wide])


def everything(votes: Votes, known: Votes | None = None) -> np.ndarray:
    """Predictions for all pairs of the names of `known`: shape (P, S)."""
    known = known or votes
    people = [p for p in known.participants for _ in known.statements]
    statements = list(known.statements) * len(known.participants)
    return predict(votes, people, statements).p.reshape(known.shape)


def test_camps_are_found_and_gaps_are_filled_by_them():
    p = everything(camps())

    assert p[:30, :10].mean() > 0.7
    assert p[:30, 10:].mean() < 0.3
    assert p[30:, :10].mean() < 0.3


def test_what_is_popular_and_what_is_asked_are_expected_together():
    """One camp finds popular what the other rejects: few votes on a statement tell its kind."""
    dice = np.random.default_rng(0)
    side = np.repeat([1.0, -1.0], 150)
    asked = np.linspace(-2, 2, 60)
    lean = side[:, None] * asked + 1.5 * asked + dice.normal(scale=0.3, size=(300, 60))
    who, what = np.nonzero(dice.random(lean.shape) < np.where(np.arange(60) % 3 == 0, 0.02, 0.4))
    value = np.where(dice.random(len(who)) < 1 / (1 + np.exp(-lean[who, what])), 1, -1)
    model = fit(from_arrays(who, what, value))
    unknown = model.statements[-1:]
    spread = unpacked(unknown.second)[0] - np.outer(unknown.mean[0], unknown.mean[0])
    asks, with_popular = spread[:-2, :-2], spread[:-2, -1]

    assert with_popular @ np.linalg.solve(asks, with_popular) > 0.1 * spread[-1, -1]


def test_one_popular_statement_by_hand():
    """Many people, one statement: the estimate is near the share that agrees."""
    votes = from_arrays(np.arange(400), np.zeros(400, dtype=int), np.repeat([1, -1], [300, 100]))

    (p,) = predict(votes, ["somebody else"], ["0"]).p
    assert p == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize("value", [1, -1])
def test_all_equal_is_expected_to_go_on(value):
    votes = from_arrays(*np.divmod(np.arange(200), 10), np.full(200, value))
    p = everything(votes)

    assert np.all(p > 0.9) if value == 1 else np.all(p < 0.1)


@pytest.mark.parametrize(
    "value", [np.zeros(0, dtype=int), np.zeros(12, dtype=int)], ids=["no votes", "all pass"]
)
def test_without_agreement_and_disagreement_everything_is_even(value):
    votes = from_arrays(np.arange(len(value)), np.arange(len(value)), value)
    found = predict(votes, ["0", "x"], ["0", "y"])

    assert found.p.tolist() == [0.5, 0.5]
    assert "fünfzig zu fünfzig" in sentences(found)[0]
    assert "even" in sentences(found, "en")[0]


def test_one_person_alone():
    found = predict(from_arrays(np.zeros(3, int), np.arange(3), np.array([1, 1, -1])), ["0"], ["2"])
    assert 0 < found.p[0] < 0.6


def test_nothing_asked():
    found = predict(camps(), [], [])
    assert len(found.p) == 0
    assert "keine Zeile" in sentences(found)[0]


def test_unknown_people_get_what_others_answer_and_it_is_said():
    votes = camps()
    found = predict(votes, ["new", "p0", "new"], ["s0", "new", "new"])

    assert (found.new_people, found.new_statements, found.new_both) == (1, 1, 1)
    assert abs(found.p[0] - 0.5) < abs(everything(votes)[0, 0] - 0.5)  # less is known of it
    said = " ".join(sentences(found))
    assert "noch nicht abgestimmt" in said
    assert "kennt noch niemand die These" in said
    assert "sind Person und These neu" in said


@settings(max_examples=8)
@given(st.integers(0, 1000))
def test_flipped_signs_give_the_opposite(seed):
    votes = camps(seed)
    flipped = from_arrays(
        votes.person, votes.statement, -votes.value, participants=votes.participants,
        statements=votes.statements,
    )  # fmt: skip
    assert everything(flipped) == pytest.approx(1 - everything(votes), abs=1e-6)


@settings(max_examples=6)
@given(st.integers(0, 1000))
def test_order_of_rows_and_repeated_rows_change_nothing(seed):
    votes = camps(seed)
    order = np.random.default_rng(seed).permutation(np.tile(np.arange(len(votes)), 2))
    mixed = from_arrays(
        votes.person[order], votes.statement[order], votes.value[order],
        participants=votes.participants, statements=votes.statements,
    )  # fmt: skip
    assert np.array_equal(everything(mixed), everything(votes))


def test_other_names_change_nothing():
    votes = camps(3)
    people, wide = (np.random.default_rng(1).permutation(n) for n in votes.shape)
    other = from_arrays(people[votes.person], wide[votes.statement], votes.value)

    assert everything(other)[people][:, wide] == pytest.approx(everything(votes), abs=2e-3)


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 5), st.sampled_from([-1, 0, 1])), max_size=40
    )
)
def test_any_votes_give_probabilities(rows):
    who, what, value = (np.array([row[at] for row in rows], dtype=int) for at in range(3))
    votes = from_arrays(who, what, value, participants=list("abcdefgh"), statements=list("uvwxyz"))
    p = everything(votes)

    assert np.all((p > 0) & (p < 1))


def test_more_votes_leave_less_uncertainty():
    model = fit(camps())
    few = Signs(np.zeros(2, int), np.array([0, 12]), np.array([1, -1], dtype=np.int8))
    many = Signs(np.zeros(8, int), np.arange(8), np.ones(8, dtype=np.int8))
    spread = []
    for signs in (few, many):
        found = placed(model, signs, 1)
        spread.append(np.trace(unpacked(found.second)[0]) - np.sum(found.mean**2))
    assert spread[1] < spread[0]


def test_a_newcomer_stands_where_the_same_votes_had_put_them():
    votes = camps()
    model = fit(votes)
    mine = (votes.person == 0) & (votes.value != 0)
    again = placed(
        model, Signs(np.zeros(mine.sum(), int), votes.statement[mine], votes.value[mine]), 1
    )
    assert again.mean[0] == pytest.approx(model.people.mean[0], abs=0.05)


def test_probabilities_do_not_overflow():
    assert probability(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]
    sure, unsure = tempered(np.array([2.0, 2.0]), np.array([0.0, 9.0]))
    assert 0 < unsure < sure == 2
    mean, variance = log_odds(fit(camps()).people, fit(camps()).people)
    assert np.all(variance >= 0)
    assert mean.shape == variance.shape


def test_the_question_is_read_in_both_forms_and_refused_with_its_place(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text("statement;participant\n7;2\n8;3\n", encoding="utf-8-sig")
    assert read_questions(path) == (["2", "3"], ["7", "8"])
    path.write_text("comment-id,voter-id,vote\n7,2,1\n")
    assert read_questions(path) == (["2"], ["7"])
    path.write_text("participant,statement\n2,7\n,8\n")
    with pytest.raises(Unusable) as refused:
        read_questions(path)
    assert refused.value.where.en == "q.csv, line 3, column “participant”"
    path.write_text("person,statement\n2,7\n")
    with pytest.raises(Unusable):
        read_questions(path)
