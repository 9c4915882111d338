"""Who came: ticks and their undoing, the door, the paper list, and what follows from them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone, translation

from miteinander.core.errors import Invalid, NotThere
from miteinander.core.models import Event
from miteinander.process import actions, queries
from miteinander.process.actions import PaperRow
from miteinander.process.forms import MeetingForm
from miteinander.process.queries.registration import registration_hash
from tests import factories as make

pytestmark = pytest.mark.django_db
AT = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _german():
    with translation.override("de"):
        yield


@pytest.fixture
def meeting():
    return make.MeetingFactory(happened_on=timezone.localdate(AT), starts_at=None)


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


def test_a_tick_makes_the_number_of_participants_follow_and_can_be_taken_back(meeting, seat):
    row = actions.note_came(meeting, f"holder-{seat.pk}", came=True, **by(meeting))
    meeting.refresh_from_db()
    assert (row.seat, row.person, row.noted_by, meeting.participants) == (
        seat, seat.holder, "tick", 1,
    )  # fmt: skip

    actions.note_came(meeting, f"row-{row.pk}", came=False, **by(meeting))
    meeting.refresh_from_db()
    row.refresh_from_db()
    assert (row.came, row.noted_by, meeting.participants) == (None, "", None)


def test_a_tick_sent_twice_changes_nothing(meeting, seat):
    for _time in range(2):
        actions.note_came(meeting, f"deputy-{seat.pk}", came=True, **by(meeting))

    assert meeting.attendances.get().as_deputy is True
    assert Event.objects.filter(kind="meeting.attendance_noted").count() == 1


@pytest.mark.parametrize(
    "key", ["", "row-", "row-x", "holder-0", "chair-1", "row-99999999999999999"]
)
def test_a_tick_for_nobody_is_nowhere(meeting, key):
    with pytest.raises(NotThere):
        actions.note_came(meeting, key, came=True, **by(meeting))


def test_a_tick_cannot_reach_into_another_meeting(meeting):
    foreign = make.AttendanceFactory()
    with pytest.raises(NotThere):
        actions.note_came(meeting, f"row-{foreign.pk}", came=True, **by(meeting))


def test_the_list_names_everybody_once_deputies_last(meeting, seat):
    other = make.SeatFactory(body=meeting.body, holder=seat.holder)  # sits twice
    make.SeatFactory(body=meeting.body, holder=make.PersonFactory(), ends=AT.date() - DAY)
    make.AttendanceFactory(meeting=meeting, name="Chen", function="Chor")
    found = queries.attendance_list(meeting)

    assert [(line.label, line.is_deputy, line.is_guest) for line in found] == [
        ("Ayşe Kaya", False, False), ("Chen", False, True), ("Boris Petrov", True, False),
    ]  # fmt: skip
    assert other.holder == seat.holder


def test_the_paper_list_finds_who_is_expected_and_takes_in_everybody_else(meeting, seat):
    lines = [
        PaperRow("ayşe  KAYA"), PaperRow("Dana", "Schule"), PaperRow("Dana", "Verein"),
        PaperRow("Dana", "Schule"),
    ]  # fmt: skip
    done = actions.note_paper(meeting, lines, **by(meeting))
    again = actions.note_paper(meeting, lines, **by(meeting))
    meeting.refresh_from_db()

    assert (done.found, done.guests, done.known) == (1, 2, 1)
    assert (again.found, again.guests, again.known) == (0, 0, 4)
    assert meeting.participants == 3
    assert set(meeting.attendances.values_list("noted_by", flat=True)) == {"paper"}


def test_where_two_people_fit_nobody_is_ticked_off_for_the_other(meeting):
    town = meeting.municipality
    for _number in range(2):
        make.SeatFactory(body=meeting.body, holder=make.PersonFactory(municipality=town, name="Li"))
    row = actions.note_guest(meeting, name="Li", **by(meeting))

    assert row.person is None, "whoever keeps the list decides who it was"


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

    found = {line.label: (line.came, line.is_guest) for line in queries.attendance_list(meeting)}
    assert found == {
        "Ayşe Kaya": (True, False), "Chen": (True, True), "Eva": (True, True),
        "Boris Petrov": (False, False),
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


def test_a_typed_number_does_not_overrule_who_was_noted(meeting, seat):
    actions.note_came(meeting, f"holder-{seat.pk}", came=True, **by(meeting))
    meeting.refresh_from_db()
    typed = {**MeetingForm.initial_from(meeting), "participants": 40, "agenda": []}
    actions.change_meeting(meeting, **typed, **by(meeting))
    meeting.refresh_from_db()

    assert meeting.participants == 1


def test_the_turnout_counts_registered_came_deputies_guests_and_institutions(meeting, seat):
    house = make.OrganisationFactory(municipality=meeting.municipality)
    type(seat).objects.filter(pk=seat.pk).update(organisation=house)
    later = make.MeetingFactory(process=meeting.process, body=meeting.body, happened_on=AT.date())
    actions.note_came(meeting, f"deputy-{seat.pk}", came=True, **by(meeting))
    actions.note_guest(meeting, name="Chen", **by(meeting))
    actions.note_came(later, f"deputy-{seat.pk}", came=True, **by(meeting))
    make.AttendanceFactory(meeting=later)
    found = queries.turnout_of(meeting.process)

    assert [
        (r.meeting.pk, r.registered, r.came, r.deputies, r.guests, r.institutions)
        for r in found.rows
    ] == [(later.pk, 1, 1, 1, 0, 1), (meeting.pk, 0, 2, 1, 1, 1)]
    assert (found.attendances, found.people, found.guests, found.institutions) == (3, 1, 1, 1)
