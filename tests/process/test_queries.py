"""Reading a process: durations, positions, and what pages cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.process import queries
from miteinander.process.models import AgendaItem, Milestone, Phase, Process, Task
from tests import factories as make

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (dt.date(2019, 2, 1), dt.date(2021, 11, 1), 33),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), 0),
        (dt.date(2026, 1, 31), dt.date(2026, 3, 31), 2),
        (dt.date(2026, 3, 15), dt.date(2026, 4, 14), 0),
        (dt.date(2026, 3, 15), dt.date(2026, 4, 15), 1),
        (dt.date(2026, 3, 15), dt.date(2026, 3, 15), 0),
    ],
)
def test_months_are_counted_full(start, end, months):
    assert queries.months_between(start, end) == months


def test_actual_duration_grows_until_the_process_has_ended():
    process = Process(planned_months=18, starts=dt.date(2019, 2, 1))
    running = queries.duration_of(process, dt.date(2021, 2, 1))
    process.ended = dt.date(2021, 11, 1)
    over = queries.duration_of(process, dt.date(2026, 11, 1))

    assert (running.actual, running.difference, running.is_over) == (24, 6, False)
    assert (over.actual, over.difference, over.is_over) == (33, 15, True)


def test_process_that_has_not_begun_has_lasted_no_month():
    process = Process(planned_months=6, starts=TODAY + 90 * DAY)

    assert queries.duration_of(process, TODAY).actual == 0


@pytest.mark.parametrize(
    ("days", "closed", "position"),
    [
        ((-2, -1), None, "past"),
        ((-2, 0), None, "now"),
        ((0, 0), None, "now"),
        ((1, 2), None, "next"),
        ((-2, None), None, "now"),
        ((-2, None), -1, "past"),
        ((-2, None), 0, "now"),
    ],
)
def test_phase_knows_where_it_stands(days, closed, position):
    starts, ends = (None if n is None else TODAY + n * DAY for n in days)
    closed_on = None if closed is None else TODAY + closed * DAY

    assert queries.position_of(Phase(starts=starts, ends=ends, closed_on=closed_on), TODAY) == (
        position
    )


@pytest.mark.django_db
def test_current_process_is_the_last_that_has_begun_and_is_public():
    town = make.MunicipalityFactory()
    make.ProcessFactory(municipality=town, starts=dt.date(2019, 2, 1))
    now = make.ProcessFactory(municipality=town, starts=TODAY)
    make.ProcessFactory(municipality=town, starts=TODAY + DAY)
    draft = make.ProcessFactory(municipality=town, starts=TODAY, is_public=False)
    make.ProcessFactory(starts=TODAY)

    assert queries.current_process(town, TODAY) == now
    assert queries.current_process(town, TODAY, standing=make.member(town)) == draft
    abroad = make.member(make.MunicipalityFactory())
    assert queries.current_process(town, TODAY, standing=abroad) == now


@pytest.mark.django_db
def test_meetings_are_ahead_until_their_day_is_over():
    town = make.MunicipalityFactory()
    process = make.ProcessFactory(municipality=town)
    rows = [make.MeetingFactory(process=process, happened_on=TODAY + n * DAY) for n in (2, 0, -1)]
    visitor = make.visitor(town)

    assert list(queries.upcoming_meetings(town, visitor, day=TODAY)) == [rows[1], rows[0]]
    assert list(queries.past_meetings(town, visitor, day=TODAY)) == [rows[2]]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_process_page_costs_the_same_for_one_row_as_for_many(count, django_assert_num_queries):
    process = make.ProcessFactory()
    make.PhaseFactory.create_batch(count, process=process)
    make.MeetingFactory.create_batch(count, process=process)
    make.ResolutionFactory.create_batch(count, process=process)
    for number in range(count):
        Milestone.objects.create(process=process, title=f"Stein {number}", on=TODAY)
        body = make.BodyFactory(municipality=process.municipality, title=f"Gremium {number}")
        make.SeatFactory.create_batch(count, body=body)
        process.bodies.add(body)
    hidden = make.MeetingFactory(process=process, is_public=False)

    visitor = make.visitor(process.municipality)
    process = queries.processes_visible_to(process.municipality, visitor).get()

    with django_assert_num_queries(4):  # phases, milestones, happenings, bodies with seats
        page = queries.process_page(process, make.visitor(process.municipality), day=TODAY)

    assert (len(page.phases), len(page.milestones)) == (count, count)
    assert len(page.happenings) == 2 * count
    assert hidden.identifier not in {h.identifier for h in page.happenings}
    assert [len(line.seats) for line in page.bodies] == [count] * count


@pytest.mark.django_db
def test_body_without_seats_is_shown_too_and_a_closed_one_is_not():
    process = make.ProcessFactory()
    body = make.BodyFactory(municipality=process.municipality)
    closed = make.BodyFactory(municipality=process.municipality, is_public=False)
    process.bodies.add(body, closed)

    page = queries.process_page(process, make.visitor(process.municipality), day=TODAY)

    assert [(line.body, line.seats) for line in page.bodies] == [(body, ())]


@pytest.mark.django_db
def test_mandate_is_found_among_what_happened():
    process = make.ProcessFactory()
    make.ResolutionFactory(process=process, happened_on=TODAY - DAY)
    mandate = make.ResolutionFactory(process=process, resolution_kind="mandate")

    page = queries.process_page(process, make.visitor(process.municipality), day=TODAY)

    assert page.mandate.identifier == mandate.identifier
    assert page.mandate.result_label


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_meeting_page_costs_the_same_for_one_row_as_for_many(count, django_assert_num_queries):
    meeting = make.MeetingFactory()
    town = meeting.municipality
    for number in range(count):
        AgendaItem.objects.create(meeting=meeting, position=number, title=f"Punkt {number}")
        Task.objects.create(
            meeting=meeting, what=f"Aufgabe {number}", owner_function="Amt", due=TODAY
        )
        make.ResolutionFactory(process=meeting.process, meeting=meeting)

    meeting = queries.meetings_visible_to(town, make.coordinator(town)).get()

    with django_assert_num_queries(2):  # minutes, lines
        page = queries.meeting_page(meeting, make.coordinator(town))

    assert [line.text for line in page.agenda] == [f"Punkt {n}" for n in range(count)]
    assert [(line.who, line.due) for line in page.tasks] == [("Amt", TODAY)] * count
    assert len(page.resolutions) == count


@pytest.mark.django_db
def test_agreements_are_shown_with_the_minutes_only():
    meeting = make.MeetingFactory()
    Task.objects.create(meeting=meeting, what="Raum suchen", owner_function="Amt")

    shown = {
        name: bool(queries.meeting_page(meeting, standing).tasks)
        for name, standing in {
            "visitor": make.visitor(meeting.municipality),
            "member": make.member(meeting.municipality),
            "coordinator": make.coordinator(meeting.municipality),
        }.items()
    }

    assert shown == {"visitor": False, "member": False, "coordinator": True}
