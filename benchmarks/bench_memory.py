"""Memory of the example at rest: server, web process and worker together.

PSS counts what processes share once, in equal parts, so that their sum is what the machine
gives. Every public page type is asked first, as a day's visitors would, then all is quiet: the
worker has finished what the example left to it, and nothing has grown or shrunk for a while.
The one benchmark with an absolute limit: bytes do not depend on the speed of a machine.

    python benchmarks/bench_memory.py
"""

from __future__ import annotations

import http.client
import re
import statistics
import tempfile
import time
from pathlib import Path

from common import Verdicts
from servers import OURS, free_port, load_example, running

LIMIT = 250  # MB
QUIET = 16  # seconds
LONGEST = 300  # seconds
CHANGE = 3  # MB
ROUNDS = 3
MB = 1024  # smaps_rollup counts in kB


def main() -> None:
    verdicts = Verdicts("Memory at rest: sum of PSS of all processes of `miteinander start`")
    with tempfile.TemporaryDirectory(prefix="miteinander-bench-") as place:
        folder = Path(place)
        load_example(folder / "data")
        fresh, asked = [], []
        for _ in range(ROUNDS):
            port = free_port()
            command = [*OURS, "start", "--port", str(port)]
            with running(
                command, port=port, path="/-/ready", cwd=folder,
                MITEINANDER_DATA=str(folder / "data"),
            ) as server:  # fmt: skip
                fresh.append(sum(at_rest(server.process.pid)))
                visit(port)
                each = at_rest(server.process.pid)
                asked.append(sum(each))
    parts = " + ".join(f"{part:.0f}" for part in each)
    verdicts.figure("nothing asked yet", f"{statistics.median(fresh):.0f} MB")
    verdicts.figure("processes of the last round", f"{parts} MB")
    verdicts.ratio("every page of the sitemap asked once, MB", statistics.median(asked), most=LIMIT)
    verdicts.end()


def at_rest(pid: int) -> list[float]:
    """The megabytes of each process, as soon as they have stayed the same for a while."""
    until, since, each = time.monotonic() + LONGEST, time.monotonic(), memory(pid)
    while time.monotonic() - since < QUIET:
        assert time.monotonic() < until, "it never came to rest"
        time.sleep(1)
        now = memory(pid)
        if len(now) != len(each) or abs(sum(now) - sum(each)) > CHANGE:
            since, each = time.monotonic(), now
    return now


def memory(pid: int) -> list[float]:
    """Megabytes of a process and of everything it started, itself first."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    here = int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / MB
    children = Path(f"/proc/{pid}/task").glob("*/children")
    below = [int(child) for path in children for child in path.read_text().split()]
    return [here, *(each for child in below for each in memory(child))]


def visit(port: int) -> None:
    """Follow every link from the home page, one page of each address pattern."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    waiting, seen = ["/de/"], set()
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"[2-9b-z]{8}|\d+", "*", path)
        if kind in seen:
            continue
        seen.add(kind)
        connection.request("GET", path)
        body = connection.getresponse().read().decode("utf-8", "replace")
        waiting += re.findall(r'href="(/de/[^"?#]*)"', body)


if __name__ == "__main__":
    main()
