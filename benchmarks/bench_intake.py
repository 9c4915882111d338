"""Contributions through the real page against the same action without HTTP, on SQLite.

Eight clients send forms to the running server; eight processes call the action directly. The
same installation, the same file, the same durability. Nothing may be lost, nothing doubled, and
nobody may see a lock error. Each form carries its proof of work: checked and counted as in a town,
but short to find, so that the clients do not use up the processors that are measured, and with no
rush, because 1,400 forms in a few seconds are one.

    python benchmarks/bench_intake.py
"""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.parse

from common import Verdicts, start_django
from servers import free_port, raced, wait_for

CLIENTS = 8
EACH = 60
ROUNDS = 3


def main() -> None:
    start_django()
    from django.db import connections
    from tests.factories import CallFactory, MunicipalityFactory, PhaseFactory, ProcessFactory

    from miteinander.participation.models import Contribution

    verdicts = Verdicts("Intake: 8 clients through the page, 8 processes through the action")
    town = MunicipalityFactory(host=None)
    process = ProcessFactory(municipality=town)
    call = CallFactory(process=process, phase=PhaseFactory(process=process))
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "miteinander.cli.main", "start", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path[:2]),
            "MITEINANDER_PROOF_BITS": "4",
            "MITEINANDER_PROOF_RUSH": "1000000",
        },
    )
    try:
        wait_for(port, "/-/ready", server, at_most=60)
        bare, paged, refused = [], [], 0
        sent = Contribution.objects.count()
        for number in range(ROUNDS):
            connections.close_all()
            seconds, _none = raced(_call_action, CLIENTS, call.pk, number)
            bare.append(CLIENTS * EACH / seconds)
            seconds, wrong = raced(_send_pages, CLIENTS, call.identifier, port, number)
            paged.append(CLIENTS * EACH / seconds)
            refused += wrong
        expected = sent + 2 * ROUNDS * CLIENTS * EACH
        found = Contribution.objects.count()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    action, page = statistics.median(bare), statistics.median(paged)
    verdicts.figure("action, 8 processes", f"{action:.0f} contributions/s")
    verdicts.figure("page, 8 clients", f"{page:.0f} contributions/s")
    verdicts.ratio("page : action", page / action, least=0.25)
    verdicts.ratio("contributions lost or doubled", abs(expected - found) + 1, most=1)
    verdicts.ratio("answers other than the receipt", refused + 1, most=1)
    verdicts.end()


def _call_action(barrier, results, number, call_pk, race):
    import django

    django.setup()
    from django.utils import timezone

    from miteinander.core.standing import Standing
    from miteinander.participation.actions import submit_contribution
    from miteinander.participation.models import Call

    call = Call.objects.get(pk=call_pk)
    barrier.wait()
    began = time.monotonic()
    for n in range(EACH):
        at = timezone.now()
        submit_contribution(
            call,
            text=f"Im Norden fehlt ein Treffpunkt, sagt Stimme {number}-{n}.",
            language="de",
            may_publish=True,
            form_key=f"action-{race}-{number}-{n}",
            by=Standing(municipality=call.municipality_id, at=at),
            at=at,
        )
    results.put((began, time.monotonic(), 0))


def _send_pages(barrier, results, number, identifier, port, race):  # noqa: PLR0917 -- what a spawned process gets is positional
    """Fetch the forms as a browser does, then send them all; only the sending is timed."""
    from tests.proving import hidden_in

    path = f"/de/aufruf/{identifier}/beitragen/"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    forms = []
    for n in range(EACH):
        connection.request("GET", path)
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        hidden = hidden_in(page)
        text = f"Im Süden fehlt ein Treffpunkt, sagt Stimme {race}-{number}-{n}."
        fields = {**hidden, "text": text, "may_publish": "yes", "language": "de"}
        forms.append((cookie, urllib.parse.urlencode(fields)))
    refused = 0
    barrier.wait()
    began = time.monotonic()
    for cookie, body in forms:
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{port}{path}",
        }
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read()
        refused += answer.status not in {302, 303}
    results.put((began, time.monotonic(), refused))


if __name__ == "__main__":
    main()
