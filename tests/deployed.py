"""The database as it is deployed: a file of SQLite, or a database of one's own on the server.

Tests keep SQLite in memory, where tables are locked and nobody waits. What happens when several
write at once shows only here, in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

BEGINNING = """
import threading
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
call_command("migrate", verbosity=0)
"""


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The address of an empty database of the kind that this run tests on."""
    server = os.environ.get("MITEINANDER_DATABASE", "")
    if not server:
        yield f"sqlite:///{folder / 'miteinander.sqlite3'}"
        return
    import psycopg  # deferred: only needed for one of the two databases

    name = f"of_one_test_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def told_by(script: str, folder: Path) -> str:
    """What a script prints that begins with an empty, migrated database; its error if it fails."""
    with empty_database(folder) as database:
        environment = os.environ | {
            "MITEINANDER_DATA": str(folder),
            "MITEINANDER_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "miteinander.config.settings",
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        }
        run = subprocess.run(
            [sys.executable, "-c", BEGINNING + script],
            capture_output=True,
            text=True,
            timeout=240,
            env=environment,
            cwd=Path(__file__).parents[1],
            check=False,
        )
    return run.stdout.strip() or run.stderr
