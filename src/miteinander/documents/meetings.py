"""Minutes and attendance lists as documents, from the rows of one meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents import markdown
from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.shapes import (
    Block,
    Document,
    Facts,
    Listing,
    Paragraph,
    Remark,
    Section,
    Table,
)
from miteinander.ui.words import written_day, written_number

if TYPE_CHECKING:
    from miteinander.process.models import Meeting
    from miteinander.process.queries import MeetingPage

ROWS_TO_ADD = 12
"""Empty rows for those who come without a seat."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A seat of the body that meets: whom to expect, by function and never by name."""

    function: str
    organisation: str


def minutes_of(page: MeetingPage, *, language: str) -> Document:
    """The minutes as they were approved: agenda, what was said, resolutions, agreements.

    Whether an agreement was kept is no part of them; that changes, minutes do not.
    """
    with override(language):
        return _minutes(page, language)


def _minutes(page: MeetingPage, language: str) -> Document:
    meeting, minutes = page.meeting, page.minutes
    assert minutes is not None, "there is nothing to write without minutes"
    blocks: list[Block] = []
    if minutes.is_example:
        blocks.append(Remark(_("Example"), _("This was invented for an example installation."),
                             kind="example"))  # fmt: skip
    if minutes.approved_on is None:
        blocks.append(
            Remark(_("Draft"), _("The body has not approved these minutes yet."), kind="note")
        )
    approved = written_day(minutes.approved_on) if minutes.approved_on else ""
    blocks.append(facts_of(meeting, (_("Approved on"), approved)))
    text = markdown.chapter(minutes.text, language=_own(minutes.language, language))
    sections = [Section(_("Wording"), blocks=text.blocks, sections=text.sections)]
    if page.agenda:
        items = Listing(
            tuple(line.text for line in page.agenda),
            language=_own(meeting.language, language),
            ordered=True,
        )
        sections.insert(0, Section(_("Agenda"), blocks=(items,)))
    if page.resolutions:
        taken = Listing(
            tuple(line.text for line in page.resolutions),
            language=_own(meeting.language, language),
        )
        sections.append(Section(_("Resolutions"), blocks=(taken,)))
    if page.tasks:
        agreed = Table(
            _("What was agreed"),
            (_("What"), _("Who"), _("Until")),
            tuple(
                (line.text, line.who, written_day(line.due) if line.due else "")
                for line in page.tasks
            ),
        )
        sections.append(Section(_("Agreements"), blocks=(agreed,)))
    return Document(
        title=_("Minutes: %(meeting)s") % {"meeting": meeting.title},
        language=language,
        subtitle=meeting.body.title,
        blocks=tuple(blocks),
        sections=tuple(sections),
        kind="minutes",
        publisher=meeting.municipality.name,
        accent=meeting.municipality.accent,
        day=meeting.happened_on,
        day_written=day_of(meeting),
        identifier=minutes.identifier,
    )


def attendance_of(meeting: Meeting, expected: Sequence[Expected], *, language: str) -> Document:
    """A list to sign: a row for each seat, and empty ones for everybody else who comes."""
    with override(language):
        rows = [(str(n), seat.function, seat.organisation) for n, seat in enumerate(expected, 1)]
        more = range(len(rows) + 1, len(rows) + 1 + ROWS_TO_ADD)
        table = Table(
            _("Who was there"),
            (_("No."), _("Function"), _("Organisation"), _("Signature")),
            (*((*row, "") for row in rows), *((str(n), "", "", "") for n in more)),
            weights=(1, 5, 5, 6),
        )
        note = _("This list stays in the office. It is not published.")
        return Document(
            title=_("Attendance list"),
            language=language,
            subtitle=meeting.title,
            blocks=(facts_of(meeting), Paragraph(note), table, qr_figure(way_to(meeting))),
            kind="attendance",
            publisher=meeting.municipality.name,
            accent=meeting.municipality.accent,
            day=meeting.happened_on,
            day_written=day_of(meeting),
            identifier=meeting.identifier,
        )


def _own(language: str, around: str) -> str:
    return "" if language == around else language


def day_of(meeting: Meeting) -> str:
    return written_day(meeting.happened_on, meeting.precision) if meeting.happened_on else ""


def facts_of(meeting: Meeting, *more: tuple[str, str]) -> Facts:
    times = (time.strftime("%H:%M") for time in (meeting.starts_at, meeting.ends_at) if time)
    number = "" if meeting.participants is None else written_number(meeting.participants)
    about = _("about %(n)s") % {"n": number} if meeting.participants_approx else number
    pairs = (
        (_("Body"), meeting.body.title),
        (_("Day"), day_of(meeting)),
        (_("Time"), "–".join(times)),
        (_("Place"), meeting.place),
        (_("Participants"), about if number else ""),
        *more,
    )
    return Facts(tuple(pair for pair in pairs if pair[1]), caption=meeting.title)
