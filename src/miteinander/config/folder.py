"""The data folder: everything that belongs to one installation lies in one place.

It holds the database (when that is SQLite), the secret key, mails of a demo, attachments
and one marker file that says whether the folder is a *demo*. Nothing else on the machine
is written to. A folder that cannot be used says so before anything else happens.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from miteinander.core.errors import AlreadyRunning, FolderUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[3]
MARKER = "demo"


def data_folder() -> Path:
    """`MITEINANDER_DATA`, else ./var in a checkout, else the user's data folder."""
    if chosen := os.environ.get("MITEINANDER_DATA"):
        return Path(chosen).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").exists() and (CHECKOUT / "src").exists():
        return CHECKOUT / "var"
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "miteinander"


def prepare(folder: Path) -> Path:
    """Make the folder when it is missing; refuse clearly when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as problem:
        raise FolderUnusable(folder, problem) from problem
    return folder


def secret_key(folder: Path) -> str:
    """Read the installation's key, or make it on first use (readable by its owner only)."""
    path = folder / "secret.key"
    if not path.exists():
        prepare(folder)
        draft = folder / f".secret-{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        try:
            os.link(draft, path)  # atomic: two starts at once agree on one key
        except FileExistsError:
            path.stat()  # the other start was first; its key is the one
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8").strip()


def is_demo(folder: Path) -> bool:
    return (folder / MARKER).exists()


def is_empty(folder: Path) -> bool:
    """Nothing of an installation lies here yet (the key alone does not count)."""
    if not folder.exists():
        return True
    return not any(p.name not in {"secret.key", "lock"} for p in folder.iterdir())


def mark_as_demo(folder: Path) -> None:
    prepare(folder)
    (folder / MARKER).write_text("This folder holds an example installation.\n", encoding="utf-8")


@contextmanager
def only_one_server(folder: Path) -> Iterator[None]:
    """Hold the folder's lock while a server runs; a second one is refused with a sentence."""
    with (folder / "lock").open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            handle.seek(0)
            raise AlreadyRunning(folder, handle.read().strip()) from problem
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield
