"""The geometry of the small charts. Numbers in, SVG attributes out, as text.

As text, because a template would write 12.5 as “12,5” for German readers, and SVG would not
understand. Widths are percentages: the browser scales them, no inline style is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from miteinander.ui.shapes import Point, Segment
from miteinander.ui.states import look_of
from miteinander.ui.words import written_number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ROOM_FOR_A_NUMBER = 5.0
"""Percent of the width that a part needs before its number is written into it."""


@dataclass(frozen=True, slots=True)
class Part:
    tone: str
    label: str | _StrPromise
    count: int
    x: str
    width: str
    middle: str
    shows_number: bool
    is_first: bool


def stacked(segments: Sequence[Segment]) -> list[Part]:
    """The parts of a stacked bar from the left; empty segments take no room."""
    shown = [segment for segment in segments if segment.count > 0]
    total = sum(segment.count for segment in shown)
    parts: list[Part] = []
    start = 0.0
    for segment in shown:
        look = look_of(segment.state)
        width = 100 * segment.count / total
        parts.append(
            Part(
                tone=look.tone,
                label=segment.label or look.word,
                count=segment.count,
                x=f"{start:.3f}%",
                width=f"{width:.3f}%",
                middle=f"{start + width / 2:.3f}%",
                shows_number=width >= ROOM_FOR_A_NUMBER,
                is_first=not parts,
            )
        )
        start += width
    return parts


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    label: str
    value: str
    label_y: str
    is_last: bool
    is_named: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    y: str
    text_y: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time in a box of 680 by 300."""

    runs: list[str]
    dots: list[Dot]
    grid: list[GridLine]
    ticks: list[tuple[str, str]]
    target_y: str
    target_text_y: str


LEFT, RIGHT, TOP, BOTTOM = 24.0, 576.0, 50.0, 260.0


def line(points: Sequence[Point], target: float | None) -> Line:
    """Lay out a line from zero upwards; missing readings break it instead of being guessed."""
    known = [point.value for point in points if point.value is not None]
    highest = _round_up(max([*known, target or 0.0, 0.0]))
    step_x = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def y_of(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / highest

    places = [
        (LEFT + step_x * at, None if point.value is None else y_of(point.value))
        for at, point in enumerate(points)
    ]
    named = {at for at, point in enumerate(points) if point.value is not None}
    named = {min(named), max(named)} if named else set()
    every = max(1, ceil(len(points) / 4))
    return Line(
        runs=_runs(places),
        dots=[
            Dot(
                x=f"{x:.1f}",
                y=f"{y:.1f}",
                label=str(points[at].label),
                value=written_number(points[at].value or 0),
                label_y=f"{y - 16:.1f}" if y > TOP + 30 else f"{y + 28:.1f}",
                is_last=at == max(named),
                is_named=at in named,
            )
            for at, (x, y) in enumerate(places)
            if y is not None
        ],
        grid=[
            GridLine(f"{y_of(value):.1f}", f"{y_of(value) + 5:.1f}", written_number(value))
            for value in (0.0, highest / 2, highest)
            if target is None or abs(y_of(value) - y_of(target)) > 24
        ],
        ticks=[
            (f"{places[at][0]:.1f}", str(points[at].label)) for at in range(0, len(points), every)
        ],
        target_y="" if target is None else f"{y_of(target):.1f}",
        target_text_y="" if target is None else f"{y_of(target) - 12:.1f}",
    )


def _runs(places: Sequence[tuple[float, float | None]]) -> list[str]:
    runs: list[list[str]] = [[]]
    for x, y in places:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:.1f} {y:.1f}")
    return ["M" + "L".join(run) for run in runs if len(run) > 1]


def _round_up(value: float) -> float:
    """The next number with one or two clear digits: 1240 becomes 1500, 83 becomes 100."""
    if value <= 0:
        return 1.0
    magnitude = 10.0 ** floor(log10(value))
    return next(
        magnitude * factor
        for factor in (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
        if value <= magnitude * factor
    )
