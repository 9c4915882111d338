"""Charts on paper: drawings that stand alone, with their sentence and their table.

The charts of the pages are HTML around SVG and take their colours from a style sheet; a file
has neither. So bars are drawn once more, plainly: every number stands beside its bar, and no
colour means anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.translation import gettext as _

from miteinander.documents.shapes import Figure, Table
from miteinander.ui.accent import DEFAULT
from miteinander.ui.charts import plan_svg
from miteinander.ui.shapes import PlanMark, PlanRow
from miteinander.ui.words import written_number

WIDTH, ROW, BAR, LABEL = 680, 30, 16, 270
LONGEST = 40
"""Characters of a label that fit beside the bars; the table has the whole word."""


def bars(
    rows: Sequence[tuple[str, int]],
    *,
    caption: str,
    sentence: str,
    columns: tuple[str, str],
    accent: str = "",
) -> Figure:
    """One bar for each row, the longest as wide as there is room."""
    most = max((value for _label, value in rows), default=0) or 1
    room = WIDTH - LABEL - 60
    drawn = [
        _row(place, label, value, width=room * value / most, accent=accent or "#0f4c55")
        for place, (label, value) in enumerate(rows)
    ]
    height = ROW * len(rows) + 8
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="Fira Sans" font-size="14">'
        f"{''.join(drawn)}</svg>"
    )
    return Figure(
        alternative=_("Bar chart: %(sentence)s") % {"sentence": sentence},
        content=svg.encode(),
        media_type="image/svg+xml",
        caption=caption,
        sentence=sentence,
        table=Table(
            caption,
            columns,
            tuple((label, written_number(value)) for label, value in rows),
            alignments=("start", "end"),
        ),
    )


def timeline(
    rows: Sequence[PlanRow],
    marks: Sequence[PlanMark],
    *,
    day: date,
    day_label: str,
    sentence: str,
    table: Table,
    accent: str = "",
) -> Figure:
    """The phases of a process on one scale, with the day as a line and the dates as a table."""
    drawing = plan_svg(
        rows,
        marks,
        day,
        title=sentence,
        today_label=day_label,
        marks_label=_("Meetings, resolutions and milestones"),
        accent=accent or DEFAULT,
    )
    return Figure(
        alternative=_("Timeline: %(sentence)s") % {"sentence": sentence},
        content=drawing.encode(),
        media_type="image/svg+xml",
        caption=table.caption,
        sentence=sentence,
        table=table,
    )


def _row(place: int, label: str, value: int, *, width: float, accent: str) -> str:
    top = 4 + ROW * place
    middle = top + BAR / 2 + 5
    short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
    return (
        f'<text x="{LABEL - 10}" y="{middle:.1f}" text-anchor="end" fill="#12292e">'
        f"{escape(short)}</text>"
        f'<rect x="{LABEL}" y="{top}" width="{max(width, 1):.1f}" height="{BAR}" rx="2" '
        f'fill="{escape(accent)}"/>'
        f'<text x="{LABEL + max(width, 1) + 8:.1f}" y="{middle:.1f}" fill="#12292e">'
        f"{escape(written_number(value))}</text>"
    )
