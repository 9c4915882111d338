"""Pictures of the documentation: there, used, described, small, and made by the command."""

from __future__ import annotations

import re

from PIL import Image
from tools.pictures import MOST, PICTURES, SAME, SCENES, difference, keep

from tests.house.files import ROOT, tracked

SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
ALL_TOGETHER = 1_500_000


def shown() -> list[tuple[str, str, str]]:
    """Page, alternative text and file of every picture in a Markdown page."""
    return [
        (str(page.relative_to(ROOT)), text, str((page.parent / file).resolve()))
        for page in tracked()
        if page.suffix == ".md"
        for text, file in SHOWN.findall(page.read_text(encoding="utf-8"))
    ]


def test_every_picture_that_a_page_shows_is_there_and_described():
    wrong = [
        (page, file) for page, text, file in shown() if len(text) < 20 or not (ROOT / file).exists()
    ]

    assert wrong == []
    assert len({file for _page, _text, file in shown()}) > 10


def test_every_picture_is_shown_and_every_scene_has_one():
    there = {str(path) for path in PICTURES.iterdir()}

    assert {file for _page, _text, file in shown()} == there
    assert {str(PICTURES / f"{name}.webp") for name in SCENES} == there


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}

    assert {name: size for name, size in sizes.items() if size > MOST} == {}
    assert sum(sizes.values()) <= ALL_TOGETHER


def test_a_picture_only_changes_when_what_it_shows_does(tmp_path):
    path, white = tmp_path / "page.webp", Image.new("RGB", (400, 300), "white")
    keep(path, white)
    before = path.read_bytes()
    white.paste("black", (0, 0, 30, 40))  # another date
    assert 0 < difference(Image.new("RGB", (400, 300), "white"), white) <= SAME
    keep(path, white)
    assert path.read_bytes() == before
    white.paste("black", (0, 0, 200, 150))  # another page
    keep(path, white)
    assert path.read_bytes() != before
