"""Registering: the last place, the waiting list, no double booking, and what is kept of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community.actions import forget_person, set_municipality
from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, EventDetail, Mail, Municipality
from miteinander.process import actions, queries
from miteinander.process.models import Attendance, Meeting
from tests import factories as make
from tests.core.together import at_once

AT = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.fixture
def town(db):
    return make.MunicipalityFactory()


@pytest.fixture
def meeting(town):
    return make.MeetingFactory(
        process=make.ProcessFactory(municipality=town),
        happened_on=timezone.localdate(AT) + 9 * DAY,
        starts_at=dt.time(18),
        registration="public",
        capacity=2,
    )


def guest(meeting, name="Ayşe", **more):
    more = {"form_key": name, "at": AT, **more}
    return actions.register_guest(meeting, name=name, by=make.visitor(meeting.municipality), **more)


def states(meeting):
    return {row.name: row.state for row in meeting.attendances.order_by("pk")}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_last_place_at_once_exactly_one_gets_it():
    meeting = make.MeetingFactory(
        happened_on=timezone.localdate(AT) + DAY, registration="public", capacity=1
    )
    outcomes = at_once(lambda: guest(meeting, "Ayşe"), lambda: guest(meeting, "Boris"))

    assert sorted(outcome.row.state for outcome in outcomes) == ["coming", "waiting"]
    assert sorted(states(meeting).values()) == ["coming", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_one_registration():
    meeting = make.MeetingFactory(happened_on=timezone.localdate(AT) + DAY, registration="public")
    first, second = at_once(lambda: guest(meeting), lambda: guest(meeting))

    assert first.code == second.code
    assert meeting.attendances.count() == 1


def test_who_comes_after_the_last_place_waits_and_moves_up_in_the_order_of_coming(meeting):
    first, _second = guest(meeting, "Ayşe"), guest(meeting, "Boris")
    guest(meeting, "Chen", email="chen@example.org", at=AT + dt.timedelta(seconds=1))
    guest(meeting, "Dana", at=AT + dt.timedelta(seconds=2))
    assert states(meeting) == {
        "Ayşe": "coming", "Boris": "coming", "Chen": "waiting", "Dana": "waiting",
    }  # fmt: skip

    actions.cancel_registration(first.row, by=make.visitor(meeting.municipality), at=AT)

    assert states(meeting) == {
        "": "declined", "Boris": "coming", "Chen": "coming", "Dana": "waiting",
    }  # fmt: skip
    moved = Mail.objects.get(key__startswith="registration.moved_up")
    assert (moved.to, moved.subject) == (
        "chen@example.org",
        f"Ein Platz ist für Sie frei geworden: {meeting.title}",
    )


def test_into_a_meeting_that_was_cancelled_nobody_moves_up(meeting):
    first, _second = guest(meeting, "Ayşe"), guest(meeting, "Boris")
    guest(meeting, "Chen", email="chen@example.org")
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_on=timezone.localdate(AT))

    actions.cancel_registration(first.row, by=make.visitor(meeting.municipality), at=AT)

    assert states(meeting)["Chen"] == "waiting"
    assert not Mail.objects.filter(key__startswith="registration.moved_up").exists()


def test_nobody_overtakes_those_who_wait(meeting):
    """A place became free, and somebody waits already: whoever comes now stands behind them."""
    guest(meeting, "Ayşe"), guest(meeting, "Boris"), guest(meeting, "Chen")
    Attendance.objects.filter(name="Ayşe").delete()  # beside every action

    assert guest(meeting, "Dana").row.state == "waiting"


def test_with_more_places_those_who_wait_move_up(meeting):
    for name in ("Ayşe", "Boris", "Chen", "Dana"):
        guest(meeting, name)
    by = make.coordinator(meeting.municipality)
    meeting.refresh_from_db()
    changed = actions.set_registration(
        meeting, registration="public", capacity=3, opens=None, until=None,
        seen=meeting.revision, by=by, at=AT,
    )  # fmt: skip

    assert list(states(changed).values()) == ["coming", "coming", "coming", "waiting"]


def test_places_that_are_taken_are_never_taken_away(meeting):
    guest(meeting, "Ayşe"), guest(meeting, "Boris")
    with pytest.raises(Invalid) as refused:
        actions.set_registration(
            meeting, registration="public", capacity=1, opens=None, until=AT + 30 * DAY,
            seen=meeting.revision, by=make.coordinator(meeting.municipality), at=AT,
        )  # fmt: skip

    assert {name: str(text) for name, text in refused.value.fields.items()} == {
        "capacity": "2 Personen kommen schon. Bitte geben Sie mindestens so viele Plätze an.",
        "until": "Dann hat die Sitzung schon begonnen. Bitte wählen Sie einen früheren Zeitpunkt.",
    }


def test_an_address_registers_once_and_nobody_learns_that_it_did(meeting):
    first = guest(meeting, "Ayşe", email="A@Example.org", form_key="one")
    second = guest(meeting, "Jemand", email="a@example.org", form_key="two")

    assert (first.code, second.code) == ("", "")
    assert first.row.pk == second.row.pk
    assert meeting.attendances.count() == 1
    assert set(Mail.objects.values_list("to", flat=True)) == {"a@example.org"}


def test_whoever_was_drawn_and_registers_has_one_place_under_the_name_of_the_list(meeting):
    row = make.AttendanceFactory(
        meeting=meeting, name="Ayşe Kaya", email="a@example.org", state="silent",
        function="Durch Los bestimmt",
    )  # fmt: skip
    done = guest(meeting, "A. Kaya", email="a@example.org", needs=["child_care"])
    row.refresh_from_db()

    assert (done.row.pk, done.code, meeting.attendances.count()) == (row.pk, "", 1)
    assert (row.name, row.state, row.needs) == ("Ayşe Kaya", "coming", ["child_care"])
    assert row.function == "Durch Los bestimmt"
    assert queries.registration_code(row.form_digest) in Mail.objects.get(to="a@example.org").body


def test_where_only_the_month_is_known_one_may_register_all_month(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(
        happened_on=timezone.localdate(AT).replace(day=1) - DAY, precision="month", starts_at=None
    )
    assert guest(meeting).row.state == "coming"


def test_the_code_in_the_mail_opens_the_registration_and_stands_nowhere_else(meeting):
    row = guest(meeting, "Ayşe", email="a@example.org").row
    code = queries.registration_code(row.form_digest)

    assert code in Mail.objects.get().body
    assert queries.registration_with(meeting.municipality, code.lower()) == row
    assert queries.registration_with(make.MunicipalityFactory(), code) is None
    row.refresh_from_db()
    assert code not in str(row.__dict__)


def test_cancelling_erases_what_a_guest_told_and_twice_changes_nothing(meeting):
    row = guest(
        meeting, "Ayşe", email="a@example.org", organisation="Chor",
        needs=["other"], needs_note="Ruheraum",
    ).row  # fmt: skip
    by = make.visitor(meeting.municipality)
    for _time in range(2):
        actions.cancel_registration(row, by=by, at=AT)
    row.refresh_from_db()

    assert (row.state, row.name, row.email, row.function, row.needs, row.needs_note) == (
        "declined", "", "", "", [], "",
    )  # fmt: skip
    assert Event.objects.filter(kind="meeting.registration_cancelled").count() == 1


def test_nothing_is_remembered_of_who_registers_even_if_signed_in(meeting):
    by = make.coordinator(meeting.municipality)
    actions.register_guest(meeting, name="Ayşe", form_key="k", by=by, at=AT)
    event = Event.objects.get(kind="meeting.registered")

    assert (event.function, event.data) == ("", {})
    assert not EventDetail.objects.filter(event=event).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"registration": "none"}, "Zu dieser Sitzung kann sich niemand anmelden."),
        ({"registration_from": AT + DAY}, "Die Anmeldung hat noch nicht begonnen."),
        ({"registration_until": AT - DAY}, "Die Anmeldung ist beendet."),
        ({"happened_on": timezone.localdate(AT) - DAY}, "Die Anmeldung ist beendet."),
        ({"cancelled_on": timezone.localdate(AT)}, "Zu dieser Sitzung kann sich niemand anmelden."),
    ],
)
def test_before_and_after_nobody_can_register(meeting, changes, sentence):
    Meeting.objects.filter(pk=meeting.pk).update(**changes)
    with pytest.raises(Closed) as refused:
        guest(meeting)

    assert str(refused.value.what) == sentence
    assert not meeting.attendances.exists()


def test_a_member_registers_changes_needs_and_keeps_the_place(meeting):
    person = make.PersonFactory(municipality=meeting.municipality, language="uk")
    by = make.member(meeting.municipality, person=person.pk)
    first = actions.register_member(meeting, person, needs=["interpreter"], by=by, at=AT)
    again = actions.register_member(
        meeting, person, needs=["child_care"], by=by, at=AT + dt.timedelta(hours=1)
    )

    assert (first.pk, again.state, again.needs) == (again.pk, "coming", ["child_care"])
    assert first.answered_at == again.answered_at
    assert Event.objects.filter(kind="meeting.registered").count() == 1


def test_the_organiser_sees_needs_as_numbers_with_languages_and_notes(meeting):
    meeting.capacity = None
    meeting.save()
    guest(meeting, "Ayşe", needs=["interpreter"], language="tr")
    guest(meeting, "Boris", needs=["interpreter", "child_care"], language="uk")
    guest(meeting, "Chen", needs=["other"], needs_note="Ruheraum")
    found = queries.needs_of(queries.registrations_of(meeting))

    assert [(n.need, n.people, n.languages, n.notes) for n in found] == [
        ("interpreter", 2, ("tr", "uk"), ()),
        ("child_care", 1, (), ()),
        ("other", 1, (), ("Ruheraum",)),
    ]


def test_needs_are_forgotten_a_month_after_the_meeting_and_not_a_day_before(meeting):
    guest(meeting, "Ayşe", needs=["other"], needs_note="Ruheraum")
    after = timezone.make_aware(dt.datetime.combine(meeting.happened_on, dt.time(12)))

    assert actions.forget_needs(at=after + 31 * DAY) == 0
    assert actions.forget_needs(at=after + 32 * DAY) == 1
    row = meeting.attendances.get()
    assert (row.needs, row.needs_note, row.name) == ([], "", "Ayşe")


def test_guests_are_forgotten_after_the_period_of_their_town_and_the_number_stays(meeting, town):
    guest(meeting, "Ayşe", email="a@example.org")
    meeting.attendances.update(came=True)
    foreign = make.AttendanceFactory(meeting__happened_on=meeting.happened_on)
    set_municipality(town, guest_months=2, by=make.coordinator(town), at=AT)
    after = timezone.make_aware(dt.datetime.combine(meeting.happened_on, dt.time(12)))

    assert actions.forget_guests(at=after + 50 * DAY) == 0
    assert actions.forget_guests(at=after + 70 * DAY) == 1
    row, other = meeting.attendances.get(), Attendance.objects.get(pk=foreign.pk)
    assert (row.name, row.email, row.code_hash, row.came) == ("", "", "", True)
    assert other.name == foreign.name, "another town keeps its guests for twelve months"
    assert Municipality.objects.get(pk=foreign.meeting.municipality_id).guest_months == 12


def test_whoever_is_erased_gives_a_place_back_and_leaves_only_a_number(meeting, town):
    person = make.PersonFactory(municipality=town, name="Ayşe Kaya")
    by = make.coordinator(town)
    actions.register_member(meeting, person, needs=["other"], needs_note="Ruheraum", by=by, at=AT)
    guest(meeting, "Boris"), guest(meeting, "Chen")
    past = make.AttendanceFactory(
        person=person, name="", came=True,
        meeting__process=meeting.process, meeting__happened_on=timezone.localdate(AT) - DAY,
    )  # fmt: skip

    forget_person(person, by=by, at=AT)

    row = meeting.attendances.get(person=person)
    assert (row.state, row.needs, row.needs_note) == ("declined", [], "")
    assert states(meeting)["Chen"] == "coming"
    assert Attendance.objects.get(pk=past.pk).came is True
    registered = Event.objects.filter(kind="meeting.registered")
    assert not any(d.data for d in EventDetail.objects.filter(event__in=registered))
