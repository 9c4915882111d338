"""Letters that invite to a meeting, to those without mail or to all; each in its own language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from miteinander.documents.codes import way_to
from miteinander.documents.papers import Letter, Letters
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.community.models import Office
    from miteinander.process.models import Meeting
    from miteinander.process.queries import Expected

LINES = 6
"""In the address field of DIN 5008."""


def letters_to(
    guests: Sequence[Expected],
    meeting: Meeting,
    *,
    agenda: Sequence[str],
    sender: Office | None,
    offices: Mapping[int, Office],
    title_in: Callable[[str], str],
    today: date,
    language: str,
) -> Letters:
    """One letter for each guest; `title_in` gives the meeting's title in a language, if it can."""
    town = meeting.municipality
    with override(language):
        frame = _Frame(meeting, agenda, sender, offices, title_in, today)
        head = [town.name, *_lines_of(sender)] if sender else [town.name]
        return Letters(
            title=_("Invitation: %(meeting)s") % {"meeting": meeting.title},
            language=language,
            publisher=town.name,
            accent=town.accent,
            day=today,
            way=way_to(meeting),
            sender=tuple(head),
            returned_to=" · ".join(_lines_of(sender) if sender else [town.name]),
            letters=tuple(_letter(guest, frame) for guest in guests),
        )


def _lines_of(office: Office) -> list[str]:
    place = " ".join(part for part in (office.postcode, office.place) if part)
    return [line for line in (office.organisation.title, office.street, place) if line]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all letters of one file share."""

    meeting: Meeting
    agenda: Sequence[str]
    sender: Office | None
    offices: Mapping[int, Office]
    title_in: Callable[[str], str]
    today: date


def _letter(guest: Expected, frame: _Frame) -> Letter:
    meeting, sender, today = frame.meeting, frame.sender, frame.today
    known = dict(settings.LANGUAGES)
    language = guest.language if guest.language in known else settings.LANGUAGE_CODE
    with override(language):
        day = meeting.happened_on
        times = [t.strftime("%H:%M") for t in (meeting.starts_at, meeting.ends_at) if t]
        title = frame.title_in(language) or meeting.title
        facts = (
            (_("Day"), written_day(day, meeting.precision) if day else ""),
            (_("Time"), "–".join(times)),
            (_("Place"), meeting.place),
            (_("How to get in"), meeting.access_notes),
        )
        greeting = _("Good day %(name)s,") % {"name": guest.name} if guest.name else _("Good day,")
        function = (
            _("You are invited as: %(function)s.") % {"function": guest.function}
            if guest.function
            else ""
        )
        invited = _("%(town)s invites you to a meeting of “%(body)s”. %(function)s") % {
            "town": meeting.municipality.name,
            "body": meeting.body.title,
            "function": function,
        }
        answer = _("Please tell us whether you are coming, or whether your deputy comes for you.")
        reach = [
            _("by phone: %(phone)s") % {"phone": sender.phone} if sender and sender.phone else "",
            _("by mail: %(mail)s") % {"mail": sender.email} if sender and sender.email else "",
        ]
        if ways := ", ".join(part for part in reach if part):
            answer += " " + _("You reach us %(ways)s.") % {"ways": ways}
        needs = _(
            "Please also tell us if you need an interpreter, sign language, child care or a way "
            "without steps."
        )
        information = (
            (
                _("Sending office"),
                sender.organisation.title if sender else meeting.municipality.name,
            ),
            (_("Phone"), sender.phone if sender else ""),
            (_("E-mail"), sender.email if sender else ""),
            (_("Date"), written_day(today)),
        )
        return Letter(
            language=language,
            recipient=_recipient(guest, frame.offices),
            day_written=written_day(today),
            information=tuple(pair for pair in information if pair[1]),
            subject=_("Invitation: %(meeting)s") % {"meeting": title},
            paragraphs=(greeting, invited.strip(), answer, needs),
            facts=tuple(pair for pair in facts if pair[1]),
            agenda_title=_("Agenda"),
            agenda=tuple(frame.agenda),
            agenda_language=meeting.language if meeting.language != language else "",
            closing=(
                _("Kind regards"),
                sender.organisation.title if sender else meeting.municipality.name,
            ),
            scan=_("All details are here. Open it with the camera of your phone, or type it in:"),
            page=_("Page {page} of {pages}"),
        )


def _recipient(guest: Expected, offices: Mapping[int, Office]) -> tuple[str, ...]:
    """Institution, person, street, place; what is not known leaves a line to write on."""
    lines = [guest.institution, guest.name or (guest.function if guest.institution else "")]
    if not guest.institution and not guest.name:
        lines = [guest.function]
    office = offices.get(guest.organisation.pk) if guest.organisation else None
    written = guest.organisation.address if guest.organisation else ""
    if written.strip():
        lines += [part.strip() for part in re.split(r"[,\n]", written)]
    elif office:
        lines += [office.street, f"{office.postcode} {office.place}".strip()]
    # An office whose function is its name stands there once.
    return tuple(dict.fromkeys(line for line in lines if line))[:LINES]
