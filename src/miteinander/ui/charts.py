"""The geometry of the small charts. Numbers in, SVG attributes out, as text.

As text, because a template would write 12.5 as “12,5” for German readers, and SVG would not
understand. Widths are percentages: the browser scales them, no inline style is needed.

On a page the colours come from the style sheet, so that they follow the theme. For documents
`stacked_svg` and `line_svg` draw the same charts as files that stand alone: fixed colours,
nothing inherited, no percentages, no script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from miteinander.ui.accent import DEFAULT
from miteinander.ui.bundle import colours
from miteinander.ui.shapes import PlanMark, PlanRow, Point, Segment
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


# --- a plan: stretches of time, as they were meant and as they went -------------------------


@dataclass(frozen=True, slots=True)
class Stretch:
    x: str
    width: str
    is_open: bool
    """It has no end yet: it runs to the edge of the drawing."""


@dataclass(frozen=True, slots=True)
class Plan:
    rows: list[tuple[Stretch, Stretch | None]]
    """Planned and actual of each row."""
    years: list[tuple[str, str]]
    """Where a year begins, and its name."""
    marks: list[str]
    today: str
    """Empty where today lies outside."""


def plan(
    rows: Sequence[PlanRow], marks: Sequence[PlanMark], today: date, until: date | None = None
) -> Plan:
    """Lay rows and marks on one scale of days, with a little air at the end.

    `until` cuts the scale off: what goes on for years would squeeze what lies before it. Years
    are named only where there is room for their names: at least a twelfth of the width.
    """
    ends = [end for row in rows for stretch in (row.planned, row.actual) if stretch
            for end in stretch if end]  # fmt: skip
    days = [*ends, *(mark.on for mark in marks)] or [today]
    first = min(days)
    is_running = any(row.actual and row.actual[1] is None for row in rows)
    last = until or (max(*days, today) if is_running else max(days))
    whole = max((last - first).days, 30) * 1.02

    def share(day: date) -> float:
        return 100 * min(max((day - first).days / whole, 0), 1)

    def laid(stretch: tuple[date, date | None], *, until: date | None) -> Stretch:
        start, end = share(stretch[0]), stretch[1] or until
        width = (share(end) if end else 100) - start
        return Stretch(f"{start:.3f}%", f"{max(width, 0.6):.3f}%", is_open=stretch[1] is None)

    years = range(first.year, last.year + 1)
    every = max(1, ceil(len(years) / 12))
    return Plan(
        rows=[
            (laid(row.planned, until=None), laid(row.actual, until=today) if row.actual else None)
            for row in rows
        ],
        years=[
            (f"{share(date(year, 1, 1)):.3f}%", str(year))
            for year in years
            if (year == first.year or not (year - first.year) % every)
        ],
        marks=[f"{share(mark.on):.3f}%" if mark.on <= last else "" for mark in marks],
        today=f"{share(today):.3f}%" if first <= today <= last else "",
    )


# --- the same charts as files, for documents -------------------------------------------------

FONTS = "'Fira Sans', 'IBM Plex Sans Arabic', sans-serif"
WIDTH = 680.0
BAR, GAP, LABEL, SWATCH = 32.0, 14.0, 20.0, 14.0
COLUMNS = 3
"""So many entries of a legend stand side by side."""


def stacked_svg(
    rows: Sequence[tuple[str, Sequence[Segment]]],
    *,
    title: str,
    accent: str = DEFAULT,
    is_rtl: bool = False,
) -> str:
    """Stacked bars, one for each row, with one legend below: a whole SVG file.

    A row's label stands above its bar and may be empty. `title` is what the picture says to
    somebody who cannot see it; the table behind it belongs to the document. Raises ValueError
    for a state without a look, as everywhere.
    """
    paint = colours(accent)
    said: dict[str, tuple[str, str, int]] = {}
    drawn: list[str] = []
    y = 0.0
    start, end = ("end", "start") if is_rtl else ("start", "end")
    near = WIDTH if is_rtl else 0.0
    for label, segments in rows:
        parts = stacked(segments)
        if label:
            total = written_number(sum(part.count for part in parts))
            drawn.append(_words(label, near, y + 14, start, paint["ink"], bold=True))
            drawn.append(_words(total, WIDTH - near, y + 14, end, paint["ink-soft"]))
            y += LABEL
        if not parts:
            drawn.append(_box(0, y, WIDTH, BAR, paint["sand"]))
        for part in parts:
            width = WIDTH * float(part.width.rstrip("%")) / 100
            left = WIDTH * float(part.x.rstrip("%")) / 100
            left = WIDTH - left - width if is_rtl else left
            drawn.append(_part(part, left, y, width, paint))
            name = str(part.label)
            said[name] = (part.tone, name, said.get(name, ("", "", 0))[2] + part.count)
        y += BAR + GAP
    for at, (tone, name, count) in enumerate(said.values()):
        column, line = at % COLUMNS, at // COLUMNS
        x = near + (-1 if is_rtl else 1) * column * WIDTH / COLUMNS
        top = y + line * 24
        drawn.append(
            _box(x - SWATCH if is_rtl else x, top, SWATCH, SWATCH, _fill(tone, paint),
                 border=paint["edge"])
        )  # fmt: skip
        text = f"{name}: {written_number(count)}"
        beside = x + (-1 if is_rtl else 1) * (SWATCH + 8)
        drawn.append(_words(text, beside, top + 12, start, paint["ink"]))
    height = y + 24 * ceil(len(said) / COLUMNS)
    return _file(drawn, title=title, height=height, paint=paint)


def line_svg(
    points: Sequence[Point],
    *,
    title: str,
    target: float | None = None,
    target_label: str = "",
    accent: str = DEFAULT,
) -> str:
    """A line over time with its target as a whole SVG file; time runs to the right everywhere.

    Raises ValueError for fewer than two readings: they are told, not drawn.
    """
    if sum(point.value is not None for point in points) < 2:
        message = "a line needs at least two readings"
        raise ValueError(message)
    paint, laid = colours(accent), line(points, target)
    soft, ink, blue = paint["ink-soft"], paint["ink"], paint["action"]
    drawn = []
    for rule in laid.grid:
        drawn.append(f'<path d="M0 {rule.y}h600" stroke="{paint["rule"]}" fill="none"/>')
        drawn.append(_words(rule.text, 612, float(rule.text_y), "start", soft))
    if target is not None:
        drawn.append(
            f'<path d="M2 {laid.target_y}h596" stroke="{soft}" stroke-width="2"'
            ' stroke-dasharray="2 5" stroke-linecap="round" fill="none"/>'
        )
        said = f"{target_label}: {written_number(target)}" if target_label else ""
        drawn.append(_words(said, 0, float(laid.target_text_y), "start", soft))
    drawn += [
        f'<path d="{run}" fill="none" stroke="{blue}" stroke-width="3" stroke-linejoin="round"'
        ' stroke-linecap="round"/>'
        for run in laid.runs
    ]
    for dot in laid.dots:
        radius, fill = (7, blue) if dot.is_last else (5, paint["surface"])
        drawn.append(
            f'<circle cx="{dot.x}" cy="{dot.y}" r="{radius}" fill="{fill}" stroke="{blue}"'
            ' stroke-width="3"/>'
        )
        if dot.is_named:
            drawn.append(
                _words(dot.value, float(dot.x), float(dot.label_y), "middle", ink, bold=True)
            )
    for at, (x, label) in enumerate(laid.ticks):
        drawn.append(_words(label, float(x), 288, "middle" if at else "start", soft))
    return _file(drawn, title=title, height=300, paint=paint)


PLAN_BAR, PLAN_ROW, PLAN_TOP, EDGE = 14.0, 44.0, 26.0, 8.0


def plan_svg(
    rows: Sequence[PlanRow],
    marks: Sequence[PlanMark],
    today: date,
    *,
    title: str,
    until: date | None = None,
    today_label: str = "",
    marks_label: str = "",
    accent: str = DEFAULT,
) -> str:
    """A plan as a whole SVG file: phases as bars under their names, marks as points, today's line.

    What is over is plain, what runs is in the accent's colour, what lies ahead is only outlined:
    shapes say it, too, not colours alone. Time runs to the right everywhere; the table behind it
    belongs to the document.
    """
    paint, laid = colours(accent), plan(rows, marks, today, until)
    ink, soft, rule, blue = paint["ink"], paint["ink-soft"], paint["rule"], paint["action"]
    lines = len(rows) + bool(marks)
    height = PLAN_TOP + PLAN_ROW * lines + (22 if laid.today else 4)
    drawn = []
    for x, name in laid.years:
        at = _along(x)
        drawn.append(f'<path d="M{at:.2f} 18V{height - 22:.2f}" stroke="{rule}" fill="none"/>')
        if _share(x) < 0.95:  # further right there is no room for its name
            drawn.append(_words(name, at + 4, 13, "start", soft))
    y = PLAN_TOP
    for row, (planned, actual) in zip(rows, laid.rows, strict=True):
        drawn.append(_words(str(row.label), 0, y + 14, "start", ink, bold=True))
        if row.position != "past":  # how far it is meant to go, below how far it has come
            drawn.append(_stretch(planned, y + 20, "next", paint))
        if actual:
            drawn.append(_stretch(actual, y + 20, row.position or "next", paint))
        y += PLAN_ROW
    if marks:
        drawn.append(_words(marks_label, 0, y + 14, "start", ink, bold=True))
        for mark, x in zip(marks, laid.marks, strict=True):
            if x:
                fill = paint["surface"] if mark.is_open else blue
                drawn.append(
                    f'<circle cx="{_along(x):.2f}" cy="{y + 27:.2f}" r="5"'
                    f' fill="{fill}" stroke="{blue}" stroke-width="2"/>'
                )
    if laid.today:
        at, anchor = _along(laid.today), "end" if _share(laid.today) > 0.8 else "start"
        drawn.append(
            f'<path d="M{at:.2f} 18V{height - 18:.2f}" stroke="{ink}" stroke-width="2"'
            ' stroke-dasharray="5 3" fill="none"/>'
        )
        drawn.append(_words(today_label, at, height - 5, anchor, ink))
    return _file(drawn, title=title, height=height, paint=paint)


def _share(percent: str) -> float:
    return float(percent.rstrip("%")) / 100


def _along(percent: str) -> float:
    """A place on the scale; points at its ends are drawn whole."""
    return EDGE + (WIDTH - 2 * EDGE) * _share(percent)


def _stretch(of: Stretch, top: float, position: str, paint: dict[str, str]) -> str:
    """A bar: what is meant is outlined, what was done is filled; what has no end is an arrow."""
    left, right = _along(of.x), _along(of.x) + (WIDTH - 2 * EDGE) * _share(of.width)
    fill = {"past": paint["ink-soft"], "now": paint["action"]}.get(position, paint["surface"])
    edge = paint["action"] if position == "now" else paint["ink-soft"]
    point = min(8.0, (right - left) / 2) if of.is_open and position == "next" else 0.0
    low, middle = top + PLAN_BAR, top + PLAN_BAR / 2
    shape = f"M{left:.2f} {top:.2f}H{right - point:.2f}"
    shape += f"L{right:.2f} {middle:.2f}L{right - point:.2f} {low:.2f}" if point else f"V{low:.2f}"
    dashes = ' stroke-dasharray="4 3"' if position == "next" else ""
    return f'<path d="{shape}H{left:.2f}Z" fill="{fill}" stroke="{edge}"{dashes}/>'


def _file(drawn: Sequence[str], *, title: str, height: float, paint: dict[str, str]) -> str:
    hatch = (
        '<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="7" height="7" fill="{paint["surface"]}"/>'
        f'<path d="M1 0v7" stroke="{paint["ink-soft"]}" stroke-width="2"/></pattern>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{height:g}"'
        f' viewBox="0 0 {WIDTH:g} {height:g}" role="img"><title>{escape(title)}</title>'
        f"<defs>{hatch}</defs>{''.join(drawn)}</svg>\n"
    )


def _part(part: Part, left: float, top: float, width: float, paint: dict[str, str]) -> str:
    """One part of a bar, two units narrower than its share: the gap to the next."""
    svg = _box(left, top, max(width - 2, 1), BAR, _fill(part.tone, paint))
    if not part.shows_number:
        return svg
    middle = left + width / 2
    if part.tone == "silent":
        svg += _box(middle - 17, top + 4, 34, 24, paint["surface"])
    ink = paint.get(f"on-{part.tone}", paint["ink"])  # on the hatch and on "info" plain ink
    number = written_number(part.count)
    return svg + _words(number, middle, top + BAR / 2 + 5, "middle", ink, bold=True)


def _fill(tone: str, paint: dict[str, str]) -> str:
    return "url(#hatch)" if tone == "silent" else paint["info-soft" if tone == "info" else tone]


def _box(x: float, y: float, width: float, height: float, fill: str, *, border: str = "") -> str:
    edge = f' stroke="{border}"' if border else ""
    return (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" rx="3"'
        f' fill="{fill}"{edge}/>'
    )


def _words(text: str, x: float, y: float, anchor: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONTS}" font-size="14"{weight}'
        f' text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
    )
