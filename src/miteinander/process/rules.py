"""Who may do what with a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from miteinander.community.rules import is_coordinator, is_member, is_public

if TYPE_CHECKING:
    from miteinander.core.models import Thing
    from miteinander.core.standing import Standing
    from miteinander.process.models import DatePoll, Draw, Meeting, Minutes, Task


ANSWER_MEETING = "answer-meeting"
ANSWER_POLL = "answer-poll"


@rules.predicate
def sits_in_body(standing: Standing, meeting: Meeting | Draw | None) -> bool:
    """Holder or deputy of any seat in the body that meets."""
    return (
        meeting is not None
        and meeting.municipality_id == standing.municipality
        and any(seat.body == meeting.body_id for seat in standing.seats)
    )


@rules.predicate
def leads_body(standing: Standing, meeting: Meeting | Draw | None) -> bool:
    return (
        meeting is not None
        and meeting.municipality_id == standing.municipality
        and any(seat.body == meeting.body_id and seat.leads for seat in standing.seats)
    )


@rules.predicate
def leads_a_body(standing: Standing, thing: Thing | None = None) -> bool:
    """Leads any body: may begin what is then for that body alone."""
    here = thing is None or thing.municipality_id == standing.municipality
    return here and any(seat.leads for seat in standing.seats)


@rules.predicate
def sits_in_body_of_minutes(standing: Standing, minutes: Minutes | None) -> bool:
    return minutes is not None and bool(sits_in_body(standing, minutes.meeting))


@rules.predicate
def is_approved(_standing: Standing, minutes: Minutes | None) -> bool:
    return minutes is not None and minutes.approved_on is not None


@rules.predicate
def sits_in_polled_body(standing: Standing, poll: DatePoll | None) -> bool:
    if poll is None or not standing.is_member:
        return False
    return any(seat.body == poll.body_id for seat in standing.seats)


@rules.predicate
def of_the_towns_poll(standing: Standing, poll: DatePoll | None) -> bool:
    return poll is not None and poll.process.municipality_id == standing.municipality


@rules.predicate
def coordinates_poll(standing: Standing, poll: DatePoll | None) -> bool:
    return standing.is_coordinator and of_the_towns_poll(standing, poll)


@rules.predicate
def coordinates_task(standing: Standing, task: Task | None) -> bool:
    return task is not None and bool(is_coordinator(standing, task.meeting))


@rules.predicate
def owns_task(standing: Standing, task: Task | None) -> bool:
    """The person themselves, whoever acts for the organisation, holder or deputy of the seat."""
    return (
        task is not None
        and standing.is_member
        and task.meeting.municipality_id == standing.municipality
        and (
            (task.owner_person_id is not None and task.owner_person_id == standing.person)
            or task.owner_organisation_id in standing.organisations
            or any(seat.seat == task.owner_seat_id for seat in standing.seats)
        )
    )


@rules.predicate
def sits_in_body_of_task(standing: Standing, task: Task | None) -> bool:
    return task is not None and bool(sits_in_body(standing, task.meeting))


@rules.predicate
def leads_body_of_task(standing: Standing, task: Task | None) -> bool:
    return task is not None and bool(leads_body(standing, task.meeting))


rules.add_perm("process.create", is_coordinator)
rules.add_perm("process.change", is_coordinator)
rules.add_perm("process.see", is_public | is_member)
rules.add_perm("process.invite", is_coordinator | leads_body)
rules.add_perm("process.see_answers", is_coordinator | sits_in_body)
# Who can when is the business of the body alone.
rules.add_perm("process.see_poll", coordinates_poll | (of_the_towns_poll & sits_in_polled_body))
rules.add_perm("process.decide_poll", coordinates_poll)
# These are asked about the meeting. Whoever holds it may write; the deputy of who leads the body
# leads it, too, so that minutes never hang on one person who has gone.
rules.add_perm("process.hold_meeting", is_coordinator | leads_body)
rules.add_perm("process.edit_minutes", is_coordinator | leads_body)
# Who is expected, who came, what somebody needs: for whoever holds the meeting, by name.
rules.add_perm("process.keep_attendance", is_coordinator | leads_body)
rules.add_perm("process.register", is_member)
rules.add_perm("process.approve_minutes", is_coordinator | leads_body)
rules.add_perm("process.propose_correction", is_coordinator | sits_in_body)
rules.add_perm("process.see_agreements", is_coordinator | sits_in_body)
# These about the task.
rules.add_perm("process.finish_task", coordinates_task | owns_task | sits_in_body_of_task)
rules.add_perm("process.change_task", coordinates_task | owns_task | leads_body_of_task)
# And this about the minutes: drafts stay among those who were there until they are approved.
rules.add_perm(
    "process.see_minutes",
    is_public | is_coordinator | sits_in_body_of_minutes | (is_member & is_approved),
)
# Of a draw everybody reads numbers; whom they belong to is for those who draw.
rules.add_perm("process.see_draw", is_public | is_coordinator | sits_in_body)
# With the characteristics of each number somebody can check the quotas of every panel.
rules.add_perm("process.check_draw", is_coordinator | sits_in_body)
rules.add_perm("process.prepare_draw", is_coordinator | leads_a_body)
rules.add_perm("process.draw", is_coordinator | leads_body)
# Figures that tell on nobody; whom to invite is for whoever invites.
rules.add_perm("process.see_radar", is_coordinator | sits_in_body)
# Asked about the meeting: a table plan names people and is for those who are seated.
rules.add_perm("process.see_tables", is_coordinator | sits_in_body)
rules.add_perm("process.seat_people", is_coordinator | leads_body)
