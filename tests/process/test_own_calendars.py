"""Private calendar addresses: renewable, forgeable by nobody, and never more than one may see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from miteinander.community.actions import forget_person
from miteinander.core.errors import Invalid
from miteinander.core.models import Event
from miteinander.core.standing import Standing
from miteinander.process import actions, queries
from miteinander.process.models import CalendarAddress
from tests import factories as make
from tests.world import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(settings):
    settings.ALLOWED_HOSTS = ["*"]
    return build("kalender.example")


def standing(world, who):
    user = world.users[who]
    return Standing(
        municipality=world.town.pk,
        at=timezone.now(),
        user=user.pk,
        person=world[f"{who} person"].pk,
    )


def read(world, token):
    return world.client("visitor").get(f"/de/k/{token}/termine.ics")


def test_the_address_works_without_a_session_until_it_is_renewed(world):
    old = queries.token_of(world["calendar"])
    assert read(world, old).status_code == 200

    made = actions.renew_calendar(body=None, by=standing(world, "seat"), at=timezone.now())

    assert made.pk == world["calendar"].pk
    assert read(world, old).status_code == 404
    assert read(world, queries.token_of(made)).status_code == 200
    assert Event.objects.filter(kind="calendar.renewed").count() == 1


@pytest.mark.parametrize("forged", ["1-abc~x", "x", "~", "1-~", "'; drop", "9" * 400])
def test_a_forged_address_opens_nothing(world, forged):
    assert read(world, forged).status_code == 404


def test_the_database_alone_does_not_give_the_address_away(world):
    address = world["calendar"]
    signature = queries.token_of(address).rpartition("~")[2]
    kept = CalendarAddress.objects.filter(pk=address.pk).values().get()
    assert signature
    assert not any(signature in str(value) for value in kept.values())
    assert read(world, f"{address.pk}-{address.nonce}").status_code == 404


def test_it_opens_nothing_at_the_host_of_another_town(world):
    other = build("anderswo.example")
    token = queries.token_of(world["calendar"])

    assert other.client("visitor").get(f"/de/k/{token}/termine.ics").status_code == 404


def test_it_holds_the_meetings_of_own_bodies_and_invitations_and_no_others(world):
    elsewhere = make.MeetingFactory(
        process=world["process"], body=world["group"], title="Nur die Arbeitsgruppe",
        happened_on=timezone.localdate() + DAY,
    )  # fmt: skip
    calendar = Calendar.from_ical(read(world, queries.token_of(world["calendar"])).content)
    found = {str(event["UID"]) for event in calendar.walk("VEVENT")}

    assert f"{world['next meeting'].identifier}@miteinander" in found
    assert f"{elsewhere.identifier}@miteinander" not in found


def test_of_one_body_it_holds_that_body_alone(world):
    seat = make.SeatFactory(body=world["group"], holder=world["seat person"])
    made = actions.renew_calendar(body=seat.body, by=standing(world, "seat"), at=timezone.now())
    make.MeetingFactory(
        process=world["process"], body=world["group"], happened_on=timezone.localdate() + DAY
    )
    calendar = Calendar.from_ical(read(world, queries.token_of(made)).content)

    assert [str(e["CATEGORIES"].cats[0]) for e in calendar.walk("VEVENT")] == [seat.body.title]


def test_a_cancelled_meeting_stays_in_it_as_cancelled(world):
    meeting = world["next meeting"]
    by = make.coordinator(world.town)
    actions.cancel_meeting(meeting, because="Der Saal ist nass.", by=by, at=timezone.now())
    calendar = Calendar.from_ical(read(world, queries.token_of(world["calendar"])).content)
    (event,) = [
        e for e in calendar.walk("VEVENT") if e["UID"] == f"{meeting.identifier}@miteinander"
    ]

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert str(event["SUMMARY"]).startswith("Abgesagt: ")


def test_who_lost_the_seat_keeps_only_what_they_were_invited_to(world):
    world["steering seat"].holder = None
    world["steering seat"].save()
    calendar = Calendar.from_ical(read(world, queries.token_of(world["calendar"])).content)

    assert [str(event["UID"]) for event in calendar.walk("VEVENT")] == [
        f"{world['next meeting'].identifier}@miteinander"
    ]


def test_only_people_of_the_register_have_one(world):
    nobody = Standing(municipality=world.town.pk, at=timezone.now())
    with pytest.raises(Invalid):
        actions.renew_calendar(body=None, by=nobody, at=timezone.now())


def test_who_is_forgotten_leaves_neither_calendar_nor_voice(world):
    person = world["seat person"]
    assert person.polls.exists()
    by = make.coordinator(world.town)

    forget_person(person, by=by, at=by.at)

    assert not CalendarAddress.objects.filter(person=person).exists()
    assert not person.polls.exists()


def test_somebody_elses_body_gives_no_address(world):
    client = world.client("seat")
    answer = client.post("/de/arbeit/kalender/erneuern/", {"body": world["group"].pk})

    assert answer.status_code == 404
    assert CalendarAddress.objects.count() == 1
