"""Nearest texts in plain Python: what must hold whatever is compared."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from miteinander.analysis.near import SAME_FROM, nearest

SAID = [
    "Im Norden fehlt ein Treffpunkt für Jugendliche.",
    "Der Sprachkurs am Abend ist immer voll.",
    "Wir brauchen mehr Bänke am Bahnhof.",
]


def test_the_same_words_are_first_and_probably_the_same():
    (row, score), *_rest = nearest("IM NORDEN fehlt ein Treffpunkt, für Jugendliche!", SAID)
    assert row == 0
    assert score >= SAME_FROM


def test_other_words_for_the_same_are_met_by_their_parts():
    found = nearest("Abends sind die Sprachkurse voll", SAID)
    assert found[0][0] == 1
    assert found[0][1] > 0.25


def test_what_shares_nothing_is_not_there():
    assert nearest("zzz qqq", SAID) == []
    assert nearest("", SAID) == []
    assert nearest("Bänke", []) == []


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=40))
def test_scores_are_probabilities_in_order_and_each_text_stands_once(texts, question):
    found = nearest(question, texts)
    scores = [round(score, 6) for _row, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    rows = [row for row, _score in found]
    assert len(set(rows)) == len(rows) <= len(texts)


def test_it_needs_no_numpy():
    code = (
        "import sys, miteinander.analysis.near as n; n.nearest('Bänke', ['Bänke']);"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
