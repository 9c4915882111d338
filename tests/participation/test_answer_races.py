"""Two of the office answer the same contributions at once, on the database as it is deployed.

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
from miteinander.core.errors import Closed
from miteinander.participation import actions, queries
from miteinander.participation.models import Answer, AnswerDays
from tests import factories as f
process = f.ProcessFactory()
f.PhaseFactory(process=process, permits=["contribute", "gather"])
by, at = f.coordinator(process.municipality), timezone.now()
rows = [
    actions.record_contribution(process, text=f"{n}. Bank", channel="card", by=by, at=at)
    for n in range(4)
]
start, done, refused, problems = threading.Barrier(6), [], [], []

def send(mine, reason):
    try:
        start.wait(timeout=20)
        done.append(actions.answer_together(
            process, mine, outcome="partly", reason=reason, by=by, at=at))
    except Closed:
        refused.append(reason)
    except Exception as problem:
        problems.append(repr(problem))
    finally:
        connections.close_all()

jobs = [(rows, "Gleich.")] * 4 + [(rows[:2], "Anders.")] * 2
threads = [threading.Thread(target=send, args=job) for job in jobs]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
reasons = {a.reason for a in Answer.objects.filter(contribution__in=[r.pk for r in rows[:2]])}
days = sum(AnswerDays.objects.filter(scope=process).values_list("count", flat=True))
kept = Answer.objects.count()
agree = queries.figures(process).answered == kept == days == sum(done)
print(len(reasons), kept in (2, 4), agree, len(done) + len(refused), problems)
"""


def test_two_of_the_office_answer_at_once_and_one_of_them_is_told(tmp_path):
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
    assert run.stdout.strip() == "1 True True 6 []", run.stderr
