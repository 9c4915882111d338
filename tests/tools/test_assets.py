from __future__ import annotations

import pytest

from tools import assets


@pytest.mark.parametrize(
    ("css", "mirrored"),
    [
        (".a{margin-left:1px}", ".a{margin-right:1px}"),
        (".a{padding:1px 2px 3px calc(4px + 1px)}", ".a{padding:1px calc(4px + 1px) 3px 2px}"),
        (".a{padding:1px 2px}", ".a{padding:1px 2px}"),
        (".a{border-radius:1px 2px 3px 4px}", ".a{border-radius:2px 1px 4px 3px}"),
        (".a{border-top-left-radius:0!important}", ".a{border-top-right-radius:0!important}"),
        (".a{left:0;right:4px}", ".a{right:0;left:4px}"),
        (".a{text-align:left}", ".a{text-align:right}"),
        ('.a{--left:left;content:"left"}', '.a{--left:left;content:"left"}'),
        (".a{color:var(--bright)}", ".a{color:var(--bright)}"),
        ("@media (width>1px){.a:hover{float:left}}", "@media (width>1px){.a:hover{float:right}}"),
        # a turned box is a drawing, such as the tick in a check box
        (".a{left:1px;transform:rotate(45deg)}", ".a{left:1px;transform:rotate(45deg)}"),
    ],
)
def test_mirror_swaps_sides_and_nothing_else(css, mirrored):
    assert assets.mirror(css).startswith(mirrored)
    assert assets.mirror(css).endswith("{transform:scaleX(-1)}")


def test_what_cannot_be_read_stops_the_step():
    with pytest.raises(SystemExit, match="cannot be read"):
        assets.mirror("}")


def test_fonts_are_small_and_do_not_carry_the_reserved_name():
    from fontTools.ttLib import TTFont

    files = sorted((assets.VENDOR / "fonts").glob("*.woff2"))

    assert [file.name for file in files] == [
        "cyrillic-400.woff2",
        "cyrillic-600.woff2",
        "latin-400.woff2",
        "latin-600.woff2",
    ]
    for file in files:
        assert file.stat().st_size <= 35_000
        names = " ".join(str(r) for r in TTFont(file)["name"].names if r.nameID in {1, 4, 6})
        assert "Fira" not in names
    characters = TTFont(assets.VENDOR / "fonts" / "latin-400.woff2").getBestCmap()
    assert {ord(letter) for letter in "AzÄöüßẞşğİłŻțăČ–„“…€→"} <= set(characters)
