"""The opinion map as a whole: what may not change it, what it withholds, what it bears."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.opinion.findings import findings
from miteinander.analysis.opinion.readings import differing, readings
from miteinander.analysis.opinion.reliability import adjusted_rand
from miteinander.analysis.opinion.result import Earlier, as_json, opinion_map
from miteinander.analysis.opinion.sentences import sentences
from miteinander.analysis.opinion.votes import Votes, from_arrays, votes_from
from tests.analysis.conversations import camps, table

seeds = st.integers(0, 10_000)


def renamed(votes, people, statements):
    """The same conversation, with the order of people and statements as these names sort."""
    who, what = np.argsort(np.argsort(people)), np.argsort(np.argsort(statements))
    return from_arrays(
        who[votes.person],
        what[votes.statement],
        votes.value,
        participants=sorted(people),
        statements=sorted(statements),
    )


def flipped(votes):
    return Votes(votes.participants, votes.statements, votes.person, votes.statement, -votes.value)


# --- what may not change it -----------------------------------------------------------------------


@given(seeds)
@settings(max_examples=10)
def test_the_order_of_the_rows_of_a_file_changes_nothing(seed):
    votes = camps(14, 10, seed=seed, seen=0.7)
    rows = [
        f"{votes.participants[p]},{votes.statements[s]},{v}"
        for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
    ]
    mixed = np.random.default_rng(seed).permutation(rows).tolist()

    def told(lines):
        data = "\n".join(["participant,statement,vote", *lines, ""]).encode()
        return as_json(opinion_map(votes_from(data, name="v"), splits=2))

    assert told(rows) == told(mixed)


@given(seeds)
@settings(max_examples=10)
def test_other_names_change_only_the_names(seed):
    votes = camps(14, 10, seed=seed, seen=0.8)
    random = np.random.default_rng(seed)
    people = [f"q{at:03}" for at in random.permutation(len(votes.participants))]
    statements = [f"t{at:03}" for at in random.permutation(len(votes.statements))]
    one = opinion_map(votes, splits=0)
    other = opinion_map(renamed(votes, people, statements), splits=0)
    who, what = np.argsort(np.argsort(people)), np.argsort(np.argsort(statements))
    sign = np.sign((one.picture.position * other.picture.position[who]).sum(axis=0))

    assert other.k == one.k
    assert adjusted_rand(one.member, other.member[who]) == 1
    assert other.picture.position[who] * sign == pytest.approx(one.picture.position, abs=1e-4)
    assert other.picture.spread[who] == pytest.approx(one.picture.spread, rel=1e-3)
    assert other.statistics.consensus[what] == pytest.approx(one.statistics.consensus, nan_ok=True)


@given(seeds)
@settings(max_examples=10)
def test_whoever_is_there_twice_lies_in_the_same_place(seed):
    votes = camps(12, 10, seed=seed, seen=0.8)
    count = len(votes.participants)
    twice = from_arrays(
        np.concatenate([votes.person, votes.person + count]),
        np.tile(votes.statement, 2),
        np.tile(votes.value, 2),
        statements=votes.statements,
    )
    once, double = opinion_map(votes, splits=0, k=2), opinion_map(twice, splits=0, k=2)

    assert double.picture.position == pytest.approx(
        np.tile(once.picture.position, (2, 1)), abs=1e-4
    )
    assert double.sizes == tuple(2 * size for size in once.sizes)
    assert np.array_equal(double.statistics.counts.agree, 2 * once.statistics.counts.agree)


@given(seeds)
@settings(max_examples=10)
def test_whoever_says_the_opposite_gets_the_mirror_image(seed):
    votes = camps(14, 10, seed=seed, seen=0.8)
    one, other = opinion_map(votes, splits=0), opinion_map(flipped(votes), splits=0)

    assert other.picture.position == pytest.approx(-one.picture.position, abs=1e-4)
    assert other.picture.loading == pytest.approx(one.picture.loading, abs=1e-5)
    assert adjusted_rand(one.member, other.member) == 1


@given(seeds)
@settings(max_examples=10)
def test_agreement_and_disagreement_change_places(seed):
    votes = camps(14, 10, seed=seed, seen=0.8)
    sides = {name: "AB"[at >= 14] for at, name in enumerate(votes.participants)}
    one = opinion_map(votes, given=sides, splits=0)
    other = opinion_map(flipped(votes), given=sides, splits=0)
    told, mirrored = findings(one), findings(other)

    assert np.array_equal(other.statistics.p_agree, one.statistics.p_disagree)
    assert np.array_equal(other.statistics.z_agree, one.statistics.z_disagree)
    assert np.array_equal(
        other.statistics.z_representative, one.statistics.z_representative_disagree
    )
    assert {(row, share, not agrees) for row, share, agrees in mirrored.uniting} == set(
        told.uniting
    )
    assert [(row, b, a) for row, a, b in mirrored.dividing] == told.dividing
    assert mirrored.uncertain == told.uncertain
    for group, rows in mirrored.distinguishing:
        back = {(row, not agrees) for row, _share, _others, agrees in rows}
        assert back == {(row, agrees) for row, _s, _o, agrees in dict(told.distinguishing)[group]}


@given(seeds)
@settings(max_examples=8)
def test_camps_are_found_though_half_of_the_votes_are_missing(seed):
    votes = camps(25, 20, seed=seed, seen=0.5)
    found = opinion_map(votes, splits=0, k=2)
    true = np.repeat([0, 1], [25, 20]).astype(np.int32)
    is_placed = found.member >= 0

    assert is_placed.mean() > 0.9
    assert adjusted_rand(found.member[is_placed], true[is_placed]) > 0.8


def test_what_unites_and_what_divides_is_what_was_put_in():
    votes = camps(40, 30)
    found = opinion_map(votes, splits=5)
    noted = findings(found)

    assert (found.k, found.sizes, found.reliability.label) == (2, (40, 30), "stable")
    assert {row for row, _share, _agrees in noted.uniting} == set(range(6))
    assert {row for row, _for, _against in noted.dividing} == set(range(6, 24))
    assert [group for group, _rows in noted.distinguishing] == [0, 1]
    for group, rows in noted.distinguishing:
        for row, inside, others, agrees in rows:
            assert inside > 0.8
            assert others < 0.2
            assert ((row - 6) % 2 == group) == agrees


def test_the_picture_of_before_is_kept():
    votes = camps(25, 20, 15)
    now = opinion_map(votes, splits=0)
    places = {
        name: (-x, -y)
        for name, (x, y) in zip(votes.participants, now.picture.position, strict=True)
    }
    again = opinion_map(votes, splits=0, earlier=Earlier(places, now.memory))

    assert again.picture.position == pytest.approx(-now.picture.position)
    assert again.k == now.k


# --- what is withheld -----------------------------------------------------------------------------


def numbers_about(told, group):
    """Every figure in a result that is about one group."""
    (said,) = (each for each in told["groups"] if each["id"] == group)
    cells = [value for each in told["statements"] for value in each["groups"][group].values()]
    members = [each["id"] for each in told["participants"] if each["group"] == group]
    return [each for each in (said["size"], *said["representative"], *cells, *members) if each]


@given(
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4),
    alone=st.integers(0, 6),
    seen=st.floats(0.3, 1),
    seed=seeds,
)
@settings(max_examples=40)
def test_small_groups_show_no_figure_and_none_can_be_subtracted(sizes, alone, seen, seed):
    votes = camps(*sizes, *[alone] * (alone > 0), seed=seed, seen=seen, divided=6)
    names = np.repeat(list("ABCD")[: len(sizes)], sizes).tolist()
    found = opinion_map(votes, given=dict(zip(votes.participants, names, strict=False)), splits=0)
    told = as_json(found)

    for name, size in zip(found.names, sizes, strict=True):
        if size < 5:
            assert numbers_about(told, name) == []
    known = [each["size"] for each in told["groups"]]
    left = len(votes.participants) - sum(size or 0 for size in known)
    assert left == 0 or left >= 5 or not any(known)
    for statement in told["statements"]:
        whole = statement["agree"] + statement["disagree"] + statement["pass"]
        cells = [cell["seen"] for cell in statement["groups"].values()]
        rest = whole - sum(cell or 0 for cell in cells)
        assert all(cell is None or cell == 0 or cell >= 5 for cell in cells)
        assert rest == 0 or rest >= 5 or not any(cells)


def test_the_consensus_is_about_the_groups_that_can_be_told_about():
    votes = camps(20, 20, 3, seen=1.0)
    given_ = dict(zip(votes.participants, "A" * 18 + "B" * 20 + "-" * 2 + "C" * 3, strict=True))
    given_ = {name: group for name, group in given_.items() if group != "-"}
    found = opinion_map(votes, given=given_, splits=0)
    shares = found.statistics.p_agree[:, :2]

    assert found.is_large == (True, True, False)
    assert found.statistics.consensus == pytest.approx(shares.prod(axis=1), abs=1e-9)
    assert any("weniger als 5" in each for each in sentences(found))
    assert any("C (ohne Angaben)" in each for each in sentences(found))


def test_found_groups_hold_at_least_five():
    found = opinion_map(camps(30, 3, seen=1.0), splits=0)

    assert all(size >= 5 for size in found.sizes)


# --- what it bears --------------------------------------------------------------------------------

EMPTY = from_arrays(np.array([], int), np.array([], int), np.array([], int))
ODD = {
    "nobody and nothing": EMPTY,
    "nobody votes": table([[None, None, None]] * 8),
    "one person": table([[1, -1, 0]]),
    "one vote": table([[1]]),
    "two people": table([[1, -1, 0], [-1, 1, 1]]),
    "two statements": table([[1, -1], [-1, 1], [1, 1], [-1, -1], [0, 1], [1, 0]] * 3),
    "one statement": table([[1], [-1]] * 8),
    "everybody the same": table([[1, 1, -1, 0, 1, 1, -1, 1]] * 30),
    "everybody passes": table([[0] * 8] * 30),
    "everybody agrees": table([[1] * 8] * 30),
    "a statement nobody saw": table([[1, None, -1], [-1, None, 1]] * 10),
    "a person without votes": table([[1, 1, -1], [-1, 1, 1]] * 10 + [[None] * 3]),
    "one vote each": table([[1 if s == p % 7 else None for s in range(7)] for p in range(30)]),
    "more statements than people": table(np.tile([1, -1, 0], (4, 40)).tolist()),
    "many statements, all the same": table([[1, -1] * 50] * 12),
    "one against all": table([[1, 1, -1, 1, 1, -1, 1]] * 20 + [[-1, -1, 1, -1, -1, 1, -1]]),
}


@pytest.mark.parametrize("votes", ODD.values(), ids=ODD)
@pytest.mark.parametrize("sides", [False, True], ids=["found", "given"])
def test_odd_conversations_give_a_result_that_says_what_it_is(votes, sides):
    given_ = {name: "AB"[at % 2] for at, name in enumerate(votes.participants)} if sides else None
    found = opinion_map(votes, given=given_, splits=3)
    told = json.loads(json.dumps(as_json(found), allow_nan=False))

    assert len(told["participants"]) == len(votes.participants)
    assert len(told["statements"]) == len(votes.statements)
    assert np.isfinite(found.picture.position).all()
    for language in ("de", "en"):
        said = sentences(found, language)
        assert said
        assert not [line for line in said if re.search(r"\bnan\b|None|[{}]|  ", line)]


SAID = {
    "nobody votes": "Niemand hat abgestimmt.",
    "one person": "Zu wenige Menschen haben oft genug abgestimmt.",
    "everybody the same": "Alle haben gleich abgestimmt.",
    "one against all": "so klein, dass man einzelne Menschen erkennen könnte.",
}


@pytest.mark.parametrize(("name", "why"), SAID.items())
def test_without_groups_the_sentences_say_why(name, why):
    assert any(why in each for each in sentences(opinion_map(ODD[name], splits=0)))


def test_one_vote_is_told_in_the_singular():
    said = sentences(opinion_map(table([[1]]), splits=0))

    assert said[0] == "1 Person hat über 1 These abgestimmt, im Mittel über 1."


def test_given_groups_without_anybody():
    found = opinion_map(camps(10, 10), given={"somebody else": "A"}, splits=0)

    assert found.k == 0
    assert any("gehört zu einer der angegebenen Gruppen" in each for each in sentences(found))


def test_a_million_rows_are_read():
    statement = [f",{at},{value}\n".encode() for at in range(100) for value in (at % 3 - 1,)]
    rows = [str(at).encode() + row for at in range(10_000) for row in statement]
    votes = votes_from(b"participant,statement,vote\n" + b"".join(rows), name="votes.csv")

    assert (len(votes), votes.shape) == (1_000_000, (10_000, 100))
    assert votes.counts(1)[:3].tolist() == [0, 0, 10_000]
    assert votes.counts(-1)[:3].tolist() == [10_000, 0, 0]


# --- three readings -------------------------------------------------------------------------------


def room():
    """Eight of twelve from the administration; they agree, the others do not."""
    return table([[1, 1]] * 8 + [[-1, 1]] * 4)


def test_one_voice_for_each_institution_by_hand():
    votes = room()
    institution = {str(at): "Amt" for at in range(8)}
    institution |= {str(at): "Verein" for at in range(8, 10)}
    institution |= {str(at): f"Haus {at}" for at in range(10, 12)}
    institution |= {"4": ""}  # not known: in no voice
    by_people, by_institution = readings(votes, institution=institution, threshold=4)

    assert by_people.agree == pytest.approx([8 / 12, 1])
    assert by_institution.agree == pytest.approx([1 / 4, 1])
    assert by_institution.voices.tolist() == [4, 4]
    assert differing([by_people, by_institution]) == [(0, 8 / 12, 1 / 4, "institutions")]


def test_perspectives_weigh_the_same_and_small_ones_stay_out():
    votes = table([[1, 1]] * 10 + [[-1, 1]] * 5 + [[-1, -1]] * 3)
    perspective = {str(at): "A" if at < 10 else "B" if at < 15 else "C" for at in range(18)}
    _people, found = readings(votes, perspective=perspective)

    assert found.agree == pytest.approx([1 / 2, 1])
    assert found.voices.tolist() == [2, 2]


def test_the_answer_of_a_lone_small_institution_cannot_be_worked_out():
    institution = {str(at): "Amt" if at < 11 else "Verein" for at in range(12)}
    _people, found = readings(room(), institution=institution)

    assert np.isnan(found.agree).all()


def test_readings_that_contradict_are_told():
    votes = room()
    institution = {str(at): "Amt" if at < 8 else f"Haus {at % 2}" for at in range(12)}
    said = sentences(opinion_map(votes, institution=institution, splits=0))
    threshold = opinion_map(votes, institution=institution, splits=0, threshold=2)

    assert not any("mit einer Stimme je Einrichtung" in each for each in said)  # 4 in small ones
    assert any(
        "Nach Menschen stimmen 67\u00a0% zu, mit einer Stimme je Einrichtung 33\u00a0%." in each
        for each in sentences(threshold)
    )


def test_readings_that_agree_are_told_too():
    votes = table([[1, -1]] * 20)
    perspective = {str(at): "AB"[at % 2] for at in range(20)}
    said = sentences(opinion_map(votes, perspective=perspective, splits=0))

    assert any("ändert kein Ergebnis wesentlich" in each for each in said)
