"""Many fingers at once, on the database as it is deployed: nothing lost, nothing doubled.

Tests use SQLite in memory, which locks tables and knows no waiting; here it is a real file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import threading
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
call_command("migrate", verbosity=0)
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
    (tmp_path / "data").mkdir()
    environment = dict(os.environ) | {
        "MITEINANDER_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "miteinander.config.settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=240,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    # Eight people, the one with eight windows, and one sheet; the last word of each is "agree".
    people, votes, agreeing, problems = run.stdout.split(maxsplit=3)
    assert problems.strip() == "[]", run.stderr
    assert (int(people), int(votes)) == (10, 9 * 4 + 2)
    assert int(agreeing) >= 8 * 4 + 1  # of eight windows at once, either word may be the last
