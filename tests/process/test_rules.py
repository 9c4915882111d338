"""Who sees and does what in a process: rules and lists say the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.rights import allowed
from miteinander.process import actions, queries
from miteinander.process.models import Minutes, Task
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def process(town):
    return make.ProcessFactory(municipality=town)


def everybody(town, *seats):
    """One standing of each sort: of this town, of none, and of another town."""
    other = make.MunicipalityFactory()
    sitting = [make.member(town, seats=(make.seat_held(seat),)) for seat in seats]
    # The same seat numbers, but somebody of another town: that must not open anything.
    abroad = [make.member(other, seats=(make.seat_held(seat),)) for seat in seats]
    return [
        make.coordinator(town),
        make.member(town),
        make.visitor(town),
        make.coordinator(other),
        make.visitor(other),
        *sitting,
        *abroad,
    ]


def test_rule_and_query_agree_on_who_sees_a_process(town):
    rows = [make.ProcessFactory(municipality=town, is_public=public) for public in (True, False)]

    for somebody in everybody(town):
        allowed_rows = {row for row in rows if allowed(somebody, "process.see", row)}
        assert set(queries.processes_visible_to(town, somebody)) == allowed_rows


def test_rule_and_query_agree_on_who_sees_a_meeting_or_a_resolution(town, process):
    meetings = [make.MeetingFactory(process=process, is_public=public) for public in (True, False)]
    taken = [make.ResolutionFactory(process=process, is_public=public) for public in (True, False)]

    for somebody in everybody(town):
        assert set(queries.meetings_visible_to(town, somebody)) == {
            row for row in meetings if allowed(somebody, "process.see", row)
        }
        assert set(queries.resolutions_visible_to(town, somebody)) == {
            row for row in taken if allowed(somebody, "process.see", row)
        }


def _minutes(process, *, public, approved):
    meeting = make.MeetingFactory(process=process, is_public=public)
    return Minutes.objects.create(
        municipality=process.municipality,
        meeting=meeting,
        title="Protokoll",
        text="Gesagt",
        is_public=public and approved,
        state="approved" if approved else "draft",
        approved_on=timezone.localdate() if approved else None,
    )


def test_rule_and_query_agree_on_who_sees_minutes(town, process):
    rows = [
        _minutes(process, public=public, approved=approved)
        for public in (True, False)
        for approved in (True, False)
    ]
    draft = rows[1]
    seat = make.SeatFactory(body=draft.meeting.body)

    people = everybody(town, seat)
    for somebody in people:
        assert set(queries.minutes_visible_to(town, somebody)) == {
            row for row in rows if allowed(somebody, "process.see_minutes", row)
        }
    assert sum(allowed(person, "process.see_minutes", draft) for person in people) == 2


def test_who_leads_writes_and_approves_and_who_sits_there_corrects(town, process):
    meeting = make.MeetingFactory(process=process)
    leads = make.SeatFactory(body=meeting.body, leads=True)
    sits = make.SeatFactory(body=meeting.body)
    elsewhere = make.SeatFactory(body=make.BodyFactory(municipality=town), leads=True)

    rights = ("process.edit_minutes", "process.approve_minutes", "process.propose_correction")
    may = {
        name: tuple(allowed(somebody, right, meeting) for right in rights)
        for name, somebody in {
            "coordinator": make.coordinator(town),
            "leads": make.member(town, seats=(make.seat_held(leads),)),
            "sits": make.member(town, seats=(make.seat_held(sits),)),
            "sits elsewhere": make.member(town, seats=(make.seat_held(elsewhere),)),
            "member": make.member(town),
            "visitor": make.visitor(town),
            "coordinator of another town": make.coordinator(make.MunicipalityFactory()),
        }.items()
    }

    assert may == {
        "coordinator": (True, True, True),
        "leads": (True, True, True),
        "sits": (False, False, True),
        "sits elsewhere": (False, False, False),
        "member": (False, False, False),
        "visitor": (False, False, False),
        "coordinator of another town": (False, False, False),
    }


def test_lists_of_what_waits_agree_with_the_rules(town, process):
    meeting = make.MeetingFactory(process=process)
    task = Task.objects.create(meeting=meeting, what="Raum suchen", owner_function="Amt")
    draft = _minutes(process, public=True, approved=False)
    seats = [
        make.SeatFactory(body=meeting.body),
        make.SeatFactory(body=draft.meeting.body),
        make.SeatFactory(body=draft.meeting.body, leads=True),
    ]

    for somebody in everybody(town, *seats):
        assert (task in queries.open_tasks_for(town, somebody)) == allowed(
            somebody, "process.finish_task", task
        )
        assert (draft in queries.minutes_to_approve(town, somebody)) == allowed(
            somebody, "process.approve_minutes", draft.meeting
        )


def owners(town, process):
    """A task of each sort of owner, and somebody for each who may do it."""
    meeting = make.MeetingFactory(process=process)
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town), leads=True)
    person = make.PersonFactory(municipality=town)
    organisation = make.OrganisationFactory(municipality=town)

    def task(what, **owner):
        return Task.objects.create(meeting=meeting, what=what, owner_function="Amt", **owner)

    tasks = [
        task("Niemand"),
        task("Sitz", owner_seat=seat),
        task("Person", owner_person=person),
        task("Organisation", owner_organisation=organisation),
    ]
    other = make.MunicipalityFactory()
    their = {"organisations": frozenset({organisation.pk}), "person": person.pk}
    people = [
        *everybody(town, seat, make.SeatFactory(body=meeting.body),
                   make.SeatFactory(body=meeting.body, leads=True)),
        make.member(town, person=person.pk),
        make.member(town, organisations=frozenset({organisation.pk})),
        make.member(other, **their),
    ]  # fmt: skip
    return tasks, people


def test_rule_and_query_agree_on_whose_task_it_is(town, process):
    tasks, people = owners(town, process)

    for somebody in people:
        assert set(queries.tasks_for(town, somebody)) == {
            task for task in tasks if allowed(somebody, "process.finish_task", task)
        }
        assert set(queries.tasks_changed_by(town, somebody)) == {
            task for task in tasks if allowed(somebody, "process.change_task", task)
        }
    assert [queries.tasks_for(town, somebody).count() for somebody in people[-3:]] == [1, 1, 0]


def test_a_task_waits_for_its_owner_and_one_without_owner_for_the_body(town, process):
    tasks, people = owners(town, process)
    unowned, of_seat, of_person, of_organisation = tasks
    coordinator, sits_elsewhere, sits_here = people[0], people[5], people[6]

    def waits_for(somebody):
        return list(queries.own_tasks_for(town, somebody))

    assert waits_for(sits_elsewhere) == [of_seat]
    assert waits_for(sits_here) == [unowned]
    assert waits_for(people[-3]) == [of_person]
    assert waits_for(people[-2]) == [of_organisation]
    assert waits_for(people[-1]) == []
    assert waits_for(coordinator) == [unowned]
    assert waits_for(make.member(town)) == []


def test_minutes_wait_for_corrections_of_those_who_sit_there(town, process):
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    rounds = [
        _minutes(process, public=True, approved=False),
        _minutes(process, public=True, approved=False),
        _minutes(process, public=True, approved=False),
    ]
    for row, until in zip(rounds, (today, today - day, None), strict=True):
        row.state, row.corrections_until = ("round", until) if until else ("draft", None)
        row.save()
    seats = [make.SeatFactory(body=row.meeting.body) for row in rounds]

    for somebody in everybody(town, *seats):
        found = set(queries.minutes_to_correct(town, somebody, day=today))
        sits = {seat.body for seat in somebody.seats} if somebody.municipality == town.pk else set()
        assert found == {row for row in rounds[:1] if row.meeting.body_id in sits}
        assert all(allowed(somebody, "process.propose_correction", row.meeting) for row in found)


def test_phase_permits_from_its_first_day_to_its_last_and_not_after_closing(town, process):
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    phase = make.PhaseFactory(
        process=process, starts=today - day, ends=today + 2 * day, permits=["contribute"]
    )

    def permitted():
        days = [today + n * day for n in range(-2, 4)]
        return [process.permits("contribute", each) for each in days]

    assert permitted() == [False, True, True, True, True, False]
    actions.close_phase(phase, by=make.coordinator(town), at=timezone.now())
    assert permitted() == [False, True, True, False, False, False]
    assert not process.permits("adopt", today)
