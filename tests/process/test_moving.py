"""Phases are moved, alone or with what follows, and go back; those concerned are known."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event
from miteinander.process import actions, queries
from miteinander.process.models import Attendance
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
START = dt.date(2026, 3, 1)


@pytest.fixture
def process():
    return make.ProcessFactory()


@pytest.fixture
def by(process):
    return {"by": make.coordinator(process.municipality), "at": timezone.now()}


@pytest.fixture
def phases(process):
    """Two that overlap, one that follows, one without an end, one that is closed."""
    spans = [(0, 30), (20, 60), (61, 90), (91, None), (70, 80)]
    made = [
        make.PhaseFactory(
            process=process,
            title=f"Phase {number}",
            starts=START + first * DAY,
            ends=None if last is None else START + last * DAY,
        )
        for number, (first, last) in enumerate(spans)
    ]
    made[4].closed_on = START + 80 * DAY
    made[4].save()
    return made


def spans(phases):
    found = []
    for phase in phases:
        phase.refresh_from_db()
        ends = None if phase.ends is None else (phase.ends - START).days
        found.append(((phase.starts - START).days, ends))
    return found


def move(phase, first, last, along=False, **by):
    return actions.move_phase(
        phase, starts=START + first * DAY, ends=START + last * DAY, along=along, **by
    )


def test_a_phase_moves_alone(phases, by):
    move(phases[1], 25, 67, **by)
    assert spans(phases) == [(0, 30), (25, 67), (61, 90), (91, None), (70, 80)]


def test_what_follows_moves_along_and_keeps_its_length_and_what_is_closed_stays(phases, by):
    shifts = move(phases[1], 20, 67, along=True, **by)
    assert spans(phases) == [(0, 30), (20, 67), (68, 97), (98, None), (70, 80)]
    assert [shift.title for shift in shifts] == ["Phase 1", "Phase 2", "Phase 3"]


def test_with_an_open_end_the_start_says_how_far(phases, by):
    make.PhaseFactory(
        process=phases[0].process, title="danach", starts=START + 100 * DAY, ends=None
    )
    shifts = actions.move_phase(phases[3], starts=START + 93 * DAY, ends=None, along=True, **by)
    assert [(s.starts - s.was_starts).days for s in shifts] == [2, 2]


def test_overlapping_phases_both_permit(process):
    today = timezone.localdate()
    for number, permit in enumerate(("contribute", "draft")):
        make.PhaseFactory(
            process=process, starts=today - number * DAY, ends=today + DAY, permits=[permit]
        )
    assert process.permits("contribute", today)
    assert process.permits("draft", today)
    assert not process.permits("contribute", today - DAY), "it had not begun"
    positions = [each.position for each in queries.phases_of(process, today)]
    assert positions == ["now", "now"]


def test_moving_to_the_same_dates_is_nothing(phases, by):
    assert move(phases[1], 20, 60, along=True, **by) == []
    assert not Event.objects.filter(kind="phase.moved").exists()


def test_the_move_goes_back_once(process, phases, by):
    before = spans(phases)
    move(phases[1], 20, 67, along=True, **by)
    last = queries.last_move(process, at=by["at"])
    actions.undo_move(process, move=last.event, **by)
    assert spans(phases) == before
    assert queries.last_move(process, at=by["at"]) is None
    with pytest.raises(Closed):
        actions.undo_move(process, move=last.event, **by)
    assert spans(phases) == before


def test_what_was_changed_since_is_not_lost(process, phases, by):
    move(phases[1], 20, 67, along=True, **by)
    last = queries.last_move(process, at=by["at"])
    phases[2].refresh_from_db()
    phases[2].ends += DAY
    phases[2].save()
    with pytest.raises(Closed):
        actions.undo_move(process, move=last.event, **by)
    assert spans(phases)[1] == (20, 67)


def test_after_a_week_nothing_is_taken_back(process, phases, by):
    move(phases[1], 20, 67, **by)
    assert queries.last_move(process, at=by["at"] + 6 * DAY)
    assert queries.last_move(process, at=by["at"] + 8 * DAY) is None


def test_a_closed_phase_stays_and_an_end_before_the_start_is_named(phases, by):
    with pytest.raises(Closed):
        move(phases[4], 71, 81, **by)
    with pytest.raises(Invalid) as refusal:
        move(phases[1], 20, 10, **by)
    assert set(refusal.value.fields) == {"ends"}
    assert spans(phases)[1] == (20, 60)


def test_the_event_names_no_person(phases, by):
    move(phases[1], 20, 67, **by)
    event = Event.objects.get(kind="phase.moved")
    assert set(event.data) == {"phase", "others", "moved"}
    assert event.is_public


def test_those_concerned_are_named_once(process, django_assert_num_queries):
    town, today = process.municipality, timezone.localdate()
    body = make.BodyFactory(municipality=town)
    process.bodies.add(body)
    anna = make.agreed(
        make.PersonFactory(municipality=town, email="anna@example.org", function="Schule")
    )
    bela = make.PersonFactory(municipality=town, email="", name="Bela", function="Elternbeirat")
    over = make.PersonFactory(municipality=town, email="frueher@example.org")
    make.SeatFactory(body=body, holder=anna, deputy=bela)
    make.SeatFactory(body=body, holder=over, ends=today - DAY)
    other = make.PersonFactory(municipality=town, email="fremd@example.org")
    make.SeatFactory(body=make.BodyFactory(municipality=town), holder=other)
    ahead = make.MeetingFactory(process=process, body=body, happened_on=today + DAY)
    past = make.MeetingFactory(process=process, body=body, happened_on=today - DAY)
    for meeting, facts in (
        (ahead, {"person": anna}),
        (ahead, {"name": "Gast", "email": "gast@example.org", "language": "en"}),
        (ahead, {"name": "Anna", "email": "Anna@example.org"}),
        (ahead, {"name": "Nein", "email": "nein@example.org", "state": "declined"}),
        (past, {"name": "Alt", "email": "alt@example.org"}),
    ):
        Attendance.objects.create(meeting=meeting, **facts)
    chief = make.MembershipFactory(municipality=town, role="coordinator")
    make.agreed(make.PersonFactory(municipality=town, user=chief.user, email="amt@example.org"))
    with django_assert_num_queries(4):
        found = queries.concerned_by(process, at=timezone.now())
    assert [each.to for each in found] == [
        "anna@example.org", "", "gast@example.org", "amt@example.org",
    ]  # fmt: skip
    assert found[1].function == "Elternbeirat"


def test_meetings_that_fall_out_of_their_phase_are_named(process, phases):
    body = make.BodyFactory(municipality=process.municipality)
    inside, outside = (
        make.MeetingFactory(process=process, body=body, happened_on=START + days * DAY)
        for days in (40, 59)
    )
    shifts = queries.shifts_of(
        phases[1], starts=START + 20 * DAY, ends=START + 50 * DAY, along=False
    )
    assert queries.meetings_within(process, shifts, day=START) == [outside]
    assert inside not in queries.meetings_within(process, shifts, day=START)
