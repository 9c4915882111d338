"""Inviting to a meeting, and answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core import outbox
from miteinander.core.errors import Closed, Invalid, NotThere
from miteinander.core.events.record import record
from miteinander.process.actions.places import locked, move_up, note_fullness, place_for
from miteinander.process.actions.places import seat as give_place
from miteinander.process.actions.telling import write_to
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.dates import has_day, is_over
from miteinander.process.queries.inviting import called_to, recipients, reminders_due
from miteinander.process.queries.mailing import INVITED, REMINDER, Mailing
from miteinander.process.states import AttendanceState

if TYPE_CHECKING:
    from miteinander.community.models import Person, Seat
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of an invitation: how many mails are on their way, who needs a letter."""

    mails: int
    letters: int


@transaction.atomic
def invite(meeting: Meeting, *, by: Standing, at: datetime) -> Invited:
    """Invite whoever sits in the body or is on the list: one transaction, one mail for each.

    For a seat whose holder is absent on that day the deputy is invited. Who was invited before
    gets nothing a second time. Who may not be written to is put on the list and not asked: see
    :func:`note_invited`.
    """
    meeting = locked(meeting)
    _refuse_what_is_over(meeting, at)
    assert meeting.happened_on is not None, "refused above"
    listed = set(meeting.attendances.values_list("person", flat=True))
    added = [
        _row(meeting, person, seat)
        for seat, person, _as_deputy in called_to(meeting.body, meeting.happened_on)
        if person.pk not in listed
    ]
    Attendance.objects.bulk_create(added)
    # Whoever registered unasked has said what they want to say.
    waiting = meeting.attendances.filter(
        invited_at=None, state=AttendanceState.SILENT, person__isnull=False
    )
    done = _ask(meeting, list(waiting.select_related("person")), at=at)
    if done.mails or added:
        record("meeting.invited", meeting.as_thing(), by=by, at=at, data={"count": done.mails})
    return done


def _ask(meeting: Meeting, waiting: list[Attendance], *, at: datetime) -> Invited:
    """Write to those who may be written to, and note that they were asked."""
    mailable = recipients(waiting)
    letters = list(Mailing(INVITED, meeting, at=at).to_all(mailable))
    outbox.queue_all(letters, municipality=meeting.municipality_id, at=at)
    asked = [recipient.attendance.pk for recipient in mailable]
    Attendance.objects.filter(pk__in=asked).update(invited_at=at)
    return Invited(mails=len(letters), letters=len(waiting) - len(asked))


@transaction.atomic
def add_guest(meeting: Meeting, person: Person, *, by: Standing, at: datetime) -> Attendance:
    """Put somebody from the register on the list; they are invited with the next invitation."""
    assert person.municipality_id == meeting.municipality_id, "somebody of another municipality"
    meeting = locked(meeting)
    _refuse_what_is_over(meeting, at)
    row, made = Attendance.objects.get_or_create(
        meeting=meeting, person=person, defaults=_as_guest(person)
    )
    if made:
        record("meeting.guest_added", meeting.as_thing(), by=by, at=at)
    return row


@transaction.atomic
def drop_guest(row: Attendance, *, by: Standing, at: datetime) -> None:
    """Take somebody off the list again, as long as nobody asked them."""
    meeting = locked(row.meeting)
    row = _locked_row(row)
    if row.state != AttendanceState.SILENT and row.invited_at is None:
        raise Closed(
            _("This person has registered by themselves."),
            do=_("Cancel their registration instead, if they have told you so."),
        )
    if row.invited_at is not None:
        raise Closed(
            _("This person has been invited already."),
            do=_("Tell them yourself, or note that they are not coming."),
        )
    row.delete()
    record("meeting.guest_dropped", meeting.as_thing(), by=by, at=at)


@transaction.atomic
def note_invited(row: Attendance, *, by: Standing, at: datetime) -> Attendance:
    """Note that somebody was invited by letter or by telephone; twice changes nothing."""
    row = _locked_row(row)
    if row.invited_at is None:
        row.invited_at = at
        row.save(update_fields=["invited_at"])
        record("meeting.invited_by_letter", row.meeting.as_thing(), by=by, at=at)
    return row


