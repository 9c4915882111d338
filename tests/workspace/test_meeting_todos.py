"""*Heute* names what meetings left behind, each with its one next step."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.models import Person
from miteinander.core.models import Event
from miteinander.process import actions
from miteinander.process.actions import Agreement
from miteinander.process.models import Minutes, Task
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def meeting(town):
    process = make.ProcessFactory(municipality=town)
    return make.MeetingFactory(process=process, happened_on=TODAY - DAY, title="Herbstsitzung")


def today(client):
    response = client.get(reverse("workspace:today"))
    return [str(todo.title) for todo in response.context["todos"]]


def member(client, town, **more):
    return Person.objects.get(user=make.sign_in(client, town, "member", **more))


def test_minutes_wait_for_their_next_step_only(client, town, meeting, by):
    make.sign_in(client, town)
    draft = actions.record_minutes(meeting, text="Gesagt", **by)
    assert "Protokoll verteilen oder freigeben: Herbstsitzung" in today(client)

    actions.hand_round_minutes(draft, **by)
    assert not [title for title in today(client) if "Herbstsitzung" in title]
    wish = actions.propose_correction(draft, passage="a", proposal="b", reason="c", **by)
    assert "1 Änderungswunsch beantworten: Herbstsitzung" in today(client)
    actions.decline_correction(wish, response="Nein", **by)
    Minutes.objects.update(corrections_until=TODAY - DAY)
    assert "Protokoll freigeben: Herbstsitzung" in today(client)


def test_a_draft_waits_to_be_read_by_those_who_sit_there(client, town, meeting, by):
    person = member(client, town)
    draft = actions.record_minutes(meeting, text="Gesagt", **by)
    actions.hand_round_minutes(draft, **by)
    assert today(client) == []

    make.SeatFactory(body=meeting.body, holder=person)

    assert today(client) == ["Protokollentwurf lesen: Herbstsitzung"]


def test_tasks_wait_for_the_person_and_for_everybody_who_acts_for_the_organisation(
    client, town, meeting, by
):
    museum = make.OrganisationFactory(municipality=town, title="Museum")
    for name in ("Fachstelle", "Museum", "Theater"):
        actions.agree_task(meeting, Agreement(f"Für {name}", name, TODAY), **by)

    member(client, town, function="Leitung", organisation=museum)
    assert today(client) == ["Für Museum"]
    client.logout()
    member(client, town, function="Ehrenamt").acts_for.add(museum)
    assert today(client) == ["Für Museum"]
    client.logout()
    member(client, town, function="Fachstelle")
    assert today(client) == []  # the task was agreed on before anybody was called so


def test_the_coordination_is_told_how_many_are_overdue_and_finds_them(client, town, meeting, by):
    make.sign_in(client, town)
    person = make.PersonFactory(municipality=town, function="Fachstelle")
    for number in range(2):
        actions.agree_task(meeting, Agreement(f"Aufgabe {number}", person.function), **by)
    Task.objects.update(due=TODAY - DAY)

    assert today(client) == ["2 Aufgaben sind überfällig"]

    page = client.get(reverse("workspace:tasks"), {"show": "late"}).content.decode()
    assert page.count("überfällig") >= 2
    assert "Aufgabe 1" in page


@pytest.mark.parametrize("show", ["", "own", "late", "done", "wrong"])
def test_the_lists_of_tasks_ask_the_same_however_many_there_are(
    client, meeting, by, show, django_assert_num_queries
):
    make.sign_in(client, meeting.municipality)
    address = reverse("workspace:tasks")
    for number in range(3):
        task = actions.agree_task(meeting, Agreement(f"Aufgabe {number}", "Amt", TODAY), **by)
        if show == "done":
            actions.finish_task(task, **by)
        if show == "late":
            Task.objects.update(due=TODAY - DAY)
        client.get(address)  # the frame has seen what changed in public
        with django_assert_num_queries(7):
            page = client.get(address, {"show": show}).content.decode()
        assert f"Aufgabe {number}" in page


def test_a_task_is_moved_handed_over_and_opened_again_in_the_browser(client, town, meeting, by):
    make.sign_in(client, town)
    task = actions.agree_task(meeting, Agreement("Raum suchen", "Amt", TODAY), **by)

    def send(name, data):
        return client.post(reverse(f"workspace:{name}", args=[task.pk]), data).status_code

    due = str(TODAY + 9 * DAY)
    assert send("task_move", {"due": due}) == 422
    assert send("task_move", {"due": due, "reason": "Urlaub"}) == 303
    assert send("task_hand_over", {"who": "Museum"}) == 422
    assert send("task_hand_over", {"who": "Museum", "reason": "Hat Räume"}) == 303
    assert send("task_done", {}) == send("task_reopen", {}) == 303

    page = " ".join(client.get(reverse("workspace:tasks")).content.decode().split())
    for told in ("Museum", "Hat Räume", "vereinbart war", "Erledigt"):
        assert told in page
    assert Event.objects.filter(kind__startswith="task.").count() == 5


def test_a_task_belongs_to_its_owner_also_outside_the_body(client, town, meeting, by):
    person = member(client, town, function="Fachstelle")
    task = actions.agree_task(meeting, Agreement("Raum suchen", "Fachstelle", TODAY), **by)
    other = actions.agree_task(meeting, Agreement("Gäste einladen", "Amt", TODAY), **by)
    assert person.pk == task.owner_person_id

    def done(which):
        return client.post(reverse("workspace:task_done", args=[which.pk])).status_code

    assert (done(task), done(other)) == (303, 403)
