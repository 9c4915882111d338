"""Agenda and list of tasks as documents: what an office still changes, so in every format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.core.identifiers import on_paper
from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.meetings import day_of, facts_of
from miteinander.documents.shapes import Block, Document, Paragraph, Table
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.process.models import AgendaItem, Meeting, Task


def agenda_document(meeting: Meeting, items: Sequence[AgendaItem], *, language: str) -> Document:
    """The agenda with clock times where the beginning and the lengths are known."""
    with override(language):
        own = meeting.language if meeting.language != language else ""
        blocks: list[Block] = [facts_of(meeting)]
        if meeting.text:
            blocks.append(Paragraph(meeting.text, language=own))
        if items:
            blocks.append(_table(meeting, items, own))
        else:
            blocks.append(Paragraph(_("There is no agenda yet.")))
        if meeting.access_notes:
            blocks.append(Paragraph(meeting.access_notes, language=own))
        blocks.append(qr_figure(way_to(meeting)))
        return Document(
            title=_("Agenda"),
            language=language,
            subtitle=meeting.title,
            blocks=tuple(blocks),
            publisher=meeting.municipality.name,
            accent=meeting.municipality.accent,
            day=meeting.happened_on,
            day_written=day_of(meeting),
            identifier=on_paper(meeting.identifier),
        )


def _table(meeting: Meeting, items: Sequence[AgendaItem], language: str) -> Table:
    times = starting_times(meeting, items)
    timed = any(times[1:])  # when the first begins, the facts above say already
    measured = any(item.minutes is not None for item in items)
    heads = [
        _("No."),
        *([_("Time")] if timed else []),
        _("Item"),
        *([_("Length (minutes)")] if measured else []),
    ]
    rows = tuple(
        (
            str(number),
            *((time,) if timed else ()),
            item.title,
            *(("" if item.minutes is None else str(item.minutes),) if measured else ()),
        )
        for number, (item, time) in enumerate(zip(items, times, strict=True), 1)
    )
    return Table(
        _("Agenda"),
        tuple(heads),
        rows,
        weights=(1, *((2,) if timed else ()), 10, *((2,) if measured else ())),
        alignments=(
            "start",
            *(("start",) if timed else ()),
            "start",
            *(("end",) if measured else ()),
        ),
        language=language,
    )


def starting_times(meeting: Meeting, items: Sequence[AgendaItem]) -> list[str]:
    """When each item begins, as far as the lengths before it are known."""
    if meeting.starts_at is None or meeting.happened_on is None:
        return [""] * len(items)
    clock: datetime | None = datetime.combine(meeting.happened_on, meeting.starts_at)
    found = []
    for item in items:
        found.append("" if clock is None else f"{clock:%H:%M}")
        clock = (
            None
            if clock is None or item.minutes is None
            else clock + timedelta(minutes=item.minutes)
        )
    return found


def tasks_document(meeting: Meeting, tasks: Sequence[Task], *, language: str) -> Document:
    """What is still to be done in a body, to go through in its meeting."""
    with override(language):
        rows = tuple(
            (
                task.what,
                task.owner_function,
                written_day(task.due) if task.due else "",
                task.meeting.title,
            )
            for task in tasks
        )
        table = Table(
            _("Open tasks"),
            (_("What"), _("Who"), _("Until"), _("Agreed in")),
            rows,
            weights=(6, 3, 3, 3),
        )
        return Document(
            title=_("Open tasks: %(body)s") % {"body": meeting.body.title},
            language=language,
            subtitle=meeting.title,
            blocks=(
                table if rows else Paragraph(_("Nothing is open.")),
                qr_figure(way_to(meeting)),
            ),
            publisher=meeting.municipality.name,
            accent=meeting.municipality.accent,
            day=meeting.happened_on,
            day_written=day_of(meeting),
            identifier=on_paper(meeting.identifier),
        )
