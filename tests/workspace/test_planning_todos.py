"""*Heute* names what a meeting ahead still needs: answers, a date, invitations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Person
from miteinander.core.standing import Standing
from miteinander.process import actions
from miteinander.process.actions import Slot
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def body(town):
    found = make.BodyFactory(municipality=town, title="Begleitgremium")
    make.SeatFactory(body=found, holder=make.PersonFactory(municipality=town))
    return found


@pytest.fixture
def process(town):
    return make.ProcessFactory(municipality=town)


def ahead(process, body, days=10, title="Frühjahrssitzung"):
    return make.MeetingFactory(
        process=process, body=body, title=title, happened_on=TODAY + days * DAY
    )


def seated(client, town, body):
    person = Person.objects.get(user=make.sign_in(client, town, "member"))
    person.consents.create(given_on=TODAY, way="form")
    make.SeatFactory(body=body, holder=person)
    return person


def poll_for(process, body, by, *, title="Klausur"):
    slots = [Slot(TODAY + n * DAY, dt.time(18), dt.time(20)) for n in (30, 31)]
    return actions.open_poll(
        process, title=title, body=body, slots=slots, closes_on=TODAY + 5 * DAY, **by
    )


def today(client):
    response = client.get(reverse("workspace:today"))
    return [str(todo.title) for todo in response.context["todos"]]


def test_an_invitation_waits_until_it_is_answered(client, town, process, body, by):
    person = seated(client, town, body)
    meeting = ahead(process, body)
    assert today(client) == []

    actions.invite(meeting, **by)
    assert today(client) == ["Kommen Sie? Frühjahrssitzung"]

    row = meeting.attendances.get(person=person)
    actions.answer_invitation(row, is_coming=False, **by)
    assert today(client) == []


def test_a_date_poll_waits_for_those_who_are_asked(client, town, process, body, by):
    person = seated(client, town, body)
    poll = poll_for(process, body, by)
    assert today(client) == ["Wann passt es Ihnen? Klausur"]

    own = Standing(municipality=town.pk, at=by["at"], person=person.pk)
    said = dict.fromkeys(poll.options.values_list("pk", flat=True), "yes")
    actions.answer_poll(poll.voters.get(person=person), said, by=own, at=by["at"])
    assert today(client) == []


def test_the_coordination_chooses_a_date_when_the_poll_is_over(client, town, process, body, by):
    make.sign_in(client, town)
    poll = poll_for(process, body, by)
    assert today(client) == []

    type(poll).objects.update(closes_on=TODAY - DAY)

    assert today(client) == ["Termin wählen: Klausur"]


@pytest.mark.parametrize(("days", "waits"), [(10, True), (60, False), (-1, False)])
def test_a_meeting_nobody_was_invited_to_waits_when_it_is_near(client, process, body, days, waits):
    make.sign_in(client, body.municipality)
    ahead(process, body, days)

    found = [title for title in today(client) if "eingeladen" in title]

    assert found == (["Noch niemand eingeladen: Frühjahrssitzung"] if waits else [])


def test_the_page_asks_the_same_however_much_waits(
    client, process, body, by, django_assert_max_num_queries
):
    make.sign_in(client, body.municipality)

    def cost():
        today(client)  # the frame has seen what changed in public
        with django_assert_max_num_queries(80) as counted:
            found = today(client)
        return len(found), len(counted)

    costs = []
    for number in range(3):
        ahead(process, body, 5 + number, f"Sitzung {number}")
        type(poll_for(process, body, by, title=f"Klausur {number}")).objects.update(
            closes_on=TODAY - DAY
        )
        costs.append(cost())

    assert [found for found, _ in costs] == [2, 4, 6]
    assert len({asked for _, asked in costs}) == 1
