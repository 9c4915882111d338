"""Two texts out of one: nothing is lost, nothing is taken twice, sides do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.analysis.merge import Agreed, Disputed, Part, differences, merge

SPACES = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  "])
WORD = st.sampled_from(
    ["der", "die", "das", "und", "Kurs", "Ort", "Zeit", "Kind", "Amt", "Weg", "Haus"]
)


@st.composite
def texts(draw, word=WORD, most=25):
    words = draw(st.lists(st.tuples(word, SPACES), max_size=most))
    return draw(st.sampled_from(["", "", "\n"])) + "".join(w + s for w, s in words)


@st.composite
def grown(draw, base, mark):
    """The base with words of one's own put in (each marked) and some words left out."""
    out = []
    count = 0
    for piece in base.split(" "):
        if draw(st.integers(0, 5)) == 0:
            count += 1
            out.append(f"{mark}{count}")
        if draw(st.integers(0, 7)) or not piece:
            out.append(piece)
    return " ".join(out)


def text_of(pieces, side):
    return "".join(p.text if isinstance(p, Agreed) else getattr(p, side) for p in pieces)


def everything(pieces):
    return " ".join(
        p.text if isinstance(p, Agreed) else f" {p.mine} {p.theirs} " for p in pieces
    ).split()


@given(texts(), texts())
def test_what_differs_gives_back_both_texts(before, after):
    parts = differences(before, after)
    assert "".join(p.text for p in parts if p.kind != "new") == before
    assert "".join(p.text for p in parts if p.kind != "gone") == after


@given(texts(), texts())
def test_a_change_of_one_side_is_taken_to_the_letter(base, changed):
    for pieces in (merge(base, changed, base), merge(base, base, changed)):
        assert all(isinstance(p, Agreed) for p in pieces)
        assert text_of(pieces, "mine") == changed


@given(texts(), texts())
def test_the_same_change_counts_once(base, changed):
    pieces = merge(base, changed, changed)
    assert all(isinstance(p, Agreed) for p in pieces)
    assert text_of(pieces, "mine") == changed


@given(st.data())
def test_changing_sides_changes_nothing_but_the_sides(data):
    base, mine, theirs = (data.draw(texts()) for _ in range(3))
    other = {"mine": "theirs", "theirs": "mine", "both": "both", "": ""}
    turned = [
        Agreed(p.text, other[p.by])
        if isinstance(p, Agreed)
        else Disputed(p.base, mine=p.theirs, theirs=p.mine)
        for p in merge(base, theirs, mine)
    ]
    assert merge(base, mine, theirs) == turned


@given(st.data())
def test_every_word_that_somebody_put_in_is_there_once_and_in_order(data):
    base = data.draw(texts())
    mine, theirs = data.draw(grown(base, "M")), data.draw(grown(base, "T"))
    found = everything(merge(base, mine, theirs))
    for mark, side in (("M", mine), ("T", theirs)):
        put_in = [word for word in side.split() if word.startswith(mark)]
        assert [word for word in found if word.startswith(mark)] == put_in


@given(st.data())
def test_with_all_disputes_given_to_one_side_its_whole_change_is_in(data):
    base = data.draw(texts())
    mine, theirs = data.draw(grown(base, "M")), data.draw(grown(base, "T"))
    chosen = text_of(merge(base, mine, theirs), "mine").split()
    assert [w for w in chosen if w.startswith("M")] == [
        w for w in mine.split() if w.startswith("M")
    ]


BASE = "Wir bieten einen Sprachkurs an.\n\nEr findet im Rathaus statt."


def test_changes_in_different_places_are_put_together():
    mine = BASE.replace("einen Sprachkurs", "zwei Sprachkurse")
    theirs = BASE + "\n\nKinder sind willkommen."
    assert merge(BASE, mine, theirs) == [
        Agreed("Wir bieten "),
        Agreed("zwei Sprachkurse", "mine"),
        Agreed(" an.\n\nEr findet im Rathaus statt."),
        Agreed("\n\nKinder sind willkommen.", "theirs"),
    ]


def test_the_same_place_changed_by_both_is_disputed_and_nothing_else():
    mine, theirs = BASE.replace("Rathaus", "Bürgerhaus"), BASE.replace("Rathaus", "Pfarrheim")
    assert [p for p in merge(BASE, mine, theirs) if isinstance(p, Disputed)] == [
        Disputed("Rathaus", "Bürgerhaus", "Pfarrheim")
    ]


def test_neighbouring_words_are_one_passage():
    """Taken word by word, two meanings would become a third that nobody wrote."""
    pieces = merge("für junge Leute offen", "für alte Leute offen", "für junge Eltern offen")
    assert [p for p in pieces if isinstance(p, Disputed)] == [
        Disputed("junge Leute", "alte Leute", "junge Eltern")
    ]


def test_what_both_did_alike_at_the_edge_of_a_dispute_is_settled():
    pieces = merge("Der Kurs ist frei.", "Der neue Kurs kostet 5 Euro.", "Der neue Kurs kostet 9.")
    assert pieces[-2:] == [Agreed("kostet ", "both"), Disputed("ist frei.", "5 Euro.", "9.")]
    assert text_of(pieces, "theirs") == "Der neue Kurs kostet 9."


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_how_a_browser_ends_its_lines_is_no_change(end):
    assert differences("eins\nzwei", f"eins{end}zwei") == [Part("eins\nzwei", "same")]


@pytest.mark.parametrize("narrow", ["\n", "  ", ""])
def test_where_only_the_space_differs_the_paragraph_stays(narrow):
    texts = "eins\n\nzwei", f"eins{narrow or ' '}zwei"
    assert merge("eins\tzwei", *texts) == [Agreed("eins"), Agreed("\n\n", "both"), Agreed("zwei")]
    assert merge("eins\tzwei", *texts) == merge("eins\tzwei", *reversed(texts))


def test_two_additions_at_the_end_are_disputed_and_both_stay():
    pieces = merge("Ende.", "Ende. Von mir.", "Ende. Von dir.")
    assert everything(pieces)[0] == "Ende."
    assert {"mir.", "dir."} <= set(everything(pieces))


def test_long_texts_without_a_single_rare_word_are_still_aligned_at_both_ends():
    base = "la " * 5000
    mine, theirs = f"ich {base}", f"{base}du"
    assert text_of(merge(base, mine, theirs), "mine").split() == ["ich", *["la"] * 5000, "du"]
