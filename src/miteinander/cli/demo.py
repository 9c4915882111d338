"""Load the example municipality into an empty folder, through the same actions as the pages.

The folder is a demo from then on: it answers on this machine only, writes mail to files, and
lets everybody sign in as anybody.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "MITEINANDER_DATA=~/miteinander-demo miteinander demo"


def add_arguments(parser: ArgumentParser) -> None:
    del parser  # nothing to choose


def run(options: Namespace, output: Output) -> int:
    del options
    from miteinander.config import folder as folders  # deferred: --help answers without it
    from miteinander.config import server

    folder = folders.prepare(folders.data_folder())
    with folders.only_one_server(folder):
        if not folders.is_demo(folder):
            if not folders.is_empty(folder):
                raise server.NotADemo(folder)
            folders.mark_as_demo(folder)
        setup.django()
        from django.db import connection  # deferred: needs the settings

        server.migrate_when_safe(connection, folder)
        loaded = load_example(output)
    output.give(str(folder), {"folder": str(folder), "loaded": loaded})
    return 0


def load_example(output: Output) -> bool:
    """Load the example unless a municipality is there; all of it or nothing."""
    from django.utils import timezone  # deferred: needs the settings

    from miteinander.config import installation
    from miteinander.example import load

    if installation.municipalities():
        return False
    output.say(said("Die Beispielkommune wird geladen …", "Loading the example municipality …"))
    load.load(at=timezone.now())
    return True
