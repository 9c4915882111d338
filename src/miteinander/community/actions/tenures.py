"""Who fills a seat from when to when: tenures begin and end here, and nowhere else."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.models import Person, Seat, Tenure
from miteinander.core.errors import Invalid


def sit(seat: Seat, person: Person | None, *, on: date, as_deputy: bool = False) -> bool:
    """Let somebody fill a seat from a day on; whoever filled it before ends the day before.

    Returns whether anything changed. The database refuses two at once; here a day is refused
    that lies before the current holder began, or in a time that an earlier holder filled.
    """
    place = "deputy" if as_deputy else "holder"
    if getattr(seat, f"{place}_id") == (person.pk if person else None):
        return False
    if live := seat.tenures.filter(as_deputy=as_deputy, ended=None).first():
        _end(live, on)
    if person is not None:
        _refuse_a_filled_day(seat, on, as_deputy=as_deputy)
        Tenure.objects.create(
            seat=seat, person=person, function=person.function, as_deputy=as_deputy, starts=on
        )
    setattr(seat, place, person)
    return True


def _end(live: Tenure, on: date) -> None:
    """End a tenure the day before another begins; one that began on that very day never was."""
    if on < live.starts:
        raise Invalid(
            {
                "on": gettext_lazy(
                    "On that day the seat was not held by the current holder yet. "
                    "Please choose a later day."
                )
            }
        )
    if on == live.starts:
        live.delete()
        return
    live.ended = date.fromordinal(on.toordinal() - 1)
    live.save(update_fields=["ended"])


def _refuse_a_filled_day(seat: Seat, on: date, *, as_deputy: bool) -> None:
    filled = Q(ended=None) | Q(ended__gte=on)
    if seat.tenures.filter(filled, as_deputy=as_deputy).exists():
        sentence = gettext_lazy("On that day somebody else still held the seat.")
        raise Invalid({"on": sentence})


def vacate(person: Person, *, at: datetime) -> None:
    """Let a person leave every seat today. The history keeps the function and forgets who."""
    today = localdate(at)
    seats = Seat.objects.filter(Q(holder=person) | Q(deputy=person))
    for seat in seats.select_for_update(of=("self",)):
        if seat.holder_id == person.pk:
            seat.absent_from = seat.absent_until = None
            sit(seat, None, on=max(today, _since(seat, as_deputy=False, day=today)))
        if seat.deputy_id == person.pk:
            day = max(today, _since(seat, as_deputy=True, day=today))
            sit(seat, None, on=day, as_deputy=True)
        seat.save(update_fields=["holder", "deputy", "absent_from", "absent_until"])
    Tenure.objects.filter(person=person).update(person=None)


def _since(seat: Seat, *, as_deputy: bool, day: date) -> date:
    live = seat.tenures.filter(as_deputy=as_deputy, ended=None).first()
    return live.starts if live else day
