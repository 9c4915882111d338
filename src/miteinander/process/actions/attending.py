"""Who came: ticked off, by one's own phone, or from the paper list.

All of it is one action: entries are compared with what is known, and what differs is written.
The number of participants follows from it as long as anybody is noted as present.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.process.actions.places import locked
from miteinander.process.actions.registering import form_digest
from miteinander.process.models import Attendance, Meeting, Minutes
from miteinander.process.queries.attendance import door_is_open
from miteinander.process.queries.attended import AttendanceChange, Entry, attendance_compared
from miteinander.process.queries.expected import everybody_at
from miteinander.process.queries.registration import registration_with
from miteinander.process.states import NotedBy


@transaction.atomic
def note_came(
    meeting: Meeting, entries: Sequence[Entry], *, how: NotedBy, by: Standing, at: datetime
) -> list[AttendanceChange]:
    """Note who was there, and say of each entry what became of it; twice changes nothing.

    It is compared here, in turn with anybody who notes somebody at the same moment.
    """
    meeting = locked(meeting)
    day = meeting.happened_on or localdate(at)
    changes = [
        replace(change, row=_note(meeting, change, how=how)) if change.is_written else change
        for change in attendance_compared(meeting, entries, day=day)
    ]
    if written := sum(change.is_written for change in changes):
        came = meeting.attendances.filter(came=True).count()
        Meeting.objects.filter(pk=meeting.pk).update(
            participants=came or None, participants_approx=False
        )
        record(
            "meeting.attendance_noted",
            meeting.as_thing(),
            by=by,
            at=at,
            data={"entries": written},
        )
    return changes


@transaction.atomic
def strike_guest(meeting: Meeting, key: str, *, by: Standing, at: datetime) -> None:
    """Take a guest off the list who was entered by mistake; struck twice is struck once.

    Only who is not noted as present, and never who registered: that place is given back instead.
    """
    meeting = locked(meeting)
    if Minutes.objects.filter(meeting=meeting).exclude(approved_on=None).exists():
        raise Closed(
            _("The minutes are approved, so the list of those who were there is closed."),
            do=_("Add a remark to the minutes if something in it is wrong."),
        )
    day = meeting.happened_on or localdate(at)
    line = next((line for line in everybody_at(meeting, day=day) if line.key == key), None)
    if line is None:
        return
    if line.row is None or not line.is_strikable:
        raise Closed(
            _("Only guests who are not here and did not register are taken off the list."),
            do=_("Choose “not here” first, or give the place back under registrations."),
        )
    Attendance.objects.filter(pk=line.row, meeting=meeting).delete()
    record("meeting.attendance_noted", meeting.as_thing(), by=by, at=at, data={"entries": 1})


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
    registered = registration_with(meeting.municipality, code) if code else None
    if registered is not None and registered.meeting_id == meeting.pk:
        entry, digest = Entry(key=f"G{registered.pk}"), ""
    elif not name.strip():
        raise Invalid(
            {"code": _("No registration for this meeting has this code. Please compare.")}
        )
    else:
        entry = Entry(name=name, organisation=organisation)
        digest = form_digest(meeting, form_key, name, organisation)
        if meeting.attendances.filter(form_digest=digest).exists():
            return
    nobody = Standing(municipality=meeting.municipality_id, at=at)
    [noted] = note_came(meeting, [entry], how=NotedBy.PHONE, by=nobody, at=at)
    if digest and noted.row is not None and not noted.is_expected:
        Attendance.objects.filter(pk=noted.row, form_digest="").update(form_digest=digest)


def _note(meeting: Meeting, change: AttendanceChange, *, how: NotedBy) -> int:
    """Write one entry into its row, or into a new one; the number of the row."""
    came = change.typed.came
    noted = {
        "came": came,
        "noted_by": "" if came is None else how,
        "as_deputy": bool(came and change.is_deputy),
    }
    if change.row is not None:
        Attendance.objects.filter(pk=change.row, meeting=meeting).update(**noted)
        return change.row
    row = Attendance.objects.create(
        meeting=meeting,
        person_id=change.person,
        seat_id=change.seat,
        organisation_id=change.organisation,
        function=change.function[:160],
        name=change.name[:120] if change.is_guest else "",
        language=change.language,
        is_example=meeting.is_example,
        **noted,
    )
    return row.pk
