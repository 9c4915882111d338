"""Seats: who sits in a body, and since when."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import locked, own_row
from miteinander.community.actions.tenures import sit
from miteinander.community.models import Body, Organisation, Person, Perspective, Seat
from miteinander.core.errors import Invalid
from miteinander.core.events.record import record
from miteinander.core.standing import Standing

if TYPE_CHECKING:
    from miteinander.core.errors import Text


@transaction.atomic
def create_seat(
    body: Body,
    *,
    function: str,
    by: Standing,
    at: datetime,
    perspective: Perspective | None = None,
    organisation: Organisation | None = None,
    has_voice: bool = True,
    has_vote: bool | None = None,
    leads: bool = False,
    starts: date | None = None,
    ends: date | None = None,
) -> Seat:
    """Set up a place in a body, for a perspective or an organisation, still vacant."""
    locked(body.municipality)
    _refuse_same_seat(body, function)
    _refuse_backwards(starts, ends, _TERM_BACKWARDS)
    has_vote = has_voice if has_vote is None else has_vote
    _refuse_a_silent_vote(has_voice=has_voice, has_vote=has_vote)
    last = body.seats.order_by("-position").values_list("position", flat=True).first()
    seat = Seat.objects.create(
        body=body,
        function=function.strip(),
        perspective=own_row(perspective, body.municipality_id),
        organisation=own_row(organisation, body.municipality_id),
        has_voice=has_voice,
        has_vote=has_vote,
        leads=leads,
        starts=starts,
        ends=ends,
        position=(last or 0) + 1,
    )
    _record_seat("seat.created", seat, by=by, at=at)
    return seat


@transaction.atomic
def change_seat(
    seat: Seat,
    *,
    function: str,
    perspective: Perspective | None,
    organisation: Organisation | None,
    has_voice: bool,
    has_vote: bool,
    leads: bool,
    starts: date | None,
    ends: date | None,
    by: Standing,
    at: datetime,
) -> Seat:
    town = locked(seat.body.municipality)
    _refuse_same_seat(seat.body, function, seat)
    _refuse_backwards(starts, ends, _TERM_BACKWARDS)
    _refuse_a_silent_vote(has_voice=has_voice, has_vote=has_vote)
    seat.function = function.strip()
    seat.perspective, seat.organisation = (
        own_row(perspective, town.pk),
        own_row(organisation, town.pk),
    )
    seat.has_voice, seat.has_vote, seat.leads = has_voice, has_vote, leads
    seat.starts, seat.ends = starts, ends
    seat.save()
    _record_seat("seat.changed", seat, by=by, at=at)
    return seat


@transaction.atomic
def fill_seat(
    seat: Seat,
    *,
    holder: Person | None,
    by: Standing,
    at: datetime,
    deputy: Person | None = None,
    on: date | None = None,
) -> Seat:
    """Say who holds a seat and who stands in, from a day on; with nobody, the seat is vacant.

    A new holder begins present: an absence that was noted for the previous one ends here. Who
    held the seat before stays in its history. The same people again change nothing.
    """
    town = locked(seat.body.municipality).pk
    on = on or localdate(at)
    seat = _again(seat)
    if holder is not None and holder == deputy:
        raise Invalid({"deputy": gettext_lazy("Nobody can be their own deputy.")})
    _refuse_the_future(on, at)
    if seat.holder_id != (holder.pk if holder else None):
        seat.absent_from = seat.absent_until = None
    changed = [
        sit(seat, own_row(holder, town), on=on),
        sit(seat, own_row(deputy, town), on=on, as_deputy=True),
    ]
    seat.save(update_fields=["holder", "deputy", "absent_from", "absent_until"])
    if not any(changed):
        return seat
    people = {"holder": holder.pk if holder else None, "deputy": deputy.pk if deputy else None}
    kind = "seat.filled" if holder else "seat.emptied"
    _record_seat(kind, seat, by=by, at=at, personal=people)
    return seat


@transaction.atomic
def hand_over(
    seat: Seat,
    *,
    to: Person,
    on: date,
    by: Standing,
    at: datetime,
    deputy: Person | None = None,
    ends: date | None = None,
) -> Seat:
    """Hand a seat on in one step: the old tenure ends the day before, the new term begins.

    `deputy` stands in for the new holder; nobody is carried over unasked. The same hand-over
    again changes nothing.
    """
    town = locked(seat.body.municipality).pk
    seat = _again(seat)
    if to == deputy:
        raise Invalid({"deputy": gettext_lazy("Nobody can be their own deputy.")})
    if (seat.holder, seat.deputy, seat.starts, seat.ends) == (to, deputy, on, ends):
        return seat
    if seat.holder == to and (seat.ends is None or seat.ends >= on):
        sentence = gettext_lazy("This person holds the seat already.")
        raise Invalid({"to": sentence})
    _refuse_the_future(on, at)
    _refuse_backwards(on, ends, _TERM_BACKWARDS)
    if seat.deputy == to:
        sit(seat, None, on=on, as_deputy=True)
    sit(seat, own_row(to, town), on=on)
    sit(seat, own_row(deputy, town), on=on, as_deputy=True)
    seat.absent_from = seat.absent_until = None
    seat.starts, seat.ends = on, ends
    seat.save()
    people = {"holder": to.pk, "deputy": deputy.pk if deputy else None}
    _record_seat("seat.handed_over", seat, by=by, at=at, personal=people)
    return seat


@transaction.atomic
def note_absence(
    seat: Seat,
    *,
    absent_from: date | None,
    by: Standing,
    at: datetime,
    absent_until: date | None = None,
) -> Seat:
    """Note from when to when the deputy speaks; without a beginning, the holder is back."""
    if absent_from is None and absent_until is not None:
        raise Invalid({"absent_from": gettext_lazy("Please say from which day on.")})
    _refuse_backwards(absent_from, absent_until, _ABSENCE_BACKWARDS, field="absent_until")
    seat.absent_from, seat.absent_until = absent_from, absent_until
    seat.save(update_fields=["absent_from", "absent_until"])
    kind = "seat.absence_noted" if absent_from else "seat.absence_ended"
    days = {"from": absent_from, "until": absent_until}
    # When somebody is away is about that person, not about the seat.
    personal = {name: day.isoformat() for name, day in days.items() if day}
    _record_seat(kind, seat, by=by, at=at, personal=personal)
    return seat


_TERM_BACKWARDS = gettext_lazy("A term cannot end before it starts.")


_ABSENCE_BACKWARDS = gettext_lazy("An absence cannot end before it starts.")


def _refuse_same_seat(body: Body, function: str, own: Seat | None = None) -> None:
    others = body.seats.filter(function__iexact=function.strip())
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        raise Invalid(
            {
                "function": gettext_lazy(
                    "This body already has a seat of that name. If there are two, "
                    "please tell them apart, for example “member 1” and “member 2”."
                )
            }
        )


def _refuse_backwards(
    starts: date | None, ends: date | None, sentence: Text, *, field: str = "ends"
) -> None:
    if starts is not None and ends is not None and ends < starts:
        raise Invalid({field: sentence})


def _refuse_a_silent_vote(*, has_voice: bool, has_vote: bool) -> None:
    if has_vote and not has_voice:
        raise Invalid({"has_vote": gettext_lazy("A seat that votes also has a voice.")})


def _refuse_the_future(on: date, at: datetime) -> None:
    if on > localdate(at):
        sentence = gettext_lazy("Please enter this on the day itself, or afterwards.")
        raise Invalid({"on": sentence})


def _again(seat: Seat) -> Seat:
    """The seat as it is now: somebody else may have filled it since the page was opened."""
    return Seat.objects.select_related("body__municipality").get(pk=seat.pk)


def _record_seat(
    kind: str, seat: Seat, *, by: Standing, at: datetime, personal: dict[str, Any] | None = None
) -> None:
    thing = seat.body.as_thing()
    record(kind, thing, by=by, at=at, data={"seat": seat.function}, personal=personal)
