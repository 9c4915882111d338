"""Tasks: whose they are, moved with a reason, handed over, opened again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event
from miteinander.process import actions, queries
from miteinander.process.actions import Agreement
from miteinander.process.models import Task
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def meeting():
    return make.MeetingFactory(happened_on=TODAY)


@pytest.fixture
def by(meeting):
    return {"by": make.coordinator(meeting.municipality), "at": NOW}


@pytest.fixture
def task(meeting, by):
    return actions.agree_task(meeting, Agreement("Raum suchen", "Amt", TODAY + DAY), **by)


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def owner(task):
    return task.owner_seat or task.owner_organisation or task.owner_person


def test_owner_is_found_as_seat_then_organisation_then_the_one_person_so_called(meeting, by):
    town = meeting.municipality
    seat = make.SeatFactory(body=meeting.body, function="Schule")
    school = make.OrganisationFactory(municipality=town, title="Schule")
    museum = make.OrganisationFactory(municipality=town, title="Museum")
    clerk = make.PersonFactory(municipality=town, function="Fachstelle Migration")
    for _number in range(2):
        make.PersonFactory(municipality=town, function="Mitglied")
    make.OrganisationFactory(title="Theater")  # of another town
    make.SeatFactory(body=make.BodyFactory(municipality=town), function="Jobcenter")

    found = {
        name: owner(actions.agree_task(meeting, Agreement("Einladen", name), **by))
        for name in (
            "schule",
            "Museum ",
            "Fachstelle Migration",
            "Mitglied",
            "Theater",
            "Jobcenter",
        )
    }

    assert found == {
        "schule": seat,
        "Museum ": museum,
        "Fachstelle Migration": clerk,
        "Mitglied": None,
        "Theater": None,
        "Jobcenter": None,
    }
    assert school.title in queries.owners_offered(meeting.body)
    assert "Theater" not in queries.owners_offered(meeting.body)


def test_agreement_sent_twice_is_one_task_and_one_event(meeting, by):
    for _time in range(2):
        actions.agree_task(meeting, Agreement("Raum suchen", "Amt", TODAY), **by)

    assert (Task.objects.count(), kinds()) == (1, ["task.agreed"])


def test_agreement_without_what_and_who_names_both(meeting, by):
    with pytest.raises(Invalid) as refused:
        actions.agree_task(meeting, Agreement(" ", ""), **by)

    assert set(refused.value.fields) == {"what", "who"}


def test_task_is_moved_with_a_reason_and_remembers_the_day_agreed_on(task, by):
    agreed = task.due
    Task.objects.update(reminded_on=TODAY, warned_on=TODAY)

    for days in (10, 20, 20):
        task = actions.move_task(task, due=TODAY + days * DAY, reason="Urlaub", **by)

    assert (task.due, task.first_due) == (TODAY + 20 * DAY, agreed)
    assert (task.changed_because, task.reminded_on, task.warned_on) == ("Urlaub", None, None)
    assert kinds() == ["task.agreed", "task.moved", "task.moved"]
    moved = Event.objects.filter(kind="task.moved").latest("pk")
    assert moved.data["to"] == (TODAY + 20 * DAY).isoformat()
    assert "Urlaub" not in str(moved.data)


@pytest.mark.parametrize(
    ("days", "reason", "fields"), [(-1, "Urlaub", {"due"}), (5, " ", {"reason"})]
)
def test_task_is_not_moved_into_the_past_nor_without_a_reason(task, by, days, reason, fields):
    with pytest.raises(Invalid) as refused:
        actions.move_task(task, due=TODAY + days * DAY, reason=reason, **by)

    assert set(refused.value.fields) == fields
    assert Task.objects.get().due == task.due


def test_task_is_handed_over_to_somebody_of_the_register(task, by):
    museum = make.OrganisationFactory(municipality=task.meeting.municipality, title="Museum")

    for _time in range(2):
        task = actions.hand_over_task(task, owner_function="Museum", reason="Hat Räume", **by)

    assert (task.owner_function, task.owner_organisation) == ("Museum", museum)
    assert kinds() == ["task.agreed", "task.handed_over"]


@pytest.mark.parametrize(
    ("name", "reason", "fields"),
    [("", "Hat Räume", {"who"}), ("Museum", "", {"reason"}), ("Theater", "Weil", {"who"})],
)
def test_task_is_not_handed_to_nobody_nor_without_a_reason_nor_twice(
    task, by, name, reason, fields
):
    actions.agree_task(task.meeting, Agreement(task.what, "Theater"), **by)

    with pytest.raises(Invalid) as refused:
        actions.hand_over_task(task, owner_function=name, reason=reason, **by)

    assert set(refused.value.fields) == fields


def test_tick_can_be_taken_back(task, by):
    for verb in (actions.finish_task, actions.reopen_task, actions.reopen_task):
        task = verb(task, **by)

    assert task.done_on is None
    assert kinds() == ["task.agreed", "task.finished", "task.reopened"]


def test_finished_task_is_neither_moved_nor_handed_over(task, by):
    actions.finish_task(task, **by)

    with pytest.raises(Closed):
        actions.move_task(task, due=TODAY + 9 * DAY, reason="Urlaub", **by)
    with pytest.raises(Closed):
        actions.hand_over_task(task, owner_function="Museum", reason="Hat Räume", **by)


def test_nothing_is_agreed_after_the_minutes_were_approved(meeting, by):
    minutes = actions.record_minutes(meeting, text="Gesagt", **by)
    actions.approve_minutes(minutes, **by)

    with pytest.raises(Closed):
        actions.agree_task(meeting, Agreement("Raum suchen", "Amt"), **by)

    assert not Task.objects.exists()


def test_overdue_are_open_tasks_whose_day_has_passed(meeting, by):
    town, me = meeting.municipality, by["by"]
    for days in (-2, -1, 0, None):
        Task.objects.create(
            meeting=meeting, what=f"{days}", owner_function="Amt",
            due=None if days is None else TODAY + days * DAY,
        )  # fmt: skip
    actions.finish_task(Task.objects.get(what="-2"), **by)

    overdue = queries.overdue_tasks_for(town, me, day=TODAY)

    assert [task.what for task in overdue] == ["-1"]
    assert [task.what for task in queries.finished_tasks_for(town, me)] == ["-2"]
