"""What differs is marked, and what is new is marked as new."""

from __future__ import annotations

import re

import pytest

from tests.ui.test_components import draw

WORDS = "mine='wir fehlen' theirs='wir fehlen heute'"


@pytest.mark.parametrize(
    ("how", "tag"), [("", "del"), ("old_first=True", "ins")], ids=["conflict", "change"]
)
def test_what_only_the_second_has(how, tag):
    html = draw(f"{{% diff_view {WORDS} {how} %}}")

    assert re.findall(r"<(ins|del)>", html) == [tag]
    assert html.count(f"</{tag}>") == 1
