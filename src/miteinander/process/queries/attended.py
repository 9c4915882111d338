"""What entries of attendance would change: compared with what is known, before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from miteinander.community.models import Organisation
from miteinander.process.models import Meeting
from miteinander.process.queries.expected import Expected, everybody_at, matching, plain

Sort = Literal["new", "same", "changed", "unknown"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Of one person, that they were there: named by a key, by their name, or by what they are."""

    came: bool | None = True
    """None takes back what was noted: nothing is known then."""
    key: str = ""
    name: str = ""
    function: str = ""
    organisation: str = ""
    row: int = 0
    """Where it stands in the table it was read from."""


@dataclass(frozen=True, slots=True)
class AttendanceChange:
    """One entry beside what is known."""

    typed: Entry
    sort: Sort
    function: str
    institution: str
    name: str = ""
    was: bool | None = None
    row: int | None = None
    """The attendance that it is about, where there is one."""
    is_expected: bool = True
    """Whether there was a line for them before."""
    seat: int | None = None
    person: int | None = None
    organisation: int | None = None
    """Theirs, or for a guest the organisation of that name, if it is known."""
    language: str = "de"
    is_deputy: bool = False

    @property
    def is_guest(self) -> bool:
        return self.person is None and self.seat is None

    @property
    def is_written(self) -> bool:
        return self.sort in {"new", "changed"}


@dataclass
class _Known:
    """What entries are compared with, and who of it was met already."""

    lines: list[Expected]
    organisations: dict[str, Organisation]
    keys: dict[str, Expected] = field(init=False)
    unnamed: dict[tuple[str, str], list[Expected]] = field(init=False)
    met: set[str | tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = {key: line for line in self.lines for key in (line.tick, line.key)}
        self.unnamed = {}
        for line in self.lines:
            if line.is_guest and not line.name:
                what = plain(line.function), plain(line.institution)
                self.unnamed.setdefault(what, []).append(line)


def attendance_compared(
    meeting: Meeting, entries: Sequence[Entry], *, day: date
) -> list[AttendanceChange]:
    """Compare entries with the attendance as it is: three queries, however many there are.

    A key names a line of :func:`everybody_at`. A name is looked for in those lines; whoever is
    not found is a guest, and the same name of the same institution twice is one guest. Without a
    name, the same function and organisation twice are two people, found again in this order.
    """
    known = _Known(everybody_at(meeting, day=day), _organisations(meeting, entries))
    compared = (_compared(each, known) for each in entries)
    return [change for change in compared if change is not None]


def _compared(typed: Entry, known: _Known) -> AttendanceChange | None:
    if typed.key:
        line = known.keys.get(typed.key)
        if line is None:
            return AttendanceChange(typed, "unknown", typed.function, typed.organisation)
        return _of_line(typed, line, known)
    if typed.name:
        line = matching(known.lines, name=typed.name, organisation=typed.organisation)
        return _of_line(typed, line, known) if line else _guest(typed, known)
    function, house = _what_they_are(typed, known)
    same = known.unnamed.get((plain(function), plain(house.title if house else "")), [])
    if same:
        return _of_line(typed, same.pop(0), known)
    return _guest(typed, known)


def _of_line(typed: Entry, line: Expected, known: _Known) -> AttendanceChange:
    """Somebody who is on the list; entered twice at once, the first entry counts."""
    sort: Sort = "changed"
    if line.came == typed.came or line.key in known.met:
        sort = "same"
    elif line.came is None:
        sort = "new"
    known.met.add(line.key)
    return AttendanceChange(
        typed,
        sort,
        line.function,
        line.institution,
        name=line.name,
        was=line.came,
        row=line.row,
        seat=line.seat,
        person=line.person,
        organisation=line.organisation.pk if line.organisation else None,
        language=line.language,
        is_deputy=line.is_deputy,
    )


def _guest(typed: Entry, known: _Known) -> AttendanceChange | None:
    """Somebody nobody expected; of whom it is said that they were not there, nothing is kept."""
    if not typed.came:
        return None
    function, house = _what_they_are(typed, known)
    who = plain(typed.name), plain(typed.organisation)
    is_met = bool(typed.name) and who in known.met
    known.met.add(who)
    return AttendanceChange(
        typed,
        "same" if is_met else "new",
        function,
        house.title if house else "",
        name=" ".join(typed.name.split()),
        organisation=house.pk if house else None,
        is_expected=False,
    )


def _what_they_are(typed: Entry, known: _Known) -> tuple[str, Organisation | None]:
    """Function and organisation; one that nobody knows is kept with the function."""
    house = known.organisations.get(plain(typed.organisation))
    function, named = " ".join(typed.function.split()), " ".join(typed.organisation.split())
    if house is None and named:
        function = f"{function}, {named}" if function else named
    return function[:160], house


def _organisations(meeting: Meeting, entries: Sequence[Entry]) -> dict[str, Organisation]:
    """Those that are named; of two of the same name none is meant."""
    wanted = {plain(each.organisation) for each in entries if each.organisation and not each.key}
    if not wanted:
        return {}
    rows = Organisation.objects.filter(municipality=meeting.municipality_id, retired_on=None)
    found: dict[str, list[Organisation]] = {}
    for row in rows:
        found.setdefault(plain(row.title), []).append(row)
    return {name: found[name][0] for name in wanted if len(found.get(name, [])) == 1}
