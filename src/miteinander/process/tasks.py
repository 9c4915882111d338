"""What the worker does for a process, and what a process lets go of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.community.queries import towns_with_targets
from miteinander.core.forgetting import forgets, unsays
from miteinander.core.jobs import job, report
from miteinander.core.standing import Standing, system
from miteinander.process import actions, insights, queries
from miteinander.process.states import DrawState


@job(actions.LIST_PANELS, label=_("Compute the list of panels of a draw"))
def list_panels(draw: int) -> None:
    """Compute a list; quotas that contradict each other are said, not tried again."""
    found = queries.draw_to_list(draw)
    if found.state != DrawState.COMPUTING:
        return  # done already, or given up
    people = queries.numbers_in(found)
    at = timezone.now()
    try:
        with override(found.language):
            listed = insights.listed(
                [insights.Person(*row) for row in people],
                found.quotas,
                size=found.size,
                per_household=found.per_household,
                panels=found.panel_count,
                told=report,
            )
    except insights.CannotCompute as refusal:
        actions.give_up_list(found, people=people, trouble=str(refusal), at=at)
        return
    by = system(found.municipality_id, at=at)
    actions.keep_list(found, people=people, found=listed, by=by, at=timezone.now())


@job(actions.SEAT_PEOPLE, label=_("Compute a table plan"))
def seat_people(plan: int) -> None:
    found = queries.plan_to_seat(plan)
    seated = queries.seated_in(found)
    guests = seated.guests
    try:
        with override(found.meeting.language):
            seats = insights.seated(
                insights.guesting_of(seated), rounds=found.rounds, leaning=found.leaning
            )
    except insights.CannotCompute as refusal:
        actions.keep_seats(found, seats={}, trouble=str(refusal))
        return
    pairs = zip(guests, seats, strict=True)
    actions.keep_seats(found, seats={guest.pk: where for guest, where in pairs})


@forgets("process.drawing")
def forget_drawn(person: int, by: Standing, at: datetime) -> None:
    """Numbers stay on the lists, without a way to anybody; at tables a place falls free."""
    del by, at
    actions.forget_tickets(person)
    actions.forget_guests_at_tables(person)


@unsays("process.drawing")
def unsay_in_draws(people: Collection[int]) -> None:
    """Until it is announced, a draw lets go of what people no longer say of themselves."""
    actions.untell(people)


@job(
    "process.remind",
    label=_("Remind of meetings"),
    every=timedelta(minutes=10),
    when=queries.reminders_missing,
)
def remind() -> None:
    at = timezone.now()
    for meeting in queries.meetings_to_remind(at):
        actions.remind(meeting, at=at)


def _a_deputy_is_to_be_called(at: datetime) -> bool:
    return bool(queries.deputies_to_call(at))


@job(
    "process.call_deputies",
    label=_("Invite deputies"),
    every=timedelta(minutes=5),
    when=_a_deputy_is_to_be_called,
)
def call_deputies() -> None:
    at = timezone.now()
    for meeting, seat in queries.deputies_to_call(at):
        actions.call_deputy(meeting, seat, by=system(meeting.municipality_id, at=at), at=at)


@forgets("process.planning")
def forget_planned(person: int, by: Standing, at: datetime) -> None:
    del by, at
    actions.forget_calendars_and_polls(person)


def _some_are_kept_too_long(at: datetime) -> bool:
    return queries.needs_past(at).exists() or queries.guests_past(at).exists()


@job(
    "process.forget_attendance",
    label=_("Forget what people needed, and guests"),
    every=timedelta(hours=6),
    when=_some_are_kept_too_long,
)
def forget_attendance() -> None:
    at = timezone.now()
    actions.forget_needs(at=at)
    actions.forget_guests(at=at)


@forgets("process.attendance")
def forget_person(person: int, by: Standing, at: datetime) -> None:
    actions.forget_attendances(person, by=by, at=at)


def _somebody_is_wanted(_at: datetime) -> bool:
    return towns_with_targets().exists()


@job(
    "process.release_figures",
    label=_("Count who comes to meetings, as far as it may be shown"),
    every=timedelta(hours=6),
    when=_somebody_is_wanted,
)
def release_figures() -> None:
    at = timezone.now()
    for town in towns_with_targets():
        insights.release_meetings(town, at=at)
