"""The picture as SVG: a square for each place on the plane, as large as the people who stand there.

One drawing for eyes and ears: it has a title and a description, groups differ in shape as well as
in colour, and colours come from the style sheet around it, so that it follows dark mode and print.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from miteinander.analysis.opinion.groups import grid
from miteinander.analysis.text import Text, number

if TYPE_CHECKING:
    from miteinander.analysis.opinion.result import OpinionMap

WIDTH, HEIGHT, EDGE = 720, 460, 36
SHAPES = ("circle", "square", "diamond", "triangle", "cross")
SMALLEST, LARGEST = 2.6, 13.0


def drawing(found: OpinionMap, *, title: str, description: str, language: str) -> str:
    """The map as one SVG element; people without votes are not on it."""
    seen = np.diff(found.votes.starts) > 0
    position = found.picture.position
    if not seen.any():
        return ""
    low, high = position[seen].min(axis=0), position[seen].max(axis=0)
    scale = min((WIDTH - 2 * EDGE) / max(high[0] - low[0], 1e-9),
                (HEIGHT - 2 * EDGE) / max(high[1] - low[1], 1e-9))  # fmt: skip
    middle = (low + high) / 2

    def at(place: np.ndarray) -> tuple[float, float]:
        x, y = (place - middle) * scale
        return WIDTH / 2 + float(x), HEIGHT / 2 - float(y)

    marks, labels = [], []
    for group in range(-1, found.k):
        who = np.flatnonzero((found.member == group) & seen)
        if not len(who) or (group >= 0 and not found.is_large[group]):
            continue
        marks.append(f'<g class="g{group}">{_marks(position[who], at, group)}</g>')
        if group >= 0:
            x, y = at(position[who].mean(axis=0))
            name = escape(found.names[group][:18])
            labels.append(
                f'<text class="name" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{name}</text>'
            )
    axes = (
        f'<path class="axes" d="M{EDGE} {HEIGHT / 2}H{WIDTH - EDGE}'
        f'M{WIDTH / 2} {EDGE / 2}V{HEIGHT - EDGE / 2}"/>'
    )
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="map-title map-description"><title id="map-title">{escape(title)}</title>'
        f'<desc id="map-description">{escape(description)}</desc>{axes}'
        f"{''.join(marks)}{''.join(labels)}</svg>"
        f'<ul class="legend">{_legend(found, language)}</ul>'
    )


def _marks(places: np.ndarray, at: object, group: int) -> str:
    assert callable(at)
    _cell, centre, weight = grid(places) if len(places) > 1 else (None, places, np.ones(1))
    largest = max(float(weight.max()), 12.0)
    drawn = []
    for place, people in zip(centre, weight, strict=True):
        x, y = at(place)
        size = SMALLEST + (LARGEST - SMALLEST) * float(np.sqrt(people / largest))
        drawn.append(shape(group, x, y, size))
    return "".join(drawn)


def shape(group: int, x: float, y: float, size: float) -> str:
    """The mark of a group; people without a group are small rings."""
    kind = SHAPES[group % len(SHAPES)] if group >= 0 else "ring"
    if kind in {"circle", "ring"}:
        radius = size * (0.6 if kind == "ring" else 1)
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    if kind == "square":
        side = size * 1.7
        left, top = x - side / 2, y - side / 2
        return f'<rect x="{left:.1f}" y="{top:.1f}" width="{side:.1f}" height="{side:.1f}"/>'
    points = {
        "diamond": [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)],
        "triangle": [(0, -1.25), (1.2, 0.95), (-1.2, 0.95)],
        "cross": [(-.4, -1.2), (.4, -1.2), (.4, -.4), (1.2, -.4), (1.2, .4), (.4, .4),
                  (.4, 1.2), (-.4, 1.2), (-.4, .4), (-1.2, .4), (-1.2, -.4), (-.4, -.4)],
    }[kind]  # fmt: skip
    written = " ".join(f"{x + size * dx:.1f},{y + size * dy:.1f}" for dx, dy in points)
    return f'<polygon points="{written}"/>'


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
        f'<li><svg class="key" viewBox="0 0 24 24" aria-hidden="true"><g class="g{at}">'
        f"{shape(at, 12, 12, 7)}</g></svg>{escape(name)} <b>{size}</b></li>"
        for at, name, size in items
    )
