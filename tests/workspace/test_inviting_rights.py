"""Who plans, invites and looks for a date: every role, before, on and after the day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.process import actions
from miteinander.process.actions import Slot
from miteinander.process.models import DatePoll
from tests import factories as make
from tests.workspace.roles import enter_as

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
EVERYBODY = ("coordinator", "leader", "member of the body", "other member", "visitor", "stranger")
PLANNING = ("meeting_agenda", "meeting_cancel", "meeting_file_new")


@pytest.fixture
def meeting():
    town = make.MunicipalityFactory(host="testserver")
    found = make.MeetingFactory(
        process=make.ProcessFactory(municipality=town), happened_on=TODAY, starts_at=None
    )
    guest = make.PersonFactory(municipality=town, email="gast@stadt.example")
    guest.consents.create(given_on=TODAY, way="form")
    make.SeatFactory(body=found.body, holder=guest)
    return found


def moved(meeting, days):
    type(meeting).objects.filter(pk=meeting.pk).update(happened_on=TODAY + days * DAY)
    return meeting


def statuses(*allowed, yes):
    """What each role gets: the page or the deed, "not you", the way to sign in, or nothing."""
    refused = {"visitor": 302, "stranger": 404}
    return [(who, yes if who in allowed else refused.get(who, 403)) for who in EVERYBODY]


@pytest.mark.parametrize("days", [1, 0, -1], ids=["before", "on the day", "after"])
@pytest.mark.parametrize(
    ("who", "status"), statuses("coordinator", "leader", "member of the body", yes=200)
)
def test_who_is_invited_is_seen_by_the_body(client, meeting, who, status, days):
    enter_as(client, moved(meeting, days), who)

    page = client.get(reverse("workspace:invitations", args=[meeting.identifier]))

    assert page.status_code == status
    assert b"gast@stadt.example" not in page.content, "addresses are not for lists"


@pytest.mark.parametrize(
    ("who", "sees"), [("coordinator", True), ("leader", True), ("member of the body", False)]
)
def test_who_agreed_to_mails_is_seen_by_whoever_invites_alone(client, meeting, who, sees):
    silent = make.PersonFactory(municipality=meeting.municipality, email="still@stadt.example")
    make.SeatFactory(body=meeting.body, holder=silent)
    enter_as(client, moved(meeting, 1), who)

    page = client.get(reverse("workspace:invitations", args=[meeting.identifier]))

    assert ("hat E-Mails nicht zugestimmt" in page.content.decode()) is sees


@pytest.mark.parametrize(("days", "invited"), [(1, True), (0, True), (-1, False)])
@pytest.mark.parametrize(("who", "status"), statuses("coordinator", "leader", yes=303))
def test_invitations_are_sent_by_whoever_holds_the_meeting_until_it_is_over(  # noqa: PLR0917 -- a table
    client, meeting, who, status, days, invited
):
    enter_as(client, moved(meeting, days), who)

    answer = client.post(reverse("workspace:invitations_send", args=[meeting.identifier]))

    may = who in {"coordinator", "leader"}
    assert answer.status_code == (422 if may and not invited else status)
    asked = meeting.attendances.exclude(invited_at=None).count()
    assert bool(asked) is (may and invited)


@pytest.mark.parametrize("days", [1, 0, -1], ids=["before", "on the day", "after"])
@pytest.mark.parametrize(("who", "status"), statuses("coordinator", yes=200))
def test_agenda_files_and_cancelling_are_for_the_coordination(client, meeting, who, status, days):
    enter_as(client, moved(meeting, days), who)

    found = {
        name: client.get(reverse(f"workspace:{name}", args=[meeting.identifier])).status_code
        for name in PLANNING
    }

    assert found == dict.fromkeys(PLANNING, status)


@pytest.mark.parametrize("closes", [1, 0, -1], ids=["before", "on the last day", "after"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_poll_is_seen_by_those_it_asks_and_decided_by_the_coordination(
    client, meeting, who, closes
):
    enter_as(client, meeting, who)
    slots = [Slot(TODAY + n * DAY, dt.time(18), dt.time(20)) for n in (30, 31)]
    poll = actions.open_poll(
        meeting.process, title="Klausur", body=meeting.body, slots=slots, closes_on=TODAY + DAY,
        by=make.coordinator(meeting.municipality), at=timezone.now(),
    )  # fmt: skip
    DatePoll.objects.update(closes_on=TODAY + closes * DAY)

    seen = client.get(reverse("workspace:poll", args=[poll.pk])).status_code
    option = poll.options.first()
    address = reverse("workspace:poll_decide", args=[poll.pk])
    decided = client.post(address, {"option": option.pk}).status_code

    sits = {"leader", "member of the body"}
    assert seen == (200 if who in {"coordinator", *sits} else 302 if who == "visitor" else 404)
    assert decided == {"coordinator": 303, "visitor": 302}.get(who, 403 if who in sits else 404)
