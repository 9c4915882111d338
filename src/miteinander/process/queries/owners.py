"""Whose task it is: what somebody typed, found in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from miteinander.community.models import Body, Organisation, Person, Seat
from miteinander.community.queries import reachable
from miteinander.core.models import Municipality

if TYPE_CHECKING:
    from datetime import date

    from miteinander.process.models import Task


@dataclass(frozen=True, slots=True)
class Owner:
    """At most one of the three is set; none where nobody of the register is called so."""

    seat: Seat | None = None
    organisation: Organisation | None = None
    person: Person | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.seat or self.organisation or self.person)


def owner_named(body: Body, name: str) -> Owner:
    """Find a seat of the body, else an organisation, else the one person with a function."""
    name = name.strip()
    town = body.municipality_id
    if seat := body.seats.filter(function__iexact=name).order_by("pk").first():
        return Owner(seat=seat)
    organisations = Organisation.objects.filter(municipality=town, retired_on=None)
    if organisation := organisations.filter(title__iexact=name).order_by("pk").first():
        return Owner(organisation=organisation)
    people = list(Person.objects.filter(municipality=town, function__iexact=name)[:2])
    return Owner(person=people[0]) if len(people) == 1 else Owner()


def owners_offered(body: Body) -> list[str]:
    """What may be typed as the owner of a task, as suggestions: three queries."""
    town = Q(municipality=body.municipality_id)
    names = [
        *body.seats.order_by("position", "pk").values_list("function", flat=True),
        *Organisation.objects.filter(town, retired_on=None)
        .order_by("title")
        .values_list("title", flat=True),
        *Person.objects.filter(town).order_by("function").values_list("function", flat=True),
    ]
    return list(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told by mail; `person` is None for the address of an organisation."""

    address: str
    language: str
    person: int | None


def recipients_of(task: Task, *, day: date) -> list[Recipient]:
    """Whom to tell about a task: its person, who speaks for its seat, all of its organisation.

    Nobody is written to who did not agree; an organisation's own address stands in for its people.
    Reads meeting, seat and organisation (select them); one query.
    """
    people = Person.objects.filter(municipality=task.meeting.municipality_id)
    if task.owner_person_id is not None:
        return _told(people.filter(pk=task.owner_person_id))
    if (seat := task.owner_seat) is not None:
        speaks = seat.deputy_id if seat.holder_is_absent(day) else seat.holder_id
        return [] if speaks is None else _told(people.filter(pk=speaks))
    if (organisation := task.owner_organisation) is not None:
        acts = Q(organisation=organisation) | Q(acts_for=organisation)
        own = Recipient(organisation.email, organisation.language, None)
        return _told(people.filter(acts)) or ([own] if organisation.email else [])
    return []


def members_to_tell(municipality: Municipality, body: int, *, day: date) -> list[Person]:
    """Holders and deputies of a body's seats who may be written to (draft minutes): two queries."""
    seats = [
        seat
        for seat in Seat.objects.filter(body=body, body__municipality=municipality).order_by(
            "position", "pk"
        )
        if seat.in_term(day)
    ]
    wanted = list(dict.fromkeys(pk for seat in seats for pk in (seat.holder_id, seat.deputy_id)))
    people = Person.objects.filter(pk__in=[pk for pk in wanted if pk is not None])
    found = reachable(people).select_related("user")
    return sorted(found, key=lambda person: wanted.index(person.pk))


def mail_address_of(person: Person) -> str:
    return person.email or (person.user.email if person.user else "")


def _told(people: QuerySet[Person]) -> list[Recipient]:
    return [
        Recipient(mail_address_of(person), person.language, person.pk)
        for person in reachable(people).select_related("user").distinct().order_by("pk")
    ]
