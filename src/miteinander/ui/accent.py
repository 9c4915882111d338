"""One colour from the municipality, everything else from us.

A town sets one accent colour. From it we derive every coloured surface (hero, buttons, status
bars, soft fills) in both themes, and each is checked against the text that stands on it: the
lightness moves until the contrast is reached, hue and chroma stay the town's. The result is a
static sheet, so that no browser needs `color-mix()` and no template needs an inline style.

Colours are mixed in OKLCH, where equal steps of lightness look equal; HSL makes a yellow and a
blue of the same "lightness" differ by a factor of ten in contrast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import atan2, cos, hypot, sin

DEFAULT = "#0f4c55"

PAPER, SURFACE, SAND, INK = "#fbf8f2", "#ffffff", "#f3ecdf", "#12292e"
NIGHT, NIGHT_SURFACE, NIGHT_INK = "#0c1d21", "#132b31", "#06252a"
HERO_THREAD = "#ff8a66"
WARM = (-0.6, 1.95)
"""Hues from red to yellow, in radians of OKLCH."""
ENOUGH = 4.5
"""WCAG 2.2 AA for text. What carries much text asks for more below."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a colour may be used as it is, and what we would use instead."""

    accent: str
    contrast: float
    fits: bool
    suggestion: str


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG: from 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def judge(accent: str) -> Verdict:
    """Look at a colour before it is saved: it must be readable as a link on our sand.

    Of the three grounds on which links stand, sand is the darkest.
    """
    ratio = contrast(accent, SAND)
    return Verdict(accent, round(ratio, 1), ratio >= ENOUGH, _readable(accent, SAND, ENOUGH))


def accent_css(accent: str) -> str:
    """The sheet of one municipality; anything that is not ``#rrggbb`` raises ValueError."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        message = f"not a colour of the form #rrggbb: {accent!r}"
        raise ValueError(message)
    day, night = by_day(accent), _night(accent.lower())
    return (
        f":root {{{_declarations(day)}}}\n"
        f"@media screen and (prefers-color-scheme: dark) "
        f'{{:root:not([data-theme="light"]) {{{_declarations(night)}}}}}\n'
        f'@media screen {{:root[data-theme="dark"] {{{_declarations(night)}}}}}\n'
    )


def by_day(accent: str) -> dict[str, str]:
    """What hangs on the accent, in the light theme: also for paper, where no sheet is read."""
    accent = accent.lower()
    action = _readable(accent, SAND, ENOUGH)
    hero = _readable(_deep(accent), HERO_THREAD, 5.2)
    base = _for_states(accent)
    running = _readable(_with(base, lightness=0.78, chroma=0.065), INK, 6.0, lighter=True)
    return {
        "accent": accent,
        "accent-soft": _with(accent, lightness=0.93, chroma=0.014),
        "action": action,
        "action-hover": _with(action, lightness=_lch(action)[0] - 0.07),
        "on-action": "#ffffff",
        "hero": hero,
        "done": _readable(action if base == accent else base, running, 3.2),
        "on-done": "#ffffff",
        "running": running,
        "on-running": INK,
        "heat-1": _with(accent, lightness=0.91, chroma=0.025),
        "heat-2": running,
    }


def _night(accent: str) -> dict[str, str]:
    action = _readable(_with(accent, lightness=0.78, chroma=0.065), NIGHT, 8.0, lighter=True)
    base = _for_states(accent)
    done = _readable(_with(base, lightness=0.79, chroma=0.09), NIGHT, 8.0, lighter=True)
    running = _readable(_with(base, lightness=0.48, chroma=0.06), "#ffffff", 5.2)
    return {
        "accent": accent,
        "accent-soft": _with(accent, lightness=0.33, chroma=0.04),
        "action": action,
        "action-hover": _with(action, lightness=_lch(action)[0] + 0.06),
        "on-action": NIGHT_INK,
        "hero": _with(accent, lightness=0.255, chroma=0.035),
        "done": done,
        "on-done": NIGHT_INK,
        "running": running,
        "on-running": "#ffffff",
        "heat-1": _with(accent, lightness=0.36, chroma=0.035),
        "heat-2": running,
    }


def _for_states(accent: str) -> str:
    """The colour from which "done" and "running" are made: the town's, unless it is a warning.

    Red, orange and yellow mean "stuck" and "at risk" in a bar; a town whose own colour is one of
    them keeps it everywhere else, and its bars take our petrol.
    """
    _lightness, chroma, hue = _lch(accent)
    warns = chroma > 0.04 and WARM[0] <= hue <= WARM[1]
    return DEFAULT if warns else accent


def _deep(accent: str) -> str:
    """The ground of the hero: dark and a little greyer than the accent, so that art stands out."""
    lightness, chroma, _hue = _lch(accent)
    return _with(accent, lightness=min(0.303, lightness), chroma=min(0.09, 0.72 * chroma))


def _declarations(tokens: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())


def _readable(colour: str, beside: str, ratio: float, *, lighter: bool = False) -> str:
    """Move the lightness in small steps until the contrast is reached."""
    lightness = _lch(colour)[0]
    while contrast(colour, beside) < ratio and 0 < lightness < 1:
        lightness += 0.01 if lighter else -0.01
        colour = _with(colour, lightness=lightness)
    return colour


def _with(colour: str, *, lightness: float, chroma: float | None = None) -> str:
    """The same hue, lighter or darker; a grey stays grey, a chroma is never raised much."""
    _, own, hue = _lch(colour)
    wanted = own if chroma is None else min(chroma, own * 1.6)
    return _hex(lightness, wanted, hue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _rgb(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Back to sRGB; a colour outside of it loses chroma, never hue or lightness."""
    while True:
        a, b = chroma * cos(hue), chroma * sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if chroma < 0.002 or all(-0.001 <= channel <= 1.001 for channel in channels):
            break
        chroma *= 0.92
    return "#" + "".join(
        f"{round(_gamma(min(1.0, max(0.0, channel))) * 255):02x}" for channel in channels
    )
