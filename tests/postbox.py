"""A mail server that only counts: what came, under which Message-ID, and how often."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter
from email.parser import BytesHeaderParser


class Postbox(socketserver.ThreadingTCPServer):
    """`with Postbox() as box:` listens on `box.port`; `pause` slows every mail down."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, pause: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.pause = pause
        self.came: Counter[tuple[str, str]] = Counter()
        """How often each mail came, by its Message-ID and its recipient."""

    def __enter__(self) -> Postbox:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def distinct(self) -> int:
        return len(self.came)

    @property
    def twice(self) -> int:
        """How many mails came more often than once."""
        return sum(count - 1 for count in self.came.values())

    def wait_for(self, count: int, *, patience: float = 60.0) -> bool:
        """Whether so many different mails came in time."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.distinct >= count:
                return True
            time.sleep(0.005)
        return False


class _Talk(socketserver.StreamRequestHandler):
    """The five words of SMTP that Python's client needs."""

    server: Postbox

    def handle(self) -> None:
        self._say("220 postbox")
        while line := self.rfile.readline():
            word = line.decode("latin-1").upper().split()[:1]
            if word == ["DATA"]:
                self._say("354 go on")
                self._take()
                self._say("250 kept")
            elif word == ["QUIT"]:
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        time.sleep(self.server.pause)
        head = BytesHeaderParser().parsebytes(b"".join(lines))
        self.server.came[str(head["Message-ID"]), str(head["To"])] += 1

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
