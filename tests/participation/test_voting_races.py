"""Many fingers at once, on the database as it is deployed: nothing lost, nothing doubled."""

from __future__ import annotations

from tests.deployed import told_by

SCRIPT = """
from miteinander.participation import actions, queries
from miteinander.participation.models import Participant, Vote
from tests import factories as f
call = f.CallFactory(method="statements")
names = [f.StatementFactory(call=call, order=n).identifier for n in range(1, 5)]
by = f.coordinator(call.municipality)
start, problems = threading.Barrier(8), []

def press(number):
    try:
        start.wait(timeout=20)
        for value in (1, -1, 0, 1):  # the same person from eight windows
            for name in names:
                actions.cast_vote(call, "AAAA-BBBB-CCCC", statement=name, value=value,
                                  at=timezone.now())
                actions.cast_vote(call, f"AAAA-BBBB-{number:04}", statement=name, value=value,
                                  at=timezone.now())
        actions.enter_ballots(call, [{1: 1, 2: -1}], form_key="one form", channel="paper", by=by,
                              at=timezone.now())
    except Exception as problem:
        problems.append(repr(problem))
    finally:
        connections.close_all()

threads = [threading.Thread(target=press, args=(n,)) for n in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
people = Participant.objects.filter(call=call)
votes = Vote.objects.filter(statement__call=call)
print(people.count(), votes.count(), votes.filter(value=1).count(), problems)
"""


def test_eight_windows_of_one_person_and_eight_people_at_once(tmp_path):
    told = told_by(SCRIPT, tmp_path)
    # Eight people, the one with eight windows, and one sheet; the last word of each is "agree".
    people, votes, agreeing, problems = told.split(maxsplit=3)
    assert problems == "[]"
    assert (int(people), int(votes)) == (10, 9 * 4 + 2)
    assert int(agreeing) >= 8 * 4 + 1  # of eight windows at once, either word may be the last
