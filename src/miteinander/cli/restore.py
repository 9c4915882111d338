"""Bring a backup into an empty data folder, and into an empty database where that is elsewhere.

A backup fits SQLite and PostgreSQL, whichever it was taken from: MITEINANDER_DATABASE decides
where the rows go. Nothing that is there is ever overwritten.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from miteinander.cli import setup
from miteinander.cli.backup import DATABASE, FOLDERS, KEPT
from miteinander.cli.output import Output
from miteinander.cli.setup import said

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
                said("Dieser Ordner ist nicht leer.", "This folder is not empty."),
                where=str(folder),
                do=said(
                    "Bitte MITEINANDER_DATA auf einen neuen Ordner setzen.",
                    "Set MITEINANDER_DATA to a new folder.",
                ),
            )
        try:
            with zipfile.ZipFile(options.file) as archive:
                names = _names(archive, options.file)
                _read_rows(archive, folder, output)
                for name in names:
                    if name in KEPT or Path(name).parts[0] in FOLDERS:
                        archive.extract(name, folder)
        except (OSError, zipfile.BadZipFile) as problem:
            raise InstallationRefused(
                said(
                    f"Die Sicherung kann nicht gelesen werden ({problem}).",
                    f"The backup cannot be read ({problem}).",
                ),
                where=options.file,
            ) from problem
        if (folder / "secret.key").exists():
            (folder / "secret.key").chmod(0o600)
    output.give(str(folder), {"folder": str(folder), "files": len(names)})
    return 0


def _names(archive: zipfile.ZipFile, file: str) -> list[str]:
    """Return what the backup holds; refuse any other file, and a path out of the folder."""
    from miteinander.config.dump import CONTENTS, FOLDER  # deferred: --help answers without it
    from miteinander.core.errors import InstallationRefused

    names = archive.namelist()
    tops = {*FOLDERS, FOLDER}
    ours = all(
        ".." not in Path(name).parts
        and (name in (DATABASE, CONTENTS, *KEPT) or Path(name).parts[0] in tops)
        for name in names
    )
    if not ours or not {DATABASE, CONTENTS} & set(names):
        raise InstallationRefused(
            said(
                "Diese Datei ist keine Sicherung von Miteinander.",
                "This file is no backup of Miteinander.",
            ),
            where=file,
        )
    return names


def _read_rows(archive: zipfile.ZipFile, folder: Path, output: Output) -> None:
    """Bring the rows into the database that the settings name."""
    # The backup brings its own key; the settings must not make another one meanwhile.
    os.environ.setdefault("MITEINANDER_SECRET_KEY", "nothing is signed while restoring")
    setup.django()
    from django.db import connection  # deferred: needs the settings

    from miteinander.config import dump

    if DATABASE not in archive.namelist():
        _load(archive, output)
        return
    with tempfile.TemporaryDirectory(dir=folder) as near:
        copy = Path(archive.extract(DATABASE, near))
        if connection.vendor == "sqlite":
            copy.chmod(0o600)
            copy.replace(connection.settings_dict["NAME"])
            return
        rows = Path(near) / "rows.zip"
        with zipfile.ZipFile(rows, "w") as out:
            dump.write(dump.open_sqlite(copy), out)
        with zipfile.ZipFile(rows) as source:
            _load(source, output)


def _load(archive: zipfile.ZipFile, output: Output) -> None:
    from django.db import connection  # deferred: needs the settings

    from miteinander.config import dump

    try:
        dump.read(
            connection,
            archive,
            progress=lambda every: output.progress(
                every, total=len(every), label=said("Zeilen", "rows")
            ),
        )
    except BaseException:
        if connection.vendor == "sqlite":
            connection.close()
            Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)
        raise
