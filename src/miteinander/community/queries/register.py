"""Who is at the table: people, offices, organisations, perspectives, bodies and seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    F,
    FilteredRelation,
    Q,
    QuerySet,
)
from django.utils.timezone import localdate

from miteinander.community.models import Body, Office, Organisation, Person, Perspective, Seat
from miteinander.core.models import Membership, Municipality, User
from miteinander.core.prepared import prepared, there
from miteinander.core.sight import seen, sees_all, visible
from miteinander.core.standing import Role, SeatHeld, Standing


def standing_of(
    municipality: Municipality | None,
    user: User | AnonymousUser,
    *,
    at: datetime,
    codes: frozenset[str] = frozenset(),
) -> Standing:
    """Who this account is in this municipality now: at most two queries, none for visitors.

    Called once per request by the middleware, lazily.
    """
    here = municipality.pk if municipality else None
    if municipality is None or not isinstance(user, User):
        return Standing(municipality=here, at=at, codes=codes)
    # One row for each further organisation that the person acts for, or one without any.
    of_town = FilteredRelation("user__people", condition=Q(user__people__municipality=municipality))
    found = Membership.objects.filter(user=user, municipality=municipality)
    rows: list[Any] = list(
        found.annotate(who=of_town)
        .order_by("who")
        .values_list(
            "role", "who", "who__function", "who__organisation", "who__acts_for", named=True
        )
    )
    if not rows:
        return Standing(municipality=here, at=at, codes=codes)
    mine = rows[0]
    acts_for = {row.who__acts_for for row in rows} | {mine.who__organisation}
    seats = _seats_held(mine.who, municipality, localdate(at)) if mine.who else ()
    role = Role(mine.role)
    return Standing(
        municipality=here,
        at=at,
        user=user.pk,
        person=mine.who,
        role=role,
        organisations=frozenset(pk for pk in acts_for if pk is not None),
        seats=seats,
        function=mine.who__function if mine.who else Membership(role=role).get_role_display(),
        bodies=frozenset(s.body for s in seats),
        codes=codes,
    )


def _seats_held(person: int, municipality: Municipality, day: date) -> tuple[SeatHeld, ...]:
    # The sum keeps SQLite from walking through all things of a town: somebody has few seats.
    seats = (
        Seat.objects.annotate(town=F("body__municipality") + 0)
        .filter(Q(holder=person) | Q(deputy=person), town=municipality.pk)
        .select_related("body")
    )
    return tuple(
        SeatHeld(
            seat=seat.pk,
            body=seat.body_id,
            body_kind=seat.body.body_kind,
            as_deputy=seat.holder_id != person,
            speaks=seat.has_voice and seat.holder_is_absent(day) == (seat.holder_id != person),
            leads=seat.leads,
        )
        for seat in seats
        if seat.in_term(day)
    )


def office_of(municipality: Municipality) -> Office | None:
    """Return the office that the public reaches: the oldest one (frame of every page)."""
    offices = Office.objects.filter(organisation__municipality=municipality)
    return offices.select_related("organisation__municipality").order_by("pk").first()


def standing_of_seat(seat: Seat, *, at: datetime) -> Standing:
    """Whoever speaks for a seat at a moment: its holder, or the deputy while they are absent."""
    absent = seat.holder_is_absent(localdate(at))
    person = seat.deputy if absent else seat.holder
    held = SeatHeld(
        seat=seat.pk,
        body=seat.body_id,
        body_kind=seat.body.body_kind,
        as_deputy=absent,
        speaks=seat.has_voice and person is not None,
        leads=seat.leads,
    )
    return Standing(
        municipality=seat.body.municipality_id,
        at=at,
        person=person.pk if person else None,
        role=Role.MEMBER,
        seats=(held,),
        function=seat.function,
        bodies=frozenset({seat.body_id}),
    )


def people_with_account(municipality: Municipality) -> list[Person]:
    """Everybody who can sign in, by function ("sign in as" of a demo)."""
    people = Person.objects.filter(municipality=municipality, user__isnull=False)
    return list(people.select_related("user").order_by("pk"))


# --- the register: twin of the rule "community.see_thing" -----------------------------------------


def organisations_visible_to(
    municipality: Municipality, standing: Standing
) -> QuerySet[Organisation]:
    """Organisations by name (their pages, lists and choices in forms)."""
    return visible(Organisation.objects.all(), municipality, standing).order_by("title", "pk")


def perspectives_visible_to(
    municipality: Municipality, standing: Standing
) -> QuerySet[Perspective]:
    found = visible(Perspective.objects.all(), municipality, standing)
    return found.order_by("retired_on", "position", "title", "pk")


def bodies_visible_to(municipality: Municipality, standing: Standing) -> QuerySet[Body]:
    return visible(Body.objects.all(), municipality, standing).order_by("title", "pk")


def body_at(municipality: Municipality, standing: Standing, identifier: str) -> Body:
    """Return the body under an address, else `NotThere`."""
    everything = sees_all(municipality, standing)
    found: Body = there(
        _body_at(town=municipality.pk, identifier=identifier, everything=everything)
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _body_at(*, town: Any, identifier: Any, everything: bool) -> QuerySet[Body]:
    return seen(Body.objects.filter(identifier=identifier), town, everything=everything)


def organisations_of(municipality: Municipality) -> QuerySet[Organisation]:
    """Everything that still takes part, whoever asks (choices in forms, figures)."""
    return Organisation.objects.filter(municipality=municipality, retired_on=None).order_by(
        "title", "pk"
    )


def organisation_named(municipality: int, name: str) -> Organisation | None:
    """The organisation that somebody means who types its name; None where it is not that clear."""
    name = " ".join(name.split())
    rows = Organisation.objects.filter(municipality=municipality, retired_on=None)
    found = list(rows.filter(title__iexact=name)[:2]) if name else []
    return found[0] if len(found) == 1 else None


def perspectives_of(municipality: Municipality) -> QuerySet[Perspective]:
    return Perspective.objects.filter(municipality=municipality, retired_on=None).order_by(
        "position", "title", "pk"
    )


def bodies_of(municipality: Municipality) -> QuerySet[Body]:
    return Body.objects.filter(municipality=municipality, retired_on=None).order_by("title", "pk")


def people_of(municipality: Municipality) -> QuerySet[Person]:
    """People by function, with their organisation: for the workspace only, never for the public."""
    return (
        Person.objects.filter(municipality=municipality)
        .select_related("organisation")
        .order_by("function", "pk")
    )


def offices_of(municipality: Municipality) -> QuerySet[Office]:
    return (
        Office.objects.filter(organisation__municipality=municipality)
        .select_related("organisation")
        .order_by("organisation__title", "pk")
    )


def seats_of(body: Body) -> QuerySet[Seat]:
    """All seats of a body in their order, with everything that a page shows of them: one query."""
    return body.seats.select_related(
        "body", "perspective", "organisation", "holder__organisation", "deputy__organisation"
    ).order_by("position", "pk")


def seats_in(municipality: Municipality) -> QuerySet[Seat]:
    """Seats of the municipality's bodies (a seat is looked up by its number through these)."""
    return Seat.objects.filter(body__municipality=municipality).select_related(
        "body__municipality", "perspective", "organisation", "holder", "deputy"
    )


