"""The papers of one meeting, and all of them together as a kit that needs no network.

Here and not in `documents`, which knows no database, nor in `process`, which knows no papers.
What is typeset is made in a process of its own; the archive has one order and one date, so that
the same meeting gives the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.community.queries import office_of
from miteinander.core.identifiers import on_paper
from miteinander.core.translation import localise
from miteinander.documents.agenda import agenda_document, tasks_document
from miteinander.documents.apart import render_all_apart
from miteinander.documents.archive import packed
from miteinander.documents.codes import qr_figure, way_to
from miteinander.documents.entry import EntryTable, Head
from miteinander.documents.invitations import letters_to
from miteinander.documents.meetings import SeatLine, attendance_of, day_of, event_of, facts_of
from miteinander.documents.papers import Cards, Sign, Signs
from miteinander.documents.projector import projector_page
from miteinander.documents.shapes import Document, Listing, Paragraph, Run, Section
from miteinander.participation.forms import LANGUAGES
from miteinander.participation.queries import calls_of
from miteinander.participation.readers import CARDS
from miteinander.process import queries
from miteinander.process.readers import ATTENDANCE

if TYPE_CHECKING:
    from datetime import date

    from miteinander.core.standing import Standing
    from miteinander.documents.apart import Printed
    from miteinander.documents.papers import Letters, SignSize
    from miteinander.participation.models import Call
    from miteinander.process.models import Meeting
    from miteinander.process.queries import Expected

CARDS_IN_KIT = 40
MOST_CARDS = 400
MOST_CALLS = 4
"""Calls for which the kit has cards: those that end first."""
ROWS_TO_ADD = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """A meeting with everybody who is expected, as somebody may see them."""

    meeting: Meeting
    guests: list[Expected]
    shows_names: bool
    """Names stand on signs and letters for the coordination; everybody else sees functions."""
    today: date
    language: str

    @property
    def by_letter(self) -> list[Expected]:
        """Whoever has no mail and whose seat is not vacant."""
        return [guest for guest in self.guests if not guest.email and guest.person is not None]

    @property
    def event(self) -> str:
        return event_of(self.meeting)


def desk_of(meeting: Meeting, standing: Standing) -> Desk:
    """Three queries: seats, attendances, and who may be written to."""
    today = localdate(standing.at)
    return Desk(
        meeting=meeting,
        guests=queries.expected_at(meeting, day=meeting.happened_on or today),
        shows_names=standing.is_coordinator,
        today=today,
        language=get_language() or "de",
    )


def calls_for(meeting: Meeting, standing: Standing) -> list[Call]:
    """Calls that are not over, those that end first: cards are for them."""
    calls = [call for call in calls_of(meeting.process) if call.closes_at > standing.at]
    return sorted(calls, key=lambda call: (call.closes_at, call.pk))[:MOST_CALLS]


# --- the single papers ---------------------------------------------------------------------------


def attendance_list(desk: Desk) -> Document:
    expected = [SeatLine(_line_of(guest, desk), guest.institution) for guest in desk.guests]
    return attendance_of(desk.meeting, expected, language=desk.language)


def _line_of(guest: Expected, desk: Desk) -> str:
    """What somebody finds their own row by: guests have no function, so they have their name."""
    if guest.function:
        return guest.function
    name = guest.name if desk.shows_names else ""
    if not guest.is_guest:
        return name
    return f"{name} ({_('guest')})" if name else _("guest")


def signs(desk: Desk, size: SignSize) -> Signs:
    """A sign for everybody who is expected; without anybody an empty one to write on."""
    meeting = desk.meeting
    made = tuple(
        Sign(guest.institution, guest.function, guest.name if desk.shows_names else "")
        for guest in desk.guests
    )
    return Signs(
        title=_("Name signs: %(meeting)s") % {"meeting": meeting.title},
        language=desk.language,
        publisher=meeting.municipality.name,
        accent=meeting.municipality.accent,
        day=meeting.happened_on,
        signs=made or (Sign("", ""),),
        size=size,
        event=desk.event,
        way=way_to(meeting),
    )


def cards(desk: Desk, call: Call, count: int) -> Cards:
    meeting = desk.meeting
    localise([call], desk.language, only_reliable=True)
    found = getattr(call, "localised", {}).get("question")
    return Cards(
        title=_("Contribution cards: %(call)s") % {"call": call.title},
        language=desk.language,
        publisher=meeting.municipality.name,
        accent=meeting.municipality.accent,
        day=meeting.happened_on,
        question=found.text if found else call.question,
        question_language=(found.language if found else call.language).split("-")[0],
        event=desk.event,
        count=count,
        way=way_to(call),
    )


def invitations(desk: Desk, guests: Sequence[Expected]) -> Letters:
    """Letters to these guests, each in its language, with the address as far as it is known."""
    meeting = desk.meeting

    def title_in(language: str) -> str:
        if meeting.language == language:
            return meeting.title
        localise([meeting], language, only_reliable=True)
        found = meeting.localised.get("title")  # type: ignore[attr-defined]  # attached just now
        return found.text if found else ""

    known = {guest.organisation.pk for guest in guests if guest.organisation}
    return letters_to(
        guests,
        meeting,
        agenda=queries.agenda_of(meeting),
        sender=office_of(meeting.municipality),
        offices=queries.offices_at(known),
        title_in=title_in,
        today=desk.today,
        language=desk.language,
    )


def agenda(desk: Desk) -> Document:
    items = queries.agenda_items(desk.meeting)
    return agenda_document(desk.meeting, items, language=desk.language)


def tasks(desk: Desk) -> Document:
    found = queries.tasks_in(desk.meeting.municipality).filter(
        meeting__body=desk.meeting.body_id, done_on=None
    )
    return tasks_document(
        desk.meeting, list(found.order_by("due", "pk")[:200]), language=desk.language
    )


def attendance_table(desk: Desk) -> EntryTable:
    """Whom to expect, to be ticked; further rows for whoever comes beside them."""
    meeting = desk.meeting
    yes, no = _("yes"), _("no")
    return EntryTable(
        title=_("Attendance: %(meeting)s") % {"meeting": meeting.title},
        language=desk.language,
        mark=f"ANW-{on_paper(meeting.identifier)}",
        help=_(
            "Write yes or no into the last column. Whoever came without standing here gets a row "
            "at the end, without a mark. Then read the table in on the page of the meeting."
        ),
        sheet=_("Attendance"),
        heads=(
            Head(str(ATTENDANCE["key"]), 12),
            Head(str(ATTENDANCE["function"]), 40),
            Head(str(ATTENDANCE["organisation"]), 40),
            Head(str(ATTENDANCE["came"]), 14, (yes, no)),
        ),
        rows=tuple(
            (
                guest.key,
                guest.function,
                guest.institution,
                "" if guest.came is None else yes if guest.came else no,
            )
            for guest in desk.guests
        ),
        blank=ROWS_TO_ADD,
        publisher=meeting.municipality.name,
        day=meeting.happened_on,
    )


def cards_table(desk: Desk, call: Call, count: int) -> EntryTable:
    meeting = desk.meeting
    return EntryTable(
        title=_("Cards: %(call)s") % {"call": call.title},
        language=desk.language,
        mark=f"KARTEN-{on_paper(meeting.identifier)}-{on_paper(call.identifier)}",
        help=_(
            "One card a row, by the number that is printed on it. Without a yes in the third "
            "column only the office reads a card. Then read the table in on the page of the "
            "meeting."
        ),
        sheet=_("Cards"),
        heads=(
            Head(str(CARDS["number"]), 10),
            Head(str(CARDS["text"]), 80),
            Head(str(CARDS["publish"]), 18, (_("yes"), _("no"))),
            Head(str(CARDS["language"]), 16, tuple(name for _code, name in LANGUAGES)),
        ),
        rows=tuple((str(number),) for number in range(1, count + 1)),
        blank=ROWS_TO_ADD,
        publisher=meeting.municipality.name,
        day=meeting.happened_on,
    )


# --- all together --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the kit: its name, what it is for, and what it is made from."""

    name: str
    label: str
    what: Printed
    format: str


