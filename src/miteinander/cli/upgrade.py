"""Bring an installation up to a new version of the program: backup, database, search, report.

Stop the service first, install the new version, call this, start again. Nothing is touched while
a server runs on the folder or on the database, or when the database is newer than the program.
The backup goes into backups/ of the data folder, and holds personal data and the key.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from importlib.metadata import version

from miteinander.cli import backup, setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander upgrade"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--no-backup", action="store_true", help="there is a backup of this moment already"
    )


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it
    from miteinander.config import server

    folder = folders.prepare(folders.data_folder())
    with folders.only_one_server(folder):
        setup.database(migrated=False)
        from django.db import connection  # deferred: needs the settings

        server.refuse_others_at_work(connection)
        waiting = server.pending(connection)
        kept = None
        if waiting and connection.introspection.table_names() and not options.no_backup:
            kept = folder / "backups" / f"before-upgrade-{time.strftime('%Y%m%d-%H%M%S')}.zip"
            output.say(said(f"Sicherung: {kept}", f"Writing a backup: {kept}"))
            backup.write(folder, kept, output)
        if waiting:
            server.migrate(connection)
        from miteinander.core.search import keep  # deferred: needs the settings

        found = keep.rebuild()  # the new program may cut words in another way
    program = version("miteinander")
    lines = [
        f"Miteinander {program}: "
        + (
            said(f"{waiting} Schritte getan.", f"{waiting} steps done.")
            if waiting
            else said("auf dem neuesten Stand.", "up to date.")
        )
    ]
    lines.append(said(f"{found} Dinge sind auffindbar.", f"{found} things can be found."))
    if kept:
        lines.append(said(f"Der vorige Stand: {kept}", f"The state before it: {kept}"))
    output.give(
        "\n".join(lines),
        {
            "version": program,
            "applied": waiting,
            "found": found,
            "backup": str(kept) if kept else None,
        },
    )
    return 0
