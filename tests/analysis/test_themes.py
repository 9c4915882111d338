"""Themes: groups that are there are found, labels spread, doubt goes into the tray."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.themes import proposal_sentences, propose, sentences, sort_rest
from miteinander.analysis.themes.clusters import default_count
from miteinander.analysis.themes.names import telling_words

LANGUAGE = ["Sprachkurs", "Deutschkurs", "Kursplätze", "Lehrkraft", "Prüfung", "Alphabetisierung"]
HOUSING = ["Wohnung", "Miete", "Vermieter", "Wohnungssuche", "Mietvertrag", "Nebenkosten"]


def about(words, count=20):
    return [
        f"Wir wünschen uns {words[n % 6]}, {words[(n + 1 + n // 6) % 6]} und {words[(n + 2) % 6]}"
        for n in range(count)
    ]


TEXTS = [*about(LANGUAGE), *about(HOUSING)]
texts = st.lists(st.text(max_size=20), max_size=12)


def parts(proposal):
    return {frozenset(cluster.rows) for cluster in proposal.clusters}


def test_two_themes_are_found_and_named_by_their_own_words():
    found = propose(TEXTS, count=2)

    assert parts(found) == {frozenset(range(20)), frozenset(range(20, 40))}
    by_first_row = {cluster.rows[0]: set(cluster.words) for cluster in found.clusters}
    assert by_first_row[0] <= set(LANGUAGE)
    assert by_first_row[20] <= set(HOUSING)
    assert all(len(cluster.words) == 3 for cluster in found.clusters)


def test_words_stand_as_people_wrote_them():
    ((first, *_), _) = telling_words([["Die Spielplätze!", "Spielplätze fehlen"], ["Ein Amt"]])
    assert first == "Spielplätze"


def test_shouting_is_not_taken_over_when_others_write_it_quietly():
    ((first, *_), _) = telling_words([["RADWEG", "RADWEG", "Radweg"], ["Ein Amt"]])
    assert first == "Radweg"


def test_the_number_of_themes_grows_slowly():
    assert [default_count(n) for n in (1, 50, 1_000, 10_000, 10**7)] == [2, 3, 8, 17, 20]


@pytest.mark.parametrize(
    ("given_", "clusters", "reason"),
    [
        ([], 0, "kein Thema"),
        (["", " ", "\u200b"], 0, "kein Thema"),
        (["Ein Text"], 1, "nichts zu unterscheiden"),
        (["Müll", "MUELL", "Müll!"], 1, "nichts zu unterscheiden"),
    ],
)
def test_what_cannot_be_told_apart_says_why(given_, clusters, reason):
    found = propose(given_)

    assert len(found.clusters) == clusters
    assert reason in proposal_sentences(found)[0]


def test_a_text_between_two_themes_lies_in_the_tray(monkeypatch):
    monkeypatch.setattr("miteinander.analysis.themes.clusters.NARROW", 0.5)  # these are far apart
    both = "Sprachkurs und Wohnung, Deutschkurs und Miete, Prüfung und Vermieter"
    found = propose([*TEXTS, both], count=2)

    assert 40 in {row for cluster in found.clusters for row in cluster.unsure}
    assert 0 not in {row for cluster in found.clusters for row in cluster.unsure}


def test_other_scripts_signs_and_very_long_texts_are_taken():
    odd = ["🚲 🚲", "夕方の語学教室", "Нам потрібні курси", "Radweg " * 30_000, "مدرسة", ""]
    found = propose(odd)

    assert sorted(row for cluster in found.clusters for row in cluster.rows) == [0, 1, 2, 3, 4]
    assert found.silent == (5,)


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(1, 5))
def test_every_text_with_words_is_in_one_theme(collection, count):
    found = propose(collection, count=count)
    rows = [row for cluster in found.clusters for row in cluster.rows]

    assert sorted([*rows, *found.silent]) == list(range(len(collection)))
    assert len(found.clusters) <= count
    sizes = [len(cluster.rows) for cluster in found.clusters]
    assert sizes == sorted(sizes, reverse=True)
    assert found == propose(collection, count=count)


@settings(max_examples=40, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_changes_no_theme(collection, lot):
    order = list(range(len(collection)))
    lot.shuffle(order)
    moved = propose([collection[at] for at in order])

    assert parts(propose(collection)) == {
        frozenset(order[row] for row in part) for part in parts(moved)
    }


def test_sending_a_text_again_and_again_moves_no_theme():
    again = propose([*TEXTS, *[TEXTS[0].upper()] * 50], count=2)

    assert parts(again) == {
        frozenset([*range(20), *range(40, 90)]),
        frozenset(range(20, 40)),
    }


def test_a_few_labels_sort_the_rest():
    labels = [theme if n % 3 == 0 else "" for theme in ("Sprache", "Wohnen") for n in range(20)]
    found = sort_rest(TEXTS, labels)

    assert {each.row for each in found.predictions} == {
        r for r, name in enumerate(labels) if not name
    }
    assert all(each.label == ("Sprache", "Wohnen")[each.row >= 20] for each in found.predictions)
    assert all(0.5 < each.p < 1 for each in found.predictions)
    assert found.right is None  # 14 labelled texts say little about the others


@pytest.mark.parametrize(("each", "is_sure"), [(14, False), (15, True)])
def test_no_label_is_sure_before_it_can_be_said_how_often_labels_are_right(each, is_sure):
    texts = [*about(LANGUAGE, 20), *about(HOUSING, 20)]
    labels = [theme if n < each else "" for theme in ("Sprache", "Wohnen") for n in range(20)]
    found = sort_rest(texts, labels)

    assert {prediction.unsure for prediction in found.predictions} == {not is_sure}
    assert (found.right is not None) is is_sure
    assert ("gilt noch keine Zuordnung als sicher" in " ".join(sentences(found))) is not is_sure


def test_labels_without_a_pattern_make_everything_unsure():
    labels = [("a", "b")[(n // 2) % 2] if n % 2 else "" for n in range(40)]
    found = sort_rest(TEXTS, labels)

    assert all(each.p < 0.75 for each in found.predictions)


def test_with_many_labels_it_says_how_often_it_is_right():
    many = [*about(LANGUAGE, 60), *about(HOUSING, 60)]
    labels = ["Sprache"] * 59 + [""] + ["Wohnen"] * 59 + [""]
    found = sort_rest(many, labels)

    assert found.right == found.f1 == found.sure_right == 1
    assert "100\u00a0%" in " ".join(sentences(found))


def test_a_text_without_words_gets_no_label():
    found = sort_rest([*TEXTS, ""], ["Sprache"] * 19 + [""] + ["Wohnen"] * 20 + [""])
    last = found.predictions[-1]

    assert (last.row, last.label, last.p, last.unsure) == (40, None, 0.0, True)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (["", ""], "Noch ist kein Text"),
        (["a", "a"], "schon zugeordnet"),
        (["a", ""], "mindestens zwei"),
    ],
)
def test_where_nothing_can_be_learnt_it_says_why(labels, reason):
    found = sort_rest(["Ein Text", "Noch ein Text"], labels)

    assert found.predictions == ()
    assert reason in sentences(found)[0]


def test_labels_on_texts_without_words_teach_nothing():
    found = sort_rest(["", "…", "Kurs"], ["a", "b", ""])

    assert [(each.label, each.unsure) for each in found.predictions] == [(None, True)] or all(
        each.unsure for each in found.predictions
    )


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=15), st.sampled_from(["", "a", "b", "c"])),
        min_size=1,
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_order_and_names_of_themes_change_nothing(pairs, lot):
    first = sort_rest([text for text, _ in pairs], [label for _, label in pairs])
    order = list(range(len(pairs)))
    lot.shuffle(order)
    moved = sort_rest([pairs[at][0] for at in order], [pairs[at][1] for at in order])

    assert {each.row: (each.label, round(each.p, 6)) for each in first.predictions} == {
        order[each.row]: (each.label, round(each.p, 6)) for each in moved.predictions
    }
    assert all(0 <= each.p <= 1 for each in first.predictions)
    assert {each.label for each in first.predictions} <= {None, *first.labels}


def test_sentences_speak_both_languages_and_say_how_weak_it_is():
    found = propose(TEXTS, count=2)

    assert any("Vorschlag nach Wörtern" in said for said in sentences(found))
    assert any("proposal by words" in said for said in sentences(found, "en"))
