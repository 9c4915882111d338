"""Consensing, dots, criteria, consent: by hand, in three readings, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from miteinander.analysis.consensus import (
    Rules,
    consense,
    consensing,
    consensing_sentences,
    consent,
    consent_sentences,
    count_dots,
    criteria_sentences,
    dots_sentences,
    sheet_from,
    weigh,
)
from miteinander.analysis.consensus.consent import ballots_from
from miteinander.analysis.consensus.criteria import ratings_from
from miteinander.analysis.errors import Unusable
from miteinander.analysis.ranking import places, ties

LANGUAGES = ("de", "en")


def csv(options, rows, **columns):
    """A sheet: cells None are empty; `columns` are words about the people."""
    head = ",".join([*columns, *options])
    lines = [
        ",".join([*(words[n] for words in columns.values()), *map(cell, row)])
        for n, row in enumerate(rows)
    ]
    return "\n".join([head, *lines]) + "\n"


def cell(mark):
    return "" if mark is None else str(mark)


def sheet(options, rows, **columns):
    return sheet_from(csv(options, rows, **columns).encode(), name="people.csv")


def by_name(result):
    return {option.name: option for option in result.options}


# --- places -----------------------------------------------------------------------------------


def test_equal_values_share_a_place_and_are_named():
    assert places([2, 1, None, 1, 3]) == [3, 1, None, 1, 4]
    assert ties([3, 1, None, 1, 4], "abcde") == (("b", "d"),)


# --- systemic consensing ----------------------------------------------------------------------

SIX = [[9, 2, 5], [8, 1, 5], [9, 0, 6], [10, 2, 5], [8, 2, 4], [10, 5, 5]]


def test_resistance_by_hand():
    found = by_name(consense(sheet(["now", "A", "B"], SIX), threshold=1))

    assert [found[n].resistance for n in ("now", "A", "B")] == [54, 12, 30]
    assert [found[n].acceptance for n in ("now", "A", "B")] == pytest.approx([10, 80, 50])
    assert [found[n].rank for n in ("now", "A", "B")] == [3, 1, 2]
    assert (found["A"].low, found["A"].middle, found["A"].high) == (5, 1, 0)
    assert (found["now"].low, found["now"].middle, found["now"].high) == (0, 0, 6)
    assert found["A"].p_first == 1
    assert [found[n].ask for n in ("now", "A", "B")] == [True, False, False]


def test_missing_marks_are_not_zero_and_do_not_flatter():
    """Only the strict rated B, only the lenient rated A; all rated the status quo.

    Plain means say A 3 < B 6; within people A is 1 better than now, B 2 better.
    """
    rows = [[4, 3, None]] * 6 + [[8, None, 6]] * 6
    result = consense(sheet(["now", "A", "B"], rows))
    found = by_name(result)

    assert found["A"].mean < found["B"].mean
    assert (found["B"].rank, found["A"].rank, found["now"].rank) == (1, 2, 3)
    assert ("A", "B") in result.inseparable  # nobody rated both
    assert result.gaps
    assert "zählt nicht als 0" in " ".join(consensing_sentences(result))


def test_options_that_nobody_compared_are_said_to_be_incomparable():
    rows = [[1, 2, None, None]] * 5 + [[None, None, 1, 2]] * 5
    result = consense(sheet(["now", "A", "B", "C"], rows))

    assert not result.connected
    assert "sagt die Reihenfolge nichts" in " ".join(consensing_sentences(result))


def test_a_tie_is_named_and_nobody_is_first_alone():
    result = consense(sheet(["now", "A", "B"], [[9, 2, 2]] * 8))
    found = by_name(result)

    assert result.ties == (("A", "B"),)
    assert found["A"].p_first == found["B"].p_first == 0.5
    assert ("A", "B") in result.inseparable
    assert consensing_sentences(result)[0].startswith("Gleichstand: „A“ und „B“")


def test_when_the_status_quo_wins_it_is_said():
    result = consense(sheet(["now", "A"], [[1, 7]] * 6))

    assert "Passivlösung" in consensing_sentences(result)[1]


def test_a_difference_that_may_be_chance_is_called_so():
    rows = [[5, 5 + d] for d in (-4, 4, -3, 3, -2, 3, 0, -1)]
    result = consense(sheet(["now", "A"], rows))

    assert result.inseparable == (("now", "A"),)


def test_many_people_are_drawn_in_groups_that_say_the_same(monkeypatch):
    random = np.random.default_rng(3)
    rows = random.integers(0, 8, (400, 3)) + np.array([2, 0, 0])
    people = consense(sheet("nAB", rows.tolist()))
    monkeypatch.setattr(consensing, "BLOCKS", 100)
    grouped = consense(sheet("nAB", rows.tolist()))

    for one, other in zip(people.options, grouped.options, strict=True):
        assert one.p_first == pytest.approx(other.p_first, abs=0.06)
    assert 0.02 < people.options[1].p_first < 0.98


def test_three_readings_from_the_same_marks():
    """Institution X sends eight who like A; Y and Z send two each who like B."""
    rows = [[9, 0, 4]] * 8 + [[9, 9, 1]] * 4
    words = ["X"] * 8 + ["Y"] * 2 + ["Z"] * 2
    result = consense(sheet(["now", "A", "B"], rows, institution=words, perspective=words))
    people, institutions, perspectives = result.readings

    assert people.means == pytest.approx((9, 3, 3))
    assert (institutions.voices, institutions.people) == (3, 12)
    assert perspectives.ranks == institutions.ranks == (3, 2, 1)
    assert "Je nachdem, wie man zählt" in " ".join(consensing_sentences(result))
    # both readings together would tell what the four of Y and Z said
    assert institutions.means == (None, None, None)
    assert by_name(result)["A"].worst is None
    seen = consense(sheet(["now", "A", "B"], rows, institution=words), threshold=1)
    assert seen.readings[1].means == pytest.approx((9, 6, 2))


def test_readings_that_give_nobody_away_are_shown():
    rows = [[9, 0, 4]] * 8 + [[9, 9, 1]] * 6
    words = ["X"] * 8 + ["Y"] * 6
    result = consense(sheet(["now", "A", "B"], rows, perspective=words))

    assert result.readings[1].means == pytest.approx((9, 4.5, 2.5))
    assert by_name(result)["A"].worst == ("Y", 9)


def test_the_few_who_resist_are_counted_and_asked():
    """How many of all resist is about everybody who marked, not about a small group of them."""
    result = consense(sheet(["now", "A"], [[5, 1]] * 20 + [[5, 9]] * 2))
    found = by_name(result)["A"]

    assert (found.low, found.middle, found.high) == (20, 0, 2)
    assert "from 2 people strong" in " ".join(consensing_sentences(result, "en"))


@pytest.mark.parametrize("rows", [[], [[1, 2]], [[1, 2]] * 4, [[None, None]] * 9])
def test_few_or_nobody_give_no_numbers_but_a_reason(rows):
    result = consense(sheet(["now", "A"], rows))

    assert result.empty is not None
    assert all(o.resistance is o.rank is o.p_first is None for o in result.options)
    assert all(len(consensing_sentences(result, language)) == 1 for language in LANGUAGES)


def test_an_option_rated_by_few_has_no_number_and_no_place():
    rows = [[5, 1, 3]] * 2 + [[5, 1, None]] * 6
    found = by_name(consense(sheet(["now", "A", "B"], rows)))

    assert (found["B"].marks, found["B"].rank) == (None, None)
    assert found["A"].rank == 1


@pytest.mark.parametrize(
    ("mark", "what"), [("11", "not between 0 and 10"), ("-1", "not between"), ("x", "not a number")]
)
def test_a_mark_outside_the_scale_is_refused_with_its_place(mark, what):
    with pytest.raises(Unusable) as caught:
        consense(sheet(["now", "A"], [[1, 2], [3, mark]]))

    assert what in caught.value.what.en
    assert caught.value.where.en == "people.csv, line 3, column “A”"


marks = st.lists(
    st.lists(st.one_of(st.integers(0, 10), st.none()), min_size=3, max_size=3),
    min_size=5,
    max_size=12,
)


def ranks(result):
    return [option.rank for option in result.options]


@settings(max_examples=40)
@given(marks, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing_at_all(rows, random):
    mixed = list(rows)
    random.shuffle(mixed)
    one = consense(sheet("nAB", rows), draws=100)
    other = consense(sheet("nAB", mixed), draws=100)

    assert one.inseparable == other.inseparable
    assert ranks(one) == ranks(other)
    assert [o.p_first for o in one.options] == pytest.approx([o.p_first for o in other.options])


@settings(max_examples=40)
@given(marks, st.permutations([0, 1, 2]))
def test_the_order_of_options_does_not_change_places(rows, order):
    base = ranks(consense(sheet("nAB", rows), draws=20))
    moved = ranks(consense(sheet("nAB", [[row[j] for j in order] for row in rows]), draws=20))

    assert moved == [base[j] for j in order]


@settings(max_examples=40)
@given(marks, st.integers(2, 4))
def test_copies_of_everybody_change_no_place(rows, k):
    base = consense(sheet("nAB", rows), draws=20, threshold=1)
    copied = consense(sheet("nAB", rows * k), draws=20, threshold=1)

    assert ranks(base) == ranks(copied)
    assert [o.mean for o in base.options] == pytest.approx([o.mean for o in copied.options])


@settings(max_examples=40)
@given(marks, st.integers(0, 11), st.integers(0, 2))
def test_less_resistance_never_costs_a_place(rows, n, j):
    assume(n < len(rows) and rows[n][j])
    before = ranks(consense(sheet("nAB", rows), draws=20))
    easier = [list(row) for row in rows]
    easier[n][j] = 0
    after = ranks(consense(sheet("nAB", easier), draws=20))

    assert before[j] is None or after[j] <= before[j]


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=5, max_size=12))
def test_without_gaps_places_are_those_of_the_sums(rows):
    assert ranks(consense(sheet("nAB", rows), draws=20)) == places(np.sum(rows, axis=0).tolist())


@settings(max_examples=30)
@given(marks)
def test_probabilities_add_up_and_sentences_always_come(rows):
    result = consense(sheet("nAB", rows), draws=50)
    known = [o.p_first for o in result.options if o.p_first is not None]

    assert not known or sum(known) == pytest.approx(1)
    for language in LANGUAGES:
        assert all(
            s and "{" not in s and "None" not in s for s in consensing_sentences(result, language)
        )


# --- dots ---------------------------------------------------------------------------------------

DOTS = [[3, 0, 0]] * 5 + [[0, 2, 1]] * 6


def test_dots_by_hand():
    result = count_dots(sheet("ABC", DOTS), Rules(each=3, most=3, take=2))
    found = by_name(result)

    assert [(o.dots, o.people, o.rank) for o in found.values()] == [
        (15, 5, 1),
        (12, 6, 2),
        (6, 6, 3),
    ]
    assert (result.people, result.dots) == (11, 33)
    assert result.taken == ("A", "B")
    assert result.cut == ()
    assert "verdankt seine Punkte wenigen" in " ".join(dots_sentences(result))


def test_a_tie_across_the_cut_is_left_to_the_group():
    result = count_dots(sheet("ABC", [[1, 1, 0]] * 6 + [[1, 0, 1]] * 6), Rules(take=2))

    assert result.taken == ("A",)
    assert result.cut == ("B", "C")
    assert "Das muss die Runde entscheiden" in " ".join(dots_sentences(result))


def test_a_person_with_fewer_dots_is_one_voice_of_an_institution():
    """X: one dot on A. Y: four dots on B by four people. By people B, by institutions both."""
    rows = [[1, 0]] + [[0, 1]] * 4
    result = count_dots(sheet("AB", rows, institution=["X", "Y", "Y", "Y", "Y"]), threshold=1)

    assert result.readings[0].ranks == (2, 1)
    assert result.readings[1].shares == (0.5, 0.5)
    assert result.readings[1].ranks == (1, 1)


@pytest.mark.parametrize(
    ("rules", "row", "where", "what"),
    [
        (Rules(each=3), [2, 2], "people.csv, line 7", "4 dots from one person; 3"),
        (Rules(most=2), [0, 3], "people.csv, line 7, column “B”", "3 dots on one option; 2"),
        (Rules(), [0.5, 0], "people.csv, line 7, column “A”", "no number of dots"),
        (Rules(), [-1, 0], "people.csv, line 7, column “A”", "no number of dots"),
    ],
)
def test_broken_rules_are_refused_with_their_line(rules, row, where, what):
    with pytest.raises(Unusable) as caught:
        count_dots(sheet("AB", [*[[1, 1]] * 5, row]), rules)

    assert caught.value.where.en == where
    assert what in caught.value.what.en


@pytest.mark.parametrize("rows", [[], [[0, None]] * 9, [[1, 0]] * 4])
def test_few_dots_give_a_reason(rows):
    result = count_dots(sheet("AB", rows))

    assert result.empty is not None
    assert len(dots_sentences(result)) == 1


def test_an_option_with_few_behind_it_has_no_number():
    result = count_dots(sheet("ABC", [[1, 0, 1]] * 9 + [[0, 1, 1]] * 2))
    found = by_name(result)

    assert found["B"].dots is found["B"].people is found["B"].share is None
    assert sum(o.dots is None for o in result.options) == 2  # subtraction would tell


@settings(max_examples=50)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=12),
    st.permutations([0, 1, 2]),
    st.integers(1, 3),
)
def test_dots_do_not_depend_on_order_and_copies(rows, order, k):
    base = count_dots(sheet("ABC", rows), threshold=1)
    moved = count_dots(
        sheet([*"ABC"], [[row[j] for j in order] for row in rows[::-1]] * k), threshold=1
    )

    assert [o.rank for o in moved.options] == [base.options[j].rank for j in order]
    assert moved.dots == base.dots * k
    for take in (1, 2):
        result = count_dots(sheet("ABC", rows), Rules(take=take), threshold=1)
        assert len(result.taken) <= take
        if result.empty is None and len(result.taken) < take:
            assert len(result.taken) + len(result.cut) > take


# --- several criteria ----------------------------------------------------------------------------

FACTS = "option;effect;cost\nA;8;6\nB;6;2\nC;5;7\n"


def facts(text=FACTS, **more):
    return weigh(ratings_from(text.encode(), name="facts.csv"), **more)


def test_criteria_by_hand():
    """On 0:10 with cost turned round: A .8/.4, B .6/.8, C .5/.3."""
    result = facts(less=["cost"], scale=(0, 10))
    found = by_name(result)

    assert [found[n].score for n in "ABC"] == pytest.approx([60, 70, 40])
    assert [found[n].rank for n in "ABC"] == [2, 1, 3]
    assert found["C"].dominated_by == ("A", "B")
    # A is first when t·.8+(1-t)·.4 > t·.6+(1-t)·.8, that is t > 2/3
    effect, cost = result.criteria
    assert (effect.low, effect.high) == pytest.approx((0, 2 / 3))
    assert (cost.low, cost.high) == pytest.approx((1 / 3, 1))
    assert found["B"].first_share == pytest.approx(2 / 3, abs=0.03)
    assert found["C"].first_share == 0
    assert "67" in " ".join(criteria_sentences(result))


def test_weights_and_the_range_that_occurs():
    result = facts(weights={"effect": 3, "cost": 1}, less=["cost"])
    # effect: 1, 1/3, 0; cost turned round: 1/5, 1, 0
    assert [o.score for o in result.options] == pytest.approx([80, 50, 0])
    assert not result.fixed_scale
    assert "feste Skala" in criteria_sentences(result)[-1]


def test_people_are_read_three_ways():
    lines = ["person;institution;option;good"]
    for n in range(8):
        inst = "X" if n < 6 else f"Y{n}"
        lines += [f"p{n};{inst};A;{9 if n < 6 else 1}", f"p{n};{inst};B;5"]
    result = facts("\n".join(lines), scale=(0, 10))

    assert [o.score for o in result.options] == pytest.approx([70, 50])
    assert result.readings[1].scores == (None, None)  # would tell what the two of Y said
    seen = facts("\n".join(lines), scale=(0, 10), threshold=1)
    assert seen.readings[1].scores == pytest.approx((100 * (0.9 + 0.1 + 0.1) / 3, 50))
    assert result.readings[1].ranks == (2, 1)
    assert "Je nachdem" in " ".join(criteria_sentences(result))


def test_few_people_give_no_scores():
    text = "person;option;good\n" + "".join(f"p{n};A;5\np{n};B;4\n" for n in range(4))
    result = facts(text)

    assert result.empty is not None
    assert all(o.score is None for o in result.options)


def test_ties_and_criteria_without_difference():
    result = facts("option;x;y\nA;3;3\nB;3;3\n")

    assert result.ties == (("A", "B"),)
    assert [o.first_share for o in result.options] == pytest.approx([0.5, 0.5])
    assert criteria_sentences(result)[0].startswith("Gleichstand vorn")


def test_a_missing_rating_is_no_zero():
    result = facts("option;x;y\nA;3;4\nB;9;\n", scale=(0, 10))

    assert by_name(result)["B"].score is None
    assert by_name(result)["A"].rank == 1
    assert "„B“" in " ".join(criteria_sentences(result))


@pytest.mark.parametrize(
    ("text", "more", "what"),
    [
        (FACTS, {"weights": {"taste": 1}}, "no criterion “taste”"),
        (FACTS, {"less": ["taste"]}, "no criterion “taste”"),
        (FACTS, {"weights": {"effect": -1}}, "from 0 on"),
        (FACTS, {"weights": {"effect": 0, "cost": 0}}, "at least one above 0"),
        (FACTS, {"scale": (0, 7)}, "8 is not between 0 and 7"),
        (FACTS + "A;1;1\n", {}, "rated already"),
        (FACTS + ";1;1\n", {}, "name of the option is missing"),
        (FACTS + "D;many;1\n", {}, "not a number"),
        ("option\nA\n", {}, "names no criterion"),
        ("effect\n1\n", {}, "no column “option”"),
    ],
)
def test_what_is_wrong_with_criteria_is_refused(text, more, what):
    with pytest.raises(Unusable) as caught:
        facts(text, **more)

    assert what in caught.value.what.en


tables = st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=2, max_size=5)


def table(rows):
    lines = [f"o{n};{';'.join(map(str, row))}" for n, row in enumerate(rows)]
    return "\n".join(["option;x;y;z", *lines]) + "\n"


@settings(max_examples=50)
@given(tables, st.lists(st.integers(1, 5), min_size=3, max_size=3), st.integers(2, 9))
def test_units_of_weights_and_ratings_do_not_matter(rows, weights, k):
    by = dict(zip("xyz", weights, strict=True))
    base = facts(table(rows), weights=by)
    times = facts(
        table([[v * k for v in row] for row in rows]), weights={c: w * k for c, w in by.items()}
    )

    assert [o.score for o in base.options] == pytest.approx([o.score for o in times.options])


@settings(max_examples=50)
@given(tables, st.lists(st.integers(1, 5), min_size=3, max_size=3), st.floats(0, 1))
def test_inside_the_stated_range_the_leader_stays(rows, weights, at):
    by = dict(zip("xyz", weights, strict=True))
    result = facts(table(rows), weights=by, scale=(0, 10))
    leaders = {o.name for o in result.options if o.rank == 1}
    assume(len(leaders) == 1)
    for c in result.criteria:
        t = c.low + (0.001 + 0.998 * at) * (c.high - c.low)
        rest = sum(w for n, w in by.items() if n != c.name)
        moved = {n: t if n == c.name else (1 - t) * w / rest for n, w in by.items()}
        again = facts(table(rows), weights=moved, scale=(0, 10))
        assert leaders <= {o.name for o in again.options if o.rank == 1}


@settings(max_examples=50)
@given(tables)
def test_a_dominated_option_never_comes_first_alone(rows):
    result = facts(table(rows), scale=(0, 10))

    for option in result.options:
        if option.dominated_by:
            assert option.first_share < 0.5
            assert option.rank > 1
    assert sum(o.first_share for o in result.options) == pytest.approx(1)


# --- consent --------------------------------------------------------------------------------------


def ballots(votes, reasons=None, **columns):
    head = ",".join([*columns, "vote", "reason"])
    rows = [
        ",".join([*(c[n] for c in columns.values()), v, (reasons or {}).get(n, "")])
        for n, v in enumerate(votes)
    ]
    (found,) = ballots_from("\n".join([head, *rows]).encode(), name="votes.csv")
    return found


@pytest.mark.parametrize(
    ("votes", "result"),
    [
        (["agree"] * 5, "consent"),
        (["Zustimmung"] * 5 + ["mit Bedenken"], "reservations"),
        (["ja"] * 20 + ["Einwand"], "objection"),
        (["abstain"] * 5, "nobody_decides"),
        (["", ""], "nobody"),
        ([], "nobody"),
    ],
)
def test_what_counts_as_consent(votes, result):
    found = consent(ballots(votes))

    assert found.result == result
    for language in LANGUAGES:
        assert all(consent_sentences(found, language))


def test_quorum_by_number_and_by_share():
    votes = ballots(["agree"] * 10 + ["abstain"] * 2)

    assert consent(votes, quorum=13).result == "no_quorum"
    assert consent(votes, eligible=24, quorum=Fraction(1, 2)).result == "consent"
    assert consent(votes, eligible=25, quorum=Fraction(1, 2)).needed == 13
    with pytest.raises(Unusable):
        consent(votes, quorum=Fraction(1, 2))
    with pytest.raises(Unusable):
        consent(votes, eligible=11)


def test_one_objection_is_not_shown_as_a_number_but_as_an_objection():
    found = consent(ballots(["agree"] * 20 + ["object"], {20: "zu teuer"}))

    assert found.counts["object"] is None
    assert sum(count is None for count in found.counts.values()) > 1
    assert "mindestens einen Einwand" in consent_sentences(found)[0]
    assert consent_sentences(found)[-1] == "Einwand: zu teuer"
    opened = consent(ballots(["agree"] * 20 + ["object"]), threshold=1)
    assert opened.counts == {"agree": 20, "reservations": 0, "abstain": 0, "object": 1}


def test_institutions_have_one_voice_each():
    words = ["X"] * 4 + ["Y", "Z"]
    found = consent(ballots(["object"] * 4 + ["agree"] * 2, institution=words), threshold=1)

    assert found.readings[1].counts == {"agree": 2, "reservations": 0, "abstain": 0, "object": 1}
    assert found.readings[1].voices == 3


def test_several_proposals_in_one_file():
    text = "person,proposal,vote\na,P,agree\na,Q,object\nb,P,agree\n"
    p, q = ballots_from(text.encode(), name="votes.csv")

    assert (p.proposal, consent(p).result) == ("P", "consent")
    assert (q.proposal, consent(q).result) == ("Q", "objection")


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("vote\nagree\nperhaps\n", "votes.csv, line 3, column “vote”", "is no answer"),
        ("person,vote\na,agree\na,object\n", "votes.csv, line 3, column “vote”", "voted twice"),
        ("voice\nagree\n", "votes.csv", "no column “vote”"),
    ],
)
def test_what_is_wrong_with_votes_is_refused(text, where, what):
    with pytest.raises(Unusable) as caught:
        ballots_from(text.encode(), name="votes.csv")

    assert caught.value.where.en == where
    assert what in caught.value.what.en


answers = st.lists(st.sampled_from(["agree", "reservations", "abstain", "object"]), max_size=30)


@settings(max_examples=60)
@given(answers, st.randoms(use_true_random=False))
def test_consent_does_not_depend_on_order_and_hides_small_counts(votes, random):
    mixed = list(votes)
    random.shuffle(mixed)
    found = consent(ballots(votes))

    assert found == consent(ballots(mixed))
    assert all(count is None or count == 0 or count >= 5 for count in found.counts.values())
    if votes:
        assert consent(ballots([*votes, "object"])).result == "objection"


# --- sheets ---------------------------------------------------------------------------------------


def test_columns_about_people_are_no_options():
    found = sheet_from(b"Person;Institution;Perspektive;now;A\nx;I;P;1,5;2\n", name="s.csv")

    assert found.options == ("now", "A")
    assert found.marks.tolist() == [[1.5, 2]]
    assert (found.institutions, found.perspectives) == (("I",), ("P",))


@pytest.mark.parametrize(
    ("text", "roles", "what"),
    [
        ("person\nx\n", {}, "names no option"),
        ("a,,b\n1,2,3\n", {}, "has no name"),
        ("a,b\n1,2\n", {"institution": "club"}, "no column “club”"),
        ("a,b\n1,2\n", {"ignore": ["c"]}, "no column “c”"),
        ("", {}, "file is empty"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(text, roles, what):
    with pytest.raises(Unusable) as caught:
        sheet_from(text.encode(), name="s.csv", **roles)

    assert what in caught.value.what.en
