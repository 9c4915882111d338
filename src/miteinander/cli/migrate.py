"""Bring the database up to date. On SQLite a copy of its present state is kept beside it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander migrate"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say how many steps wait")


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it
    from miteinander.config import server

    folder = folders.prepare(folders.data_folder())
    setup.database(migrated=False)
    from django.db import connection  # deferred: needs the settings

    waiting = server.pending(connection)
    if options.dry_run:
        output.give(
            said(f"{waiting} Schritte stehen aus.", f"{waiting} steps wait."), {"waiting": waiting}
        )
        return 0
    if connection.vendor == "sqlite":
        server.migrate_when_safe(connection, folder)
    elif waiting:
        server.migrate(connection)
    output.give(
        said("Die Datenbank ist auf dem Stand des Programms.", "The database is up to date."),
        {"applied": waiting},
    )
    return 0
