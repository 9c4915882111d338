"""What may be read of the community, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.timezone import localdate, localtime

from miteinander.community.models import Office, Person, Seat
from miteinander.core.models import Membership, Municipality, User
from miteinander.core.standing import Role, SeatHeld, Standing


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def standing_of(
    municipality: Municipality | None, user: User | AnonymousUser, *, at: datetime
) -> Standing:
    """Who this account is in this municipality now: at most three queries, none for visitors.

    Called once per request by the middleware, lazily.
    """
    here = municipality.pk if municipality else None
    if municipality is None or not isinstance(user, User):
        return Standing(municipality=here, at=at)
    membership = Membership.objects.filter(user=user, municipality=municipality).first()
    if membership is None:
        return Standing(municipality=here, at=at)
    person = Person.objects.filter(user=user, municipality=municipality).first()
    day = localdate(at)
    seats = _seats_held(person, day) if person else ()
    role = Role(membership.role)
    return Standing(
        municipality=here,
        at=at,
        user=user.pk,
        person=person.pk if person else None,
        role=role,
        organisations=frozenset({person.organisation_id} if person else set()) - {None},
        seats=seats,
        function=person.function if person else str(membership.get_role_display()),
        bodies=frozenset(s.body for s in seats),
    )


def _seats_held(person: Person, day: date) -> tuple[SeatHeld, ...]:
    seats = Seat.objects.filter(
        Q(holder=person) | Q(deputy=person), body__municipality=person.municipality_id
    ).select_related("body")
    held = []
    for seat in seats:
        if not seat.in_term(day):
            continue
        as_deputy = seat.holder_id != person.pk
        held.append(
            SeatHeld(
                seat=seat.pk,
                body=seat.body_id,
                body_kind=seat.body.body_kind,
                as_deputy=as_deputy,
                speaks=seat.has_voice and seat.holder_is_absent(day) == as_deputy,
                leads=seat.leads,
            )
        )
    return tuple(held)


def office_of(municipality: Municipality) -> Office | None:
    """The office that the public reaches: the oldest of the municipality (frame of every page)."""
    offices = Office.objects.filter(organisation__municipality=municipality)
    return offices.select_related("organisation").order_by("pk").first()


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an office is open now, and until when today."""

    is_open: bool
    until: time | None = None


def opening_now(office: Office, at: datetime) -> Opening:
    """Spans that touch are one: 8 to 12 and 12 to 13 are open until 13."""
    local = localtime(at)
    today = DAYS[local.weekday()]
    spans = sorted(
        (time.fromisoformat(row["from"]), time.fromisoformat(row["to"]))
        for row in office.opening_hours
        if today in row["days"]
    )
    until: time | None = None
    for start, end in spans:
        if start <= local.time() < end or (until is not None and start <= until < end):
            until = end
    return Opening(until is not None, until)


def people_with_account(municipality: Municipality) -> list[Person]:
    """Everybody who can sign in, by function ("sign in as" of a demo)."""
    people = Person.objects.filter(municipality=municipality, user__isnull=False)
    return list(people.select_related("user").order_by("pk"))
