"""Write everything of an installation into one file: rows, key, attachments.

The rows are those of one moment, also while the server runs: on SQLite the database file, on
PostgreSQL every table as lines of JSON, which fit either database. The file holds personal data
and the secret key: keep it like the installation itself.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander backup --out miteinander-backup.zip"
DATABASE = "miteinander.sqlite3"
KEPT = ("secret.key", "demo")
FOLDERS = ("files",)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="FILE.zip")


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it

    folder = folders.data_folder()
    setup.database(migrated=False)
    out = Path(options.out)
    files = write(folder, out, output)
    output.give(str(out), {"file": str(out), "bytes": out.stat().st_size, "files": files})
    return 0


def write(folder: Path, out: Path, output: Output) -> int:
    """Write the backup; a half one never bears its name. Returns the number of files in it."""
    from miteinander.core.errors import InstallationRefused  # deferred: --help answers without it

    draft = out.with_name(f".{out.name}-{os.getpid()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            _write_rows(archive, folder, output)
            files = _files(folder)
            for path, name in output.progress(
                files, total=len(files), label=said("Dateien", "files")
            ):
                archive.write(path, name)
            count = len(archive.namelist())
        draft.replace(out)
    except OSError as problem:
        raise InstallationRefused(
            said(
                f"Die Sicherung kann nicht geschrieben werden ({problem.strerror}).",
                f"The backup cannot be written ({problem.strerror}).",
            ),
            where=str(out),
            do=said(
                "Bitte mit --out einen anderen Ort wählen.", "Choose another place with --out."
            ),
        ) from problem
    finally:
        draft.unlink(missing_ok=True)
    return count


def _write_rows(archive: zipfile.ZipFile, folder: Path, output: Output) -> None:
    from django.db import connection  # deferred: needs the settings

    from miteinander.config import dump, server

    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(dir=folder) as near:
            copy = Path(near) / DATABASE
            server.copy_sqlite(Path(connection.settings_dict["NAME"]), copy)
            archive.write(copy, DATABASE)
        return
    dump.write(
        connection,
        archive,
        progress=lambda every: output.progress(
            every, total=len(every), label=said("Zeilen", "rows")
        ),
    )


def _files(folder: Path) -> list[tuple[Path, str]]:
    found = [folder / name for name in KEPT]
    found += [path for name in FOLDERS for path in sorted((folder / name).rglob("*"))]
    return [(path, str(path.relative_to(folder))) for path in found if path.is_file()]
