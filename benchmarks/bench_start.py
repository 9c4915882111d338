"""From the command to the first answer, the second time, against an empty Django project.

Ours: `miteinander start` on the folder of the example, until its home page has come; that looks
for waiting migrations, starts the server and the worker. The other: what `django-admin
startproject` makes, migrated, on the same server (granian, one process), until its welcome page
has come. Both in turn, the median of each; nothing of either is warm but the disk.

    python benchmarks/bench_start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from common import Verdicts
from servers import OURS, free_port, load_example, running

LIMIT = 5
ROUNDS = 7
GRANIAN = ("-m", "granian", "--interface", "wsgi", "--log-level", "error")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="miteinander-bench-") as place:
        folder = Path(place)
        load_example(folder / "data")
        empty_project(folder)
        ours, theirs = [], []
        for number in range(ROUNDS + 1):
            port = str(free_port())
            one = first_answer([*OURS, "start", "--port", port], port, "/de/", folder)
            port = str(free_port())
            other = first_answer(
                [sys.executable, *GRANIAN, "--port", port, "empty.wsgi:application"],
                port,
                "/",
                folder,
            )
            if number:  # the first time writes byte code
                ours.append(one)
                theirs.append(other)
    mine, empty = statistics.median(ours), statistics.median(theirs)
    verdicts = Verdicts("Start to first answer, the second time")
    verdicts.figure("an empty Django project on the same server", f"{empty * 1000:.0f} ms")
    verdicts.ratio(f"the example with its worker: {mine * 1000:.0f} ms", mine / empty, most=LIMIT)
    verdicts.end()


def empty_project(folder: Path) -> None:
    make = ["django", "startproject", "empty", str(folder)]
    subprocess.run([sys.executable, "-m", *make], check=True)
    migrate = ["manage.py", "migrate", "--verbosity", "0"]
    subprocess.run([sys.executable, *migrate], cwd=folder, check=True)


def first_answer(command: list[str], port: str, path: str, folder: Path) -> float:
    data = str(folder / "data")
    with running(command, port=int(port), path=path, cwd=folder, MITEINANDER_DATA=data) as server:
        return server.seconds


if __name__ == "__main__":
    main()
