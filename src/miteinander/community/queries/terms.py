"""Terms and tenures: who held a seat, whose term ends, which body is without a lead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from miteinander.community.models import Body, Person, Seat, Tenure
from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared

NOTICE = timedelta(days=60)
"""So long before the end of a term the coordination is told."""


def tenures_of(seat: Seat) -> QuerySet[Tenure]:
    """Everybody who held a seat or stood in, the newest first, with who it was: for the inside."""
    return seat.tenures.select_related("person").order_by("-starts", "-pk")


def former_holders(body: Body) -> dict[int, list[Tenure]]:
    """Of each seat of a body who held it before, by function alone. One query."""
    found: dict[int, list[Tenure]] = {}
    for tenure in _former_holders(body=body.pk):
        found.setdefault(tenure.seat_id, []).append(tenure)
    return found


@prepared(body=BigIntegerField())
def _former_holders(*, body: Any) -> QuerySet[Tenure]:
    rows = Tenure.objects.filter(seat__body=body, as_deputy=False, ended__isnull=False)
    return rows.order_by("-starts", "-pk")


def terms_ending(municipality: Municipality, day: date) -> QuerySet[Seat]:
    """Seats whose term ends soon, or has ended with somebody still on it (*Heute*)."""
    return (
        Seat.objects.filter(
            body__municipality=municipality,
            body__retired_on=None,
            holder__isnull=False,
            ends__lte=day + NOTICE,
        )
        .select_related("body")
        .order_by("ends", "pk")
    )


def bodies_without_lead(municipality: Municipality, day: date) -> QuerySet[Body]:
    """Bodies that have a seat to lead them, on which nobody sits in term now (*Heute*).

    Bodies without such a seat are not here: who leads a council is not kept in this register.
    """
    leading = Seat.objects.filter(body=OuterRef("pk"), leads=True)
    begun = Q(starts=None) | Q(starts__lte=day)
    lasting = Q(ends=None) | Q(ends__gte=day)
    led = leading.filter(begun, lasting, holder__isnull=False)
    return Body.objects.filter(
        Exists(leading), ~Exists(led), municipality=municipality, retired_on=None
    ).order_by("title", "pk")


def lacks_lead(seats: list[Seat], day: date) -> bool:
    """The same of one body whose seats are known; no query."""
    leading = [seat for seat in seats if seat.leads]
    return bool(leading) and not any(s.holder_id and s.in_term(day) for s in leading)


def people_acting_for(organisation: int, municipality: Municipality) -> QuerySet[Person]:
    """Who belongs to an organisation or acts for it, by function."""
    return (
        Person.objects.filter(
            Q(organisation=organisation) | Q(acts_for=organisation), municipality=municipality
        )
        .distinct()
        .order_by("function", "pk")
    )
