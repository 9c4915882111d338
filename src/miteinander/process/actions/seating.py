"""Table plans: made, computed, changed by hand, undone, thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from miteinander.core.bulk import AT_ONCE
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.jobs import enqueue
from miteinander.process.models import Guest, Meeting, SeatingWish, TablePlan
from miteinander.process.states import Leaning, PlanState, SeatedFrom

if TYPE_CHECKING:
    from miteinander.community.models import Person
    from miteinander.core.errors import Text
    from miteinander.core.standing import Standing

SEAT_PEOPLE = "process.seat_people"
"""The name of the job that computes a plan."""
MOST_TABLES, MOST_ROUNDS, MOST_UNDONE = 60, 10, 30


@dataclass(frozen=True, slots=True)
class Seatable:
    """Somebody to be seated."""

    name: str
    organisation: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    person: Person | None = None


@transaction.atomic
def plan_tables(
    meeting: Meeting,
    *,
    title: str,
    source: SeatedFrom | str,
    tables: int,
    rounds: int,
    guests: Sequence[Seatable],
    by: Standing,
    at: datetime,
    mix: Sequence[str] = (),
    keeps_apart: bool = True,
    leaning: Leaning | str = Leaning.BALANCED,
    is_example: bool = False,
) -> TablePlan:
    """Begin a plan for these people; the worker computes who sits where."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    fields: dict[str, Text] = {}
    if TablePlan.objects.filter(meeting=meeting, title__iexact=title.strip()).exists():
        fields["title"] = _("This meeting already has a table plan of that name.")
    if not guests:
        fields["source"] = _("Nobody is there to be seated.")
    elif tables > len(guests):
        fields["tables"] = _("There are more tables than people.")
    if fields:
        raise Invalid(fields)
    plan = TablePlan.objects.create(
        meeting=meeting,
        title=title.strip(),
        source=SeatedFrom(source),
        tables=tables,
        rounds=rounds,
        mix=list(mix),
        keeps_apart=keeps_apart,
        leaning=Leaning(leaning),
        is_example=is_example,
    )
    Guest.objects.bulk_create(
        Guest(
            plan=plan,
            person=each.person,
            name=each.name.strip()[:160],
            organisation=each.organisation.strip()[:300],
            values=dict(each.values),
        )
        for each in guests
    )
    _record("tables.planned", plan, by=by, at=at)
    _order(plan, by=by, at=at)
    return plan


@transaction.atomic
def seat_again(plan: TablePlan, *, by: Standing, at: datetime) -> TablePlan:
    """Have the plan computed anew; what was changed by hand is given up."""
    plan = _locked(plan)
    if plan.state == PlanState.WAITING:
        return plan
    _order(plan, by=by, at=at)
    _record("tables.changed", plan, by=by, at=at)
    return plan


def _order(plan: TablePlan, *, by: Standing, at: datetime) -> None:
    plan.state, plan.trouble, plan.history = PlanState.WAITING, "", []
    plan.save(update_fields=["state", "trouble", "history"])
    enqueue(SEAT_PEOPLE, at=at, by=by, thing=plan.meeting.as_thing(), plan=plan.pk)


@transaction.atomic
def keep_seats(plan: TablePlan, *, seats: Mapping[int, list[int]], trouble: str = "") -> TablePlan:
    """Keep what the worker found: the table of each guest in each round, or why there is none."""
    plan = _locked(plan)
    if plan.state != PlanState.WAITING:
        return plan
    guests = list(plan.guests.all())
    if not trouble and {guest.pk for guest in guests} != set(seats):
        return plan  # somebody came in the meantime: the next run knows them
    for guest in guests:
        guest.seats = seats.get(guest.pk, [])
    Guest.objects.bulk_update(guests, ["seats"], batch_size=AT_ONCE)
    plan.state = PlanState.FAILED if trouble else PlanState.READY
    plan.trouble = trouble
    plan.save(update_fields=["state", "trouble"])
    return plan


@transaction.atomic
def move_guest(
    plan: TablePlan,
    *,
    guest: int,
    round_number: int,
    to: int | None,
    with_guest: int | None,
    seen: int,
    by: Standing,
    at: datetime,
) -> TablePlan:
    """Seat somebody at another table, or let two change places, in one round."""
    plan = _ready(plan, seen=seen)
    people = {each.pk: each for each in plan.guests.all()}
    one = people.get(guest)
    other = people.get(with_guest) if with_guest else None
    if one is None or (with_guest and other is None):
        raise Invalid({"guest": _("This person is not seated here.")})
    place = round_number - 1
    if not 0 <= place < plan.rounds:
        raise Invalid({"round_number": _("There is no such round.")})
    before = {str(each.pk): each.seats[place] for each in (one, other) if each}
    if other is not None:
        one.seats[place], other.seats[place] = other.seats[place], one.seats[place]
    elif to is not None and 1 <= to <= plan.tables:
        one.seats[place] = to
    else:
        raise Invalid({"to": _("Please choose a table or somebody to change places with.")})
    if before == {str(each.pk): each.seats[place] for each in (one, other) if each}:
        return plan  # both sit there already
    Guest.objects.bulk_update([each for each in (one, other) if each], ["seats"])
    _remember(plan, {"round": round_number, "before": before}, by=by, at=at)
    return plan


