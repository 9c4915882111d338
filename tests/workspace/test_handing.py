"""The pages of handing in: ticked, refused with everything typed, frozen, answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.standing import Role
from miteinander.strategy.models import HandOver
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def field():
    phase = make.PhaseFactory(permits=["draft", "review"])
    concept = make.ConceptFactory(process=phase.process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    return make.FieldOfActionFactory(
        concept=concept, working_group=group, title="Wohnen", scope="Wie Menschen wohnen."
    )


@pytest.fixture
def goal(field):
    return make.GoalFactory(field=field, title="Schneller wohnen", text="Alle finden etwas.")


@pytest.fixture
def steering(field):
    return make.BodyFactory(municipality=field.municipality, body_kind="steering_group")


def enter(client, town, body=None):
    user = make.sign_in(client, town, Role.MEMBER)
    if body is not None:
        make.SeatFactory(body=body, holder=user.people.get())


def test_the_group_hands_in_from_its_room_and_the_steering_group_gives_it_back(
    client, field, goal, steering
):
    town, group = field.municipality, field.working_group
    room = reverse("workspace:group_room", args=[group.identifier])
    hand_in = reverse("workspace:field_hand_in", args=[field.identifier])
    enter(client, town, group)
    assert hand_in in client.get(room).content.decode()
    assert "checked" in client.get(hand_in).content.decode()
    sent = {"parts": [field.pk, goal.pk], "note": "Bitte bis Freitag"}
    assert client.post(hand_in, sent).status_code == 303
    made = HandOver.objects.get()
    here = reverse("workspace:hand_over", args=[made.pk])
    assert here in client.get(room).content.decode()
    assert hand_in not in client.get(room).content.decode()
    closed = client.get(reverse("workspace:goal_edit", args=[goal.identifier])).content.decode()
    assert "Der Wortlaut bleibt so" in closed
    assert 'name="text"' not in closed
    enter(client, town, steering)
    assert here in client.get(reverse("workspace:today")).content.decode()
    page = client.get(here).content.decode()
    assert "Alle finden etwas." in page
    assert "Bitte bis Freitag" in page
    refused = client.post(here, {"to": "given_back", "reason": ""})
    assert refused.status_code == 422
    assert "reason" in refused.context["form"].errors
    answer = {"to": "given_back", "reason": "Wer bezahlt das?"}
    for _time in range(2):
        assert client.post(here, answer).status_code == 303
    assert client.post(here, answer | {"reason": "Anders"}).status_code == 422
    assert HandOver.objects.get().reason == "Wer bezahlt das?"
    enter(client, town, group)
    assert "Wer bezahlt das?" in client.get(reverse("workspace:today")).content.decode()
    assert (
        'name="text"'
        in client.get(reverse("workspace:goal_edit", args=[goal.identifier])).content.decode()
    )


def test_open_points_are_listed_and_what_was_typed_stays(client, field, goal):
    measure = make.MeasureFactory(goal=goal, title="Lotsen")
    enter(client, field.municipality, field.working_group)
    hand_in = reverse("workspace:field_hand_in", args=[field.identifier])
    refused = client.post(hand_in, {"parts": [measure.pk], "note": "Fast fertig"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Lotsen: " in page
    assert "Der Beginn fehlt." in page
    assert "Fast fertig" in page
    assert client.post(hand_in, {"note": "Nichts"}).status_code == 422


@pytest.mark.parametrize(
    ("who", "answers"),
    [
        ("coordinator", (200, 303)),
        ("group", (200, 403)),
        ("steering", (200, 303)),
        ("member", (200, 403)),
        ("visitor", (302, 302)),
        ("stranger", (404, 404)),
    ],
)
def test_who_may_read_and_answer_what_is_being_looked_at(client, field, steering, who, answers):
    row = make.HandOverFactory(field=field, state="begun")
    make.HandedPartFactory(hand_over=row)
    here = reverse("workspace:hand_over", args=[row.pk])
    town = field.municipality
    if who == "coordinator":
        make.sign_in(client, town)
    elif who == "stranger":
        make.sign_in(client, make.MunicipalityFactory())
        client.defaults["HTTP_HOST"] = town.host
    elif who == "visitor":
        client.defaults["HTTP_HOST"] = town.host
    else:
        enter(client, town, {"group": field.working_group, "steering": steering}.get(who))
    read, sent = client.get(here), client.post(here, {"to": "taken_on"})
    assert (read.status_code, sent.status_code) == answers


def test_before_the_phase_the_page_says_so_and_offers_nothing(client, field, goal):
    phase = field.concept.process.phases.get()
    phase.starts += dt.timedelta(days=60)
    phase.ends += dt.timedelta(days=60)
    phase.save()
    enter(client, field.municipality, field.working_group)
    hand_in = reverse("workspace:field_hand_in", args=[field.identifier])
    assert "nichts abzugeben" in client.get(hand_in).content.decode()
    refused = client.post(hand_in, {"parts": [goal.pk]})
    assert refused.status_code == 422
    assert "Phase" in refused.content.decode()


def test_what_was_changed_since_stands_beside_what_was_handed_in(client, field):
    row = make.HandOverFactory(field=field, state="given_back", reason="Kürzer")
    make.HandedPartFactory(hand_over=row, words={"scope": "Wie Leute wohnen."})
    make.sign_in(client, field.municipality)
    page = client.get(reverse("workspace:hand_over", args=[row.pk])).content.decode()
    assert "Wie Leute wohnen." in page
    assert "Mit heute vergleichen" in page
    assert "Seitdem wurde etwas geändert." in page


def test_what_waits_is_on_the_page_today_of_those_who_answer_and_of_nobody_else(
    client, field, steering
):
    made = make.HandOverFactory(field=field)
    today, here = reverse("workspace:today"), reverse("workspace:hand_over", args=[made.pk])
    for body, sees in ((steering, True), (field.working_group, False), (None, False)):
        enter(client, field.municipality, body)
        assert (here in client.get(today).content.decode()) == sees


def test_what_came_back_waits_until_it_is_handed_in_again(client, field):
    old = make.HandOverFactory(
        field=field, state="given_back", reason="Kürzer", answered_at=timezone.now()
    )
    enter(client, field.municipality, field.working_group)
    today, here = reverse("workspace:today"), reverse("workspace:hand_over", args=[old.pk])
    assert here in client.get(today).content.decode()
    make.HandOverFactory(field=field)
    assert here not in client.get(today).content.decode()
