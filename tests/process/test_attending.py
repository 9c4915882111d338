"""Who came: ticks and their undoing, the door, the paper list, and what follows from them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Invalid
from miteinander.core.models import Event
from miteinander.process import actions, queries
from miteinander.process.forms import MeetingForm
from miteinander.process.queries import Entry
from miteinander.process.queries.registration import registration_hash
from miteinander.process.states import NotedBy
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = timezone.now()
TODAY = timezone.localdate(AT)
DAY = dt.timedelta(days=1)


@pytest.fixture
def meeting():
    return make.MeetingFactory(happened_on=TODAY, starts_at=None)


@pytest.fixture
def seat(meeting):
    town = meeting.municipality
    return make.SeatFactory(
        body=meeting.body,
        holder=make.PersonFactory(municipality=town, name="Ayşe Kaya"),
        deputy=make.PersonFactory(municipality=town, name="Boris Petrov"),
    )


def by(meeting):
    return {"by": make.coordinator(meeting.municipality), "at": AT}


def note(meeting, *entries, how=NotedBy.TICK):
    return actions.note_came(meeting, entries, how=how, **by(meeting))


def everybody(meeting):
    return queries.everybody_at(meeting, day=meeting.happened_on)


def test_a_tick_makes_the_number_of_participants_follow_and_can_be_taken_back(meeting, seat):
    note(meeting, Entry(key=f"P{seat.holder_id}"))
    meeting.refresh_from_db()
    row = meeting.attendances.get()
    assert (row.seat, row.person, row.noted_by, meeting.participants) == (
        seat, seat.holder, "tick", 1,
    )  # fmt: skip

    note(meeting, Entry(key=f"P{seat.holder_id}", came=None))
    meeting.refresh_from_db()
    row.refresh_from_db()
    assert (row.came, row.noted_by, meeting.participants) == (None, "", None)


def test_a_tick_sent_twice_changes_nothing(meeting, seat):
    for _time in range(2):
        note(meeting, Entry(key=f"P{seat.deputy_id}"))

    assert meeting.attendances.get().as_deputy is True
    assert Event.objects.filter(kind="meeting.attendance_noted").count() == 1


@pytest.mark.parametrize("key", ["S", "Sx", "S0", "K1", "P99999999999999999", "G1"])
def test_a_tick_for_nobody_changes_nothing(meeting, seat, key):
    assert [change.sort for change in note(meeting, Entry(key=key))] == ["unknown"]
    assert not meeting.attendances.exists()


def test_a_tick_cannot_reach_into_another_meeting(meeting):
    foreign = make.AttendanceFactory()
    assert [c.sort for c in note(meeting, Entry(key=f"G{foreign.pk}"))] == ["unknown"]


def test_a_tick_means_the_person_even_if_somebody_else_sits_there_now(meeting, seat):
    [holder, _deputy] = everybody(meeting)
    type(seat).objects.filter(pk=seat.pk).update(absent_from=meeting.happened_on)
    note(meeting, Entry(key=holder.tick))

    assert meeting.attendances.get().person == seat.holder


def test_the_list_names_everybody_once_deputies_last(meeting, seat):
    twice = make.SeatFactory(
        body=meeting.body, holder=seat.deputy, deputy=seat.holder, function="Chor"
    )
    make.SeatFactory(body=meeting.body, holder=make.PersonFactory(), ends=TODAY - DAY)
    make.AttendanceFactory(meeting=meeting, name="Chen", function="Chor")

    assert [(line.label, line.is_deputy, line.is_guest) for line in everybody(meeting)] == [
        ("Ayşe Kaya", False, False), ("Boris Petrov", False, False), ("Chen", False, True),
    ]  # fmt: skip
    assert [line.seat for line in everybody(meeting)] == [seat.pk, twice.pk, None]


def test_a_deputy_is_expected_on_paper_only_when_they_step_in(meeting, seat):
    def on_paper():
        return [line.name for line in queries.expected_at(meeting, day=meeting.happened_on)]

    assert on_paper() == ["Ayşe Kaya"]
    make.AttendanceFactory(meeting=meeting, person=seat.holder, seat=seat, state="declined")
    make.AttendanceFactory(meeting=meeting, person=seat.deputy, seat=seat, state="coming")
    assert on_paper() == ["Boris Petrov"]


def test_a_deputy_who_came_is_not_taken_for_the_holder(meeting, seat):
    note(meeting, Entry(key=f"P{seat.deputy_id}"))

    assert [(line.name, line.came) for line in everybody(meeting)] == [
        ("Ayşe Kaya", None), ("Boris Petrov", True),
    ]  # fmt: skip


def test_whoever_signed_for_a_vacant_seat_is_no_guest_and_not_who_comes_later(meeting):
    seat = make.SeatFactory(body=meeting.body, holder=None, function="Jugend")
    note(meeting, Entry(key=f"S{seat.pk}"), how=NotedBy.PAPER)
    assert queries.turnout_of(meeting.process).guests == 0
    type(seat).objects.filter(pk=seat.pk).update(
        holder=make.PersonFactory(municipality=meeting.municipality, name="Ada")
    )

    assert [(line.name, line.came) for line in everybody(meeting)] == [("Ada", None), ("", True)]


def test_the_paper_list_finds_who_is_expected_and_takes_in_everybody_else(meeting, seat):
    lines = [
        Entry(name="ayşe  KAYA"), Entry(name="Dana", organisation="Schule"),
        Entry(name="Dana", organisation="Verein"), Entry(name="Dana", organisation="Schule"),
    ]  # fmt: skip

    def noted():
        done = note(meeting, *lines, how=NotedBy.PAPER)
        return [(change.sort, change.is_expected) for change in done]

    assert noted() == [("new", True), ("new", False), ("new", False), ("same", False)]
    assert noted() == [("same", True)] * 4
    meeting.refresh_from_db()
    assert meeting.participants == 3
    assert set(meeting.attendances.values_list("noted_by", flat=True)) == {"paper"}


def test_where_two_people_fit_nobody_is_ticked_off_for_the_other(meeting):
    town = meeting.municipality
    for _number in range(2):
        make.SeatFactory(body=meeting.body, holder=make.PersonFactory(municipality=town, name="Li"))
    for _time in range(2):
        note(meeting, Entry(name="Li"))

    row = meeting.attendances.get()
    assert row.person is None, "whoever keeps the list decides who it was"


@pytest.mark.parametrize("count", [1, 30])
def test_noting_a_whole_list_compares_in_three_queries(meeting, count, django_assert_num_queries):
    for number in range(count):
        holder = make.PersonFactory(municipality=meeting.municipality)
        make.SeatFactory(body=meeting.body, holder=holder, position=number)
    entries = [Entry(name=f"Gast {n}", organisation="Chor") for n in range(count)]
    with django_assert_num_queries(3):  # rows, seats, organisations
        found = queries.attendance_compared(meeting, entries, day=meeting.happened_on)

    assert len(found) == count


def test_by_phone_a_name_or_a_code_is_enough_and_twice_is_once(meeting, seat):
    guest = make.AttendanceFactory(meeting=meeting, name="Chen", form_digest="f")
    code = queries.registration_code("f")
    guest.code_hash = registration_hash(code)
    guest.save()
    for _time in range(2):
        actions.enter_by_phone(meeting, name="Ayşe Kaya", form_key="a", at=AT)
        actions.enter_by_phone(meeting, name="", code=code, form_key="b", at=AT)
        actions.enter_by_phone(meeting, name="Eva", organisation="Chor", form_key="c", at=AT)
    meeting.refresh_from_db()

    found = {line.label: (line.came, line.is_guest) for line in everybody(meeting)}
    assert found == {
        "Ayşe Kaya": (True, False), "Chen": (True, True), "Eva": (True, True),
        "Boris Petrov": (None, False),
    }  # fmt: skip
    assert meeting.participants == 3
    assert {e.function for e in Event.objects.filter(kind="meeting.attendance_noted")} == {""}


def test_a_code_that_opens_nothing_enters_nobody(meeting):
    with pytest.raises(Invalid) as refused:
        actions.enter_by_phone(meeting, name="", code="M4RK-7TZW-0QHA", form_key="b", at=AT)

    assert list(refused.value.fields) == ["code"]
    assert not meeting.attendances.exists()


@pytest.mark.parametrize(("days", "is_open"), [(-1, False), (0, True), (2, False)])
def test_the_door_is_open_on_the_day_and_in_the_night_after(meeting, days, is_open):
    noon = timezone.make_aware(dt.datetime.combine(meeting.happened_on, dt.time(12)))
    night = noon + dt.timedelta(hours=15)
    key = queries.door_key(meeting)
    town = meeting.municipality

    def behind(key, at):
        return queries.meeting_behind_door(town, meeting.identifier, key, at=at)

    assert bool(behind(key, noon + days * DAY)) is is_open
    assert behind(key, night) == meeting
    assert behind(key[:-1] + "x", noon) is None
    meeting.precision = "month"
    meeting.save()
    assert behind(key, noon) is None, "nobody knows the day"


def test_a_typed_number_does_not_overrule_who_was_noted(meeting, seat):
    note(meeting, Entry(key=f"P{seat.holder_id}"))
    meeting.refresh_from_db()
    typed = {**MeetingForm.initial_from(meeting), "participants": 40, "agenda": []}
    actions.change_meeting(meeting, **typed, **by(meeting))
    meeting.refresh_from_db()

    assert meeting.participants == 1


def test_the_turnout_counts_registered_came_deputies_guests_and_institutions(meeting, seat):
    house = make.OrganisationFactory(municipality=meeting.municipality)
    type(seat).objects.filter(pk=seat.pk).update(organisation=house)
    later = make.MeetingFactory(process=meeting.process, body=meeting.body, happened_on=TODAY)
    note(meeting, Entry(key=f"P{seat.deputy_id}"))
    note(meeting, Entry(name="Chen"))
    note(later, Entry(key=f"P{seat.deputy_id}"))
    make.AttendanceFactory(meeting=later)
    found = queries.turnout_of(meeting.process)

    assert [
        (r.meeting.pk, r.registered, r.came, r.deputies, r.guests, r.institutions)
        for r in found.rows
    ] == [(later.pk, 1, 1, 1, 0, 1), (meeting.pk, 0, 2, 1, 1, 1)]
    assert (found.attendances, found.people, found.guests, found.institutions) == (3, 1, 1, 1)
