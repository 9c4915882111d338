"""Two threads with the same form, on the database as it is deployed.

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
from miteinander.participation.models import Contribution
from tests import factories as f
call = f.CallFactory()
by, at = f.visitor(call.municipality), timezone.now()
start, codes, problems = threading.Barrier(6), [], []

def send(text):
    try:
        start.wait(timeout=20)
        codes.append(actions.submit_contribution(
            call, text=text, may_publish=True, form_key="one form", language="de", by=by, at=at)[1])
    except Exception as problem:
        problems.append(repr(problem))
    finally:
        connections.close_all()

threads = [threading.Thread(target=send, args=(t,)) for t in ["Gleich."] * 4 + ["Anders."] * 2]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
rows, waiting = Contribution.objects.count(), queries.figures(call).waiting
print(len(codes), len(set(codes)), rows, waiting, problems)
"""


def test_two_threads_with_the_same_form_make_one_contribution(tmp_path):
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
        timeout=120,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.stdout.strip() == "6 2 2 2 []", run.stderr
