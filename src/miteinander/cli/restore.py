"""Unpack a backup into an empty data folder. Nothing that is there is ever overwritten."""

from __future__ import annotations

import zipfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from miteinander.cli.backup import DATABASE, FOLDERS, KEPT
from miteinander.cli.output import Output

EXAMPLE = "MITEINANDER_DATA=/srv/new miteinander restore miteinander-backup.zip"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.zip")


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it
    from miteinander.core.errors import InstallationRefused

    folder = folders.prepare(folders.data_folder())
    with folders.only_one_server(folder):
        if not folders.is_empty(folder) or (folder / "secret.key").exists():
            raise InstallationRefused(
                "This folder is not empty.",
                where=str(folder),
                do="Set MITEINANDER_DATA to a new folder.",
            )
        try:
            with zipfile.ZipFile(options.file) as archive:
                names = archive.namelist()
                if DATABASE not in names or not all(_ours(name) for name in names):
                    raise InstallationRefused(
                        "This file is no backup of Miteinander.", where=options.file
                    )
                archive.extractall(folder)
        except (OSError, zipfile.BadZipFile) as problem:
            raise InstallationRefused(
                f"The backup cannot be read ({problem}).", where=options.file
            ) from problem
        (folder / "secret.key").chmod(0o600)
    output.give(str(folder), {"folder": str(folder), "files": len(names)})
    return 0


def _ours(name: str) -> bool:
    """Only the names that a backup holds, and no path that leads out of the folder."""
    parts = Path(name).parts
    return ".." not in parts and (name in (DATABASE, *KEPT) or parts[0] in FOLDERS)