def kit_of(desk: Desk, calls: Sequence[Call]) -> bytes:
    """Everything for the room as one archive; `index.html` says what is in it."""
    parts = _parts(desk, calls)
    made = render_all_apart([(part.what, part.format) for part in parts])
    files = {part.name: content for part, content in zip(parts, made, strict=True)}
    pages = _projector_pages(desk, calls)
    files |= {name: content for name, _label, content in pages}
    listed = [
        *((part.name, part.label) for part in parts),
        *((name, label) for name, label, _content in pages),
    ]
    [files["index.html"]] = render_all_apart([(_index(desk, listed), "html")])
    return packed(files, first="index.html")


def _parts(desk: Desk, calls: Sequence[Call]) -> list[Part]:
    programme = agenda(desk)
    parts = [
        Part("tagesordnung.pdf", _("Agenda"), programme, "pdf"),
        Part("tagesordnung.docx", _("Agenda, to be changed"), programme, "docx"),
        Part("anwesenheitsliste.pdf", _("Attendance list to sign"), attendance_list(desk), "pdf"),
        Part("namensschilder.pdf", _("Name signs to fold"), signs(desk, "tent"), "pdf"),
        Part("ansteckschilder.pdf", _("Name signs to pin on"), signs(desk, "badge"), "pdf"),
        Part("aufgaben.pdf", _("Open tasks of the body"), tasks(desk), "pdf"),
    ]
    if desk.shows_names and desk.by_letter:
        letters = invitations(desk, desk.by_letter)
        parts += [
            Part("einladungen.pdf", _("Letters to those without mail"), letters, "pdf"),
            Part("einladungen.docx", _("The same letters, to be changed"), letters, "docx"),
        ]
    parts.append(
        Part(
            "tabelle-anwesenheit.xlsx",
            _("Attendance, to fill in and read back"),
            attendance_table(desk),
            "xlsx",
        )
    )
    for call in calls:
        words = {"call": call.title}
        parts += [
            Part(
                f"karten-{call.identifier}.pdf",
                _("Contribution cards: %(call)s") % words,
                cards(desk, call, CARDS_IN_KIT),
                "pdf",
            ),
            Part(
                f"tabelle-karten-{call.identifier}.xlsx",
                _("Cards, to type in and read back: %(call)s") % words,
                cards_table(desk, call, CARDS_IN_KIT),
                "xlsx",
            ),
        ]
    return parts


