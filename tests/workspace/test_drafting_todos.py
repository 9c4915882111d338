"""On the page Today: what waits for one's group, and what was answered to oneself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.standing import Role
from miteinander.strategy.models import ChangeProposal
from miteinander.workspace.drafting_todos import drafting_todos
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    return make.GoalFactory(field=make.FieldOfActionFactory(concept=concept, working_group=group))


def today(client):
    return client.get(reverse("workspace:today")).content.decode()


def test_the_group_finds_what_waits_for_its_answer_and_others_do_not(client, goal):
    made = make.ChangeProposalFactory(thing=goal.as_thing(), reason="Das geht kürzer.")
    page = reverse("workspace:goal_proposals", args=[goal.identifier])
    make.sign_in(client, goal.municipality, Role.MEMBER)
    assert "Das geht kürzer." not in today(client)
    user = make.sign_in(client, goal.municipality, Role.MEMBER)
    make.SeatFactory(body=goal.field.working_group, holder=user.people.get())
    shown = today(client)
    assert "1 Anmerkung oder Vorschlag wartet auf Ihre Gruppe" in shown
    assert f"{page}#vorschlag-{made.pk}" in shown
    ChangeProposal.objects.update(state="declined", response="Nein.")
    assert "wartet auf Ihre Gruppe" not in today(client)


def test_the_author_finds_the_answer_for_a_week(client, goal):
    user = make.sign_in(client, goal.municipality, Role.MEMBER)
    now = timezone.now()
    for person, response in ((user.people.get(), "Zu lang."), (make.PersonFactory(), "Geheim.")):
        make.ChangeProposalFactory(
            thing=goal.as_thing(), person=person, state="declined", response=response,
            settled_at=now,
        )  # fmt: skip
    shown = today(client)
    assert "Zu lang." in shown
    assert "Geheim." not in shown
    ChangeProposal.objects.update(settled_at=now - dt.timedelta(days=8))
    assert "Zu lang." not in today(client)


@pytest.mark.parametrize("count", [1, 4])
def test_four_queries_however_much_waits(goal, count, django_assert_num_queries):
    person = make.PersonFactory(municipality=goal.municipality)
    seat = make.SeatFactory(
        body=make.BodyFactory(municipality=goal.municipality, body_kind="steering_group")
    )
    by = make.member(
        goal.municipality, person=person.pk, seats=(make.seat_held(seat),),
        bodies=frozenset({goal.field.working_group_id}),
    )  # fmt: skip
    for _number in range(count):
        make.ChangeProposalFactory(thing=goal.as_thing())
        make.ChangeProposalFactory(
            thing=goal.as_thing(), person=person, state="settled", response="Ja.",
            settled_at=by.at,
        )  # fmt: skip
        make.HandOverFactory(field=goal.field)
    with django_assert_num_queries(4):
        found = list(drafting_todos(goal.municipality, by))
    assert len(found) == 1 + 2 * count
