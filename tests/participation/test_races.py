"""Two threads with the same form, on the database as it is deployed."""

from __future__ import annotations

from tests.deployed import told_by

SCRIPT = """
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
    assert told_by(SCRIPT, tmp_path) == "6 2 2 2 []"
