"""Registering for a meeting: with an account or without, and giving the place back.

Of somebody without an account only what they typed is kept: a name, and an address where they
want a confirmation. Nothing of the device, nothing of an account that happens to be signed in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.queries import organisation_named
from miteinander.core.errors import Closed, Invalid, filled
from miteinander.core.events.record import record
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.process.actions.confirming import tell_registered
from miteinander.process.actions.inviting import stand_in
from miteinander.process.actions.places import locked, move_up, note_fullness, place_for, seat
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.registration import (
    begins,
    places_taken,
    registration_code,
    registration_hash,
    station_of,
)
from miteinander.process.states import AttendanceState, Need, Registration

if TYPE_CHECKING:
    from miteinander.community.models import Person
    from miteinander.core.errors import Text

HAS_A_PLACE = (AttendanceState.COMING, AttendanceState.WAITING)


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of a form: `code` is empty where it is told by mail only."""

    row: Attendance
    code: str


@transaction.atomic
def set_registration(
    meeting: Meeting,
    *,
    registration: Registration | str,
    capacity: int | None,
    opens: datetime | None,
    until: datetime | None,
    seen: int,
    by: Standing,
    at: datetime,
) -> Meeting:
    """Say who may register, until when, and for how many there is room.

    With more places those who wait move up; places that are taken are never taken away.
    """
    meeting = locked(meeting)
    coming, _waiting = places_taken(meeting)
    fields: dict[str, Text] = {}
    if capacity is not None and capacity < coming:
        fields["capacity"] = filled(
            _("%(people)s people are coming already. Please give at least so many places."),
            people=coming,
        )
    if registration == Registration.PUBLIC and not meeting.is_public:
        fields["registration"] = _(
            "This meeting is not public, so nobody would find the form. Members can register."
        )
    if until is not None and opens is not None and until <= opens:
        fields["until"] = _("The registration cannot end before it begins.")
    start = begins(meeting)
    if until is not None and start is not None and until > start:
        fields["until"] = _("The meeting has begun by then. Please choose an earlier moment.")
    if fields:
        raise Invalid(fields)
    was_full = place_for(meeting) == AttendanceState.WAITING
    changes = {
        "registration": Registration(registration),
        "capacity": capacity,
        "registration_from": opens,
        "registration_until": until,
    }
    meeting = save_if_unchanged(meeting, changes, seen=seen)
    record("meeting.registration_set", meeting.as_thing(), by=by, at=at)
    move_up(meeting, by=by, at=at)
    note_fullness(meeting, was_full=was_full, by=by, at=at)
    return meeting


@transaction.atomic
def register_guest(
    meeting: Meeting,
    *,
    name: str,
    form_key: str,
    by: Standing,
    at: datetime,
    organisation: str = "",
    email: str = "",
    language: str = "de",
    needs: Sequence[str] = (),
    needs_note: str = "",
    is_example: bool = False,
) -> Registered:
    """Register somebody without an account; a name is enough.

    The same form sent twice is one registration. An address registers once: whoever sends it
    again gets the same mail again, and the page says the same as the first time, so that nobody
    can try out who is coming. With an address, the code is told by mail only.
    """
    meeting = locked(meeting)
    email = email.strip().lower()
    digest = form_digest(meeting, form_key, name, email)
    row = meeting.attendances.filter(form_digest=digest).first()
    if row is None and email:
        row = _with_address(meeting, email)
    if row is not None and (row.state in HAS_A_PLACE or row.form_digest):
        if email and row.state in HAS_A_PLACE:
            tell_registered(meeting, row, at=at)
        return Registered(row, "" if email else registration_code(digest))
    require_open(meeting, at)
    was_full = place_for(meeting) == AttendanceState.WAITING
    code = registration_code(digest)
    known = organisation_named(meeting.municipality_id, organisation)
    # Whoever was drawn has a row with name and address: it becomes their registration.
    row = row or Attendance(meeting=meeting, email=email, is_example=is_example)
    row.name, row.language = row.name or name.strip(), language
    row.organisation = known or row.organisation
    row.function = row.function if known else organisation.strip() or row.function
    row.needs = _known(needs)
    row.needs_note = needs_note.strip() if Need.OTHER in needs else ""
    row.form_digest, row.code_hash = digest, registration_hash(code)
    seat(meeting, row, at=at).save()
    # Of whoever is signed in by chance nothing is remembered.
    nobody = Standing(municipality=meeting.municipality_id, at=at)
    record("meeting.registered", meeting.as_thing(), by=nobody, at=at)
    note_fullness(meeting, was_full=was_full, by=nobody, at=at)
    tell_registered(meeting, row, at=at)
    return Registered(row, "" if email else code)


