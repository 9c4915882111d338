"""A ballot on the agenda of a session: each leads to the other, and the room votes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.adoption import actions
from miteinander.adoption.models import Ballot
from miteinander.adoption.states import Method
from miteinander.core.errors import Invalid
from miteinander.core.models import Event
from miteinander.process import actions as process_actions
from tests import factories as make
from tests.adoption.ballots import closed, opened

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def to(name, thing):
    return reverse(f"workspace:{name}", args=[thing.identifier])


@pytest.fixture
def ballot(town):
    return opened(Method.DOTS, town=town)


def session(ballot, **more):
    facts = {"process": ballot.process, "body": ballot.body, "happened_on": TODAY, **more}
    meeting = make.MeetingFactory(**facts)
    return make.AgendaItemFactory(meeting=meeting, position=2, title="Prioritäten")


def test_point_and_ballot_lead_to_each_other_and_it_can_be_taken_off_again(client, town, ballot):
    item = session(ballot)
    make.sign_in(client, town)
    place = to("vote_place", ballot)
    assert place in client.get(to("vote_in", ballot)).content.decode()
    for _twice in range(2):
        assert client.post(place, {"item": item.pk}).status_code == 303
    assert Event.objects.filter(kind="ballot.placed").count() == 1
    make.sign_in(client, town, "member")
    assert to("meeting", item.meeting) in client.get(to("vote_in", ballot)).content.decode()
    assert place not in client.get(to("vote_in", ballot)).content.decode()
    desk = client.get(to("meeting", item.meeting))
    assert [row.pk for row in desk.context["ballots"]] == [ballot.pk]
    page = desk.content.decode()
    assert to("vote_in", ballot) in page
    assert "2. Prioritäten · 0 von 6 Sitzen haben abgestimmt" in page
    make.sign_in(client, town)
    assert to("vote_in", ballot) in client.get(to("meeting_hold", item.meeting)).content.decode()
    assert client.post(place, {"item": ""}).status_code == 303
    assert client.get(to("meeting", item.meeting)).context["ballots"] == []


def test_only_coming_sessions_of_the_body_that_votes_are_offered(client, town, ballot):
    make.sign_in(client, town)
    wrong = [
        session(ballot, happened_on=TODAY - DAY),
        session(ballot, body=make.BodyFactory(municipality=town)),
        session(ballot, process=make.ProcessFactory(municipality=town)),
        session(ballot, cancelled_on=TODAY),
        session(opened(Method.DOTS)),
    ]
    place = to("vote_place", ballot)
    assert "Kündigen Sie eine Sitzung dieses Gremiums an" in client.get(place).content.decode()
    who = make.coordinator(town)
    for item in wrong:
        refused = client.post(place, {"item": item.pk})
        assert refused.status_code == 422
        assert "Punkt einer kommenden Sitzung dieses Gremiums" in refused.content.decode()
        with pytest.raises(Invalid):
            actions.place_ballot(ballot, item=item, by=who, at=who.at)
    assert Ballot.objects.get(pk=ballot.pk).item is None


def test_a_session_that_is_over_keeps_its_ballot_until_somebody_takes_it_off(client, town, ballot):
    item = session(ballot)
    who = make.coordinator(town)
    actions.place_ballot(ballot, item=item, by=who, at=who.at)
    item.meeting.happened_on = TODAY - DAY
    item.meeting.save()
    make.sign_in(client, town)
    place = to("vote_place", ballot)
    assert client.get(place).context["form"]["item"].value() == item.pk
    assert client.post(place, {"item": item.pk}).status_code == 303
    assert Ballot.objects.get().item == item


def test_a_point_that_is_dropped_lets_its_ballot_go(town, ballot):
    item = session(ballot)
    who = make.coordinator(town)
    actions.place_ballot(ballot, item=item, by=who, at=who.at)
    process_actions.arrange_agenda(item.meeting, [], by=who, at=who.at)
    assert Ballot.objects.get().item is None


def test_a_counted_ballot_lies_on_the_thread_of_its_session_and_is_not_moved(client, town, ballot):
    item = session(ballot, is_public=True)
    who = make.coordinator(town)
    ballot = actions.place_ballot(ballot, item=item, by=who, at=who.at)
    done = closed(ballot)
    meeting = item.meeting
    assert done.get_absolute_url() in client.get(meeting.get_absolute_url()).content.decode()
    assert meeting.get_absolute_url() in client.get(done.get_absolute_url()).content.decode()
    make.sign_in(client, town)
    assert client.get(to("vote_place", done)).status_code == 403
    assert to("meeting", meeting) in client.get(to("vote_in", done)).content.decode()


def test_the_screen_asks_for_the_vote_while_its_point_is_up(client, town, ballot):
    item = session(ballot)
    who = make.coordinator(town)
    actions.place_ballot(ballot, item=item, by=who, at=who.at)
    make.sign_in(client, town, "member")
    screen = to("meeting_screen", item.meeting)
    short = reverse("permanent", args=[ballot.identifier])
    assert short not in client.get(screen).content.decode()
    process_actions.begin_item(item, by=who, at=who.at)
    page = client.get(screen).content.decode()
    assert short in page
    assert ballot.title in page
    public = client.get(short, follow=True).content.decode()
    assert to("vote_in", ballot) in public
    Ballot.objects.update(closes_at=ballot.opened_at)
    assert short not in client.get(screen).content.decode()
