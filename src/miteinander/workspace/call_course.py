"""How a call goes, for its page in the workspace: what is next, what came in, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.participation.states import CallMethod, Channel
from miteinander.ui.shapes import Cell, Link, Point
from miteinander.ui.words import language_name, written_day
from miteinander.workspace.call_papers import papers_of

if TYPE_CHECKING:
    from datetime import datetime

    from miteinander.core.errors import Text
    from miteinander.participation.models import Call
    from miteinander.participation.queries import Course, Figures

IN_WORDS = frozenset({CallMethod.IDEAS, CallMethod.CARDS, CallMethod.REVIEW, CallMethod.LIVE})
"""Methods whose answers are texts, so that the office can enter one for somebody."""
SHARES = 12
"""So many languages are named."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens by itself, or that was promised for a day."""

    label: Text
    when: date
    is_past: bool


def moments_of(call: Call, at: datetime) -> list[Moment]:
    """What happens when: it opens, closes, and its answers are due."""
    return [
        Moment(_("Opens by itself"), localdate(call.opens_at), at >= call.opens_at),
        Moment(_("Closes by itself"), localdate(call.closes_at), at >= call.closes_at),
        Moment(
            _("Paper handed in on time can be entered until then; answers are due"),
            call.answer_by,
            localdate(at) > call.answer_by,
        ),
    ]


def countdown(call: Call, at: datetime) -> str:
    """How long until the next moment, or since the last one."""
    today = localdate(at)

    def days(day: date) -> int:
        return abs((day - today).days)

    if at < call.opens_at and not call.is_ahead(at):
        return _("does not open any more: its phase is closed")
    if at < call.opens_at:
        n = days(localdate(call.opens_at))
        said = ngettext("opens in %(n)s day", "opens in %(n)s days", n) if n else _("opens today")
        return said % {"n": n}
    if at < call.closes_at:
        n = days(localdate(call.closes_at))
        said = (
            ngettext("closes in %(n)s day", "closes in %(n)s days", n) if n else _("closes today")
        )
        return said % {"n": n}
    n = days(localdate(call.closes_at))
    said = ngettext("closed %(n)s day ago", "closed %(n)s days ago", n) if n else _("closed today")
    return said % {"n": n}


def steps_of(call: Call, figures: Figures, at: datetime) -> list[Link]:
    """What to do next, the most urgent first; nothing when all is done."""
    process = call.process.identifier
    steps = []
    if figures.waiting:
        said = ngettext("Read %(n)s contribution", "Read %(n)s contributions", figures.waiting)
        address = reverse("workspace:moderation", args=[process])
        steps.append(Link(said % {"n": figures.waiting}, address))
    if (
        at >= call.opens_at
        and CallMethod(call.method) in IN_WORDS
        and localdate(at) <= call.answer_by
    ):
        address = reverse("workspace:call_entry", args=[call.identifier])
        steps.append(Link(_("Enter paper, cards and phone calls"), address))
    if figures.unanswered and at >= call.closes_at:
        said = ngettext(
            "Answer %(n)s contribution", "Answer %(n)s contributions", figures.unanswered
        )
        address = reverse("workspace:answers", args=[process])
        steps.append(Link(said % {"n": figures.unanswered}, address))
    if figures.counted:
        steps.append(Link(_("Sort into themes"), reverse("workspace:board", args=[process])))
    if at < call.closes_at and papers_of(call):
        steps.append(Link(_("Print and lay out the papers"), "#paper"))
    return steps


def points_of(course: Course) -> list[Point]:
    """One point a day."""
    return [Point(f"{day:%d.%m.}", count) for day, count in course.by_day()]


def sentence_of(course: Course) -> str:
    """What the line of days says, in words."""
    rows = course.by_day()
    if not rows:
        return ""
    total = sum(count for _day, count in rows)
    day, most = max(rows, key=lambda row: row[1])
    if most == 1 < total:
        return _("%(total)s contributions, never more than one a day.") % {"total": total}
    if len(rows) == 1:
        said = ngettext(
            "%(total)s contribution on %(day)s.", "%(total)s contributions on %(day)s.", total
        )
        return said % {"total": total, "day": written_day(day)}
    said = ngettext(
        "%(total)s contribution, most on %(day)s: %(most)s.",
        "%(total)s contributions, most on %(day)s: %(most)s.",
        total,
    )
    return said % {"total": total, "day": written_day(day), "most": most}


def ways_of(course: Course) -> list[tuple[Cell, Cell]]:
    """By which way it came, the most used one first."""
    return [
        (Cell(str(Channel(way).label)), Cell(count)) for way, count in course.ways.most_common()
    ]


def languages_of(course: Course) -> list[tuple[Cell, Cell]]:
    """In which languages, by their own names."""
    return [
        (Cell(language_name(code)), Cell(count))
        for code, count in course.languages.most_common(SHARES)
    ]
