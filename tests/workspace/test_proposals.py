"""The page of remarks and proposals: every member says something, the group answers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from miteinander.core.standing import Role
from miteinander.strategy.models import ChangeProposal
from tests import factories as make

pytestmark = pytest.mark.django_db
SENT = {
    "entry": "need",
    "passage": "kein Bus",
    "sort": "change",
    "proposal": "selten ein Bus",
    "reason": "Seit Mai fährt einer.",
}


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    field = make.FieldOfActionFactory(concept=concept)
    return make.GoalFactory(field=field, need="Abends fährt kein Bus.")


@pytest.fixture
def here(goal):
    return reverse("workspace:goal_proposals", args=[goal.identifier])


def test_a_member_proposes_and_the_group_takes_it(client, goal, here):
    make.sign_in(client, goal.municipality, Role.MEMBER)
    assert client.post(here, SENT).status_code == 303
    page = client.get(here).content.decode()
    assert "Seit Mai fährt einer." in page
    assert "selten ein" in page
    made = ChangeProposal.objects.get()
    answer = reverse("workspace:proposal_settle", args=[made.pk])
    assert answer not in page
    assert client.get(answer).status_code == 403
    make.sign_in(client, goal.municipality)
    assert answer in client.get(here).content.decode()
    assert client.get(answer).status_code == 200
    sent = {"outcome": "adapted", "words": "am Samstag ein Bus", "response": "Nur samstags."}
    assert client.post(answer, sent).status_code == 303
    assert goal.refreshed().need == "Abends fährt am Samstag ein Bus."
    page = client.get(here).content.decode()
    assert "Nur samstags." in page
    assert "am Samstag ein Bus" in page


def test_what_was_typed_stays_when_it_is_refused(client, goal, here):
    make.sign_in(client, goal.municipality, Role.MEMBER)
    refused = client.post(here, SENT | {"passage": "Zug"})
    assert refused.status_code == 422
    assert "Seit Mai fährt einer." in refused.content.decode()
    assert "stehen nicht in diesem Text" in refused.content.decode()


def test_an_answer_without_a_reason_is_asked_for_one(client, goal, here):
    make.sign_in(client, goal.municipality)
    made = make.ChangeProposalFactory(thing=goal.as_thing(), entry="need", passage="kein Bus")
    answer = reverse("workspace:proposal_settle", args=[made.pk])
    refused = client.post(answer, {"outcome": "declined"})
    assert refused.status_code == 422
    assert "response" in refused.context["form"].errors


def test_words_that_are_gone_are_said_on_the_page_and_in_the_answer(client, goal, here):
    make.sign_in(client, goal.municipality)
    made = make.ChangeProposalFactory(thing=goal.as_thing(), entry="need", passage="Zug")
    assert "haben sich seitdem geändert" in client.get(here).content.decode()
    answer = reverse("workspace:proposal_settle", args=[made.pk])
    refused = client.post(answer, {"outcome": "accepted"})
    assert refused.status_code == 422
    assert "haben sich seitdem geändert" in refused.content.decode()


def test_an_adopted_edition_is_read_and_nothing_is_asked(client, goal, here):
    concept = goal.field.concept
    type(concept).objects.filter(pk=concept.pk).update(state="adopted")
    make.sign_in(client, goal.municipality)
    page = client.get(here).content.decode()
    assert "An die Gruppe senden" not in page
    refused = client.post(here, SENT)
    assert refused.status_code == 422
    assert "Seit Mai fährt einer." in refused.content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_many_proposals_cost_as_much_as_one(client, goal, here, count, django_assert_num_queries):
    make.sign_in(client, goal.municipality)
    for _number in range(count):
        make.ChangeProposalFactory(thing=goal.as_thing(), entry="need", passage="Bus")
    with django_assert_num_queries(10):  # eight of the frame, the goal, its proposals
        client.get(here)
