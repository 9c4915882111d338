"""Mails about registrations: in the language of whoever registered, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.core import outbox
from miteinander.core.mailtexts import Letters, MailKind, Word, speaking
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.mailing import when_of
from miteinander.process.queries.registration import way_back
from miteinander.process.states import AttendanceState


def tell_registered(meeting: Meeting, row: Attendance, *, at: datetime) -> None:
    """Confirm a registration; a second one for the same address tells what the first one gave."""
    # Once an hour: whoever types a foreign address again and again fills nobody's mailbox.
    _tell(meeting, row, key=f"confirmed:{at:%Y%m%d%H}", at=at)


def tell_moved_up(meeting: Meeting, row: Attendance, *, at: datetime) -> None:
    _tell(meeting, row, key=f"moved_up:{at.isoformat()}", at=at, moved_up=True)


def _tell(
    meeting: Meeting, row: Attendance, *, key: str, at: datetime, moved_up: bool = False
) -> None:
    address = row.person.email if row.person else row.email
    if not address:
        return
    waits = row.state == AttendanceState.WAITING
    letters = Letters(
        MOVED_UP if moved_up else WAITING if waits else PLACE, meeting.municipality_id
    )
    language = letters.language_for(row.language)
    with speaking(language):
        words = {
            "meeting": meeting.title,
            "when": when_of(meeting),
            "place": meeting.place or _("The place follows."),
            "way_back": way_back(meeting, row),
            "municipality": meeting.municipality.name,
        }
    letter = letters.write(language, words)
    outbox.queue(
        key=f"registration.{key}:{row.pk}",
        to=address,
        subject=letter.subject,
        body=letter.body,
        at=at,
        language=letter.language,
        municipality=meeting.municipality_id,
    )


_WORDS = {
    "municipality": Word(gettext_lazy("Municipality"), gettext_lazy("Town of Example")),
    "meeting": Word(gettext_lazy("Meeting"), gettext_lazy("Third meeting of the steering group")),
    "when": Word(
        gettext_lazy("Day and time"), gettext_lazy("Monday, 5 October 2026, 18:30 to 20:00")
    ),
    "place": Word(gettext_lazy("Place"), gettext_lazy("Town hall, room 1")),
    "way_back": Word(
        gettext_lazy("Link to change or cancel"), "https://miteinander.example/de/anmeldung/abc/"
    ),
}
PLACE = MailKind(
    "registration.place",
    label=gettext_lazy("Registration: you have a place"),
    subject=gettext_lazy("Your place: %(meeting)s"),
    body=gettext_lazy(
        """Good day,

you have a place: %(meeting)s
%(when)s
%(place)s

Something changes, or you cannot come? Here you change or cancel:
%(way_back)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"way_back"}),
)
WAITING = MailKind(
    "registration.waiting",
    label=gettext_lazy("Registration: on the waiting list"),
    subject=gettext_lazy("You are on the waiting list: %(meeting)s"),
    body=gettext_lazy(
        """Good day,

all places have been given away: %(meeting)s
%(when)s
%(place)s

You are on the waiting list. If a place becomes free, you move up by yourself, and we write to you.

Here you see how it stands, change or cancel:
%(way_back)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"way_back"}),
)
MOVED_UP = MailKind(
    "registration.moved_up",
    label=gettext_lazy("Registration: moved up"),
    subject=gettext_lazy("A place has become free for you: %(meeting)s"),
    body=gettext_lazy(
        """Good day,

a place has become free, and it is yours: %(meeting)s
%(when)s
%(place)s

You cannot come after all? Please cancel here, so that somebody else can have the place:
%(way_back)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"way_back"}),
)
