from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.ui.accent import (
    DEFAULT,
    INK,
    NIGHT,
    PAPER,
    SAND,
    SURFACE,
    accent_css,
    contrast,
    judge,
)
from miteinander.ui.bundle import CSS, ORDER, sheet, without_light_dark

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def tokens(css: str, theme: str) -> dict[str, str]:
    rule = {"light": r"^:root \{(.*?)\}", "dark": r'data-theme="dark"\] \{(.*?)\}'}[theme]
    body = re.search(rule, css, re.MULTILINE)
    assert body is not None
    return dict(re.findall(r"--([\w-]+):([^;]+);", body[1]))


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@given(colours)
def test_whatever_a_town_chooses_all_text_stays_readable(accent):
    css = accent_css(accent)
    light, dark = tokens(css, "light"), tokens(css, "dark")

    assert min(contrast(light["action"], ground) for ground in (PAPER, SURFACE, SAND)) >= 4.5
    assert contrast(INK, light["accent-soft"]) >= 7
    assert contrast(INK, light["heat-1"]) >= 4.5
    assert contrast(light["on-action"], light["action"]) >= 4.5
    assert contrast("#fdf8ee", light["hero"]) >= 7
    assert contrast("#ff8a66", light["hero"]) >= 4.5
    assert contrast(light["on-running"], light["running"]) >= 4.5
    assert contrast(light["on-done"], light["done"]) >= 4.5
    assert contrast(light["done"], light["running"]) >= 3
    assert min(contrast(dark["action"], ground) for ground in (NIGHT, "#132b31", "#17343b")) >= 4.5
    assert contrast("#eff4f1", dark["accent-soft"]) >= 4.5
    assert contrast("#eff4f1", dark["heat-1"]) >= 4.5
    assert contrast(dark["on-done"], dark["done"]) >= 4.5
    assert contrast(dark["on-running"], dark["running"]) >= 4.5
    assert contrast("#fdf8ee", dark["hero"]) >= 7


def test_pale_accent_is_refused_with_a_suggestion_that_fits():
    verdict = judge("#ffcc00")

    assert not verdict.fits
    assert judge(verdict.suggestion).fits


def test_our_own_accent_fits_and_is_left_alone():
    assert judge("#0f4c55").suggestion == "#0f4c55"
    assert judge("#0f4c55").fits


@pytest.mark.parametrize("wrong", ["red", "#fff", "#0f4c5", "#0f4c55;}body{}", ""])
def test_only_a_whole_colour_becomes_a_sheet(wrong):
    with pytest.raises(ValueError, match="not a colour"):
        accent_css(wrong)


def test_bundle_holds_every_source_and_nothing_that_needs_the_newest_browsers():
    joined = sheet()

    assert {path.stem for path in CSS.glob("*.css")} == set(ORDER)
    assert "light-dark(" not in joined
    assert "color-mix(" not in joined
    assert "@import" not in joined
    assert ".station" in joined


def test_light_dark_becomes_a_rule_for_each_theme():
    css = without_light_dark(":root {\n  --ink: light-dark(#111, rgb(1 2 3 / .5));\n}")

    assert "--ink: #111;" in css
    assert css.count("--ink:rgb(1 2 3 / .5);") == 2


@pytest.mark.parametrize("warm", ["#ff1a1a", "#ff8a00", "#f5e663", "#8a1538"])
def test_a_warm_accent_never_paints_what_is_done_as_a_warning(warm):
    for theme in ("light", "dark"):
        ours, theirs = tokens(accent_css(DEFAULT), theme), tokens(accent_css(warm), theme)
        assert (theirs["done"], theirs["running"]) == (ours["done"], ours["running"])
    assert tokens(accent_css(warm), "light")["hero"] != tokens(accent_css(DEFAULT), "light")["hero"]


@pytest.mark.parametrize("cool", ["#1f8a3b", "#5b2a86", "#000000"])
def test_any_other_accent_colours_the_bars(cool):
    assert tokens(accent_css(cool), "light")["done"] != tokens(accent_css(DEFAULT), "light")["done"]
