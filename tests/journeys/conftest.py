"""One server and one browser for all journeys; both end with this folder.

Not for the whole run: a running browser keeps an event loop, in which Django would refuse the
database to every test that follows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.town import Server, Town, copy_folder

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The example town, as `miteinander start --demo` shows it to a newcomer."""
    folder = tmp_path_factory.mktemp("journeys") / "data"
    started = Server(folder)
    try:
        started.wait()
        yield started
        broken = started.complaints()
        assert not broken, "\n".join(["the server logged errors:", *broken])
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def town(server: Server) -> Town:
    return server.town


@pytest.fixture(scope="package")
def town_in_arabic(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same content, in an installation that also offers Arabic."""
    folder = copy_folder(server.town.data, tmp_path_factory.mktemp("arabic") / "data")
    started = Server(folder, demo=False, MITEINANDER_LANGUAGES="de,en,ar")
    try:
        yield started.wait()
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or _find()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def _find() -> str:
    found = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "browser.py")],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return found.stdout.strip()
