"""Filling the register: what is remembered, what is refused, what stays personal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community import actions
from miteinander.community.forms import OfficeForm, read_hours
from miteinander.community.models import Person
from miteinander.core.errors import Conflict, Invalid
from miteinander.core.models import Event, Mail, Membership
from miteinander.core.standing import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return {"by": make.coordinator(town), "at": NOW}


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_founding_a_municipality_is_remembered():
    town = actions.found_municipality("Kempten (Allgäu)", at=NOW, facts={"nations": 125})

    assert (town.host, town.facts, town.languages) == (None, {"nations": 125}, ["de", "en"])
    assert kinds() == ["municipality.founded"]


def test_two_municipalities_cannot_both_answer_to_every_name():
    actions.found_municipality("Kempten", at=NOW)

    with pytest.raises(Invalid) as refused:
        actions.found_municipality("Lindau", at=NOW)

    assert list(refused.value.fields) == ["host"]


def test_first_coordinator_gets_account_role_and_function_once(town, by):
    user = actions.appoint_coordinator(town, email="Amt@Stadt.example", **by)
    again = actions.appoint_coordinator(town, email="amt@stadt.example", **by)

    assert user == again
    assert Membership.objects.get(user=user).role == Role.COORDINATOR
    assert Person.objects.get(user=user).function == "Koordination"
    assert kinds() == ["coordinator.appointed"]


def test_event_names_the_function_and_keeps_name_and_mail_erasable(town, by):
    person = actions.register_person(
        town, function="Schulleitung", name="Ada Muster", email="ada@stadt.example", **by
    )

    event = Event.objects.get()
    assert event.data == {"person": "Schulleitung"}
    assert event.detail.data == {
        "person": person.pk,
        "name": "Ada Muster",
        "email": "ada@stadt.example",
    }


@pytest.mark.parametrize(
    ("again", "field"),
    [
        ({"function": "Andere", "email": "ADA@stadt.example"}, "email"),
        ({"function": "schulleitung"}, "function"),
    ],
)
def test_same_person_is_not_entered_twice(town, by, again, field):
    actions.register_person(town, function="Schulleitung", email="", **by)
    actions.register_person(town, function="Lehrkraft", email="ada@stadt.example", **by)

    with pytest.raises(Invalid) as refused:
        actions.register_person(town, **again, **by)

    assert list(refused.value.fields) == [field]
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    "enter",
    [
        lambda town, by: actions.register_organisation(town, title="Stadtbücherei", **by),
        lambda town, by: actions.name_perspective(town, title="Schule", **by),
        lambda town, by: actions.form_body(town, title="Beirat", kind="advisory_board", **by),
    ],
)
def test_form_sent_twice_enters_once(town, by, enter):
    enter(town, by)

    with pytest.raises(Invalid) as refused:
        enter(town, by)

    assert list(refused.value.fields) == ["title"]
    assert len(kinds()) == 1
    enter(make.MunicipalityFactory(), by)  # another town may use the same name


def test_invited_person_gets_an_account_and_one_mail_a_day(town, by):
    person = actions.register_person(town, function="Schulleitung", language="en", **by)

    user = actions.invite_person(person, email="ada@stadt.example", **by)
    actions.invite_person(person, email="ada@stadt.example", **by)
    actions.invite_person(person, email="ada@stadt.example", by=by["by"], at=NOW + DAY)

    person.refresh_from_db()
    assert person.user == user
    assert Membership.objects.get(user=user).role == Role.MEMBER
    mails = list(Mail.objects.all())
    assert [mail.language for mail in mails] == ["en", "en"]
    assert "Schulleitung" in mails[0].body
    assert "/en/konto/" in mails[0].body


def test_invitation_leads_to_the_pages_of_the_town_in_a_language_that_has_pages(town, by):
    person = actions.register_person(town, function="Schulleitung", language="ar", **by)

    actions.invite_person(person, email="ada@stadt.example", **by)

    mail = Mail.objects.get()
    assert mail.language == "de"
    assert f"http://{town.host}/de/konto/anmelden/" in mail.body


def test_invitation_does_not_take_the_coordination_away(town, by):
    user = actions.appoint_coordinator(town, email="amt@stadt.example", **by)

    actions.invite_person(Person.objects.get(user=user), email="amt@stadt.example", **by)

    assert Membership.objects.get(user=user).role == Role.COORDINATOR


def test_address_of_somebody_else_is_refused(town, by):
    first = actions.register_person(town, function="Schulleitung", **by)
    second = actions.register_person(town, function="Lehrkraft", **by)
    actions.invite_person(first, email="ada@stadt.example", **by)

    with pytest.raises(Invalid) as refused:
        actions.invite_person(second, email="ada@stadt.example", **by)

    assert list(refused.value.fields) == ["email"]
    assert Mail.objects.count() == 1


def test_seats_are_numbered_filled_and_vacated(town, by):
    body = actions.form_body(town, title="Steuerungsgruppe", kind="steering_group", **by)
    school = actions.create_seat(body, function="Schule", **by)
    youth = actions.create_seat(body, function="Jugend", **by)
    holder = actions.register_person(town, function="Schulleitung", **by)
    deputy = actions.register_person(town, function="Konrektorat", **by)

    actions.fill_seat(school, holder=holder, deputy=deputy, **by)
    actions.note_absence(school, absent_from=TODAY, absent_until=TODAY + DAY, **by)

    assert (school.position, youth.position) == (1, 2)
    school.refresh_from_db()
    assert [school.holder_is_absent(day) for day in (TODAY - DAY, TODAY, TODAY + 2 * DAY)] == [
        False,
        True,
        False,
    ]
    actions.fill_seat(school, holder=deputy, **by)
    school.refresh_from_db()
    assert (school.absent_from, school.deputy) == (None, None)
    actions.fill_seat(school, holder=None, **by)
    assert kinds()[-5:] == [
        "person.registered",
        "seat.filled",
        "seat.absence_noted",
        "seat.filled",
        "seat.emptied",
    ]
    public = Event.objects.filter(kind="seat.filled").first()
    assert public.data == {"seat": "Schule"}
    assert public.detail.data == {"holder": holder.pk, "deputy": deputy.pk}


def test_nobody_deputises_for_themselves(town, by):
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town))
    person = make.PersonFactory(municipality=town)

    with pytest.raises(Invalid) as refused:
        actions.fill_seat(seat, holder=person, deputy=person, **by)

    assert list(refused.value.fields) == ["deputy"]


def test_person_of_another_town_cannot_hold_a_seat(town, by):
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town))

    with pytest.raises(AssertionError, match="another municipality"):
        actions.fill_seat(seat, holder=make.PersonFactory(), **by)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"absent_from": TODAY, "absent_until": TODAY - DAY}, "absent_until"),
        ({"absent_from": None, "absent_until": TODAY}, "absent_from"),
    ],
)
def test_absence_that_makes_no_sense_is_refused(town, by, days, field):
    seat = make.SeatFactory(body=make.BodyFactory(municipality=town))

    with pytest.raises(Invalid) as refused:
        actions.note_absence(seat, **days, **by)

    assert list(refused.value.fields) == [field]


def test_two_editors_of_an_organisation_both_keep_their_text(town, by):
    seen = actions.register_organisation(town, title="Bücherei", text="Alt", **by)
    details = {"title": "Bücherei", "kind": "culture", "email": "", "perspectives": []}
    actions.change_organisation(seen, text="Ihr Text", seen=seen.revision, **details, **by)

    with pytest.raises(Conflict) as refused:
        actions.change_organisation(seen, text="Mein Text", seen=seen.revision, **details, **by)

    assert refused.value.mine["text"] == "Mein Text"
    assert refused.value.theirs["text"] == "Ihr Text"


@pytest.mark.parametrize(
    "row",
    [
        {"days": ["mon"], "from": "12:00", "to": "08:00"},
        {"days": ["mon"], "from": "12:00", "to": "12:00"},
        {"days": ["someday"], "from": "08:00", "to": "12:00"},
        {"days": [], "from": "08:00", "to": "12:00"},
        {"days": ["mon"], "from": "early", "to": "12:00"},
    ],
)
def test_opening_hours_that_nobody_can_read_are_refused(town, by, row):
    office = make.OrganisationFactory(municipality=town)

    with pytest.raises(Invalid) as refused:
        actions.register_office(office, opening_hours=[row], **by)

    assert list(refused.value.fields) == ["opening_hours"]


def test_office_is_replaced_when_it_is_said_again(town, by):
    organisation = make.OrganisationFactory(municipality=town)
    actions.register_office(organisation, street="Rathausplatz 1", **by)
    office = actions.register_office(organisation, street="Rathausplatz 22", **by)

    assert office.street == "Rathausplatz 22"
    assert kinds() == ["office.registered", "office.changed"]


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", []),
        ("8-12", [("08:00", "12:00")]),
        ("8:00–12:00, 14.30-17.30", [("08:00", "12:00"), ("14:30", "17:30")]),
    ],
)
def test_hours_are_read_as_people_write_them(typed, spans):
    assert [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in read_hours(typed)] == spans


@pytest.mark.parametrize("typed", ["acht", "12-8", "8:00", "25-26", "8-12;14-17"])
def test_hours_that_cannot_be_read_are_named_at_their_day(typed):
    form = OfficeForm({"hours_tue": typed})

    assert not form.is_valid()
    assert list(form.errors) == ["hours_tue"]
