"""Minutes by point of the agenda: nothing that was written is ever lost."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from miteinander.process.queries.passages import (
    mark_of,
    passages_of,
    sections_of,
    tidy,
    with_passage,
)

AGENDA = ["Begrüßung", "Bericht", "Verschiedenes"]
WORDS = st.text(alphabet="ab#- .\n1", max_size=40)


def test_a_passage_stands_under_the_heading_of_its_point():
    text = with_passage("", AGENDA, 2, "Es wurde berichtet.")

    assert text == "## 2. Bericht\n\nEs wurde berichtet."
    assert passages_of(text, AGENDA) == ["", "Es wurde berichtet.", ""]


def test_passages_stand_in_the_order_of_the_agenda_whoever_wrote_first():
    text = "Vorab gesagt."
    for number, words in ((3, "Drittens."), (1, "Erstens."), (2, "Zweitens.")):
        text = with_passage(text, AGENDA, number, words)

    assert text.split("\n\n") == [
        "Vorab gesagt.",
        "## 1. Begrüßung",
        "Erstens.",
        "## 2. Bericht",
        "Zweitens.",
        "## 3. Verschiedenes",
        "Drittens.",
    ]


def test_an_emptied_passage_takes_its_heading_with_it():
    text = with_passage(with_passage("", AGENDA, 1, "Eins."), AGENDA, 2, "Zwei.")

    assert with_passage(text, AGENDA, 1, "  ") == "## 2. Bericht\n\nZwei."


def test_when_the_agenda_changes_passages_follow_their_names_and_the_rest_stays():
    text = with_passage(with_passage("", AGENDA, 1, "Eins."), AGENDA, 2, "Zwei.")

    changed = with_passage(text, ["Bericht", "Neues"], 2, "Neu.")

    assert passages_of(changed, ["Bericht", "Neues"]) == ["Zwei.", "Neu."]
    assert "## 1. Begrüßung\n\nEins." in changed, "a point that is gone keeps its words"


def test_two_points_of_one_name_are_told_apart_by_their_numbers():
    agenda = ["Aussprache", "Bericht", "Aussprache"]
    text = with_passage("", agenda, 3, "Zum Bericht.")

    assert passages_of(text, agenda) == ["", "", "Zum Bericht."]
    text = with_passage(text, agenda, 1, "Zu Beginn.")
    assert passages_of(text, agenda) == ["Zu Beginn.", "", "Zum Bericht."]


def test_headings_inside_a_passage_stand_below_the_heading_of_the_point():
    text = with_passage("", AGENDA, 1, "# Groß\nWort\n## 2. Bericht\nWort\n#kein Titel")

    assert passages_of(text, AGENDA) == [
        "### Groß\nWort\n### 2. Bericht\nWort\n#kein Titel", "", ""
    ]  # fmt: skip


def test_a_heading_stands_up_to_three_spaces_in_and_four_make_code():
    text = with_passage("   ## 2. Bericht\nGesagt.", AGENDA, 1, "    ## Befehl\n ## Titel")

    assert passages_of(text, AGENDA) == ["    ## Befehl\n ### Titel", "Gesagt.", ""]


@example(passages=["", "", ""], before=" ## 1", order=[1, 2, 3])
@example(passages=["    ## 1", " # a", ""], before="    ## 1", order=[3, 2, 1])
@given(st.lists(WORDS, min_size=3, max_size=3), WORDS, st.permutations([1, 2, 3]))
def test_whatever_is_written_is_read_back_and_the_rest_stays(passages, before, order):
    text = sections_of(before)[0].text
    for number in order:
        text = with_passage(text, AGENDA, number, passages[number - 1])

    assert passages_of(text, AGENDA) == [tidy(each) for each in passages]
    assert sections_of(text)[0].text == sections_of(before)[0].text


@given(WORDS, WORDS)
def test_a_mark_tells_two_wordings_apart(one, other):
    assert (mark_of(one) == mark_of(other)) == (one == other)
