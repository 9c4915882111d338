from __future__ import annotations

import re

import pytest

from tests.house.files import ROOT, tracked

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
FOREIGN = {"uv.lock", "pylock.toml", "poetry.lock", "package-lock.json", "Pipfile.lock"}
ADDRESS = re.compile(r"\w+://|^\s*(--(extra-)?index-url|-i|--find-links|-f)\b|(^|\s)/\w+", re.M)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_file_holds_digests_and_no_address(lock):
    text = lock.read_text(encoding="utf-8")

    assert [hit[0] for hit in ADDRESS.finditer(text)] == []
    pins = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", text, re.M)
    assert pins
    assert len(re.findall(r"\\\n    --hash=sha256:[0-9a-f]{64}", text)) >= len(pins)


def test_there_is_a_lock_file_for_every_purpose():
    assert {path.stem for path in LOCKS} == {"run", "test", "dev", "bench", "peers", "assets"}


@pytest.mark.parametrize(
    "line",
    ["--index-url https://example.org/simple", "    # from file:///srv", "-f /srv/wheels"],
)
def test_an_address_would_be_seen(line):
    assert ADDRESS.search(f"django==5.2\n{line}\n")


def test_no_lock_file_of_another_tool_and_nothing_made_is_tracked():
    made = [
        path
        for path in tracked()
        if path.name in FOREIGN or path.suffix == ".mo" or "vendor" in path.parts
    ]
    assert made == []
