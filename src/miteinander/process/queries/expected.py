"""Who is expected at a meeting: for lists to sign, name signs and letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from miteinander.community.models import Office, Organisation, Person, Seat
from miteinander.community.queries import reachable, seats_of
from miteinander.process.models import Attendance, Meeting
from miteinander.process.states import AttendanceState


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is expected; whoever shows it decides whether the name may be seen."""

    key: str
    """Lasting within the meeting: the seat, the person, or the row of a guest."""
    function: str
    organisation: Organisation | None
    name: str
    language: str
    email: str
    """Empty where they may not be written to by mail: they need a letter."""
    came: bool | None
    row: int | None
    """Their attendance, once there is one."""
    seat: int | None = None
    person: int | None = None

    @property
    def institution(self) -> str:
        return self.organisation.title if self.organisation else ""


def expected_at(meeting: Meeting, *, day: date) -> list[Guest]:
    """Seats in their order, then everybody else who is asked or registered: three queries.

    For each seat in term its holder, or the deputy while the holder is absent. Who declined is
    not expected; a vacant seat keeps its row, so that somebody can sign for it.
    """
    rows = list(
        Attendance.objects.filter(meeting=meeting)
        .select_related("person__organisation", "organisation", "seat__organisation")
        .order_by("seat__position", "pk")
    )
    by_person = {row.person_id: row for row in rows if row.person_id}
    by_seat = {row.seat_id: row for row in rows if row.seat_id}
    used: set[int] = set()
    found: list[Guest] = []
    for seat in seats_of(meeting.body):
        if not seat.in_term(day):
            continue
        person = seat.deputy if seat.holder_is_absent(day) else seat.holder
        row = by_person.get(person.pk) if person else None
        row = row or by_seat.get(seat.pk)
        if row is not None:
            used.add(row.pk)
            if _is_out(row):
                continue
        found.append(_of_seat(seat, person, row))
    found += [_of_row(row) for row in rows if row.pk not in used and not _is_out(row)]
    reached = reached_of([guest.person for guest in found])
    return [
        guest if guest.person is None or guest.person in reached else replace(guest, email="")
        for guest in found
    ]


def reached_of(people: Iterable[int | None]) -> set[int]:
    """Which of these people may be written to by mail: one query."""
    wanted = [person for person in people if person is not None]
    rows = reachable(Person.objects.filter(pk__in=wanted))
    return set(rows.values_list("pk", flat=True))


def _is_out(row: Attendance) -> bool:
    """Declined, and nothing noted otherwise."""
    return row.state == AttendanceState.DECLINED and row.came is None


def _of_seat(seat: Seat, person: Person | None, row: Attendance | None) -> Guest:
    return Guest(
        key=f"S{seat.pk}",
        function=seat.function,
        organisation=seat.organisation or (person.organisation if person else None),
        name=person.name if person else "",
        language=person.language if person else "de",
        email=person.email if person else "",
        came=row.came if row else None,
        row=row.pk if row else None,
        seat=seat.pk,
        person=person.pk if person else None,
    )


def _of_row(row: Attendance) -> Guest:
    person = row.person
    return Guest(
        key=f"P{person.pk}" if person else f"G{row.pk}",
        function=row.function or (person.function if person else ""),
        organisation=row.organisation or (person.organisation if person else None),
        name=person.name if person else row.name,
        language=person.language if person else row.language,
        email=person.email if person else row.email,
        came=row.came,
        row=row.pk,
        seat=row.seat_id,
        person=person.pk if person else None,
    )


def offices_at(organisations: set[int]) -> dict[int, Office]:
    """The offices of some organisations, for the address of a letter: one query."""
    rows = Office.objects.filter(organisation__in=organisations)
    return {office.organisation_id: office for office in rows}