@transaction.atomic
def answer_invitation(
    row: Attendance, *, is_coming: bool, by: Standing, at: datetime
) -> Attendance:
    """Say whether somebody comes; the same answer twice changes nothing.

    Where places are limited, whoever comes gets one, or waits for one; a place that is given back
    goes to whoever has waited longest. When the holder of a seat declines, the deputy is invited.
    """
    meeting = locked(row.meeting)
    row = _locked_row(row)
    if row.invited_at is None:
        raise Invalid({"row": _("This person has not been invited yet.")})
    _refuse_what_is_over(meeting, at)
    before = row.state
    was_full = place_for(meeting) == AttendanceState.WAITING
    if is_coming:
        give_place(meeting, row, at=at)
    elif row.state != AttendanceState.DECLINED:
        row.state, row.answered_at, row.waiting_since = AttendanceState.DECLINED, at, None
    if row.state == before:
        return row
    row.save(update_fields=["state", "answered_at", "waiting_since"])
    record(
        "meeting.answered",
        meeting.as_thing(),
        by=by,
        at=at,
        data={"coming": is_coming},
        personal={"person": row.person_id},
    )
    move_up(meeting, by=by, at=at)
    note_fullness(meeting, was_full=was_full, by=by, at=at)
    stand_in(meeting, row, by=by, at=at)
    return row


def stand_in(meeting: Meeting, row: Attendance, *, by: Standing, at: datetime) -> None:
    """Invite the deputy where the holder of a seat, who was invited, does not come."""
    declined = row.invited_at is not None and row.state == AttendanceState.DECLINED
    if declined and row.seat is not None and row.seat.holder_id == row.person_id:
        call_deputy(meeting, row.seat, by=by, at=at)


@transaction.atomic
def call_deputy(meeting: Meeting, seat: Seat, *, by: Standing, at: datetime) -> Attendance | None:
    """Invite the deputy of a seat in the holder's place; None where nobody stands in.

    Who is on the list already, for whatever reason, is not asked a second time: the worker may
    look for deputies while the holder declines.
    """
    meeting = locked(meeting)
    deputy, day = seat.deputy, meeting.happened_on
    if deputy is None or day is None or meeting.is_cancelled or not seat.in_term(day):
        return None
    if meeting.attendances.filter(person=deputy).exists():
        return None
    row = _row(meeting, deputy, seat)
    row.save()
    _ask(meeting, [row], at=at)
    record("meeting.deputy_called", meeting.as_thing(), by=by, at=at, data={"seat": seat.function})
    return row


@transaction.atomic
def remind(meeting: Meeting, *, at: datetime) -> int:
    """Remind whoever was invited and has not said no, once for each day of the meeting; how many.

    Who was invited today need not be reminded today.
    """
    meeting = locked(meeting)
    if meeting.is_cancelled:
        return 0
    return write_to(REMINDER, meeting, reminders_due(meeting, at), at=at)


def _row(meeting: Meeting, person: Person, seat: Seat) -> Attendance:
    known = _as_guest(person) | {"seat": seat, "function": seat.function}
    if seat.organisation_id is not None:
        known["organisation_id"] = seat.organisation_id
    return Attendance(meeting=meeting, person=person, **known)


def _as_guest(person: Person) -> dict[str, object]:
    return {
        "function": person.function,
        "organisation_id": person.organisation_id,
        "language": person.language,
    }


def _locked_row(row: Attendance) -> Attendance:
    rows = Attendance.objects.select_for_update(of=("self",))
    found = rows.select_related("meeting", "person", "seat__deputy").filter(pk=row.pk).first()
    if found is None:
        raise NotThere
    return found


def _refuse_what_is_over(meeting: Meeting, at: datetime) -> None:
    problem: Text = ""
    if meeting.is_cancelled:
        problem = _("This meeting was cancelled.")
    elif not has_day(meeting):
        problem = _("This meeting has no day yet.")
    elif is_over(meeting, at):
        problem = _("This meeting is over.")
    if problem:
        raise Closed(
            problem, do=_("Only to meetings that lie ahead people can be invited, and answer.")
        )
