"""Who may register for a meeting, and how many places there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from django.db.models import BigIntegerField, CharField, Count, Q, QuerySet
from django.urls import reverse

from miteinander.core.clock import moment
from miteinander.core.codes import code_from, hash_of, hashes_of, read_code
from miteinander.core.links import address_of
from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.process.models import Attendance, Meeting
from miteinander.process.queries.dates import has_day
from miteinander.process.states import AttendanceState, Need, Registration

PURPOSE = "registration"
Station = Literal["none", "ahead", "open", "closed"]


@dataclass(frozen=True, slots=True)
class RegistrationAt:
    """How it stands with the registration for one meeting at one moment."""

    station: Station
    is_public: bool
    opens_at: datetime | None
    closes_at: datetime | None
    capacity: int | None
    coming: int
    waiting: int

    @property
    def is_open(self) -> bool:
        return self.station == "open"

    @property
    def free(self) -> int | None:
        """Places that are left; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.coming)

    @property
    def is_full(self) -> bool:
        # Whoever waits was there first, also in the moment between two steps.
        return self.capacity is not None and (self.free == 0 or self.waiting > 0)


def station_of(meeting: Meeting, at: datetime) -> Station:
    """Whether one may register now: no query."""
    if meeting.registration == Registration.NONE or meeting.cancelled_on is not None:
        return "none"
    if meeting.registration_from is not None and at < meeting.registration_from:
        return "ahead"
    closes = closes_at(meeting)
    return "closed" if closes is not None and closes <= at else "open"


def closes_at(meeting: Meeting) -> datetime | None:
    """When the registration ends: when the organiser says, at the latest when it begins."""
    ends = [moment for moment in (meeting.registration_until, begins(meeting)) if moment]
    return min(ends, default=None)


def begins(meeting: Meeting) -> datetime | None:
    """The beginning; without a time the end of the day, without a day nothing."""
    if meeting.happened_on is None or not has_day(meeting):
        return None
    return meeting.begins or moment(meeting.happened_on + timedelta(days=1), time(0))


def registration_of(
    meeting: Meeting, *, at: datetime, taken: tuple[int, int] | None = None
) -> RegistrationAt:
    """How it stands: one query, none where nobody registers or `taken` is known."""
    station = station_of(meeting, at)
    coming, waiting = (0, 0) if station == "none" else taken or places_taken(meeting)
    return RegistrationAt(
        station=station,
        is_public=meeting.registration == Registration.PUBLIC,
        opens_at=meeting.registration_from,
        closes_at=closes_at(meeting),
        capacity=meeting.capacity,
        coming=coming,
        waiting=waiting,
    )


def places_taken(meeting: Meeting) -> tuple[int, int]:
    """How many are coming, and how many wait: one query."""
    found = dict(_answers(meeting=meeting.pk))
    return found.get(AttendanceState.COMING, 0), found.get(AttendanceState.WAITING, 0)


@prepared(meeting=BigIntegerField())
def _answers(*, meeting: Any) -> QuerySet[Any, Any]:
    rows = Attendance.objects.filter(meeting=meeting).order_by()
    return rows.values("state").annotate(people=Count("pk")).values_list("state", "people")


# --- coming back with a code ---------------------------------------------------------------------


def registration_code(form_digest: str) -> str:
    """The code of one registration, worked out anew each time it is told."""
    return code_from(f"{PURPOSE}.code", form_digest)


def way_back(meeting: Meeting, row: Attendance) -> str:
    """Where somebody who registered changes or cancels: with the code, or in the workspace."""
    if not row.form_digest:
        path = reverse("workspace:registering", args=[meeting.identifier])
        return address_of(meeting.municipality) + path
    code = registration_code(row.form_digest)
    return address_of(meeting.municipality) + reverse("public:registration", args=[code])


def registration_hash(code: str) -> str:
    return hash_of(f"{PURPOSE}.hash", code)


def registration_with(municipality: Municipality, typed: str) -> Attendance | None:
    """The registration that a code opens, with its meeting: one query."""
    code = read_code(typed)
    if not code:
        return None
    hashes = list(hashes_of(f"{PURPOSE}.hash", code))
    return next(iter(_registered(town=municipality.pk, hashes=hashes)), None)


@prepared(town=BigIntegerField(), hashes=CharField())
def _registered(*, town: Any, hashes: Any) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(meeting__municipality=town, code_hash__in=hashes)
    return rows.select_related("meeting__municipality", "meeting__body", "organisation")


# --- for the organiser ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Needed:
    """What somebody needs to take part, with the language where an interpreter is asked for."""

    need: str
    label: str
    people: int
    languages: tuple[str, ...]
    notes: tuple[str, ...]


def needs_of(rows: list[Attendance]) -> list[Needed]:
    """What those who come or wait need, in the order of the form: no query."""
    expected = [r for r in rows if r.state in {AttendanceState.COMING, AttendanceState.WAITING}]
    found = []
    for need in Need:
        asking = [row for row in expected if need in row.needs]
        if not asking:
            continue
        speaks = need == Need.INTERPRETER
        notes = [row.needs_note for row in asking if row.needs_note and need == Need.OTHER]
        found.append(
            Needed(
                need=need.value,
                label=str(need.label),
                people=len(asking),
                languages=tuple(sorted({row.language for row in asking})) if speaks else (),
                notes=tuple(notes),
            )
        )
    return found


def registrations_of(meeting: Meeting) -> list[Attendance]:
    """Everybody who answered or registered, in the order of their answers: one query."""
    rows = Attendance.objects.filter(meeting=meeting).exclude(
        Q(state=AttendanceState.SILENT) & Q(invited_at=None) & Q(came=None)
    )
    return list(
        rows.select_related("person__organisation", "organisation", "seat").order_by(
            "waiting_since", "answered_at", "pk"
        )
    )
