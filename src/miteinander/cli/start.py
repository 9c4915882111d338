"""Start Miteinander: prepare the folder, bring the database up to date, serve, do the work.

Everything lies in one folder (MITEINANDER_DATA). With --demo an empty folder becomes an example
installation; a folder that is a demo stays one. Stop with Ctrl+C.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander start --demo --port 8000"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="load the example into an empty folder")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument(
        "--bind", default="127.0.0.1", metavar="ADDRESS", help="default: this machine only"
    )
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that serve (default: 1)"
    )
    parser.add_argument(
        "--no-worker",
        action="store_true",
        help="leave the background work to `miteinander worker` elsewhere",
    )


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it
    from miteinander.config import server

    folder = folders.prepare(folders.data_folder())
    with folders.only_one_server(folder):
        if options.demo and not folders.is_demo(folder):
            if not folders.is_empty(folder):
                raise server.NotADemo(folder)
            folders.mark_as_demo(folder)
        if folders.is_demo(folder) and options.bind not in server.LOCAL:
            raise server.DemoStaysHome(options.bind)
        serving = server.Options(
            bind=options.bind,
            port=options.port,
            workers=max(1, options.workers),
            host=_host(),
            own_worker=not options.no_worker,
        )
        server.refuse_taken_port(serving)
        os.environ.setdefault("MITEINANDER_ADDRESS", serving.url.rstrip("/"))
        setup.django()
        prepare_database(folder, output, demo=folders.is_demo(folder))

        def announce(url: str) -> None:
            output.give(f"Miteinander: {url}", {"address": url, "folder": str(folder)})

        return server.serve(serving, announce=announce)


def prepare_database(folder: Path, output: Output, *, demo: bool) -> None:
    """Migrate when that is safe; load the example into a demo that has no municipality yet."""
    from django.db import connection  # deferred: needs the settings

    from miteinander.config import server

    copy = server.migrate_when_safe(connection, folder)
    if copy is not None:
        output.say(
            said(
                f"Die Datenbank ist auf dem neuen Stand; der vorige liegt hier: {copy}",
                f"The database was brought up to date; the state before it: {copy}",
            )
        )
    if demo:
        from miteinander.cli.demo import load_example  # deferred: needs the settings

        load_example(output)


def _host() -> str:
    """Return a host name that the settings will answer to."""
    given = os.environ.get("MITEINANDER_HOSTS", "").split(",")
    names = [name.strip().lstrip(".") for name in given if name.strip() not in {"", "*"}]
    return "127.0.0.1" if not names or "127.0.0.1" in names else names[0]
