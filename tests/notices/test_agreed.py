"""Members are told of drafts once, owners of tasks a week before and once after the day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community.actions import forget_person
from miteinander.core.models import Mail
from miteinander.notices import agreed
from miteinander.process import actions
from miteinander.process.actions import Agreement
from miteinander.process.models import Task
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 0))
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def meeting():
    return make.MeetingFactory(happened_on=TODAY, title="Herbstsitzung")


@pytest.fixture
def by(meeting):
    return {"by": make.coordinator(meeting.municipality), "at": NOW}


def somebody(town, name, **more):
    return make.agreed(make.PersonFactory(municipality=town, email=f"{name}@stadt.example", **more))


def withdrawn(person):
    person.consents.update(withdrawn_on=timezone.localdate())
    return person


def told():
    return sorted(Mail.objects.values_list("to", flat=True))


# --- drafts --------------------------------------------------------------------------------------


@pytest.fixture
def draft(meeting, by):
    return actions.record_minutes(meeting, text="Gesagt", **by)


def test_members_and_deputies_of_the_body_are_told_once(meeting, draft, by):
    town = meeting.municipality
    holder, deputy = somebody(town, "eins"), somebody(town, "zwei", language="en")
    make.SeatFactory(body=meeting.body, holder=holder, deputy=deputy)
    make.SeatFactory(body=meeting.body, holder=holder)  # a second seat is no second mail
    make.SeatFactory(body=meeting.body, holder=somebody(town, "frueher"), ends=TODAY - DAY)
    make.SeatFactory(body=make.BodyFactory(municipality=town), holder=somebody(town, "fremd"))
    make.SeatFactory(body=meeting.body, holder=make.PersonFactory(municipality=town))
    silent = make.PersonFactory(municipality=town, email="ohne@stadt.example")
    left = withdrawn(somebody(town, "widerrufen"))
    make.SeatFactory(body=meeting.body, holder=silent, deputy=left)
    assert not agreed.drafts_wait(NOW)
    actions.hand_round_minutes(draft, **by)

    assert agreed.drafts_wait(NOW)
    assert [agreed.drafts_to_tell(at=NOW) for _time in range(2)] == [2, 0]

    assert not agreed.drafts_wait(NOW)
    assert told() == ["eins@stadt.example", "zwei@stadt.example"]
    german, english = Mail.objects.get(to=holder.email), Mail.objects.get(to=deputy.email)
    assert german.subject == "Protokollentwurf zum Lesen: Herbstsitzung"
    assert "2. Dezember 2026" in german.body
    assert f"/de/arbeit/sitzungen/{meeting.identifier}/" in german.body
    assert english.subject == "Draft minutes to read: Herbstsitzung"
    assert f"/en/arbeit/sitzungen/{meeting.identifier}/" in english.body


def test_nobody_is_told_of_minutes_that_are_approved_already(meeting, draft, by):
    make.SeatFactory(body=meeting.body, holder=somebody(meeting.municipality, "eins"))
    actions.hand_round_minutes(draft, **by)
    actions.approve_minutes(draft, **by)

    assert not agreed.drafts_wait(NOW)
    assert agreed.drafts_to_tell(at=NOW) == 0


# --- tasks ---------------------------------------------------------------------------------------


@pytest.fixture
def function(meeting):
    return somebody(meeting.municipality, "eins", function="Fachstelle").function


def agree(meeting, by, name, days, what="Raum suchen"):
    return actions.agree_task(meeting, Agreement(what, name, TODAY + days * DAY), **by)


def test_an_owner_is_reminded_a_week_before_and_once_after_the_day(meeting, by, function):
    agree(meeting, by, function, 10)

    def mails(days):
        at = NOW + days * DAY
        waits = agreed.tasks_wait(at)
        count = agreed.tasks_to_tell(at=at)
        assert waits == bool(count)
        return count

    days = [0, 2, 3, 3, 4, 10, 11, 11, 12, 40]
    assert [mails(day) for day in days] == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    first, second = Mail.objects.order_by("pk")
    assert "- Raum suchen (bis" in first.body
    assert "28. November 2026" in second.body


def test_a_worker_that_was_off_tells_the_next_day_what_it_missed(meeting, by, function):
    agree(meeting, by, function, 10)

    assert agreed.tasks_to_tell(at=NOW + 8 * DAY) == 1
    assert agreed.tasks_to_tell(at=NOW + 9 * DAY) == 0


def test_a_moved_task_is_reminded_of_anew_and_a_finished_one_never(meeting, by, function):
    task = agree(meeting, by, function, 2)
    assert agreed.tasks_to_tell(at=NOW) == 1
    actions.move_task(task, due=TODAY + 30 * DAY, reason="Urlaub", **by)
    assert agreed.tasks_to_tell(at=NOW + DAY) == 0
    assert agreed.tasks_to_tell(at=NOW + 25 * DAY) == 1

    actions.finish_task(task, **by)
    assert agreed.tasks_to_tell(at=NOW + 40 * DAY) == 0


def test_one_mail_names_everything_that_waits_for_somebody(meeting, by, function):
    for number in range(3):
        agree(meeting, by, function, number - 1, what=f"Aufgabe {number}")

    assert agreed.tasks_to_tell(at=NOW) == 1

    body = Mail.objects.get().body
    assert [f"Aufgabe {number}" in body for number in range(3)] == [True, True, True]


def test_everybody_who_acts_for_an_organisation_is_told_and_whoever_speaks_for_a_seat(meeting, by):
    town = meeting.municipality
    museum = make.OrganisationFactory(municipality=town, title="Museum", email="haus@m.example")
    works, acts = somebody(town, "arbeitet", organisation=museum), somebody(town, "handelt")
    acts.acts_for.add(museum)
    silent = make.OrganisationFactory(municipality=town, title="Theater", email="haus@t.example")
    seat = make.SeatFactory(
        body=meeting.body, function="Sitz Schule", holder=somebody(town, "weg"),
        deputy=somebody(town, "da"), absent_from=TODAY,
    )  # fmt: skip
    for name in (museum.title, silent.title, seat.function, "Niemand"):
        agree(meeting, by, name, 1)

    agreed.tasks_to_tell(at=NOW)

    assert told() == sorted([works.email, acts.email, silent.email, "da@stadt.example"])
    assert not agreed.tasks_wait(NOW)


def test_whoever_did_not_agree_is_not_reminded_and_their_organisation_is_instead(meeting, by):
    town = meeting.municipality
    museum = make.OrganisationFactory(municipality=town, title="Museum", email="haus@m.example")
    make.PersonFactory(municipality=town, email="nie@m.example", organisation=museum)
    withdrawn(somebody(town, "widerrufen", organisation=museum))
    alone = make.PersonFactory(municipality=town, email="nie@x.example", function="Fachkraft")
    holder = withdrawn(somebody(town, "frueher"))
    seat = make.SeatFactory(body=meeting.body, function="Sitz Schule", holder=holder)
    for name in (museum.title, alone.function, seat.function):
        agree(meeting, by, name, 1)

    agreed.tasks_to_tell(at=NOW)

    assert told() == ["haus@m.example"]


def test_whoever_has_an_account_is_told_under_its_address(meeting, by):
    user = make.UserFactory(email="konto@stadt.example")
    person = make.PersonFactory(
        municipality=meeting.municipality, email="", user=user, function="Fachkraft"
    )
    make.agreed(person)
    agree(meeting, by, person.function, 1)

    agreed.tasks_to_tell(at=NOW)

    assert told() == ["konto@stadt.example"]


def test_somebody_who_was_forgotten_is_told_nothing(meeting, by, function):
    task = agree(meeting, by, function, 1)
    forget_person(task.owner_person, **by)

    assert agreed.tasks_to_tell(at=NOW) == 0

    assert not Mail.objects.exists()
    task.refresh_from_db()
    assert (task.owner_function, task.owner_person.name) == ("Fachstelle", "")


def test_tasks_of_the_example_are_told_to_nobody(meeting, by, function):
    agree(meeting, by, function, 1)
    Task.objects.update(is_example=True)

    assert not agreed.tasks_wait(NOW)
