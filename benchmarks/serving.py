"""A real server for benchmarks on 127.0.0.1, and a small client that keeps it busy."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from common import ROOT

HERE = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[int]:
    """The product's own server with one web process on a prepared folder; gives its port."""
    port = free_port()
    code = (
        "from miteinander.cli import setup; setup.django()\n"
        "from miteinander.config.server import Options, serve\n"
        f"serve(Options(port={port}, own_worker=False), announce=print)"
    )
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "benchmarks")])
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths, "MITEINANDER_DATA": str(folder), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _attempt in range(200):
            try:
                urllib.request.urlopen(f"http://{HERE}:{port}/-/ready", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not start")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


class Connection:
    """One connection that is kept alive, and as much HTTP as our own server needs."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HERE, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.socket.close()

    def send(self, request: bytes) -> None:
        self.socket.sendall(request)

    def receive(self) -> tuple[int, dict[str, str], bytes, int]:
        """Status, headers (small letters), body, and all bytes of the answer on the wire."""
        while (end := self.received.find(b"\r\n\r\n")) < 0:
            self._more()
        head, rest = self.received[:end], self.received[end + 4 :]
        line, *fields = head.decode("latin-1").split("\r\n")
        headers = {n.lower(): v for n, _colon, v in (field.partition(": ") for field in fields)}
        status = int(line.split()[1])
        self.received = rest
        if headers.get("transfer-encoding") == "chunked":
            body, coded = self._chunks()
        else:
            length = 0 if status in {204, 304} else int(headers["content-length"])
            while len(self.received) < length:
                self._more()
            body, self.received = self.received[:length], self.received[length:]
            coded = length
        return status, headers, body, end + 4 + coded

    def _chunks(self) -> tuple[bytes, int]:
        parts, coded = [], 0
        while True:
            while (end := self.received.find(b"\r\n")) < 0:
                self._more()
            size = int(self.received[:end], 16)
            while len(self.received) < end + 4 + size:
                self._more()
            parts.append(self.received[end + 2 : end + 2 + size])
            self.received = self.received[end + 4 + size :]
            coded += end + 4 + size
            if not size:
                return b"".join(parts), coded

    def _more(self) -> None:
        more = self.socket.recv(262_144)
        if not more:
            raise ConnectionError("the server closed the connection")
        self.received += more


def request_for(path: str, **headers: str) -> bytes:
    named = {"Host": HERE, "Accept-Encoding": "gzip, deflate, br", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    return "\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode()


class Client:
    """Some kept connections to one server, each with one request under way."""

    def __init__(self, port: int, *, at_once: int = 4) -> None:
        self._open = ExitStack()
        self.connections = [self._open.enter_context(Connection(port)) for _each in range(at_once)]

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._open.close()

    def seconds(self, request: bytes, *, count: int, status: int) -> float:
        """Seconds per answer."""
        began = time.perf_counter()
        for _round in range(count // len(self.connections)):
            for connection in self.connections:
                connection.send(request)
            for connection in self.connections:
                answered, *_rest = connection.receive()
                if answered != status:
                    raise RuntimeError(f"{answered} instead of {status}")
        return (time.perf_counter() - began) / count

    def in_turn(
        self, one: bytes, other: bytes, *, count: int, rounds: int, status: int
    ) -> list[tuple[float, float]]:
        """Seconds per answer of two requests, in short rounds after one another.

        Who begins changes from round to round; the first tenth warms up and is not given.
        """
        taken = []
        for number in range(rounds):
            pair = {}
            for request in (one, other) if number % 2 else (other, one):
                pair[request] = self.seconds(request, count=count, status=status)
            taken.append((pair[one], pair[other]))
        return taken[rounds // 10 :]


def per_second(port: int, request: bytes, *, count: int, status: int) -> float:
    """Answers per second."""
    with Client(port) as client:
        return 1 / client.seconds(request, count=count, status=status)
