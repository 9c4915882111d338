"""Where a command's words go: data out, messages and progress beside them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from miteinander.cli.setup import said

if TYPE_CHECKING:
    from miteinander.core.errors import Refusal

T = TypeVar("T")


class Output:
    """Standard output for data, standard error for messages; JSON when asked."""

    def __init__(self, *, as_json: bool, out: str | None = None) -> None:
        self.as_json = as_json
        self.out = out

    def say(self, message: object) -> None:
        print(str(message), file=sys.stderr, flush=True)

    def give(self, text: str, data: Any) -> None:
        """Print the result of a command: `text` for people, `data` for programs."""
        said = json.dumps(data, ensure_ascii=False, default=str) if self.as_json else text
        if self.out is not None:
            self.write(f"{said}\n".encode(), self.out)
        elif said:
            print(said, flush=True)

    def write(self, content: bytes, out: str | None) -> None:
        """Write a document to `--out FILE`, else to standard output, byte for byte."""
        if out is None or out == "-":
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
            return
        from miteinander.core.errors import InstallationRefused  # deferred: --help needs no Django

        try:
            Path(out).write_bytes(content)
        except OSError as problem:
            raise InstallationRefused(
                said(
                    f"Die Datei kann nicht geschrieben werden ({problem.strerror}).",
                    f"The file cannot be written ({problem.strerror}).",
                ),
                where=out,
                do=said(
                    "Bitte mit --out einen anderen Ort wählen.", "Choose another place with --out."
                ),
            ) from problem
        self.say(out)

    def refuse(self, refusal: Refusal) -> int:
        """Say what is wrong, where and what to do; returns the exit code."""
        points = [str(p) for p in getattr(refusal, "points", ())]
        points += [f"{k}: {v}" for k, v in getattr(refusal, "fields", {}).items()]
        lines = (str(refusal.what), str(refusal.where), *points, str(refusal.do))
        return self.explain([line for line in lines if line], refusal.as_json())

    def explain(self, lines: Sequence[str], data: Any) -> int:
        """The same for a refusal that is in words already; returns the exit code."""
        if self.as_json:
            print(json.dumps(data, ensure_ascii=False), flush=True)
        else:
            for line in lines:
                self.say(line)
        return 1

    @contextmanager
    def waiting(self, label: str) -> Iterator[None]:
        """While something runs that cannot say how far it is: on a terminal, count the seconds."""
        done = Event()
        clock = Thread(target=self._tick, args=(label, done), daemon=True)
        if not self.as_json and sys.stderr.isatty():
            clock.start()
        try:
            yield
        finally:
            done.set()
            if clock.is_alive():
                clock.join()

    def _tick(self, label: str, done: Event) -> None:
        began = monotonic()
        drawn = False
        while not done.wait(1):
            drawn = True
            seconds = round(monotonic() - began)
            print(f"\r{label} … {seconds} s", end="", file=sys.stderr, flush=True)
        if drawn:
            print(file=sys.stderr)

    def progress(self, items: Iterable[T], *, total: int, label: str) -> Iterator[T]:
        """Pass items on; on a terminal draw a bar once it takes longer than a second."""
        with self._bar(label) as draw:
            for number, item in enumerate(items, start=1):
                yield item
                draw(number, total, f"{number}/{total}")

    @contextmanager
    def percent(self, label: str) -> Iterator[Callable[[int], None]]:
        """The same for work that says itself how far it is, in percent."""
        with self._bar(label) as draw:
            yield lambda percent: draw(percent, 100, f"{percent} %")

    @contextmanager
    def _bar(self, label: str) -> Iterator[Callable[[int, int, str], None]]:
        began, drawn = monotonic(), False

        def draw(number: int, total: int, words: str) -> None:
            nonlocal drawn
            if not self.as_json and sys.stderr.isatty() and monotonic() - began > 1:
                drawn = True
                done = 30 * number // max(total, 1)
                bar = "█" * done + "·" * (30 - done)
                print(f"\r{label} {bar} {words}", end="", file=sys.stderr, flush=True)

        yield draw
        if drawn:
            print(file=sys.stderr)
