"""Who came: ticked off, by one's own phone, or from the paper list.

The number of participants follows from it as long as anybody is noted as present.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Seat
from miteinander.community.queries import organisation_named
from miteinander.core.errors import Closed, Invalid, NotThere
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.process.actions.places import locked
from miteinander.process.actions.registering import form_digest
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.attendance import attendance_list, door_is_open, matching
from miteinander.process.queries.registration import registration_with
from miteinander.process.states import NotedBy


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the paper list as it was typed."""

    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of the lines: found on the list, entered as guests, there before."""

    found: int
    guests: int
    known: int


@transaction.atomic
def note_came(
    meeting: Meeting,
    key: str,
    *,
    came: bool,
    by: Standing,
    at: datetime,
    how: NotedBy = NotedBy.TICK,
) -> Attendance:
    """Tick somebody off, or take the tick back; twice changes nothing.

    `key` is that of a line of :func:`queries.attendance_list`.
    """
    meeting = locked(meeting)
    row = _row_of(meeting, key)
    if bool(row.came) != came:
        _note(row, came=came, how=how)
        _follow(meeting, by=by, at=at)
    return row


@transaction.atomic
def note_guest(
    meeting: Meeting,
    *,
    name: str,
    by: Standing,
    at: datetime,
    organisation: str = "",
    how: NotedBy = NotedBy.TICK,
) -> Attendance:
    """Enter somebody who came without being expected; who is on the list already is ticked off."""
    meeting = locked(meeting)
    row, _is_new, changed = _enter(meeting, PaperRow(name, organisation), how=how)
    if changed:
        _follow(meeting, by=by, at=at)
    return row


@transaction.atomic
def note_paper(meeting: Meeting, lines: Sequence[PaperRow], *, by: Standing, at: datetime) -> Typed:
    """Enter a paper list, several lines at once; typed a second time it changes nothing."""
    meeting = locked(meeting)
    done = [_enter(meeting, line, how=NotedBy.PAPER) for line in lines if line.name.strip()]
    if any(changed for _row, _is_new, changed in done):
        _follow(meeting, by=by, at=at)
    return Typed(
        found=sum(changed and not is_new for _row, is_new, changed in done),
        guests=sum(is_new for _row, is_new, _changed in done),
        known=sum(not changed for _row, _is_new, changed in done),
    )


@transaction.atomic
def enter_by_phone(
    meeting: Meeting,
    *,
    name: str,
    form_key: str,
    at: datetime,
    organisation: str = "",
    code: str = "",
) -> None:
    """Somebody at the door says that they are there, by their name or by their code.

    What is answered does not depend on who is expected: nobody learns that at the door. Nothing
    is remembered of the phone, nor of an account that happens to be signed in on it.
    """
    meeting = locked(meeting)
    if not door_is_open(meeting, at):
        raise Closed(
            _("This is only possible on the day of the meeting."),
            do=_("Please tell whoever keeps the list."),
        )
    nobody = Standing(municipality=meeting.municipality_id, at=at)
    row = registration_with(meeting.municipality, code) if code else None
    if row is not None and row.meeting_id == meeting.pk:
        changed = not row.came
        if changed:
            _note(Attendance.objects.get(pk=row.pk), came=True, how=NotedBy.PHONE)
    elif not name.strip():
        raise Invalid(
            {"code": _("No registration for this meeting has this code. Please compare.")}
        )
    else:
        digest = form_digest(meeting, form_key, name, organisation)
        _row, _is_new, changed = _enter(
            meeting, PaperRow(name, organisation), how=NotedBy.PHONE, digest=digest
        )
    if changed:
        _follow(meeting, by=nobody, at=at)


def _row_of(meeting: Meeting, key: str) -> Attendance:
    """The row that a line of the list stands for; made where there is only a seat so far."""
    who, _dash, number = key.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise NotThere
    if who == "row":
        row = meeting.attendances.select_related("seat").filter(pk=int(number)).first()
        if row is None:
            raise NotThere
        return row
    seats = Seat.objects.filter(body=meeting.body_id).select_related("holder", "deputy")
    seat = seats.filter(pk=int(number)).first()
    person = None
    if seat is not None and who in {"holder", "deputy"}:
        person = seat.holder if who == "holder" else seat.deputy
    if seat is None or person is None:
        raise NotThere
    row, _made = Attendance.objects.get_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "seat": seat,
            "function": seat.function,
            "organisation_id": seat.organisation_id or person.organisation_id,
            "language": person.language,
        },
    )
    return row


def _enter(
    meeting: Meeting, line: PaperRow, *, how: NotedBy, digest: str = ""
) -> tuple[Attendance, bool, bool]:
    """Note one name: the row, whether it is new, and whether anything changed."""
    if digest and (sent := meeting.attendances.filter(form_digest=digest).first()):
        return sent, False, False
    found = matching(attendance_list(meeting), name=line.name, organisation=line.organisation)
    if found is not None:
        row = _row_of(meeting, found.key)
        if row.came:
            return row, False, False
        _note(row, came=True, how=how)
        return row, False, True
    house = organisation_named(meeting.municipality_id, line.organisation)
    row = Attendance.objects.create(
        meeting=meeting,
        name=" ".join(line.name.split()),
        organisation=house,
        function="" if house else " ".join(line.organisation.split()),
        came=True,
        noted_by=how,
        form_digest=digest,
        is_example=meeting.is_example,
    )
    return row, True, True


def _note(row: Attendance, *, came: bool, how: NotedBy) -> None:
    row.came, row.noted_by = came or None, how if came else ""
    row.as_deputy = bool(came and row.seat and row.seat.deputy_id == row.person_id)
    row.save(update_fields=["came", "noted_by", "as_deputy"])


def _follow(meeting: Meeting, *, by: Standing, at: datetime) -> None:
    """Let the number of participants follow, and remember that it was noted who came."""
    came = meeting.attendances.filter(came=True).count()
    Meeting.objects.filter(pk=meeting.pk).update(
        participants=came or None, participants_approx=False
    )
    record("meeting.attendance_noted", meeting.as_thing(), by=by, at=at)