@transaction.atomic
def register_member(
    meeting: Meeting,
    person: Person,
    *,
    by: Standing,
    at: datetime,
    needs: Sequence[str] = (),
    needs_note: str = "",
    language: str = "",
) -> Attendance:
    """Register somebody of the register, or change what they need; they keep their place."""
    assert person.municipality_id == meeting.municipality_id, "somebody of another municipality"
    meeting = locked(meeting)
    row = meeting.attendances.filter(person=person).first()
    if row is None or row.state not in HAS_A_PLACE:
        require_open(meeting, at)
    was_full = place_for(meeting) == AttendanceState.WAITING
    if row is None:
        row = Attendance(
            meeting=meeting,
            person=person,
            function=person.function,
            organisation_id=person.organisation_id,
        )
    is_new = row.state not in HAS_A_PLACE
    row.language = language or person.language
    row.needs = _known(needs)
    row.needs_note = needs_note.strip() if Need.OTHER in needs else ""
    seat(meeting, row, at=at).save()
    if is_new:
        record(
            "meeting.registered", meeting.as_thing(), by=by, at=at, personal={"person": person.pk}
        )
        note_fullness(meeting, was_full=was_full, by=by, at=at)
        tell_registered(meeting, row, at=at)
    return row


@transaction.atomic
def change_registration(
    row: Attendance,
    *,
    needs: Sequence[str],
    needs_note: str,
    language: str,
    at: datetime,
) -> Attendance:
    """Change what a guest needs. The place stays."""
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state not in HAS_A_PLACE:
        raise Closed(
            _("This registration was cancelled."),
            do=_("Please register again. There may be a place."),
        )
    row.needs, row.language = _known(needs), language
    row.needs_note = needs_note.strip() if Need.OTHER in needs else ""
    row.save(update_fields=["needs", "needs_note", "language"])
    return row


@transaction.atomic
def cancel_registration(row: Attendance, *, by: Standing, at: datetime) -> Attendance:
    """Give a place back; whoever has waited longest gets it. Cancelling twice changes nothing.

    What a guest told is erased at once: that somebody cancelled needs no name.
    """
    meeting = locked(row.meeting)
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state not in HAS_A_PLACE:
        return row
    start = begins(meeting)
    if start is not None and start <= at:
        raise Closed(
            _("The meeting has begun."), do=_("Please tell the people who invited you instead.")
        )
    was_full = place_for(meeting) == AttendanceState.WAITING
    row.state, row.waiting_since, row.answered_at = AttendanceState.DECLINED, None, at
    row.needs, row.needs_note = [], ""
    if row.person_id is None:
        row.name, row.email, row.function, row.organisation = "", "", "", None
    row.save()
    record(
        "meeting.registration_cancelled",
        meeting.as_thing(),
        by=by,
        at=at,
        personal={"person": row.person_id} if row.person_id else None,
    )
    move_up(meeting, by=by, at=at)
    note_fullness(meeting, was_full=was_full, by=by, at=at)
    stand_in(meeting, row, by=by, at=at)
    return row


def require_open(meeting: Meeting, at: datetime) -> None:
    station = station_of(meeting, at)
    if station == "open":
        return
    what = {
        "none": _("Nobody can register for this meeting."),
        "ahead": _("The registration has not begun yet."),
        "closed": _("The registration has ended."),
    }[station]
    raise Closed(what, do=_("If you want to come, please ask the office."))


def form_digest(meeting: Meeting, form_key: str, *typed: str) -> str:
    """What stands for one form with one content: a corrected name is another registration."""
    parts = (str(meeting.pk), form_key, *(part.strip() for part in typed))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _with_address(meeting: Meeting, email: str) -> Attendance | None:
    """Who is registered under an address already, as a guest or as somebody of the register."""
    found = meeting.attendances.filter(
        Q(person=None, email=email) | Q(person__email=email, state__in=HAS_A_PLACE)
    )
    return found.select_related("person").first()


def _known(needs: Sequence[str]) -> list[str]:
    return [need.value for need in Need if need in needs]
