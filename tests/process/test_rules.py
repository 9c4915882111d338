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


def test_only_those_who_sat_there_approve_and_only_who_leads_writes(town, process):
    meeting = make.MeetingFactory(process=process)
    leads = make.SeatFactory(body=meeting.body, leads=True)
    sits = make.SeatFactory(body=meeting.body)
    elsewhere = make.SeatFactory(body=make.BodyFactory(municipality=town), leads=True)

    rights = ("process.edit_minutes", "process.approve_minutes", "process.finish_task")
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
        "sits": (False, True, True),
        "sits elsewhere": (False, False, False),
        "member": (False, False, False),
        "visitor": (False, False, False),
        "coordinator of another town": (False, False, False),
    }


def test_lists_of_what_waits_agree_with_the_rules(town, process):
    meeting = make.MeetingFactory(process=process)
    task = Task.objects.create(meeting=meeting, what="Raum suchen", owner_function="Amt")
    draft = _minutes(process, public=True, approved=False)
    seats = [make.SeatFactory(body=meeting.body), make.SeatFactory(body=draft.meeting.body)]

    for somebody in everybody(town, *seats):
        assert (task in queries.open_tasks_for(town, somebody)) == allowed(
            somebody, "process.finish_task", task.meeting
        )
        assert (draft in queries.minutes_to_approve(town, somebody)) == allowed(
            somebody, "process.approve_minutes", draft.meeting
        )


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
