from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import browser

DOM = "#!/bin/sh\necho '<html><head></head><body></body></html>'\n"


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine without any browser, on which nothing can be downloaded or installed."""
    steps = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_playwrights_own", lambda: tmp_path / "playwright" / "chrome")
    monkeypatch.setattr(browser, "_run", steps.append)
    return SimpleNamespace(folder=tmp_path, steps=steps)


def program(path: Path, text: str = DOM) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_browser_on_the_path_is_taken_and_nothing_is_fetched(machine):
    known = program(machine.folder / "chromium")

    assert browser.find() == known
    assert machine.steps == []


def test_a_browser_that_does_not_start_is_passed_over(machine):
    program(machine.folder / "chromium", "#!/bin/sh\nexit 127\n")
    known = program(machine.folder / "google-chrome")

    assert browser.find() == known


def test_the_named_browser_is_the_only_one_tried(machine, monkeypatch, capsys):
    program(machine.folder / "chromium")
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    assert browser.main() == 1
    assert "CHROMIUM=/nowhere/chromium does not start" in capsys.readouterr().err
    assert machine.steps == []


def test_playwright_is_asked_before_the_distribution(machine, monkeypatch):
    def download(command):
        machine.steps.append(command)
        program(machine.folder / "playwright" / "chrome")

    monkeypatch.setattr(browser, "_run", download)

    assert browser.find() == machine.folder / "playwright" / "chrome"
    assert [step[-2:] for step in machine.steps] == [["install", "chromium"]]


def test_without_any_browser_one_sentence_says_what_to_do(machine, monkeypatch, capsys):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)

    assert browser.main() == 1
    assert "make test CHROMIUM=/path/to/chromium" in capsys.readouterr().err
    assert len(machine.steps) == 1
