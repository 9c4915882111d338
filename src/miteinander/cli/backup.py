"""Write everything of a SQLite installation into one file: database, key, attachments.

The database is copied as of one moment, also while the server runs. The file holds personal
data and the secret key: keep it like the installation itself.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from miteinander.cli import setup
from miteinander.cli.output import Output

EXAMPLE = "miteinander backup --out miteinander-backup.zip"
DATABASE = "miteinander.sqlite3"
KEPT = ("secret.key", "demo")
FOLDERS = ("files",)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="FILE.zip")


def run(options: Namespace, output: Output) -> int:
    from miteinander.config import folder as folders  # deferred: --help answers without it
    from miteinander.config import server
    from miteinander.core.errors import InstallationRefused

    folder = folders.data_folder()
    setup.database(migrated=False)
    from django.db import connection  # deferred: needs the settings

    if connection.vendor != "sqlite":
        raise InstallationRefused(
            "This installation keeps its data in PostgreSQL.",
            do="Use pg_dump, and keep secret.key and files/ of the data folder beside it.",
        )
    out = Path(options.out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = out.with_name(f".{out.name}-{os.getpid()}")
        draft.touch(mode=0o600)
        with tempfile.TemporaryDirectory(dir=folder) as near:
            copy = Path(near) / DATABASE
            server.copy_sqlite(Path(connection.settings_dict["NAME"]), copy)
            files = [(copy, DATABASE), *_files(folder)]
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                for path, name in output.progress(files, total=len(files), label="backup"):
                    archive.write(path, name)
        draft.replace(out)
    except OSError as problem:
        raise InstallationRefused(
            f"The backup cannot be written ({problem.strerror}).",
            where=options.out,
            do="Choose another place with --out.",
        ) from problem
    output.give(str(out), {"file": str(out), "bytes": out.stat().st_size, "files": len(files)})
    return 0


def _files(folder: Path) -> list[tuple[Path, str]]:
    found = [folder / name for name in KEPT]
    found += [path for name in FOLDERS for path in sorted((folder / name).rglob("*"))]
    return [(path, str(path.relative_to(folder))) for path in found if path.is_file()]
