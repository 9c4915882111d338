"""Find a Chromium for the browser journeys, or get one; print its path.

    python tools/browser.py

In this order: CHROMIUM=, the PATH, one that Playwright downloaded before, a download by
Playwright, apt where one is root on Debian. What is found must start; a browser that lacks
a system library counts as not found. If nothing helps, one sentence says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def main() -> int:
    browser = find()
    if browser is None and (chosen := os.environ.get("CHROMIUM")):
        print(f"CHROMIUM={chosen} does not start. Name another, or none.", file=sys.stderr)
        return 1
    if browser is None:
        print(
            "No Chromium found, and none could be installed. Install Chromium or Chrome, or say "
            "where it is: make test CHROMIUM=/path/to/chromium",
            file=sys.stderr,
        )
        return 1
    print(browser)
    return 0


def find() -> Path | None:
    return next((browser for browser in candidates() if starts(browser)), None)


def candidates() -> Iterator[Path]:
    """Places to look, the cheapest first; later ones download or install something."""
    if chosen := os.environ.get("CHROMIUM"):
        yield Path(chosen)
        return  # somebody said which one; another would be a surprise
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    if (known := _playwrights_own()).exists():
        yield known
    _say("No Chromium on the PATH; asking Playwright to download one …")
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    yield _playwrights_own()
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        _say("Installing Chromium with apt …")
        _run(["apt-get", "update", "-q"])
        _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"])
        yield from (Path(found) for name in NAMES if (found := shutil.which(name)))


def starts(browser: Path) -> bool:
    """Whether the browser shows an empty page; --version alone hides missing libraries."""
    if not browser.exists():
        return False
    command = [str(browser), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    try:
        done = subprocess.run(
            [*command, "about:blank"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"<html" in done.stdout


def _playwrights_own() -> Path:
    from playwright.sync_api import sync_playwright  # deferred: slow, and mostly not needed

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _run(command: list[str]) -> None:
    """Run a step whose failure is not the end: the next place is asked then."""
    try:
        subprocess.run(command, stdout=sys.stderr, check=False)
    except OSError as problem:
        _say(f"{command[0]}: {problem}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