def _projector_pages(desk: Desk, calls: Sequence[Call]) -> list[tuple[str, str, bytes]]:
    meeting, accent = desk.meeting, desk.meeting.municipality.accent
    pages = [
        (
            "projektor.html",
            _("For the wall: this meeting"),
            projector_page(
                meeting.title,
                way_to(meeting),
                title=meeting.title,
                language=desk.language,
                heading_language=meeting.language,
                accent=accent,
            ),
        )
    ]
    for call in calls:
        content = projector_page(
            call.question,
            way_to(call),
            title=call.title,
            language=desk.language,
            heading_language=call.language,
            accent=accent,
        )
        label = _("For the wall: %(call)s") % {"call": call.title}
        pages.append((f"projektor-{call.identifier}.html", label, content))
    return pages


def _index(desk: Desk, files: Sequence[tuple[str, str]]) -> Document:
    """What is in the kit, how it comes back, and the agenda to have at hand."""
    meeting = desk.meeting
    listed = Listing(
        tuple((Run(label, address=f"/{name}"), Run(f" ({name})")) for name, label in files)
    )
    back = Listing(
        (
            _("Fill in the two kinds of table, in the room or afterwards."),
            _("Open the page of the meeting in the workspace and choose “Papers and kit”."),
            _("Send the tables there. You see what would change before anything is written."),
        ),
        ordered=True,
    )
    points = queries.agenda_of(meeting)
    sections = [
        Section(_("In this kit"), blocks=(listed,)),
        Section(_("Afterwards"), blocks=(back,)),
    ]
    if points:
        own = meeting.language if meeting.language != desk.language else ""
        sections.insert(
            1,
            Section(_("Agenda"), blocks=(Listing(tuple(points), ordered=True, language=own),)),
        )
    return Document(
        title=_("Meeting kit: %(meeting)s") % {"meeting": meeting.title},
        language=desk.language,
        subtitle=meeting.body.title,
        blocks=(
            Paragraph(_("Everything works without network. Unpack the folder first.")),
            facts_of(meeting),
            qr_figure(way_to(meeting)),
        ),
        sections=tuple(sections),
        publisher=meeting.municipality.name,
        accent=meeting.municipality.accent,
        day=meeting.happened_on,
        day_written=day_of(meeting),
        base=".",
    )
