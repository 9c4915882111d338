"""Texts were handed in, taken back, given back or taken on: those concerned are told once.

Nobody is told of what has gone on meanwhile.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.queries import bodies_of
from miteinander.community.states import BodyKind
from miteinander.core.events import read
from miteinander.core.links import address_of
from miteinander.core.mailtexts import MailKind, Word
from miteinander.notices import once
from miteinander.participation.queries import coordination_of
from miteinander.process.queries import members_to_tell
from miteinander.strategy import queries
from miteinander.strategy.states import HandOverState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miteinander.community.models import Person
    from miteinander.core.models import Event
    from miteinander.strategy.models import HandOver


def letters(*, at: datetime) -> int:
    """Write what is missing into the outbox; returns how many mails were added."""
    added = 0
    for event, hand_over, person in _untold(at):
        _write(event, hand_over, person, at=at)
        added += 1
    return added


def are_missing(at: datetime) -> bool:
    """Whether somebody is to be told; only reads."""
    return next(_untold(at), None) is not None


def _untold(at: datetime) -> Iterator[tuple[Event, HandOver, Person]]:
    for event in read.recent(KINDS, since=at - once.LOOK_BACK):
        state, _kind = KINDS[event.kind]
        hand_over = queries.hand_over_to_tell(event.data["hand_over"])
        if hand_over is None or hand_over.state != state:
            continue  # it has gone on meanwhile
        for person in once.untold(event, _concerned(hand_over, at)):
            yield event, hand_over, person


def _concerned(hand_over: HandOver, at: datetime) -> Iterator[Person]:
    """The group of what was answered; coordination and steering group of what the group did."""
    town, day = hand_over.field.municipality, localdate(at)
    if hand_over.state in (HandOverState.GIVEN_BACK, HandOverState.TAKEN_ON):
        if hand_over.field.working_group_id:
            yield from members_to_tell(town, hand_over.field.working_group_id, day=day)
        return
    yield from coordination_of(town)
    steering = bodies_of(town).filter(body_kind=BodyKind.STEERING_GROUP)
    for body in steering.values_list("pk", flat=True):
        yield from members_to_tell(town, body, day=day)


def _write(event: Event, hand_over: HandOver, person: Person, *, at: datetime) -> None:
    town = hand_over.field.municipality
    _state, kind = KINDS[event.kind]

    def words() -> dict[str, str]:
        return {
            "municipality": town.name,
            "field": hand_over.field.title,
            "reason": hand_over.reason or hand_over.note,
            "link": address_of(town) + reverse("workspace:hand_over", args=[hand_over.pk]),
        }

    once.tell(event, person, (kind, town), words, at=at)


_WORDS = {
    "municipality": Word(_("Municipality"), _("Town of Example")),
    "field": Word(_("Field of action"), _("Language and education")),
    "reason": Word(_("Reason, or what was said with it"), _("Please name who pays for it.")),
    "link": Word(_("Link to what was handed in"), "https://miteinander.example/arbeit/abgabe/1/"),
}
HANDED_IN = MailKind(
    "field.handed_in",
    label=_("News that a group has handed in"),
    subject=_("Handed in: %(field)s"),
    body=_(
        """Good day,

a working group has handed in texts of the field of action “%(field)s”.

%(reason)s

The wording stays as it is until you answer. Please look at it:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"link"}),
)
TAKEN_BACK = MailKind(
    "field.taken_back",
    label=_("News that a group has taken back what it handed in"),
    subject=_("Taken back: %(field)s"),
    body=_(
        """Good day,

the working group has taken back what it had handed in of the field of action “%(field)s”:

%(reason)s

It writes on. You need not do anything:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"link"}),
)
GIVEN_BACK = MailKind(
    "field.given_back",
    label=_("News that something was given back to the group"),
    subject=_("Given back: %(field)s"),
    body=_(
        """Good day,

what your group handed in of the field of action “%(field)s” was given back to be revised:

%(reason)s

You can write on now:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"reason", "link"}),
)
TAKEN_ON = MailKind(
    "field.taken_on",
    label=_("News that what a group handed in was taken on"),
    subject=_("Taken on: %(field)s"),
    body=_(
        """Good day,

what your group handed in of the field of action “%(field)s” was taken on.

%(reason)s

Thank you for your work. This is the wording:
%(link)s

%(municipality)s"""
    ),
    words=_WORDS,
    needed=frozenset({"link"}),
)
KINDS = {
    "field.handed_in": (HandOverState.HANDED_IN, HANDED_IN),
    "field.taken_back": (HandOverState.TAKEN_BACK, TAKEN_BACK),
    "field.given_back": (HandOverState.GIVEN_BACK, GIVEN_BACK),
    "field.taken_on": (HandOverState.TAKEN_ON, TAKEN_ON),
}
"""Kinds of event that are told: the state while they are still news, and the mail."""
