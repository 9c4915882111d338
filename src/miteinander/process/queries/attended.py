"""What a table of attendance would change: compared with what is known, before it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from miteinander.community.models import Organisation
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.expected import Guest, expected_at

if TYPE_CHECKING:
    from miteinander.process.readers import Attended


@dataclass(frozen=True, slots=True)
class AttendanceChange:
    """One row of the table beside what is known."""

    typed: Attended
    sort: Literal["new", "same", "changed", "unknown"]
    function: str
    institution: str
    was: bool | None = None
    row: int | None = None
    """The attendance that it is about, where there is one."""
    seat: int | None = None
    person: int | None = None
    organisation: int | None = None
    """For somebody who came without a seat: the organisation of that name, if it is known."""


def attendance_compared(
    meeting: Meeting, typed: Sequence[Attended], *, day: date
) -> list[AttendanceChange]:
    """Compare a table with the attendance as it is: four queries.

    Rows with a mark are the seats, people and guests that the table was made with. A row without
    one is somebody who came without being expected; the same function and organisation twice are
    two people, and are found again in this order.
    """
    expected = {guest.key: guest for guest in expected_at(meeting, day=day)}
    rows = Attendance.objects.filter(meeting=meeting, person=None, seat=None)
    guests = rows.select_related("organisation").order_by("pk")
    known: dict[tuple[str, str], list[Attendance]] = {}
    for row in guests:
        institution = row.organisation.title if row.organisation else ""
        known.setdefault(_named(row.function, institution), []).append(row)
    organisations = _organisations(meeting, typed)
    taken: Counter[tuple[str, str]] = Counter()
    changes = []
    for each in typed:
        if each.key:
            changes.append(_expected(each, expected.get(each.key)))
            continue
        known_as = organisations.get(each.organisation.casefold())
        function = each.function or (each.organisation if known_as is None else "")
        if each.function and each.organisation and known_as is None:
            function = f"{each.function}, {each.organisation}"[:160]
        name = _named(function, known_as.title if known_as else "")
        place = taken[name]
        taken[name] += 1
        same = known.get(name, [])[place : place + 1]
        changes.append(_unexpected(each, function, known_as, same))
    return [change for change in changes if change is not None]


def _expected(typed: Attended, guest: Guest | None) -> AttendanceChange | None:
    if guest is None:
        return AttendanceChange(typed, "unknown", typed.function, typed.organisation)
    if typed.came is None:
        return None  # nothing was entered: nothing is known
    sort: Literal["new", "same", "changed"] = (
        "new" if guest.came is None else "same" if guest.came == typed.came else "changed"
    )
    return AttendanceChange(
        typed, sort, guest.function, guest.institution, was=guest.came, row=guest.row,
        seat=guest.seat, person=guest.person,
        organisation=guest.organisation.pk if guest.organisation else None,
    )  # fmt: skip


def _unexpected(
    typed: Attended, function: str, organisation: Organisation | None, rows: list[Attendance]
) -> AttendanceChange | None:
    """Whoever wrote a line of their own was there, unless the line says no."""
    came = typed.came is not False
    row = rows[0] if rows else None
    if row is None and not came:
        return None
    was = row.came if row else None
    sort: Literal["new", "same", "changed"] = (
        "new" if was is None else "same" if was == came else "changed"
    )
    return AttendanceChange(
        typed, sort, function, organisation.title if organisation else "", was=was,
        row=row.pk if row else None, organisation=organisation.pk if organisation else None,
    )  # fmt: skip


def _named(function: str, institution: str) -> tuple[str, str]:
    return " ".join(function.split()).casefold(), " ".join(institution.split()).casefold()


def _organisations(meeting: Meeting, typed: Sequence[Attended]) -> dict[str, Organisation]:
    wanted = {each.organisation.casefold() for each in typed if each.organisation and not each.key}
    if not wanted:
        return {}
    rows = Organisation.objects.filter(municipality=meeting.municipality_id, retired_on=None)
    return {row.title.casefold(): row for row in rows if row.title.casefold() in wanted}
