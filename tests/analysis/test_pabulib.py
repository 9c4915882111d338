"""Reading Pabulib files: everything people save, and refusals that name the line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.budget import election_from
from miteinander.analysis.errors import Unusable
from tests.analysis.elections import election, pb

GOOD = pb("1000,50", {"1": "10.25", "2": "300"}, [["1", "2"], ["2"], []])


def read(text, **more):
    data = text if isinstance(text, bytes) else text.encode()
    return election_from(data, name="vote.pb", **more)


def refusal(text, **more):
    with pytest.raises(Unusable) as caught:
        read(text, **more)
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.encode("utf-16"),
        GOOD.replace("VOTES\n", "VOTES;\n").replace("META\n", "META;;\n").encode(),
        GOOD.replace(
            "voter_id;vote\nv0;1,2\nv1;2\nv2;\n",
            'vote;age;voter_id\n"1,2";4;v0\n 2 ;5;v1\n;6;v2\n',
        ).encode(),
        GOOD.replace("v0;1,2", "v0;2,1").encode(),
        (GOOD + "\n\n").encode(),
    ],
)  # fmt: skip
def test_all_ways_to_save_it_say_the_same(data):
    found = read(data)

    assert found.limits[0].amount == Fraction("1000.5")
    assert found.costs == ((Fraction("10.25"), 300),)
    assert found.voters == 3
    assert found.votes().tolist() == [1, 2]
    assert found.type_of.tolist() == [0, 1, -1]


def test_quoted_names_and_further_columns_are_kept():
    text = (
        "META\nkey;value\nbudget;10\nvote_type;approval\ncomment;#1: a; b\nPROJECTS\n"
        'project_id;name;cost\n1;"a; ""b""\nc";2\nVOTES\nvoter_id;age;vote\n7;33;1\n8;;1\n'
    )
    found = read(text)

    assert found.titles == ('a; "b"\nc',)
    assert found.column("age") == ("33", "")
    with pytest.raises(Unusable) as caught:
        found.column("sex")
    assert caught.value.do.en == "There are: age."


def test_identical_ballots_are_one_type_whatever_their_order():
    found = election(9, {"A": 1, "B": 1}, [["A", "B"], ["B", "A"], ["A"], ["A", "B"]])

    assert found.weights.tolist() == [3, 1]
    assert found.type_of.tolist() == [0, 0, 1, 0]
    scored = election(
        9, {"A": 1, "B": 1}, [["A", "B"], ["B", "A"], ["B", "A"], ["A"]],
        vote_type="scoring", points=[[2, 1], [1, 2], [2, 1], [0]],
    )  # fmt: skip
    assert scored.weights.tolist() == [2, 1, 1]
    assert scored.votes().tolist() == [3, 3]  # no points are no support


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (GOOD.replace("VOTES\n", ""), "vote.pb", "section VOTES is missing"),
        (GOOD.replace("budget;1000,50\n", ""), "vote.pb, line 1", "budget is missing"),
        (GOOD.replace("1000,50", "-5"), "vote.pb, line 3, column “budget”", "negative"),
        (GOOD.replace("1000,50", "viel"), "vote.pb, line 3, column “budget”", "not a number"),
        (GOOD.replace("2;300", "2;-300"), "vote.pb, line 8, column “cost”", "negative"),
        (GOOD.replace("2;300", "2;"), "vote.pb, line 8, column “cost”", "amount is miss"),
        (GOOD.replace("2;300", "1;300"), "vote.pb, line 8, column “project_id”", "listed twice"),
        (GOOD.replace("2;300", ";300"), "vote.pb, line 8, column “project_id”", "id of the"),
        (GOOD.replace("2;300", "2;300;5"), "vote.pb, line 8", "3 cells"),
        (GOOD.replace("v1;2", "v1;2;3"), "vote.pb, line 12", "3 cells"),
        (GOOD.replace("v1;2", 'v1;"2'), "vote.pb, line 12", "quotation"),
        (GOOD.replace("v1;2", "v1;77"), "vote.pb, line 12, column “vote”", "no project “77”"),
        (GOOD.replace("v1;2", "v1;2,2"), "vote.pb, line 12, column “vote”", "twice"),
        (GOOD.replace("v1;2", "v0;2"), "vote.pb, line 12, column “voter_id”", "voted twice"),
        (GOOD.replace("approval", "tarot"), "vote.pb, line 4, column “vote_type”", "not known"),
        (GOOD.replace("project_id;cost", "id;cost"), "vote.pb, line 6", "no column “project_id”"),
        (GOOD + "META\n", "vote.pb, line 14", "appears twice"),
        (GOOD.replace("approval", "scoring"), "vote.pb, line 10", "no column “points”"),
        (b"\x00\x01\x02", "vote.pb", "not a text file"),
        (b"", "vote.pb", "section META is missing"),
    ],
)
def test_a_refusal_names_the_place(text, where, what):
    caught = refusal(text)

    assert caught.where.en == where
    assert what in caught.what.en
    assert caught.what.de != caught.what.en


@pytest.mark.parametrize(
    ("points", "what"), [([[1], [2]], "names 2 projects and 1"), ([[1, -1], [2]], "from 0 on"),
                         ([[1, "x"], [2]], "not a number")]
)  # fmt: skip
def test_points_must_match_their_projects(points, what):
    text = pb(9, {"A": 1, "B": 1}, [["A", "B"], ["B"]], vote_type="scoring", points=points)
    caught = refusal(text)

    assert what in caught.what.en
    assert caught.where.en == "vote.pb, line 11, column “points”"


def test_a_file_that_was_cut_off_is_noticed():
    (note,) = read(GOOD.replace("PROJECTS\n", "num_votes;4\nPROJECTS\n")).notes

    assert note.en == "The file announces 4 ballots and holds 3; it may be incomplete."


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from("ABCDE"), unique=True), min_size=1, max_size=12))
def test_types_give_back_every_ballot(votes):
    found = election(9, dict.fromkeys("ABCDE", 1), votes)

    for voter, vote in enumerate(votes):
        t = found.type_of[voter]
        chosen = {p for p, types in zip("ABCDE", found.support, strict=True) if t in types}
        assert chosen == (set(vote) if t >= 0 else set())
    assert int(found.weights.sum()) == sum(bool(vote) for vote in votes)
