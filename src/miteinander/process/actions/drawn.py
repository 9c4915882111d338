"""Drawing by lot, from the seed on: the panel, who moves up, what becomes of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from miteinander.community.actions import create_seat, fill_seat, register_person
from miteinander.community.models import Person, Seat
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.process.actions.draws import commitment_of, locked_draw
from miteinander.process.actions.self_described import forget_told
from miteinander.process.models import Attendance, Draw, Meeting, Replacement, Ticket
from miteinander.process.states import DrawState, Gone, SeedFrom

if TYPE_CHECKING:
    from miteinander.core.standing import Standing


@transaction.atomic
def draw_panel(draw: Draw, *, seed: str, number: int, by: Standing, at: datetime) -> Draw:
    """Draw: the seed decides which panel of the list it is. It cannot be drawn again.

    `number` is what the seed draws from the list (``insights.draw_number``). A seed made
    beforehand is revealed here, and has to be the one that was fixed.
    """
    draw = locked_draw(draw, DrawState.ANNOUNCED)
    seed = seed.strip()
    if draw.seed_from == SeedFrom.BEFORE and commitment_of(seed) != draw.commitment:
        raise Invalid({"seed": _("This is not the seed that was fixed beforehand.")})
    if not seed:
        raise Invalid({"seed": _("Please enter the seed that was thrown.")})
    panel: list[str] = draw.panels.numbers[number]
    draw.seed, draw.drawn_number, draw.drawn_at = seed, number, at
    draw.state, draw.happened_on = DrawState.DRAWN, localdate(at)
    draw.save()
    draw.tickets.filter(number__in=panel).update(is_drawn=True)
    data = {"seed": seed, "digest": draw.panels.digest, "number": number, "panel": panel}
    record("draw.drawn", draw.as_thing(), by=by, at=at, data=data)
    return draw


@transaction.atomic
def replace_drawn(
    draw: Draw,
    *,
    gone: str,
    new: str | None,
    same_type: bool,
    missed: Sequence[Sequence[Any]],
    reason: Gone | str,
    by: Standing,
    at: datetime,
    note: str = "",
) -> Replacement:
    """Somebody drawn cannot come: note it, and who moves up (``insights.move_up``).

    A seat that the number had become goes to whoever moves up. The note is personal.
    """
    draw = locked_draw(draw, DrawState.DRAWN)
    leaving = draw.tickets.filter(number=gone, is_drawn=True).first()
    if leaving is None:
        raise Invalid({"gone": _("This number does not sit on the panel.")})
    coming = draw.tickets.filter(number=new, is_drawn=False).first() if new else None
    if new and coming is None:
        raise Closed(
            _("Somebody else has noted a replacement in the meantime."),
            do=_("Please look at the panel again."),
        )
    # The seat changes hands: it belongs to the draw, not to the number.
    seat, leaving.is_drawn, leaving.seat = leaving.seat, False, None
    leaving.save(update_fields=["is_drawn", "seat"])
    if coming is not None:
        coming.is_drawn = True
        coming.save(update_fields=["is_drawn"])
    if seat is not None:
        _give_seat(draw, seat, coming, by=by, at=at)
    made = Replacement.objects.create(
        draw=draw,
        gone=leaving,
        new=coming,
        same_type=same_type,
        missed=[list(row) for row in missed],
        reason=Gone(reason),
        at=at,
    )
    record(
        "draw.replaced",
        draw.as_thing(),
        by=by,
        at=at,
        data={"gone": gone, "new": new or "–", "reason": str(Gone(reason)), "seed": draw.seed},
        personal={"note": note, "person": leaving.person_id} if note else None,
    )
    return made


@transaction.atomic
def seat_drawn(draw: Draw, *, by: Standing, at: datetime) -> int:
    """Give everybody on the panel a seat in the body, with voice; how many are new.

    Whoever came from a file is entered in the register first. Twice is once.
    """
    draw = locked_draw(draw, DrawState.DRAWN)
    standing = draw.tickets.filter(is_drawn=True, seat=None).select_related("person")
    tickets = list(standing.order_by("pk"))  # the order tells nobody's number
    taken = set(Seat.objects.filter(body=draw.body).values_list("function", flat=True))
    number = 0
    for ticket in tickets:
        number += 1
        while (function := gettext("Member drawn by lot %(n)s") % {"n": number}) in taken:
            number += 1
        taken.add(function)
        seat = create_seat(draw.body, function=function, by=by, at=at)
        _give_seat(draw, seat, ticket, by=by, at=at)
    if tickets:
        record("draw.seated", draw.as_thing(), by=by, at=at, data={"people": len(tickets)})
    return len(tickets)


def _give_seat(
    draw: Draw, seat: Seat, ticket: Ticket | None, *, by: Standing, at: datetime
) -> None:
    if ticket is None:
        fill_seat(seat, holder=None, by=by, at=at)
        return
    if ticket.person is None and ticket.who:
        ticket.person = _registered(draw, seat, ticket, by=by, at=at)
    ticket.seat = seat
    ticket.save(update_fields=["person", "seat"])
    fill_seat(seat, holder=ticket.person, by=by, at=at)


def _registered(draw: Draw, seat: Seat, ticket: Ticket, *, by: Standing, at: datetime) -> Person:
    """Somebody from a file enters the register; whoever has the same address is there already."""
    people = Person.objects.filter(municipality=draw.municipality_id)
    known = people.filter(email=ticket.email).first() if ticket.email else None
    function = f"{seat.function}, {draw.body.title}"[:120]
    if known is None:
        known = people.filter(function=function, name=ticket.name).first()
    return known or register_person(
        draw.municipality,
        function=function,
        name=ticket.name[:120],
        email=ticket.email,
        by=by,
        at=at,
    )


@transaction.atomic
def invite_drawn(draw: Draw, meeting: Meeting, *, by: Standing, at: datetime) -> int:
    """Put everybody on the panel on the list of a meeting, still without an answer; how many."""
    draw = locked_draw(draw, DrawState.DRAWN)
    assert meeting.municipality_id == draw.municipality_id, "a meeting of another municipality"
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    tickets = list(
        draw.tickets.filter(is_drawn=True).select_related("person", "seat").order_by("pk")
    )
    there = Attendance.objects.filter(meeting=meeting).filter(
        Q(person__in=[t.person_id for t in tickets if t.person_id])
        | Q(email__in=[t.email for t in tickets if t.email])
        | Q(name__in=[t.name for t in tickets if t.name])
    )
    known = set(there.values_list("person", "email", "name"))
    people = {person for person, _email, _name in known}
    guests = {(email, name) for person, email, name in known if person is None}
    addresses = {email for person, email, _name in known if person is None and email}
    function = gettext("Drawn by lot")
    new = [
        Attendance(
            meeting=meeting,
            person=ticket.person,
            seat=ticket.seat,
            organisation_id=ticket.person.organisation_id if ticket.person else None,
            function=ticket.person.function if ticket.person else function,
            name="" if ticket.person else ticket.name[:120],
            email="" if ticket.person else ticket.email,
            language=ticket.person.language if ticket.person else meeting.language,
            is_example=draw.is_example,
        )
        for ticket in tickets
        if ticket.who
        and (
            ticket.person_id not in people
            if ticket.person_id
            else not _is_there(ticket, guests, addresses)
        )
    ]
    _one_address_each(new, addresses)
    Attendance.objects.bulk_create(new)
    if new:
        record(
            "draw.invited",
            draw.as_thing(),
            by=by,
            at=at,
            data={"meeting": meeting.title, "people": len(new)},
        )
    return len(new)


def _is_there(ticket: Ticket, guests: set[tuple[str, str]], addresses: set[str]) -> bool:
    name = ticket.name[:120]
    return (ticket.email, name) in guests or (ticket.email in addresses and ("", name) in guests)


def _one_address_each(rows: Sequence[Attendance], taken: Collection[str]) -> None:
    """An address stands once in a meeting: whoever shares it with somebody gets a letter."""
    found = set(taken)
    for row in rows:
        if row.email in found:
            row.email = ""
        elif row.email:
            found.add(row.email)


@transaction.atomic
def erase_names(draw: Draw, *, by: Standing, at: datetime) -> int:
    """Erase who was in the pool and was not drawn: their numbers stay, without a way to them.

    After that nobody can move up any more. How many were erased.
    """
    draw = locked_draw(draw, DrawState.DRAWN)
    others = draw.tickets.filter(is_drawn=False).exclude(name="", email="", person=None)
    count = others.update(name="", email="", person=None)
    forget_told(draw)
    if draw.names_erased_on is None:
        draw.names_erased_on = localdate(at)
        draw.save(update_fields=["names_erased_on"])
        record("draw.names_erased", draw.as_thing(), by=by, at=at, data={"people": count})
    return count


def forget_tickets(person: int) -> None:
    """Cut the way from a person to their numbers; in the transaction of the erasure."""
    Ticket.objects.filter(person=person).update(person=None, name="", email="")
