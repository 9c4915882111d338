"""Private calendar addresses, and dates read from other calendars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Person
from miteinander.core.errors import Invalid, Refusal
from miteinander.core.events.record import record
from miteinander.core.identifiers import new_identifier
from miteinander.process.actions.meetings import announce_meeting, change_meeting
from miteinander.process.models import (
    CalendarAddress,
    ForeignDate,
    Meeting,
    PollVoter,
    Process,
)

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@transaction.atomic
def renew_calendar(*, body: Body | None, by: Standing, at: datetime) -> CalendarAddress:
    """Give whoever acts an address for their dates; the one before it stops working at once."""
    if by.person is None:
        raise Invalid({"body": _("Only people in the register have a calendar of their own.")})
    Person.objects.select_for_update().get(pk=by.person)
    address, made = CalendarAddress.objects.get_or_create(
        person_id=by.person, body=body, defaults={"made_at": at}
    )
    if not made:
        address.nonce, address.made_at = new_identifier(), at
        address.save(update_fields=["nonce", "made_at"])
    record(
        "calendar.renewed",
        None,
        by=by,
        at=at,
        municipality=by.municipality,
        personal={"person": by.person},
    )
    return address


@transaction.atomic
def forget_calendars_and_polls(person: int) -> None:
    """Let go of where somebody reads their dates, and of when they could."""
    CalendarAddress.objects.filter(person=person).delete()
    PollVoter.objects.filter(person=person).delete()


@dataclass(frozen=True, slots=True)
class Found:
    """A date that another calendar knows, in our words."""

    uid: str
    title: str
    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of the dates of another calendar."""

    new: int
    changed: int
    same: int
    refused: tuple[tuple[str, Text], ...]
    """Title and reason of each that was not taken."""


@transaction.atomic
def enter_dates(
    process: Process,
    dates: Iterable[Found],
    *,
    body: Body,
    kind: str | None,
    by: Standing,
    at: datetime,
) -> Entered:
    """Enter dates of another calendar as meetings of a body; read again, nothing is doubled.

    What changed there is changed here, and whoever was invited is told. Whatever is refused says
    why, and keeps no other date from being entered.
    """
    known = {
        row.uid: row.meeting
        for row in ForeignDate.objects.filter(municipality=process.municipality_id).select_related(
            "meeting__process", "meeting__body"
        )
    }
    new = changed = same = 0
    refused: list[tuple[str, Text]] = []
    for found in dates:
        meeting = known.get(found.uid)
        try:
            with transaction.atomic():
                if meeting is None:
                    meeting = _enter(process, found, body=body, kind=kind, by=by, at=at)
                    known[found.uid] = meeting
                    new += 1
                elif differs(meeting, found):
                    known[found.uid] = _change(meeting, found, by=by, at=at)
                    changed += 1
                else:
                    same += 1
        except Refusal as refusal:
            refused.append((found.title, _reason(refusal)))
    return Entered(new=new, changed=changed, same=same, refused=tuple(refused))


def differs(meeting: Meeting, found: Found) -> bool:
    """Whether the other calendar says something else than we do."""
    ours = (meeting.title, meeting.happened_on, meeting.starts_at, meeting.ends_at, meeting.place)
    return ours != (found.title, found.day, found.starts_at, found.ends_at, found.place)


def _enter(
    process: Process, found: Found, *, body: Body, kind: str | None, by: Standing, at: datetime
) -> Meeting:
    meeting = announce_meeting(
        process,
        body=body,
        kind=kind,
        title=found.title,
        on=found.day,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        place=found.place,
        text=found.text,
        by=by,
        at=at,
    )
    ForeignDate.objects.create(
        municipality_id=process.municipality_id, uid=found.uid, meeting=meeting
    )
    return meeting


def _change(meeting: Meeting, found: Found, *, by: Standing, at: datetime) -> Meeting:
    return change_meeting(
        meeting,
        title=found.title,
        on=found.day,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        place=found.place,
        text=meeting.text,
        agenda=None,
        participants=meeting.participants,
        participants_approx=meeting.participants_approx,
        seen=meeting.revision,
        by=by,
        at=at,
    )


def _reason(refusal: Refusal) -> Text:
    if isinstance(refusal, Invalid):
        return next(iter(refusal.fields.values()))
    return refusal.what
