"""A running installation, started as users start it: one process, one folder, mail in files."""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 180
"""Seconds for the first start: the example is loaded through the same actions as everything."""


def surroundings(data: Path, **more: str) -> dict[str, str]:
    """The environment of a user who set nothing but the folder; tests must not shine through.

    Without JavaScript a form has to be twenty seconds old (the proof of work); only the journey
    that is about this waits.
    """
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MITEINANDER_", "DJANGO_", "PYTEST_"))
    }
    return {
        **ours,
        "MITEINANDER_DATA": str(data),
        "MITEINANDER_PROOF_WAIT_SECONDS": "0",
        **more,
    }


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Call the program as somebody at a terminal does."""
    return subprocess.run(
        [sys.executable, "-m", "miteinander.cli.main", *words],
        env=surroundings(data),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@dataclass(slots=True)
class Letter:
    to: str
    subject: str
    text: str

    def link(self, part: str) -> str:
        """The address in the letter that contains `part`."""
        found = [a for a in re.findall(r"https?://\S+", self.text) if part in a]
        assert found, f"no link with {part!r} in: {self.text}"
        return found[0]


@dataclass(slots=True)
class Town:
    address: str
    data: Path

    def page(self, path: str) -> str:
        return self.address + path

    def letters(self) -> list[Letter]:
        """Every mail so far, oldest first, as the demo writes them into files."""
        found = []
        for file in sorted((self.data / "mail").glob("*.log"), key=lambda f: f.stat().st_mtime_ns):
            for raw in re.split(r"(?m)^-{79}\r?\n", file.read_text("utf-8")):
                if not raw.strip():
                    continue
                message = email.message_from_string(raw, policy=email.policy.default)
                body = message.get_body(("plain",))
                assert body is not None
                found.append(
                    Letter(str(message["To"]), str(message["Subject"]), str(body.get_content()))
                )
        return found

    def letter(self, *, to: str, says: str, after: int = 0) -> Letter:
        """Wait for a mail; the worker looks once a second."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for found in reversed(self.letters()[after:]):
                if to in found.to and (says in found.text or says in found.subject):
                    return found
            time.sleep(0.2)
        heads = [(one.to, one.subject) for one in self.letters()[after:]]
        raise AssertionError(f"no mail to {to} that says {says!r}; there are {heads}")


class Server:
    """`miteinander start` in a process of its own."""

    def __init__(self, data: Path, *, demo: bool = True, **environment: str) -> None:
        port = free_port()
        self.town = Town(f"http://127.0.0.1:{port}", data)
        self.said = data.with_suffix(".said")
        words = ["start", *(["--demo"] if demo else []), "--port", str(port)]
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "miteinander.cli.main", *words],
                env=surroundings(data, **environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> Town:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.said.read_text("utf-8", "replace")
            try:
                with urllib.request.urlopen(self.town.page("/-/ready"), timeout=5):
                    return self.town
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(self.said.read_text("utf-8", "replace"))

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def complaints(self) -> list[str]:
        """Lines of the log that say "error": none is written in a good journey."""
        lines = self.said.read_text("utf-8", "replace").splitlines()
        found = []
        for line in lines:
            if line.startswith("{"):
                entry = json.loads(line)
                if entry.get("level") in {"error", "critical"}:
                    found.append(line)
            elif "Traceback" in line:
                found.append(line)
        return found


def copy_folder(source: Path, target: Path) -> Path:
    """A second installation with the same content, taken while the first one runs."""
    target.mkdir()
    for name in ("demo", "secret.key"):
        (target / name).write_bytes((source / name).read_bytes())
    with (
        closing(sqlite3.connect(f"file:{source}/miteinander.sqlite3?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target / "miteinander.sqlite3")) as write,
    ):
        read.backup(write)
    return target
