"""N-grams of texts: hand-computed weights, one spelling for what is one word."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.grams import learnt
from miteinander.analysis.tokens import grams, units


def test_a_word_is_cut_into_runs_of_three_to_five_with_its_edges():
    assert list(grams("rad")) == [" ra", "rad", "ad ", " rad", "rad ", " rad "]
    assert list(grams("a")) == [" a "]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maßnähme, MASSNAEHME", ["massnaehme", "massnaehme"]),
        ("🚲 👍🏽!", ["🚲", "👍🏽!"]),
        ("Müll 👍", ["muell"]),
        (" \u200b\u00ad ", []),
    ],
)
def test_units_are_folded_words_or_signs(text, expected):
    assert units(text) == expected


def test_weights_are_logarithms_of_counts_times_rarity_scaled_to_one():
    known, rows = learnt(["ab ab", "ab cd"])
    # "ab" gives " ab", "ab ", " ab "; so does "cd". Both texts have the first three.
    common, rare = math.log(3 / 3) + 1, math.log(3 / 2) + 1
    first, second = rows.toarray()

    assert known.columns == {" ab": 0, " ab ": 1, " cd": 2, " cd ": 3, "ab ": 4, "cd ": 5}
    assert first == pytest.approx([1 / math.sqrt(3)] * 2 + [0, 0] + [1 / math.sqrt(3), 0])
    length = math.sqrt(3 * common**2 + 3 * rare**2)
    assert second[0] == pytest.approx(common / length)
    assert second[2] == pytest.approx(rare / length)


def test_what_is_unknown_here_makes_a_question_longer_and_matches_nothing():
    known, rows = learnt(["ab", "cd"])
    alone, beside = known.vectors(["ab", "ab xy"]).toarray()

    assert np.linalg.norm(alone) == pytest.approx(1)
    assert 0.1 < np.linalg.norm(beside) < 1
    assert (known.vectors(["xy"]) @ rows.T).nnz == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_texts_changes_no_row(texts, lot):
    order = list(range(len(texts)))
    lot.shuffle(order)
    _, rows = learnt(texts)
    _, moved = learnt([texts[at] for at in order])

    assert (rows.toarray()[order] == moved.toarray()).all()
