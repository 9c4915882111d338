"""What may be read of the community, and by whom."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.timezone import localdate

from miteinander.community.models import Person, Seat
from miteinander.core.models import Membership, Municipality, User
from miteinander.core.standing import Role, SeatHeld, Standing


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
