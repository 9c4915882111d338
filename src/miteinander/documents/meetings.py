"""Minutes and attendance lists as documents, from the rows of one meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.core.identifiers import on_paper
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
    from miteinander.process.queries import MeetingPage, MinutesSheet
    from miteinander.process.queries.sheets import Agreed, Corrected, Present, Taken

ROWS_TO_ADD = 12
"""Empty rows for those who come without a seat."""


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of the body that meets: whom to expect, by function and never by name."""

    function: str
    organisation: str


def minutes_of(page: MeetingPage, sheet: MinutesSheet, *, language: str) -> Document:
    """The minutes as they were approved: who was there, what was said, decided and agreed.

    Whether an agreement was kept is no part of them; that changes, minutes do not.
    """
    with override(language):
        return _minutes(page, sheet, language)


def _minutes(page: MeetingPage, sheet: MinutesSheet, language: str) -> Document:
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
    own = _own(meeting.language, language)
    sections = [
        *_present(sheet.present),
        *_agenda(sheet.agenda, own),
        Section(_("Wording"), blocks=text.blocks, sections=text.sections),
        *_resolutions(sheet.resolutions, own),
        *_agreements(sheet.tasks),
        *_corrections(sheet.corrections),
    ]
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


def _present(present: Present) -> list[Section]:
    """Who was there, by function and organisation; nothing where nobody noted it."""
    if not present.total:
        return []
    pairs = [
        (_("People"), written_number(present.total)),
        (_("Seats"), ", ".join(present.seats)),
        (
            _("Organisations"),
            ", ".join(f"{title} ({written_number(n)})" for title, n in present.organisations),
        ),
    ]
    facts = Facts(tuple(pair for pair in pairs if pair[1]), caption=_("Who was there"))
    return [Section(_("Who was there"), blocks=(facts,))]


def _agenda(titles: Sequence[str], language: str) -> list[Section]:
    if not titles:
        return []
    return [Section(_("Agenda"), blocks=(Listing(tuple(titles), language=language, ordered=True),))]


def _resolutions(taken: Sequence[Taken], language: str) -> list[Section]:
    """Each with its result, its votes, and whoever put another opinion on record."""
    if not taken:
        return []
    return [
        Section(
            _("Resolutions"),
            sections=tuple(
                Section(each.title, blocks=_resolution(each, language), language=language)
                for each in taken
            ),
        )
    ]


def _resolution(taken: Taken, language: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if taken.text:
        blocks.append(Paragraph(taken.text, language=language))
    pairs = [(_("Result"), taken.result_label)]
    if taken.votes_for is not None:
        votes = _("%(yes)s for, %(no)s against, %(abstained)s abstained") % {
            "yes": taken.votes_for,
            "no": taken.votes_against or 0,
            "abstained": taken.abstentions or 0,
        }
        pairs.append((_("Votes"), votes))
    blocks.append(Facts(tuple(pairs), caption=taken.title))
    for function, words in taken.dissents:
        title = _("Dissenting opinion of %(function)s") % {"function": function}
        blocks.append(Remark(title, words, kind="note"))
    return tuple(blocks)


def _agreements(tasks: Sequence[Agreed]) -> list[Section]:
    if not tasks:
        return []
    table = Table(
        _("What was agreed"),
        (_("What"), _("Who"), _("Until")),
        tuple((task.what, task.who, written_day(task.due) if task.due else "") for task in tasks),
    )
    return [Section(_("Agreements"), blocks=(table,))]


def _corrections(taken: Sequence[Corrected]) -> list[Section]:
    """What the body asked to put differently and what was taken: the draft is told apart."""
    if not taken:
        return []
    table = Table(
        _("Corrections that were taken"),
        (_("In the draft"), _("Now"), _("Reason"), _("Proposed by")),
        tuple((row.passage, row.proposal, row.reason, row.function) for row in taken),
    )
    return [Section(_("Corrections"), blocks=(table,))]


def attendance_of(meeting: Meeting, expected: Sequence[SeatLine], *, language: str) -> Document:
    """A list to sign: a row for each seat, and empty ones for everybody else who comes."""
    with override(language):
        rows = [(str(n), seat.function, seat.organisation) for n, seat in enumerate(expected, 1)]
        more = range(len(rows) + 1, len(rows) + 1 + ROWS_TO_ADD)
        table = Table(
            _("Who was there"),
            (_("No."), _("Function"), _("Organisation"), _("Signature")),
            (*((*row, "") for row in rows), *((str(n), "", "", "") for n in more)),
            weights=(1, 5, 5, 6),
            roomy=True,
        )
        note = _("This list stays in the office. It is not published.")
        return Document(
            title=_("Attendance list"),
            language=language,
            subtitle=meeting.title,
            blocks=(facts_of(meeting), qr_figure(way_to(meeting)), Paragraph(note), table),
            kind="attendance",
            publisher=meeting.municipality.name,
            accent=meeting.municipality.accent,
            day=meeting.happened_on,
            day_written=day_of(meeting),
            identifier=on_paper(meeting.identifier),
        )


def _own(language: str, around: str) -> str:
    return "" if language == around else language


def day_of(meeting: Meeting) -> str:
    return written_day(meeting.happened_on, meeting.precision) if meeting.happened_on else ""


def event_of(meeting: Meeting) -> str:
    """The meeting in one line, as signs and cards say it."""
    return ", ".join(part for part in (meeting.title, day_of(meeting)) if part)


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
