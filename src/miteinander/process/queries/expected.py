"""Who may come to a meeting: for lists to sign and to tick, name signs, letters and tables.

There is one list for all of them: whoever is ticked off by hand, by phone or on paper is looked
up in the same lines.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from miteinander.community.models import Office, Organisation, Person, Seat
from miteinander.community.queries import reachable, seats_of
from miteinander.process.models import Attendance, Meeting
from miteinander.process.states import AttendanceState


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who may come; whoever shows it decides whether the name may be seen."""

    key: str
    """Lasting within the meeting: the seat, the person, or the row of a guest."""
    function: str
    institution: str
    organisation: Organisation | None
    name: str
    language: str
    email: str
    row: int | None = None
    """Their attendance, once there is one."""
    seat: int | None = None
    perspective: int | None = None
    """What the seat stands for."""
    person: int | None = None
    is_deputy: bool = False
    state: str = ""
    """What they answered; empty where nobody asked."""
    came: bool | None = None
    noted_by: str = ""

    @property
    def is_guest(self) -> bool:
        return self.person is None and self.seat is None

    @property
    def is_coming(self) -> bool:
        return self.state == AttendanceState.COMING

    @property
    def is_out(self) -> bool:
        """Declined, and nothing noted otherwise."""
        return self.state == AttendanceState.DECLINED and not self.came

    @property
    def is_strikable(self) -> bool:
        """A guest who was only written down, and is not here: perhaps mistyped."""
        return self.is_guest and not self.state and not self.came

    @property
    def answer(self) -> str:
        """The answer in words."""
        return str(AttendanceState(self.state).label) if self.state else ""

    @property
    def label(self) -> str:
        return self.name or self.function or _("guest")

    @property
    def remark(self) -> str:
        """What stands below the name."""
        parts = (
            self.function if self.name else "",
            _("guest") if self.is_guest else "",
            self.institution,
            _("deputy") if self.is_deputy else "",
            self.answer,
        )
        return " · ".join(part for part in parts if part)

    @property
    def words(self) -> str:
        """What somebody is found by who types a part of it."""
        return plain(f"{self.name} {self.function} {self.institution}")

    @property
    def tick(self) -> str:
        """What a tick names: the person, even if another one holds the seat a moment later."""
        return f"P{self.person}" if self.person else self.key


def everybody_at(meeting: Meeting, *, day: date) -> list[Expected]:
    """Seats in their order, then whoever stands by for them, then everybody else: two queries.

    For each seat in term its holder, or the deputy while the holder is absent; a vacant seat
    keeps its line, so that somebody can sign for it. Nobody stands here twice.
    """
    rows = list(_rows_of(meeting))
    of_person = {row.person_id: row for row in rows if row.person_id}
    of_vacant = {row.seat_id: row for row in rows if row.seat_id and not row.person_id}
    seats = [seat for seat in seats_of(meeting.body) if seat.in_term(day)]
    found: list[Expected] = []
    used: set[int] = set()
    named: set[int] = set()
    for seat, person, key in _sitting(seats, day):
        if person is not None and person.pk in named:
            continue
        row = of_person.get(person.pk) if person else of_vacant.get(seat.pk)
        used |= {row.pk} if row else set()
        named |= {person.pk} if person else set()
        found.append(_of_seat(seat, person, row, key))
    return found + [_of_row(row) for row in rows if row.pk not in used]


def expected_at(meeting: Meeting, *, day: date) -> list[Expected]:
    """Whom papers are made for: three queries.

    Who declined is not expected, nor who stands by for a seat and was not asked. Without consent
    to mail the address is empty: they need a letter.
    """
    everybody = everybody_at(meeting, day=day)
    standing_by = {line.key for line in everybody if line.seat and line.key.startswith("P")}
    found = [
        line
        for line in everybody
        if not line.is_out and (line.key not in standing_by or line.row is not None)
    ]
    reached = reached_of([line.person for line in found])
    return [
        line if line.person is None or line.person in reached else replace(line, email="")
        for line in found
    ]


