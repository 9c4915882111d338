"""Two real servers on one database: what happens at one is seen at both within a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.deployed import empty_database
from tests.journeys.town import free_port, surroundings

ROOT = Path(__file__).resolve().parents[2]
LATEST = 1.0
"""Seconds after which nobody may be shown what was."""


class Servers:
    def __init__(self, folder: Path, database: str, stack: ExitStack) -> None:
        self.database, self.stack, self.said = database, stack, folder / "said"
        self.addresses = [self._start(folder / str(number)) for number in (1, 2)]
        self.beside = self._run(folder / "1", [sys.executable, "-m", "tests.config.beside"])
        self.paths = json.loads(self.beside.stdout.readline())

    def _start(self, folder: Path) -> str:
        port = free_port()
        words = ["start", "--port", str(port), "--no-worker"]
        server = self._run(folder, [sys.executable, "-m", "miteinander.cli.main", *words])
        line = server.stdout.readline()
        assert line.startswith("Miteinander: "), line + self.said.read_text("utf-8")
        return f"http://127.0.0.1:{port}"

    def _run(self, folder: Path, command: list[str]) -> subprocess.Popen[str]:
        own = surroundings(
            folder,
            MITEINANDER_DATABASE=self.database,
            MITEINANDER_SECRET_KEY="a key for tests, and for nothing else at all",
            PYTHONPATH=os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        )
        errors = self.stack.enter_context(self.said.open("ab"))
        process = subprocess.Popen(
            command, cwd=ROOT, env=own, text=True, stderr=errors,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.stack.callback(_end, process)
        return process

    def tell(self, line: str) -> None:
        self.beside.stdin.write(line + "\n")
        self.beside.stdin.flush()
        assert json.loads(self.beside.stdout.readline()) == {"done": line.split(maxsplit=1)[0]}

    def pages(self, path: str) -> list[str]:
        """The page as each server shows it."""
        found = []
        for address in self.addresses:
            with urllib.request.urlopen(address + path, timeout=10) as answer:
                assert answer.headers["Vary"] == "Accept-Encoding, Cookie", "from the cache"
                found.append(answer.read().decode())
        return found


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two-servers")
    with ExitStack() as stack:
        yield Servers(folder, stack.enter_context(empty_database(folder)), stack)


def test_a_public_event_is_seen_at_both_within_a_second(servers):
    path = servers.paths["process"]
    assert not any("Erstes Fest" in page for page in servers.pages(path))
    for title in ("Erstes Fest", "Zweites Fest"):
        before = servers.pages(path)
        servers.tell(f"milestone {title}")
        time.sleep(LATEST)
        after = servers.pages(path)
        assert [title in page for page in before + after] == [False, False, True, True]


def test_a_call_closes_at_both_when_its_time_has_come(servers):
    path = servers.paths["call"]
    servers.tell("closing 3")
    servers.tell("milestone Drittes Fest")  # whoever changes a call says so by a public event
    closes = time.monotonic() + 3
    time.sleep(LATEST)
    assert all("/beitragen/" in page for page in servers.pages(path))
    time.sleep(max(0, closes - time.monotonic()) + 0.05)
    assert not any("/beitragen/" in page for page in servers.pages(path))
