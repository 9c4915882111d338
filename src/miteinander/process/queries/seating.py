"""Table plans: who sits where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from miteinander.process.models import Attendance, Guest, SeatingWish, TablePlan
from miteinander.process.states import AttendanceState

if TYPE_CHECKING:
    from miteinander.community.models import Person
    from miteinander.core.models import Municipality
    from miteinander.process.models import Meeting


def plans_in(municipality: Municipality) -> QuerySet[TablePlan]:
    """Table plans of a town; who may see one is asked of its meeting (``process.see_tables``)."""
    return TablePlan.objects.filter(meeting__municipality=municipality).select_related(
        "meeting__municipality", "meeting__body", "meeting__process"
    )


def plans_of(meeting: Meeting) -> list[TablePlan]:
    return list(TablePlan.objects.filter(meeting=meeting).order_by("pk"))


def plan_to_seat(pk: int) -> TablePlan:
    """For the worker."""
    return TablePlan.objects.select_related("meeting__municipality").get(pk=pk)


@dataclass(frozen=True, slots=True)
class Seated:
    """A plan with its people and their wishes about each other."""

    plan: TablePlan
    guests: list[Guest]
    wishes: list[SeatingWish]

    def tables(self, number: int) -> list[tuple[int, list[Guest]]]:
        """Who sits at each table in a round, both counted from 1."""
        return [
            (table, [g for g in self.guests if g.seats and g.seats[number - 1] == table])
            for table in range(1, self.plan.tables + 1)
        ]


def seated_in(plan: TablePlan) -> Seated:
    """Two queries."""
    return Seated(
        plan=plan,
        guests=list(plan.guests.select_related("person").order_by("name", "pk")),
        wishes=list(plan.wishes.select_related("one", "other")),
    )


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody to be seated, as the meeting or the body knows them."""

    person: Person | None
    name: str
    organisation: str
    language: str
    perspective: str


def coming_to(meeting: Meeting) -> list[Present]:
    """Whoever has said they come."""
    rows = (
        Attendance.objects.filter(meeting=meeting, state=AttendanceState.COMING)
        .select_related("person__organisation", "organisation", "seat__perspective")
        .order_by("pk")
    )
    return [
        Present(
            person=row.person,
            name=(row.person.name or row.person.function) if row.person else row.name,
            organisation=next(
                (o.title for o in (row.organisation, row.person and row.person.organisation) if o),
                "",
            ),
            language=row.person.language if row.person else row.language,
            perspective=row.seat.perspective.title if row.seat and row.seat.perspective else "",
        )
        for row in rows
    ]


def seated_by_body(meeting: Meeting) -> list[Present]:
    """The holders of the body's seats, each once."""
    seats = meeting.body.seats.filter(~Q(holder=None)).select_related(
        "holder__organisation", "organisation", "perspective"
    )
    found: dict[int, Present] = {}
    for seat in seats.order_by("position", "pk"):
        person = seat.holder
        assert person is not None, "only filled seats were asked for"
        organisation = seat.organisation or person.organisation
        found.setdefault(
            person.pk,
            Present(
                person=person,
                name=person.name or person.function,
                organisation=organisation.title if organisation else "",
                language=person.language,
                perspective=seat.perspective.title if seat.perspective else "",
            ),
        )
    return list(found.values())
