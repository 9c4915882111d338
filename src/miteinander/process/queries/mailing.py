"""What is written to people about a meeting: in their language, with the date for their calendar.

Everything that is the same for all who read one language is made once: five hundred invitations
are five hundred links and addresses, not five hundred calendars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.core.calendars import CANCEL, REQUEST, Message, Organiser, message
from miteinander.core.links import address_of, sign_link
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.core.outbox import Letter
from miteinander.core.translation import localise
from miteinander.process.models import AgendaItem, Attendance, Meeting
from miteinander.process.queries.dates import agenda_lines, entry_of, has_day, said, with_clock
from miteinander.process.queries.registration import way_back
from miteinander.process.rules import ANSWER_MEETING
from miteinander.process.states import AttendanceState
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from miteinander.core.errors import Text

EMPTY_LINES = re.compile(r"\n{3,}")
MARK = "TOKEN"
_WORDS = {
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "meeting": Word(_("Meeting"), _("Third meeting of the steering group")),
    "body": Word(_("Body"), _("Steering group")),
    "when": Word(_("Day and time"), _("Monday, 5 October 2026, 18:30 to 20:00")),
    "where": Word(_("Place"), _("Town hall, room 1")),
    "about": Word(_("What it is about, and agenda"), _("1. 18:30 Welcome")),
    "page": Word(_("Page of the meeting"), "https://miteinander.example/de/sitzung/abc/"),
    "function": Word(_("Function"), _("Member of the steering group")),
    "link": Word(_("Link to answer"), "https://miteinander.example/de/l/abc/"),
    "answer": Word(_("Answer so far"), _("is coming")),
    "reason": Word(_("Reason"), _("The room has water in it.")),
}


def _kind(name: str, *words: str, label: Text, subject: Text, body: Text) -> MailKind:
    common = ("municipality", "meeting", "body", "when", "where", "page", "function")
    return MailKind(
        name,
        label=label,
        subject=subject,
        body=body,
        words={word: _WORDS[word] for word in (*common, *words)},
        needed=frozenset({"link"} & set(words)),
    )


INVITED = _kind(
    "meeting.invited",
    "about",
    "link",
    label=_("Invitation to a meeting"),
    subject=_("Invitation: %(meeting)s, %(when)s"),
    body=_(
        """Good day,

%(municipality)s invites you: %(meeting)s
%(body)s

When: %(when)s
Where: %(where)s

%(about)s

Will you come? Please answer here. You need no account:
%(link)s

You can change your answer with the same link until the meeting begins. The date for your
calendar is attached. You are invited as: %(function)s."""
    ),
)
MOVED = _kind(
    "meeting.moved",
    "about",
    "link",
    "answer",
    label=_("A meeting was moved"),
    subject=_("Changed: %(meeting)s, %(when)s"),
    body=_(
        """Good day,

something has changed. This is how it is now: %(meeting)s
%(body)s

When: %(when)s
Where: %(where)s

%(about)s

Your answer so far: %(answer)s. Please answer here whether you will come:
%(link)s

The new date for your calendar is attached; it takes the place of the old one.
You are invited as: %(function)s."""
    ),
)
CANCELLED = _kind(
    "meeting.cancelled",
    "reason",
    label=_("A meeting was cancelled"),
    subject=_("Cancelled: %(meeting)s, %(when)s"),
    body=_(
        """Good day,

this meeting does not take place: %(meeting)s
%(body)s
%(when)s

The reason: %(reason)s

Your calendar takes the date out when you open the attachment."""
    ),
)
REMINDER = _kind(
    "meeting.reminder",
    "about",
    "link",
    "answer",
    label=_("Reminder of a meeting"),
    subject=_("Soon: %(meeting)s, %(when)s"),
    body=_(
        """Good day,

we remind you of: %(meeting)s
%(body)s

When: %(when)s
Where: %(where)s

%(about)s

