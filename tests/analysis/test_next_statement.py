"""The next statement: what it may never do, and that it asks what tells most."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.analysis.opinion.ideal_points import Signs, placed
from miteinander.analysis.opinion.next_statement import Pool, choose, ranked, sentences
from miteinander.analysis.opinion.votes import Votes, from_arrays


def conversation(extra: int = 0) -> Votes:
    """40 people; statements 0-4 divide two camps, 5-9 are agreed by all, 10 is passed on by all.

    The last `extra` statements have no votes at all.
    """
    who, what = np.divmod(np.arange(40 * 11), 11)
    value = np.where(what < 5, np.where(who < 20, 1, -1), 1)
    value[what == 10] = 0
    return from_arrays(who, what, value, statements=[f"s{n}" for n in range(11 + extra)])


def test_a_newcomer_is_asked_what_divides():
    found = choose(conversation(), "new", 3)

    assert found.is_new
    assert set(found.statements) <= {"s0", "s1", "s2", "s3", "s4"}


def test_never_what_was_answered_or_passed():
    votes = conversation(extra=2)
    found = choose(votes, "7", 50)

    assert set(found.statements) == {"s11", "s12"}
    assert "Mehr gibt es" in sentences(found)[-1]


def test_every_sixth_place_goes_to_the_least_asked():
    found = choose(conversation(extra=1), "new", 12)

    assert [at for at, new in enumerate(found.explored) if new] == [5, 11]
    assert "s11" in found.statements[:6]  # nobody was asked it


def test_what_everybody_passes_on_comes_last():
    votes = conversation()
    pool = Pool.of(votes)
    newcomer = placed(pool.model, Signs(*(np.zeros(0, dtype=int),) * 3), 1)
    order, _ = ranked(pool, newcomer, np.ones(11, dtype=bool), 11, explore_every=0)

    assert order[0] < 5
    assert order.index(10) > 4


def test_what_only_asking_can_tell_comes_before_what_is_known_by_now():
    """Half agree to the last one, whatever their camp: no other answer says anything about it."""
    who, what = np.divmod(np.arange(40 * 11), 11)
    value = np.where(what < 5, np.where(who < 20, 1, -1), 1)
    value[what == 10] = np.where(np.arange(40) % 2, 1, -1)
    pool = Pool.of(from_arrays(who, what, value))
    said = Signs(np.zeros(2, dtype=int), np.array([0, 1]), np.array([1, 1], dtype=np.int8))
    is_open = np.ones(11, dtype=bool)
    is_open[:2] = False
    order, _ = ranked(pool, placed(pool.model, said, 1), is_open, 1)

    assert order == [10]  # not 2, 3 or 4, which the camp has told


def test_empty_questions_say_so():
    nothing = from_arrays(np.zeros(0, int), np.zeros(0, int), np.zeros(0, int))
    assert "noch keine Thesen" in sentences(choose(nothing, "x", 2))[0]
    done = choose(conversation(), "3", 2)
    assert done.statements == ()
    assert "schon alle" in sentences(done)[0]
    assert "seen all" in sentences(done, "en")[0]
    assert "keine These" in sentences(choose(conversation(1), "3", 0))[0]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 8), st.sampled_from([-1, 0, 1])), max_size=40
    ),
    st.integers(0, 7),
    st.integers(1, 12),
)
def test_whatever_the_votes_each_open_statement_once(rows, person, count):
    who, what, value = (np.array([row[at] for row in rows], dtype=int) for at in range(3))
    votes = from_arrays(
        who, what, value, participants=[*map(str, range(7))], statements=[*"abcdefghi"]
    )
    seen = {"abcdefghi"[s] for p, s, _ in rows if p == person}
    found = choose(votes, str(person), count)

    assert len(set(found.statements)) == len(found.statements) == min(count, 9 - len(seen))
    assert not seen & set(found.statements)
    assert found == choose(votes, str(person), count)


@settings(max_examples=10)
@given(st.integers(1, 10))
def test_more_places_begin_with_the_same(count):
    votes = conversation(extra=2)
    longer = choose(votes, "new", 11).statements
    assert choose(votes, "new", count).statements == longer[:count]