def _sitting(seats: Sequence[Seat], day: date) -> Iterator[tuple[Seat, Person | None, str]]:
    """Each seat with who sits there, and then with who stands by."""
    for seat in seats:
        yield seat, seat.deputy if seat.holder_is_absent(day) else seat.holder, f"S{seat.pk}"
    for seat in seats:
        other = seat.holder if seat.holder_is_absent(day) else seat.deputy
        if other is not None:
            yield seat, other, f"P{other.pk}"


def _rows_of(meeting: Meeting) -> Iterable[Attendance]:
    return (
        Attendance.objects.filter(meeting=meeting)
        .select_related("person__organisation", "organisation", "seat")
        .order_by("seat__position", "pk")
    )


def _of_seat(seat: Seat, person: Person | None, row: Attendance | None, key: str) -> Expected:
    organisation = seat.organisation or (person.organisation if person else None)
    line = Expected(
        key=key,
        function=seat.function,
        institution=organisation.title if organisation else "",
        organisation=organisation,
        name=person.name if person else "",
        language=person.language if person else "de",
        email=person.email if person else "",
        seat=seat.pk,
        perspective=seat.perspective_id,
        person=person.pk if person else None,
        is_deputy=person is not None and seat.deputy_id == person.pk,
    )
    return _noted(line, row) if row else line


def _of_row(row: Attendance) -> Expected:
    person = row.person
    organisation = row.organisation or (person.organisation if person else None)
    # What a guest typed as an institution that nobody knows stands in the function.
    typed = row.function if row.name and not person and not organisation else ""
    line = Expected(
        key=f"P{person.pk}" if person else f"G{row.pk}",
        function="" if typed else row.function or (person.function if person else ""),
        institution=organisation.title if organisation else typed,
        organisation=organisation,
        name=person.name if person else row.name,
        language=person.language if person else row.language,
        email=person.email if person else row.email,
        seat=row.seat_id,
        perspective=row.seat.perspective_id if row.seat else None,
        person=person.pk if person else None,
        is_deputy=bool(row.seat and person and row.seat.deputy_id == person.pk),
    )
    return _noted(line, row)


def _noted(line: Expected, row: Attendance) -> Expected:
    """A line with what its row says."""
    asked = row.state != AttendanceState.SILENT or row.invited_at is not None
    return replace(
        line,
        row=row.pk,
        state=row.state if asked else "",
        came=row.came,
        noted_by=row.get_noted_by_display() if row.came else "",
    )


# --- finding somebody ------------------------------------------------------------------------


def plain(text: str) -> str:
    """How names are compared: without case, width and double spaces.

    >>> plain("  Ayşe  MÜLLER ")
    'ayşe müller'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def matching(lines: Sequence[Expected], *, name: str, organisation: str = "") -> Expected | None:
    """Whom somebody means who typed a name; None for nobody, and where two people fit.

    Somebody whose name nobody knows is found by the function. Of guests the institution has to
    fit as well: two people called Müller from two schools are two. Where two people fit, whoever
    was entered as a guest for that reason is found again.
    """
    typed, house = plain(name), plain(organisation)
    found = [
        line
        for line in lines
        if typed and typed in {plain(line.name), "" if line.name else plain(line.function)}
    ]
    found = [line for line in found if not line.is_guest or plain(line.institution) == house]
    if len(found) > 1:
        found = [line for line in found if plain(line.institution) == house]
    if len(found) > 1:
        found = [line for line in found if line.is_guest and line.came]
    return found[0] if len(found) == 1 else None


def reached_of(people: Iterable[int | None]) -> set[int]:
    """Which of these people may be written to by mail: one query."""
    wanted = [person for person in people if person is not None]
    rows = reachable(Person.objects.filter(pk__in=wanted))
    return set(rows.values_list("pk", flat=True))


def offices_at(organisations: set[int]) -> dict[int, Office]:
    """The offices of some organisations, for the address of a letter: one query."""
    rows = Office.objects.filter(organisation__in=organisations)
    return {office.organisation_id: office for office in rows}
