"""Who is missing: words before numbers, and no number that points at somebody."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.analysis.coverage import at_most, coverage, sentences, targets_from
from miteinander.analysis.errors import Unusable
from miteinander.analysis.files import table_from

AGE = {"age": {"under 30": 0.3, "30 to 64": 0.5, "65 and older": 0.2}}
parts = st.lists(st.integers(0, 30), min_size=3, max_size=3)


def people(*counts, unknown=0):
    values = [value for value, count in zip(AGE["age"], counts, strict=True) for _ in range(count)]
    return {"age": values + [""] * unknown}


def verdicts(*counts, unknown=0):
    (found,) = coverage(people(*counts, unknown=unknown), AGE).attributes
    return [cell.verdict for cell in found.cells]


def test_the_town_in_small_misses_nobody():
    found = coverage(people(30, 50, 20), AGE)

    assert verdicts(30, 50, 20) == ["fine"] * 3
    assert found.attributes[0].overlap == pytest.approx(1)
    assert "niemand deutlich zu wenig" in sentences(found)[1]


def test_who_is_absent_is_named_first():
    found = coverage(people(45, 55, 0), AGE)

    assert verdicts(45, 55, 0) == ["over", "fine", "absent"]
    assert sentences(found)[1] == "Es fehlen bei „age“: 65 and older (niemand statt etwa 20)."


def test_a_small_number_is_withheld_with_what_would_give_it_away():
    (found,) = coverage(people(40, 57, 3), AGE).attributes

    assert [(cell.present, cell.verdict) for cell in found.cells] == [
        (None, "withheld"),
        (57, "fine"),
        (None, "few"),
    ]
    told = " ".join(sentences(coverage(people(40, 57, 3), AGE)))
    assert "weniger als 5 statt etwa 20" in told
    assert "40" not in told


def test_chance_is_no_gap():
    assert verdicts(5, 9, 5)[2] == "fine"  # five of 19 where four were expected
    assert verdicts(9, 6, 5)[1] == "fine"  # six instead of ten may happen


def test_few_people_say_little():
    assert verdicts(0, 1, 0) == ["unsure", "withheld", "unsure"] or None in {
        cell.present for cell in coverage(people(0, 1, 0), AGE).attributes[0].cells
    }


def test_a_value_that_nobody_asked_for_and_an_unknown_one_are_told():
    given_ = {"age": ["under 30"] * 10 + ["30 to 64"] * 20 + ["a ghost"] * 6 + [""] * 7}
    (found,) = coverage(given_, AGE).attributes

    assert [c.verdict for c in found.cells if c.value == "a ghost"] == ["no target"]
    assert found.unknown == 7


def test_nobody_is_there():
    found = coverage({"age": []}, AGE)

    assert found.people == 0
    assert sentences(found, "en") == [
        "Nobody has been entered yet. What is missing shows with the first people."
    ]


@given(parts, st.integers(0, 10))
def test_no_small_number_is_shown_and_none_can_be_reckoned(counts, unknown):
    (found,) = coverage(people(*counts, unknown=unknown), AGE).attributes
    numbers = [*(cell.present for cell in found.cells), found.unknown]
    real = [*counts, unknown]

    assert all(n is None or n == 0 or n >= 5 for n in numbers)
    hidden = [r for n, r in zip(numbers, real, strict=True) if n is None]
    assert len(hidden) != 1


@given(parts)
def test_what_is_covered_lies_between_nothing_and_everything(counts):
    overlap = coverage(people(*counts), AGE).attributes[0].overlap

    assert overlap is None if not sum(counts) else -1e-9 <= overlap <= 1 + 1e-9


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.01, 0.99))
def test_the_probability_is_the_binomial_one(count, size, share):
    plain = sum(
        math.comb(size, k) * share**k * (1 - share) ** (size - k)
        for k in range(min(count, size) + 1)
    )

    assert at_most(count, size, share) == pytest.approx(plain, abs=1e-9)


@pytest.mark.parametrize("row", ["0.3,0.5,0.2", "30,50,20", "21000,35000,14000"])
def test_shares_percentages_and_head_counts_mean_the_same(row):
    amounts = row.split(",")
    lines = [f"age,{value},{amount}" for value, amount in zip(AGE["age"], amounts, strict=True)]
    data = "\n".join(["attribute,value,share", *lines]).encode()

    assert targets_from(table_from(data, name="t"))["age"] == pytest.approx(AGE["age"])


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("age,old,-1", "line 2, column “share”"),
        ("age,old,", "line 2, column “share”"),
        ("age,old,viele", "line 2, column “share”"),
        (",old,1", "line 2, column “attribute”"),
        ("age,,1", "line 2, column “value”"),
        ("age,old,1\nage,old,1", "line 3, column “value”"),
        ("age,old,0", "t.csv"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_with_its_place(line, where):
    with pytest.raises(Unusable) as refused:
        targets_from(table_from(f"attribute,value,share\n{line}\n".encode(), name="t.csv"))

    assert refused.value.where.en.endswith(where)