@transaction.atomic
def undo_seating(plan: TablePlan, *, seen: int, by: Standing, at: datetime) -> TablePlan:
    """Take the last change by hand back."""
    plan = _ready(plan, seen=seen)
    if not plan.history:
        raise Closed(_("There is nothing left to take back."))
    *earlier, last = plan.history
    people = {str(each.pk): each for each in plan.guests.all()}
    changed = []
    for key, table in last["before"].items():
        if key in people:
            people[key].seats[last["round"] - 1] = table
            changed.append(people[key])
    Guest.objects.bulk_update(changed, ["seats"])
    plan.history = earlier
    _touch(plan, by=by, at=at)
    return plan


@transaction.atomic
def seat_latecomer(
    plan: TablePlan,
    *,
    name: str,
    organisation: str,
    values: Mapping[str, str],
    seats: Sequence[int],
    by: Standing,
    at: datetime,
) -> Guest:
    """Seat somebody who comes late; ``insights.best_tables`` says where."""
    plan = _locked(plan)
    if plan.state != PlanState.READY:
        raise Closed(_("The plan is being computed just now."), do=_("Please wait a moment."))
    if plan.guests.filter(name__iexact=name.strip(), organisation=organisation.strip()).exists():
        raise Invalid({"name": _("Somebody of that name and organisation is seated already.")})
    made = Guest.objects.create(
        plan=plan,
        name=name.strip(),
        organisation=organisation.strip(),
        values=dict(values),
        seats=list(seats),
        came_late=True,
    )
    _touch(plan, by=by, at=at)
    return made


@transaction.atomic
def wish_seating(
    plan: TablePlan, *, one: int, other: int, together: bool, by: Standing, at: datetime
) -> TablePlan:
    """Note that two shall sit together, or shall not; it counts when the plan is computed anew."""
    plan = _locked(plan)
    if one == other:
        raise Invalid({"other": _("Please choose two people.")})
    first, second = sorted((one, other))
    there = set(plan.guests.filter(pk__in=(first, second)).values_list("pk", flat=True))
    if there != {first, second}:
        raise Invalid({"one": _("This person is not seated here.")})
    SeatingWish.objects.update_or_create(
        plan=plan, one_id=first, other_id=second, defaults={"together": together}
    )
    _touch(plan, by=by, at=at)
    return plan


@transaction.atomic
def drop_wish(plan: TablePlan, *, wish: int, by: Standing, at: datetime) -> TablePlan:
    plan = _locked(plan)
    gone, _kinds = plan.wishes.filter(pk=wish).delete()
    if gone:
        _touch(plan, by=by, at=at)
    return plan


@transaction.atomic
def drop_plan(plan: TablePlan, *, by: Standing, at: datetime) -> Meeting:
    """Throw a plan away, with the names in it."""
    plan = _locked(plan)
    _record("tables.dropped", plan, by=by, at=at)
    meeting = plan.meeting
    plan.delete()
    return meeting


def forget_guests_at_tables(person: int) -> None:
    """Let a forgotten person's place fall free; in the transaction of the erasure."""
    Guest.objects.filter(person=person).delete()


def _remember(plan: TablePlan, change: dict[str, Any], *, by: Standing, at: datetime) -> None:
    plan.history = [*plan.history, change][-MOST_UNDONE:]
    _touch(plan, by=by, at=at)


def _touch(plan: TablePlan, *, by: Standing, at: datetime) -> None:
    plan.save(update_fields=["history"])
    TablePlan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
    plan.refresh_from_db(fields=["revision"])
    _record("tables.changed", plan, by=by, at=at)


def _record(kind: str, plan: TablePlan, *, by: Standing, at: datetime) -> None:
    record(kind, plan.meeting.as_thing(), by=by, at=at, data={"plan": plan.title})


def _locked(plan: TablePlan) -> TablePlan:
    return (
        TablePlan.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=plan.pk)
    )


def _ready(plan: TablePlan, *, seen: int) -> TablePlan:
    plan = _locked(plan)
    if plan.state != PlanState.READY:
        raise Closed(_("The plan is being computed just now."), do=_("Please wait a moment."))
    if plan.revision != seen:
        raise Closed(
            _("Somebody else has changed this plan in the meantime."),
            do=_("Please look at it again, then change it."),
        )
    return plan