def bodies_with_seats(municipality: Municipality, standing: Standing) -> QuerySet[Body]:
    """Bodies with their number of seats and of vacant ones (the workspace's overview)."""
    return bodies_visible_to(municipality, standing).annotate(
        seat_count=Count("seats"), vacant_count=Count("seats", filter=Q(seats__holder=None))
    )


def organisation_page(organisation: Organisation, standing: Standing) -> OrganisationPage:
    """Gather what the page of an organisation shows: three queries."""
    town = organisation.municipality
    asked = {
        "organisation": organisation.pk,
        "town": town.pk,
        "everything": sees_all(town, standing),
    }
    return OrganisationPage(
        organisation=organisation,
        office=next(iter(_office_of(organisation=organisation.pk)), None),
        perspectives=_perspectives_of(**asked),
        seats=_seats_of(**asked),
    )


@prepared(organisation=BigIntegerField())
def _office_of(*, organisation: Any) -> QuerySet[Office]:
    offices = Office.objects.filter(organisation=organisation)
    return offices.select_related("organisation__municipality").order_by("pk")[:1]


@prepared(organisation=BigIntegerField(), town=BigIntegerField())
def _perspectives_of(*, organisation: Any, town: Any, everything: bool) -> QuerySet[Perspective]:
    found = Perspective.objects.filter(organisations=organisation)
    return seen(found, town, everything=everything).order_by("position", "title")


@prepared(organisation=BigIntegerField(), town=BigIntegerField())
def _seats_of(*, organisation: Any, town: Any, everything: bool) -> QuerySet[Seat]:
    bodies = seen(Body.objects.all(), town, everything=everything)
    found = Seat.objects.filter(organisation=organisation, body__in=bodies.values("pk"))
    return found.select_related("body").order_by("body__title", "position")


def perspective_page(perspective: Perspective, standing: Standing) -> PerspectivePage:
    """Gather what the page of a perspective shows: two queries."""
    town = perspective.municipality
    seats = Seat.objects.filter(
        perspective=perspective, body__in=visible(Body.objects.all(), town, standing)
    )
    organisations = visible(perspective.organisations.all(), town, standing)
    return PerspectivePage(
        perspective=perspective,
        organisations=list(organisations.order_by("title")),
        seats=list(seats.select_related("body").order_by("body__title", "position")),
    )


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    organisation: Organisation
    office: Office | None
    perspectives: list[Perspective]
    seats: list[Seat]


@dataclass(frozen=True, slots=True)
class PerspectivePage:
    perspective: Perspective
    organisations: list[Organisation]
    seats: list[Seat]


def seats_shown(body: Body) -> list[Seat]:
    """Seats as everybody may see them: by function, without a word about people. One query."""
    return _seats_shown(body=body.pk)


@prepared(body=BigIntegerField())
def _seats_shown(*, body: Any) -> QuerySet[Seat]:
    found = Seat.objects.filter(body=body).select_related("perspective", "organisation")
    return found.order_by("position", "pk")
