"""A mail server that only counts: what came, under which Message-ID, and how often."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from email.parser import BytesHeaderParser


class Postbox(socketserver.ThreadingTCPServer):
    """`with Postbox() as box:` listens on `box.port`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.came: Counter[tuple[str, str]] = Counter()
        """How often each mail came, by its Message-ID and its recipient."""
        self._changed = threading.Condition()
        self._held_at: tuple[int, bool] | None = None
        self._is_holding = False

    def __enter__(self) -> Postbox:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.let_go()
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

    def hold(self, count: int, *, taken: bool) -> None:
        """Say nothing more to whoever brings the next mail once `count` different ones are here.

        `taken`: that mail has been kept all the same, and only the "250" stays out.
        """
        with self._changed:
            self._held_at = count, taken

    def let_go(self) -> None:
        """Answer again."""
        with self._changed:
            self._held_at, self._is_holding = None, False
            self._changed.notify_all()

    def wait_until_held(self, *, patience: float = 60.0) -> bool:
        """Whether somebody waits for an answer in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_holding, patience)

    def wait_for(self, count: int, *, patience: float = 60.0) -> bool:
        """Whether so many different mails came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.distinct >= count, patience)

    def take(self, message: str, to: str) -> bool:
        """Keep a mail; False where nobody is to be told."""
        with self._changed:
            held = self._held_at
            holds = held is not None and self.distinct >= held[0]
            if not holds or held[1]:
                self.came[message, to] += 1
            self._is_holding = holds
            self._changed.notify_all()
            if holds:
                self._changed.wait_for(lambda: not self._is_holding)
            return not holds


class _Talk(socketserver.StreamRequestHandler):
    """The five words of SMTP that Python's client needs."""

    server: Postbox

    def handle(self) -> None:
        self._say("220 postbox")
        while line := self.rfile.readline():
            word = line.decode("latin-1").upper().split()[:1]
            if word == ["DATA"]:
                self._say("354 go on")
                if not self._is_taken():
                    return
                self._say("250 kept")
            elif word == ["QUIT"]:
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _is_taken(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        head = BytesHeaderParser().parsebytes(b"".join(lines))
        return self.server.take(str(head["Message-ID"]), str(head["To"]))

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
