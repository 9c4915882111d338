"""Two of the office answer the same contributions at once, on the database as it is deployed."""

from __future__ import annotations

from tests.deployed import told_by

SCRIPT = """
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
    assert told_by(SCRIPT, tmp_path) == "1 True True 6 []"
