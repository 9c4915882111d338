"""The choice without NumPy is the choice with it."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from miteinander.analysis.opinion import next_statement, one_person
from miteinander.analysis.opinion.ideal_points import Signs, placed
from miteinander.analysis.opinion.next_statement import Pool, ranked
from miteinander.analysis.opinion.votes import from_arrays


def conversation(people: int, statements: int, seed: int):
    """People in two dimensions who have seen two fifths of the statements."""
    random = np.random.default_rng(seed)
    lean = random.normal(size=(people, 2)) @ random.normal(size=(statements, 2)).T * 1.5
    value = np.where(random.random(lean.shape) < 1 / (1 + np.exp(-lean)), 1, -1)
    value[random.random(lean.shape) < 0.12] = 0
    who, what = np.nonzero(random.random(lean.shape) < 0.4)
    return from_arrays(
        who, what, value[who, what],
        participants=[str(n) for n in range(people)],
        statements=[f"s{n}" for n in range(statements)],
    )  # fmt: skip


def with_numpy(pool, votes, person):
    mine = votes.person == person
    known = mine & (votes.value != 0)
    signs = Signs(
        np.zeros(int(known.sum()), dtype=np.int64), votes.statement[known], votes.value[known]
    )
    openness = np.ones(len(votes.statements), dtype=bool)
    openness[votes.statement[mine]] = False
    order, explored = ranked(pool, placed(pool.model, signs, 1), openness, 1, step=int(mine.sum()))
    return (votes.statements[order[0]], explored[0]) if order else None


def said_by(votes, person):
    mine = votes.person == person
    pairs = zip(votes.statement[mine].tolist(), votes.value[mine].tolist(), strict=True)
    return {votes.statements[what]: value for what, value in pairs}


@pytest.mark.parametrize(("people", "statements", "seed"), [(60, 12, 1), (200, 40, 2), (9, 5, 3)])
def test_both_choose_the_same_statement_for_everybody(people, statements, seed):
    votes = conversation(people, statements, seed)
    pool = Pool.of(votes)
    model = one_person.read(json.loads(json.dumps(one_person.written(pool))), votes.statements)
    everybody = range(min(people, 40))
    plain = [
        one_person.next_one(model, votes.statements, said_by(votes, person)) for person in everybody
    ]

    assert plain == [with_numpy(pool, votes, person) for person in everybody]
    assert any(found and found[1] for found in plain) or people < 10  # some of them explore
    nobody = one_person.next_one(model, votes.statements, {})
    assert nobody == (next_statement.choose(votes, "newcomer", 1).statements[0], False)


def test_a_statement_that_came_after_the_fit_gets_its_turn():
    votes = conversation(60, 12, 4)
    model = one_person.read(one_person.written(Pool.of(votes)), votes.statements)
    names = [*votes.statements, "new"]
    fifth = dict.fromkeys(votes.statements[:5], 1)

    assert one_person.next_one(model, names, fifth) == ("new", True)


def test_nothing_is_left_to_show_when_all_has_been_seen():
    votes = conversation(20, 4, 5)
    model = one_person.read(one_person.written(Pool.of(votes)), votes.statements)

    assert one_person.next_one(model, votes.statements, dict.fromkeys(votes.statements, 0)) is None


def test_choosing_loads_no_numpy():
    code = "import sys, miteinander.analysis.opinion.one_person; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