Your answer so far: %(answer)s. If that has changed, please tell us here:
%(link)s"""
    ),
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row of a meeting, and how it is written to."""

    attendance: Attendance
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is the same for all who read one language."""

    words: Mapping[str, object]
    calendar: Message | None
    link: str
    """The address of signed links, with a mark where the token stands."""


class Mailing:
    """All letters of one kind about one meeting: two queries, and one for each language."""

    def __init__(self, kind: MailKind, meeting: Meeting, *, at: datetime) -> None:
        self.kind, self.meeting, self.at = kind, meeting, at
        self.letters = Letters(kind, meeting.municipality)
        self.agenda: list[AgendaItem] = list(meeting.agenda.order_by("position", "pk"))
        self._frames: dict[str, _Frame] = {}

    def to_all(self, recipients: Iterable[Recipient]) -> Iterator[Letter]:
        """Write to everybody, one language after the other."""

        def spoken(recipient: Recipient) -> str:
            return self.letters.language_for(recipient.language)

        for language, group in groupby(sorted(recipients, key=spoken), key=spoken):
            with speaking(language):
                for recipient in group:
                    yield self._to(recipient, language)

    def _to(self, recipient: Recipient, language: str) -> Letter:
        frame = self._frames.get(language)
        if frame is None:
            frame = self._frames[language] = self._frame(language)
        row = recipient.attendance
        words = {
            **frame.words,
            "function": row.function,
            "link": self._link(row, frame),
            "answer": AttendanceState(row.state).label,
        }
        wording = self.letters.write(language, words)
        return Letter(
            key=key_of(self.kind, row, self._occasion()),
            to=recipient.email,
            subject=wording.subject,
            body=EMPTY_LINES.sub("\n\n", wording.body),
            language=language,
            calendar=frame.calendar.to(recipient.email) if frame.calendar else "",
        )

    def _occasion(self) -> object:
        """What makes another letter of the same kind: a reminder is one for each day."""
        if self.kind is INVITED:
            return ""
        if self.kind is REMINDER:
            return self.meeting.happened_on
        return self.meeting.sequence

    def _link(self, row: Attendance, frame: _Frame) -> str:
        """Where somebody answers; who registered unasked goes back to their registration."""
        if self.kind is not INVITED and row.invited_at is None:
            return way_back(self.meeting, row)
        return frame.link.replace(MARK, self._token(row))

    def _token(self, row: Attendance) -> str:
        meeting = self.meeting
        last = meeting.happened_on or localdate(self.at)
        days = max((last - localdate(self.at)).days, 0) + 2
        link = sign_link(
            ANSWER_MEETING, meeting.thing_ptr, function=str(row.pk), at=self.at, days=days
        )
        return link.token

    def _frame(self, language: str) -> _Frame:
        meeting, town = self.meeting, self.meeting.municipality
        localise([meeting, meeting.body], language)
        base = address_of(town)
        words = {
            "municipality": town.name,
            "meeting": said(meeting, "title"),
            "body": said(meeting.body, "title"),
            "when": when_of(meeting),
            "where": where_of(meeting),
            "about": "\n\n".join(self._about()),
            "page": base + meeting.get_absolute_url(),
            "reason": meeting.cancelled_because,
        }
        calendar = None
        if has_day(meeting) and self.kind is not REMINDER:
            entry = entry_of(meeting, stamp=self.at, agenda=self.agenda, is_inside=True)
            method = CANCEL if meeting.is_cancelled else REQUEST
            calendar = message(entry, organiser_of(meeting), method=method)
        return _Frame(words, calendar, base + reverse("public:link", args=[MARK]))

    def _about(self) -> Iterator[str]:
        if self.meeting.text:
            yield said(self.meeting, "text")
        if self.agenda:
            yield gettext("Agenda") + "\n" + "\n".join(agenda_lines(self.meeting, self.agenda))


def preview_of(meeting: Meeting, *, language: str, at: datetime) -> Letter:
    """The invitation as somebody would get it who reads this language; its link opens nothing."""
    nobody = Attendance(pk=0, meeting=meeting, function=gettext("Your function"))
    mailing = Mailing(INVITED, meeting, at=at)
    return next(mailing.to_all([Recipient(nobody, "name@beispiel.example", language)]))


def key_of(kind: MailKind, row: Attendance, occasion: object) -> str:
    """The key under which a letter goes out once; `occasion` makes another one of the same kind."""
    return f"{kind.name}:{row.pk}:{occasion}"


def organiser_of(meeting: Meeting) -> Organiser:
    """Who stands in calendars as the one who invites: the town, with the office's own address."""
    email = meeting.process.lead_office.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Organiser(meeting.municipality.name, email)


def when_of(meeting: Meeting) -> str:
    """“Montag, 5. Oktober 2026, 18:30 bis 01:00 am nächsten Tag”."""
    if meeting.happened_on is None:
        return gettext("The day is not known yet.")
    day = written_day(meeting.happened_on, meeting.precision)
    return with_clock(day, meeting.starts_at, meeting.ends_at)


def where_of(meeting: Meeting) -> str:
    lines = [meeting.place, meeting.access_notes]
    if meeting.link:
        lines.append(gettext("Join from elsewhere: %(link)s") % {"link": meeting.link})
    return "\n".join(line for line in lines if line) or gettext("The place will be announced.")
