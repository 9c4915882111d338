"""Do background work: mail, schedules, queued jobs. `miteinander start` runs one by itself.

On PostgreSQL several may run, on several machines. Stops after the work at hand on SIGTERM.
"""

from __future__ import annotations

import threading
from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander worker"


def add_arguments(parser: ArgumentParser) -> None:
    del parser  # nothing to choose


def run(options: Namespace, output: Output) -> int:
    del options, output
    setup.database()
    from miteinander.config import server  # deferred: needs the settings

    server.work(threading.Event())
    return 0
