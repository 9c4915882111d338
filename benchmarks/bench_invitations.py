"""Inviting five hundred people: one transaction, each mail once, and what it costs.

The same five hundred rows are once written bare, mails and list, and once through the action,
with words, links and calendars. Then a worker sends them and is killed twice on the way.

    python benchmarks/bench_invitations.py
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from datetime import timedelta

from common import ROOT, Verdicts, start_django

MANY = 500
ROUNDS = 5


def main() -> None:
    from tests.postbox import Postbox

    with Postbox() as box:
        start_django(MITEINANDER_MAIL=f"127.0.0.1:{box.port}", MITEINANDER_MAIL_TLS="no")
        verdicts = Verdicts(f"Invitations: {MANY} people of one body, SQLite")
        from tests.process.many_invited import found

        found(MANY)
        _queue(verdicts)
        _send(verdicts, box)
    verdicts.end()


def _queue(verdicts: Verdicts) -> None:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from miteinander.core.models import Mail
    from miteinander.core.standing import system
    from miteinander.process import actions
    from miteinander.process.models import Attendance, Meeting

    meeting, at = Meeting.objects.get(), timezone.now()
    by = system(meeting.municipality_id, at=at)
    inviting, bare = [], []
    mails: list[Mail] = []
    rows: list[Attendance] = []
    for number in range(ROUNDS):
        if number:
            with transaction.atomic():
                Mail.objects.all().delete()
                Attendance.objects.all().delete()
        began = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            actions.invite(meeting, by=by, at=at)
        inviting.append(time.process_time() - began)
        mails, rows = list(Mail.objects.all()), list(Attendance.objects.all())
        with transaction.atomic():
            Mail.objects.all().delete()
            Attendance.objects.all().delete()
        for row in (*mails, *rows):
            row.pk = None
        began = time.process_time()
        with transaction.atomic():
            Attendance.objects.bulk_create(rows)
            Mail.objects.bulk_create(mails)
        bare.append(time.process_time() - began)
    whole, least = statistics.median(inviting), statistics.median(bare)
    verdicts.figure("inviting, CPU", f"{whole * 1000:.0f} ms, {len(queries)} queries")
    verdicts.figure("the same rows written bare, CPU", f"{least * 1000:.0f} ms")
    verdicts.ratio("inviting : the same rows bare", whole / least, most=4)
    verdicts.ratio("mails : people", Mail.objects.count() / MANY, most=1)


def _send(verdicts: Verdicts, box: object) -> None:
    from django.utils import timezone

    from miteinander.core.models import Mail

    began = time.monotonic()
    for killed_at in (MANY // 4, MANY // 2, None):
        if killed_at is not None:
            box.hold(killed_at, taken=True)
        worker = subprocess.Popen(
            [sys.executable, "-m", "miteinander.cli.main", "worker"],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        )
        came = box.wait_for(MANY) if killed_at is None else box.wait_until_held()
        if not came:
            sys.exit(f"after a minute only {box.distinct} of {MANY} mails have come")
        worker.send_signal(signal.SIGTERM if killed_at is None else signal.SIGKILL)
        worker.wait(30)
        box.let_go()
        # What was on its way when the worker died is taken up after ten minutes; they are over.
        long_ago = timezone.now() - timedelta(minutes=11)
        Mail.objects.filter(state="sending").update(not_before=long_ago)
    verdicts.figure("sent, with two kills on the way", f"in {time.monotonic() - began:.1f} s")
    verdicts.ratio("people who got a mail : people invited", box.distinct / MANY, least=1)
    verdicts.ratio("mails that came twice : kills", box.twice / 2, most=1)


if __name__ == "__main__":
    main()
