"""What the page of a process shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from miteinander.community.models import Body
from miteinander.community.states import BodyKind
from miteinander.core.models.things import address_of
from miteinander.core.prepared import prepared
from miteinander.core.sight import seen, sees_all
from miteinander.core.standing import Standing
from miteinander.process.models import (
    Meeting,
    Milestone,
    Process,
    Resolution,
)
from miteinander.process.queries.lists import processes
from miteinander.process.queries.phases import (
    Duration,
    PhaseAt,
    duration_of,
    milestones_by,
    phases_of,
)
from miteinander.process.states import ResolutionKind, Result

HAPPENINGS = 60
"""So many meetings and resolutions a process page shows; the list of meetings has them all."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A meeting or a resolution in the story of a process."""

    kind: str
    identifier: str
    title: str
    on: date | None
    precision: str
    body: str
    result: str
    """Of a resolution; empty for a meeting."""
    sort: str
    """The kind of meeting or of resolution."""
    is_example: bool
    language: str

    @property
    def address(self) -> str:
        return address_of(self.kind, self.identifier)

    @property
    def result_label(self) -> str:
        return str(Result(self.result).label) if self.result else ""


@dataclass(frozen=True, slots=True)
class SeatLine:
    function: str
    perspective: str
    """Empty where the function says it already."""
    leads: bool
    is_vacant: bool


@dataclass(frozen=True, slots=True)
class BodyLine:
    body: Body
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True, slots=True)
class ProcessPage:
    process: Process
    phases: list[PhaseAt]
    milestones: list[Milestone]
    duration: Duration
    happenings: list[Happening]
    """Newest first."""
    bodies: list[BodyLine]

    @property
    def mandate(self) -> Happening | None:
        """The resolution with which the process began, where the reader may see it."""
        found = (h for h in self.happenings if h.kind == "resolution")
        return next((h for h in found if h.sort == ResolutionKind.MANDATE), None)


def process_page(process: Process, standing: Standing, *, day: date) -> ProcessPage:
    """Gather what the page of a process shows: four queries, however much it is."""
    return ProcessPage(
        process=process,
        phases=phases_of(process, day),
        milestones=milestones_by(process=process.pk),
        duration=duration_of(process, day),
        happenings=_happenings(process, standing),
        bodies=_bodies(process, standing),
    )


def _happenings(process: Process, standing: Standing) -> list[Happening]:
    """Read meetings and resolutions in one query, the newest first."""
    town = process.municipality
    everything = sees_all(town, standing)
    rows = _happened(process=process.pk, town=town.pk, everything=everything)
    return [Happening(*row) for row in rows]


@prepared(process=BigIntegerField(), town=BigIntegerField())
def _happened(*, process: Any, town: Any, everything: bool) -> QuerySet[Any, Any]:
    columns = (
        "kind", "identifier", "title", "happened_on", "precision", "body__title", "outcome",
        "sort", "is_example", "language",
    )  # fmt: skip
    none = Value("", output_field=CharField())
    meetings = seen(Meeting.objects.filter(process=process), town, everything=everything)
    resolutions = seen(Resolution.objects.filter(process=process), town, everything=everything)
    rows: QuerySet[Any, Any] = (
        meetings.annotate(outcome=none, sort=Cast("meeting_kind", CharField()))
        .values_list(*columns)
        .union(
            resolutions.annotate(
                outcome=Cast("result", CharField()), sort=Cast("resolution_kind", CharField())
            ).values_list(*columns),
            all=True,
        )
        .order_by("-happened_on")[:HAPPENINGS]
    )
    return rows


def _bodies(process: Process, standing: Standing) -> list[BodyLine]:
    """Read bodies with their seats in one query; bodies without seats are there, too."""
    town = process.municipality
    rows = _seated(process=process.pk, town=town.pk, everything=sees_all(town, standing))
    bodies: dict[int, Body] = {}
    seats: dict[int, list[SeatLine]] = {}
    for row in rows:
        if row["pk"] not in bodies:
            bodies[row["pk"]] = Body(
                pk=row["pk"],
                municipality_id=process.municipality_id,
                identifier=row["identifier"],
                kind=Body.KIND,
                title=row["title"],
                language=row["language"],
                is_example=row["is_example"],
                body_kind=row["body_kind"],
            )
        lines = seats.setdefault(row["pk"], [])
        if row["seats__pk"] is not None:
            lines.append(
                SeatLine(
                    function=row["seats__function"],
                    perspective=_beside(row["seats__function"], row["seats__perspective__title"]),
                    leads=row["seats__leads"],
                    is_vacant=row["seats__holder"] is None,
                )
            )
    lines_of = [BodyLine(body, tuple(seats[pk])) for pk, body in bodies.items()]
    # From the group that steers to the council that decides: the order of the kinds themselves.
    order = {kind: number for number, kind in enumerate(BodyKind.values)}
    return sorted(lines_of, key=lambda line: order.get(line.body.body_kind, len(order)))


def _beside(function: str, perspective: str | None) -> str:
    return perspective if perspective and perspective != function else ""


@prepared(process=BigIntegerField(), town=BigIntegerField())
def _seated(*, process: Any, town: Any, everything: bool) -> QuerySet[Any, Any]:
    columns = (
        "pk", "identifier", "title", "language", "is_example", "body_kind", "seats__pk",
        "seats__function", "seats__perspective__title", "seats__leads", "seats__holder",
    )  # fmt: skip
    rows: QuerySet[Any, Any] = (
        seen(Body.objects.filter(processes=process), town, everything=everything)
        .order_by("title", "pk", "seats__position", "seats__pk")
        .values(*columns)
    )
    return rows


def processes_of_body(body: Body, standing: Standing) -> list[Process]:
    everything = sees_all(body.municipality, standing)
    return _processes_of(body=body.pk, town=body.municipality_id, everything=everything)


@prepared(body=BigIntegerField(), town=BigIntegerField())
def _processes_of(*, body: Any, town: Any, everything: bool) -> QuerySet[Process]:
    return processes(town, everything=everything).filter(bodies=body)


def mandate_of(process: Process) -> Resolution | None:
    """Return the resolution with which the process began."""
    return process.resolutions.filter(resolution_kind=ResolutionKind.MANDATE).first()
