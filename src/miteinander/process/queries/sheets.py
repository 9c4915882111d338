"""Everything that minutes hold, as one plain content: frozen at the approval, shown ever after.

A draft is read from the rows as they are now; approved minutes from what was frozen, so that a
task that was moved later still stands in them as it was agreed. Names bodies, organisations and
functions, never people.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from miteinander.core.canonical import CHECKSUM, checksum_of
from miteinander.process.models import Attendance, Minutes
from miteinander.process.states import CorrectionState, Result

if TYPE_CHECKING:
    from miteinander.process.models import Meeting, Resolution

SHAPE = "miteinander.minutes/1"


@dataclass(frozen=True, slots=True)
class Taken:
    """A resolution with its votes and with whoever put a dissenting opinion on record."""

    identifier: str
    title: str
    text: str
    result: str
    votes_for: int | None
    votes_against: int | None
    abstentions: int | None
    dissents: tuple[tuple[str, str], ...]
    """Function and opinion."""

    @property
    def result_label(self) -> str:
        return str(Result(self.result).label)


@dataclass(frozen=True, slots=True)
class Agreed:
    what: str
    who: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Corrected:
    passage: str
    proposal: str
    reason: str
    function: str


@dataclass(frozen=True, slots=True)
class Present:
    """Who was there: seats by function, everybody by organisation, and how many in all."""

    seats: tuple[str, ...] = ()
    organisations: tuple[tuple[str, int], ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    agenda: tuple[str, ...]
    resolutions: tuple[Taken, ...]
    tasks: tuple[Agreed, ...]
    present: Present
    corrections: tuple[Corrected, ...]


def minutes_sheet(minutes: Minutes) -> MinutesSheet:
    """What stands in minutes beside their wording: no query once they are frozen, six before."""
    if minutes.frozen:
        return _sheet_from(json.loads(minutes.frozen))
    return _sheet_from(content_of(minutes))


def content_of(minutes: Minutes) -> dict[str, Any]:
    """The content that is frozen at the approval: six queries; reads `meeting.body` (select it)."""
    meeting = minutes.meeting
    return {
        "shape": SHAPE,
        "municipality": meeting.municipality.name,
        "identifier": minutes.identifier,
        "language": minutes.language,
        "title": minutes.title,
        "text": minutes.text,
        "is_example": minutes.is_example,
        "meeting": _meeting(meeting),
        "agenda": [item.title for item in meeting.agenda.order_by("position", "pk")],
        "present": _present(meeting),
        "resolutions": [
            _resolution(row)
            for row in meeting.resolutions.prefetch_related("dissents").order_by("pk")
        ],
        "tasks": [
            {
                "what": task.what,
                "who": task.owner_function,
                "due": _day(task.first_due or task.due),
            }
            for task in meeting.tasks.order_by("due", "pk")
        ],
        "corrections": [
            {
                "passage": row.passage,
                "proposal": row.proposal,
                "reason": row.reason,
                "function": row.function,
            }
            for row in minutes.corrections.filter(state=CorrectionState.TAKEN).order_by("pk")
        ],
        "approval": {
            "on": _day(minutes.approved_on),
            "by": minutes.approved_by,
            "in": minutes.approved_in.identifier if minutes.approved_in else "",
        },
    }


def is_as_frozen(minutes: Minutes) -> bool:
    """Whether what is kept of approved minutes is what was frozen, to the letter."""
    if not minutes.checksum:
        return False
    content = json.loads(minutes.frozen)
    kept = (content.get(CHECKSUM), checksum_of(content), content["text"])
    return bool(kept == (minutes.checksum, minutes.checksum, minutes.text))


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "identifier": meeting.identifier,
        "title": meeting.title,
        "body": meeting.body.title,
        "on": _day(meeting.happened_on),
        "precision": meeting.precision,
        "from": meeting.starts_at.isoformat("minutes") if meeting.starts_at else "",
        "to": meeting.ends_at.isoformat("minutes") if meeting.ends_at else "",
        "place": meeting.place,
    }


def _present(meeting: Meeting) -> dict[str, Any]:
    """Seats once, whoever of them came; guests without an organisation only in the total."""
    rows = Attendance.objects.filter(meeting=meeting, came=True).select_related(
        "seat", "organisation", "person__organisation"
    )
    seats: dict[int, tuple[int, str]] = {}
    organisations: Counter[str] = Counter()
    total = 0
    for row in rows.order_by("pk"):
        total += 1
        if row.seat is not None:
            seats[row.seat.pk] = (row.seat.position, row.seat.function)
        organisation = row.organisation or (row.person and row.person.organisation)
        if organisation:
            organisations[organisation.title] += 1
    return {
        "seats": [function for _position, function in sorted(seats.values())],
        "organisations": [[title, count] for title, count in sorted(organisations.items())],
        "total": total,
    }


def _resolution(row: Resolution) -> dict[str, Any]:
    return {
        "identifier": row.identifier,
        "title": row.title,
        "text": row.text,
        "result": row.result,
        "votes": [row.votes_for, row.votes_against, row.abstentions],
        "dissents": [[dissent.function, dissent.text] for dissent in row.dissents.all()],
    }


def _sheet_from(content: Mapping[str, Any]) -> MinutesSheet:
    present = content["present"]
    return MinutesSheet(
        agenda=tuple(content["agenda"]),
        resolutions=tuple(
            Taken(
                row["identifier"],
                row["title"],
                row["text"],
                row["result"],
                votes_for=row["votes"][0],
                votes_against=row["votes"][1],
                abstentions=row["votes"][2],
                dissents=tuple((function, text) for function, text in row["dissents"]),
            )
            for row in content["resolutions"]
        ),
        tasks=tuple(
            Agreed(row["what"], row["who"], date.fromisoformat(row["due"]) if row["due"] else None)
            for row in content["tasks"]
        ),
        present=Present(
            tuple(present["seats"]),
            tuple((title, count) for title, count in present["organisations"]),
            present["total"],
        ),
        corrections=tuple(Corrected(**row) for row in content["corrections"]),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
