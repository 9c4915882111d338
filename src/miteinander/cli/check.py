"""Say what stands in the way of running this installation, and what to do about it.

Ends with 1 when something must be changed first; remarks alone end with 0.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander check --json"


def add_arguments(parser: ArgumentParser) -> None:
    del parser  # nothing to choose


def run(options: Namespace, output: Output) -> int:
    del options
    from miteinander.config import folder as folders  # deferred: --help answers without it

    folders.prepare(folders.data_folder())
    setup.database(migrated=False)
    from django.core import checks  # deferred: needs the settings
    from django.db import connection

    from miteinander.config import server

    found = [
        {
            "level": "error" if message.is_serious() else "remark",
            "what": str(message.msg),
            "do": str(message.hint or ""),
            "id": str(message.id or ""),
        }
        for message in checks.run_checks(include_deployment_checks=True, databases=["default"])
        if not message.is_silenced()
    ]
    if waiting := server.pending(connection):
        found.append(
            {
                "level": "error",
                "what": f"The database is older than the program ({waiting} steps).",
                "do": "Run `miteinander migrate`.",
                "id": "miteinander.E002",
            }
        )
    errors = [message for message in found if message["level"] == "error"]
    lines = [
        f"{'✗' if m['level'] == 'error' else '–'} {m['what']}{' ' + m['do'] if m['do'] else ''}"
        for m in found
    ]
    output.give("\n".join(lines) or "All is well.", {"ok": not errors, "found": found})
    return 1 if errors else 0
