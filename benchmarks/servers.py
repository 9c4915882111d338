"""Servers of their own for measurements: started, asked until they answer, stopped."""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from common import ROOT

OURS = (sys.executable, "-m", "miteinander.cli.main")


@dataclass(frozen=True, slots=True)
class Running:
    process: subprocess.Popen[bytes]
    seconds: float
    """From the command until `path` was answered with 200."""


@contextlib.contextmanager
def running(
    command: Sequence[str], *, port: int, path: str, cwd: Path, **settings: str
) -> Iterator[Running]:
    """Run a server until the block ends; what it logs goes to `log` in `cwd`."""
    with (cwd / "log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment(**settings), stdout=log, stderr=log
        )
    try:
        wait_for(port, path, process)
        yield Running(process, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def environment(**settings: str) -> dict[str, str]:
    """The machine's environment without a developer's settings, and with these.

    Byte code is kept, as with an installed package: else each start would compile our modules,
    and only ours.
    """
    mine = ("MITEINANDER_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(mine)}
    return {**kept, "PYTHONPATH": f"{ROOT / 'src'}:.", **settings}


def load_example(folder: Path) -> None:
    """Make a data folder with the example in it."""
    subprocess.run(
        [*OURS, "demo"],
        check=True,
        capture_output=True,
        env=environment(MITEINANDER_DATA=str(folder)),
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(
    port: int, path: str, process: subprocess.Popen[bytes], *, at_most: float = 60
) -> None:
    """Ask until the page comes."""
    until = time.monotonic() + at_most
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):  # not listening yet
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.01)
    sys.exit(f"no answer from {' '.join(map(str, process.args))}")


def raced(worker: object, clients: int, *arguments: object) -> tuple[float, int]:
    """Let several processes work at once; the seconds from the common start to the last end.

    Each gets a barrier, a queue and its number before the `arguments`, and puts the moments of
    its beginning and its end into the queue, and how many answers were not as they should be.
    """
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(clients), context.Queue()
    started = [
        context.Process(target=worker, args=(barrier, results, number, *arguments))
        for number in range(clients)
    ]
    for process in started:
        process.start()
    told = [results.get(timeout=300) for _ in started]
    for process in started:
        process.join()
    seconds = max(end for _begin, end, _wrong in told) - min(begin for begin, _end, _w in told)
    return seconds, sum(wrong for _begin, _end, wrong in told)
