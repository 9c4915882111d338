"""What moving a phase would do, whom it concerns, and the last move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext

from miteinander.community.models import Person, Seat
from miteinander.core.events.read import recent_of
from miteinander.core.models import Event, Thing
from miteinander.core.standing import Role
from miteinander.process.models import Attendance, Meeting, Phase, Process
from miteinander.process.queries.expected import reached_of
from miteinander.process.states import AttendanceState

GRACE = timedelta(minutes=10)
"""So long nobody is told: a slip of the hand is taken back without a mail to two hundred."""
UNDO = timedelta(days=7)
"""So long a move can be taken back, if nothing was changed since."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One phase that gets other dates."""

    phase: int
    title: str
    precision: str
    was_starts: date
    was_ends: date | None
    starts: date
    ends: date | None

    def as_data(self) -> list[Any]:
        """As it stands in the event: the phase, its dates before, its dates after."""
        days = (self.was_starts, self.was_ends, self.starts, self.ends)
        return [self.phase, *(day.isoformat() if day else None for day in days)]


@dataclass(frozen=True, slots=True)
class Move:
    """A move that happened, read back from its event."""

    event: int
    phase: str
    others: int
    at: datetime
    moved: tuple[tuple[int, date, date | None, date, date | None], ...]

    def back(self) -> list[Shift]:
        return [
            Shift(pk, "", "day", starts, ends, was_starts, was_ends)
            for pk, was_starts, was_ends, starts, ends in self.moved
        ]

    def is_told(self, at: datetime) -> bool:
        """Whether the time to take it back in silence is over."""
        return at - self.at >= GRACE


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody who is told of a move; by function, an address only for the mail itself."""

    key: str
    """Who it is, for the key of the mail: a person or a guest of a meeting."""
    function: str
    to: str
    language: str
    body: str
    """The body or the meeting through which it concerns them."""
    person: int | None = None


def shifts_of(phase: Phase, *, starts: date, ends: date | None, along: bool) -> list[Shift]:
    """Work out which phases get other dates: the one that is moved first, then those after it.

    Following phases are those that begin after it and are still open. They keep their length and
    move by as many days as its end does, or as its start where the end is open.
    """
    if (starts, ends) == (phase.starts, phase.ends):
        return []
    shifts = [_shift(phase, starts, ends)]
    days = (ends - phase.ends) if ends and phase.ends else starts - phase.starts
    if along and days:
        following = Phase.objects.filter(process=phase.process_id, closed_on=None).exclude(
            pk=phase.pk
        )
        shifts += [
            _shift(each, each.starts + days, each.ends + days if each.ends else None)
            for each in following.filter(starts__gt=phase.starts).order_by("starts", "pk")
        ]
    return shifts


def _shift(phase: Phase, starts: date, ends: date | None) -> Shift:
    return Shift(phase.pk, phase.title, phase.precision, phase.starts, phase.ends, starts, ends)


def process_of(thing: Thing) -> Process | None:
    """The process that an event is about, with its town and phases (notices)."""
    rows = Process.objects.select_related("municipality").prefetch_related("phases")
    return rows.filter(pk=thing.pk).first()


def last_move(process: Process, *, at: datetime) -> Move | None:
    """The move that could be taken back now: the last one, with nothing changed since."""
    events = recent_of(process, ("phase.moved", "phase.move_undone"), since=at - UNDO)
    if not events or events[-1].kind != "phase.moved":
        return None
    move = move_in(events[-1])
    now = {
        (phase.pk, phase.starts, phase.ends)
        for phase in Phase.objects.filter(process=process, closed_on=None)
    }
    return move if all((pk, s, e) in now for pk, _ws, _we, s, e in move.moved) else None


def move_in(event: Event) -> Move:
    """Read a move from its event."""
    return Move(
        event=event.pk,
        phase=event.data["phase"],
        others=event.data["others"],
        at=event.at,
        moved=tuple(
            (pk, date.fromisoformat(ws), _day(we), date.fromisoformat(s), _day(e))
            for pk, ws, we, s, e in event.data["moved"]
        ),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def concerned_by(process: Process, *, at: datetime) -> list[Concerned]:
    """Who is told when a phase is moved, everybody once: four queries.

    Whoever sits in a body of the process, whoever is expected at a meeting that lies ahead, and
    the coordination, which promised answers to calls. Whoever may not be written to by mail is
    among them, with an empty `to`: they need a letter.
    """
    day = localdate(at)
    found: list[Concerned] = []
    seats = (
        Seat.objects.filter(body__processes=process, body__retired_on=None)
        .filter(Q(ends=None) | Q(ends__gte=day), Q(starts=None) | Q(starts__lte=day))
        .select_related("body", "holder", "deputy")
        .order_by("body__title", "position", "pk")
    )
    for seat in seats:
        found += [_person(p, seat.body.title) for p in (seat.holder, seat.deputy) if p]
    expected = (
        Attendance.objects.filter(
            meeting__process=process, meeting__happened_on__gte=day, meeting__cancelled_on=None
        )
        .exclude(state=AttendanceState.DECLINED)
        .select_related("meeting", "person")
        .order_by("pk")
    )
    for row in expected:
        through = row.meeting.title
        if row.person is not None:
            found.append(_person(row.person, through))
        elif row.email or row.name:
            found.append(
                Concerned(f"guest:{row.pk}", row.function, row.email, row.language, through)
            )
    leading = Person.objects.filter(
        municipality=process.municipality_id,
        user__memberships__municipality=process.municipality_id,
        user__memberships__role=Role.COORDINATOR,
    )
    found += [_person(p, gettext("Coordination")) for p in leading.order_by("pk")]
    reached = reached_of([each.person for each in found])
    # The same address in the register and as a guest is one person, and gets one mail.
    once: dict[str, Concerned] = {}
    for each in found:
        known = each if each.person is None or each.person in reached else replace(each, to="")
        once.setdefault(known.to.lower() or known.key, known)
    return list(once.values())


def _key_of(person: Person) -> str:
    return f"person:{person.pk}"


def _person(person: Person, body: str) -> Concerned:
    return Concerned(
        _key_of(person), person.function, person.email, person.language, body, person.pk
    )


def meetings_within(process: Process, shifts: list[Shift], *, day: date) -> list[Meeting]:
    """Meetings ahead that lay in one of the moved phases and do not any more: they stay put."""
    ahead = Meeting.objects.filter(
        process=process, happened_on__gte=day, cancelled_on=None
    ).order_by("happened_on", "pk")
    return [
        meeting
        for meeting in ahead
        if meeting.happened_on is not None
        and any(_left_out(shift, meeting.happened_on) for shift in shifts)
    ]


def _left_out(shift: Shift, day: date) -> bool:
    was = shift.was_starts <= day and (shift.was_ends is None or day <= shift.was_ends)
    now = shift.starts <= day and (shift.ends is None or day <= shift.ends)
    return was and not now
