"""The picture as SVG: a square for each place on the plane, as large as the people who stand there.

One drawing for eyes and ears: it has a title and a description, groups differ in shape as well as
in colour, and colours come from the style sheet around it, so that it follows dark mode and print.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.opinion.groups import grid
from miteinander.analysis.opinion.marks import HEIGHT, WIDTH, outline
from miteinander.analysis.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.analysis.opinion.result import OpinionMap

EDGE = 36
SMALLEST, LARGEST = 2.6, 13.0


def drawing(found: OpinionMap, *, title: str, description: str, language: str) -> str:
    """The map as one SVG element; people without votes are not on it."""
    outlines, names = placed(found)
    if not outlines:
        return ""
    groups = "".join(f'<path class="g{at}" d="{each}"/>' for at, each in outlines.items())
    labels = "".join(
        f'<text class="name" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">'
        f"{escape(found.names[group][:18])}</text>"
        for group, x, y in names
    )
    axes = (
        f'<path class="axes" d="M{EDGE} {HEIGHT / 2}H{WIDTH - EDGE}'
        f'M{WIDTH / 2} {EDGE / 2}V{HEIGHT - EDGE / 2}"/>'
    )
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="map-title map-description"><title id="map-title">{escape(title)}</title>'
        f'<desc id="map-description">{escape(description)}</desc>{axes}{groups}{labels}</svg>'
        f'<ul class="legend">{_legend(found, language)}</ul>'
    )


def placed(found: OpinionMap) -> tuple[dict[int, str], list[tuple[int, float, float]]]:
    """The marks of each group (-1: none) as one SVG path, and where the groups' names stand.

    A mark is a square of the plane with the people who stand there. People without votes are not
    on the picture, nor are groups whose size may not be told.
    """
    seen = np.diff(found.votes.starts) > 0
    position = found.picture.position
    if not seen.any():
        return {}, []
    low, high = position[seen].min(axis=0), position[seen].max(axis=0)
    scale = min((WIDTH - 2 * EDGE) / max(high[0] - low[0], 1e-9),
                (HEIGHT - 2 * EDGE) / max(high[1] - low[1], 1e-9))  # fmt: skip
    middle = (low + high) / 2

    def at(place: np.ndarray) -> tuple[float, float]:
        x, y = (place - middle) * scale
        return WIDTH / 2 + float(x), HEIGHT / 2 - float(y)

    outlines: dict[int, str] = {}
    names: list[tuple[int, float, float]] = []
    for group in range(-1, found.k):
        who = np.flatnonzero((found.member == group) & seen)
        if not len(who) or (group >= 0 and not found.is_large[group]):
            continue
        outlines[group] = _marks(position[who], at, group)
        if group >= 0:
            names.append((group, *at(position[who].mean(axis=0))))
    return outlines, names


def _marks(places: np.ndarray, at: Callable[[np.ndarray], tuple[float, float]], group: int) -> str:
    _cell, centre, weight = grid(places) if len(places) > 1 else (None, places, np.ones(1))
    largest = max(float(weight.max()), 12.0)
    sizes = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(weight / largest)
    marks = zip(centre, sizes.tolist(), strict=True)
    return "".join(outline(group, *at(place), size) for place, size in marks)


def _legend(found: OpinionMap, language: str) -> str:
    items = [
        (at, name, number(size, language))
        for at, (name, size, is_large) in enumerate(
            zip(found.names, found.sizes, found.is_large, strict=True)
        )
        if is_large
    ]
    if left := int((found.member < 0).sum()):
        items.append((-1, Text("ohne Gruppe", "no group").spoken(language), number(left, language)))
    return "".join(
        f'<li><svg class="key" viewBox="0 0 24 24" aria-hidden="true"><path class="g{at}" '
        f'd="{outline(at, 12, 12, 7)}"/></svg>{escape(name)} <b>{size}</b></li>'
        for at, name, size in items
    )
