"""Votes from files in all their forms, and what is refused with its place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.analysis.errors import Unusable
from miteinander.analysis.opinion.votes import Votes, from_arrays, read_votes, votes_from

LONG = b"participant,statement,vote\n2,7,1\n10,7,0\n2,9,-1\n"
SAME = {
    "another order of rows": b"participant,statement,vote\n2,9,-1\n10,7,0\n2,7,1\n",
    "the last vote of a pair counts": LONG.replace(b"\n2,7,1", b"\n2,7,-1\n2,7,1"),
    "another order of columns": b"vote,statement,participant\n1,7,2\n0,7,10\n-1,9,2\n",
    "more columns": b"participant,statement,vote,note\n2,7,1,a\n10,7,0,b\n2,9,-1,c\n",
    "Polis' long form": (
        b"timestamp,datetime,comment-id,voter-id,vote\n3,Tue Jun 30,7,2,1\n1,Tue,7,2,-1\n"
        b"1,Tue,7,10,0\n1,Tue,9,2,-1\n"
    ),
    "Polis' wide form": b"participant,group-id,n-votes,7,9\n2,0,2,1,-1\n10,,1,0,\n",
    "quoted": b'"participant","statement","vote"\n"2","7","1"\n"10","7","0"\n"2","9","-1"\n',
    "byte-order mark and Windows lines": b"\xef\xbb\xbf" + LONG.replace(b"\n", b"\r\n"),
    "semicolons and decimal commas": (b"participant;statement;vote\n2;7;1,0\n10;7;0,0\n2;9;-1,0\n"),
    "a plus, a minus sign, empty lines": (
        "participant,statement,vote\n2,7,+1\n\n10,7,0\n2,9,−1\n".encode()
    ),
    "no newline at the end": LONG.rstrip(),
    "a vote that is empty is none": LONG + b"10,9,\n",
}


def told(votes: Votes) -> list[tuple[str, str, int]]:
    return [
        (votes.participants[p], votes.statements[s], int(v))
        for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
    ]


@pytest.mark.parametrize("data", [LONG, *SAME.values()], ids=["plain", *SAME])
def test_the_same_votes_however_they_were_written(data):
    votes = votes_from(data, name="votes.csv")

    assert told(votes) == [("2", "7", 1), ("2", "9", -1), ("10", "7", 0)]
    assert votes.participants == ("2", "10")  # by number, not by letter
    assert votes.starts.tolist() == [0, 2, 3]


def test_pass_is_not_the_same_as_not_seen():
    votes = votes_from(b"participant,7,9\n2,0,\n", name="votes.csv")

    assert told(votes) == [("2", "7", 0)]
    assert votes.counts(0).tolist() == [1, 0]


REFUSED = {
    "no such vote": (b"participant,statement,vote\na,1,1\nb,1,yes\n", "line 3, column “vote”"),
    "two is no vote": (b"participant,statement,vote\na,1,2\n", "line 2, column “vote”"),
    "somebody without a name": (
        b"participant,statement,vote\na,1,1\n,1,1\n",
        "line 3, column “participant”",
    ),
    "no such vote in the wide form": (b"participant,7\na,1\nb,x\n", "line 3, column “7”"),
    "the same person twice": (b"participant,7\na,1\na,0\n", "line 3, column “participant”"),
    "a time that is none": (
        b"participant,statement,vote,timestamp\na,1,1,5\na,1,1,soon\n",
        "line 3, column “timestamp”",
    ),
    "unknown columns": (b"who,what,how\na,1,1\n", "line 1"),
    "no column for the vote": (b"participant,statement\na,1\n", "line 1"),
    "broken quoting": (b'participant,statement,vote\na,"1,1\n', "line 2"),
    "empty": (b"", "votes.csv"),
    "a line too short": (b"participant,statement,vote\na,1\n", "line 2"),
}


@pytest.mark.parametrize(("data", "where"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_its_place(data, where):
    with pytest.raises(Unusable) as refused:
        votes_from(data, name="votes.csv")

    assert refused.value.where.en.endswith(where)
    assert refused.value.what.de
    assert refused.value.do.de


def test_a_header_without_votes_is_a_conversation_in_which_nobody_voted():
    assert votes_from(b"participant,statement,vote\n", name="v.csv").shape == (0, 0)
    assert votes_from(b"participant,7,9\n", name="v.csv").shape == (0, 2)
    assert votes_from(b"participant,7,9\na,,\n", name="v.csv").shape == (1, 2)


def test_the_folder_of_a_polis_export_brings_its_wording(tmp_path):
    (tmp_path / "votes.csv").write_bytes(
        b"timestamp,datetime,comment-id,voter-id,vote\n1,Tue,7,2,1\n"
    )
    (tmp_path / "comments.csv").write_bytes(
        b'timestamp,comment-id,comment-body\n1,7,"Mehr Platz,\nmehr Zeit"\n'
    )
    votes = read_votes(tmp_path)

    assert votes.texts == {"7": "Mehr Platz,\nmehr Zeit"}


def test_a_folder_without_votes_is_refused(tmp_path):
    with pytest.raises(Unusable, match="no votes in this folder"):
        read_votes(tmp_path)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(-1, 1)),
        max_size=40,
        unique_by=lambda vote: vote[:2],
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_does_not_matter(rows, random):
    def written(these):
        lines = [f"{p},{s},{v}" for p, s, v in these]
        return "\n".join(["participant,statement,vote", *lines, ""]).encode()

    mixed = list(rows)
    random.shuffle(mixed)

    assert told(votes_from(written(rows), name="v")) == told(votes_from(written(mixed), name="v"))


def test_arrays_are_sorted_and_the_last_of_a_pair_counts():
    votes = from_arrays(np.array([1, 0, 1]), np.array([0, 1, 0]), np.array([1, 0, -1]))

    assert told(votes) == [("0", "1", 0), ("1", "0", -1)]
