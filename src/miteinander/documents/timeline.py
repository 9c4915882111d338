"""The phases of a process as a timeline, from the frozen content of a version."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from miteinander.documents.charts import timeline
from miteinander.documents.fields import Content, joined
from miteinander.documents.shapes import Figure, Table
from miteinander.ui.shapes import PlanMark, PlanRow, Position
from miteinander.ui.words import local_day, written_day


def timeline_of(content: Content, table: Table) -> Figure:
    """The phases as they stood on the day on which the version was frozen."""
    frozen = local_day(datetime.fromisoformat(content["version"]["frozen_at"]))
    rows = [_stretch_of(phase, frozen) for phase in content["phases"]]
    running = [str(row.label) for row in rows if row.position == "now"]
    sentence = (
        _("On %(day)s this phase was running: %(phases)s.")
        if len(running) == 1
        else _("On %(day)s these phases were running: %(phases)s.")
        if running
        else _("On %(day)s no phase was running.")
    ) % {"day": written_day(frozen), "phases": joined(running)}
    return timeline(
        rows,
        _marks(content, frozen),
        day=frozen,
        day_label=_("this version"),
        sentence=sentence,
        table=table,
        accent=content["municipality"].get("accent", ""),
    )


def _stretch_of(phase: Content, day: date) -> PlanRow:
    starts = date.fromisoformat(phase["starts"])
    ends = date.fromisoformat(phase["ends"]) if phase["ends"] else None
    position: Position = "next" if starts > day else "past" if ends and ends < day else "now"
    went = (starts, None if position == "now" else ends) if starts <= day else None
    return PlanRow(phase["title"], (starts, ends), went, position)


def _marks(content: Content, day: date) -> list[PlanMark]:
    days = [
        *((m["reached_on"] or m["on"], m["reached_on"] is None) for m in content["milestones"]),
        *((m["on"], m["on"] > day.isoformat()) for m in content["meetings"] if m["on"]),
        *((r["on"], r["on"] > day.isoformat()) for r in content["resolutions"] if r["on"]),
    ]
    return [PlanMark("", date.fromisoformat(on), is_open) for on, is_open in days]
