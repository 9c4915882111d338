"""The second edition of the example is being drafted: every way of working on it can be seen."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone

from miteinander.adoption.models import Ballot, Objection
from miteinander.adoption.queries import ballot_result
from miteinander.community.queries import standing_of
from miteinander.core.models import User
from miteinander.example.load import load
from miteinander.strategy import tasks
from miteinander.strategy.models import ChangeProposal, Concept, HandOver, Measure, Overlap
from miteinander.workspace.brief import brief_of
from tests.world import kept_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        yield load(at=timezone.now())


@pytest.fixture
def concept(town):
    return Concept.objects.get(municipality=town, state="drafting")


def test_it_goes_on_from_the_adopted_one_and_one_measure_has_hardly_begun(concept):
    measures = Measure.objects.filter(goal__field__concept=concept)
    assert concept.continues.state == "adopted"
    assert Counter(measures.values_list("state", "is_example")) == {
        ("submitted", True): 6, ("draft", True): 1,
    }  # fmt: skip


def test_groups_handed_in_and_one_measure_stayed_with_its_group(concept):
    made = HandOver.objects.filter(field__concept=concept)
    assert set(made.values_list("field__title", "state")) == {
        ("Sprache im Alltag", "begun"), ("Nachbarschaft", "handed_in"), ("Ankommen", "taken_on"),
    }  # fmt: skip
    assert not made.filter(parts__thing__title="Deutsch beim Warten").exists()


def test_leads_gave_every_answer_there_is(concept):
    measures = Measure.objects.filter(goal__field__concept=concept)
    assert Counter(measures.values_list("lead_state", flat=True)) == {
        "accepted": 2, "declined": 1, "wished": 1, "none": 3,
    }  # fmt: skip
    for measure in measures.filter(lead_state__in=["declined", "wished"]):
        assert measure.lead_reason
    assert measures.get(lead_state="wished").lead_terms == {"cost_yearly": 51000}


def test_two_fields_were_merged_and_one_was_split(concept, client):
    kept = concept.fields.filter(state="kept").order_by("position")
    assert [field.title for field in kept] == ["Sprache im Alltag", "Nachbarschaft", "Ankommen"]
    gone = concept.fields.get(state="retired")
    assert gone.title == "Begegnung"
    neighbours, arriving = kept[1], kept[2]
    assert neighbours.get_absolute_url() in client.get(gone.get_absolute_url()).content.decode()
    assert "Zusammen ist es kürzer" in gone.retired_because
    page = client.get(arriving.get_absolute_url()).content.decode()
    assert neighbours.get_absolute_url() in page
    assert neighbours.goals.count() == 2


def test_one_proposal_is_open_and_a_remark_was_answered(concept):
    measures = Measure.objects.filter(goal__field__concept=concept)
    told = ChangeProposal.objects.filter(thing__in=measures.values("pk"))
    assert set(told.values_list("is_remark", "state")) == {(False, "open"), (True, "settled")}
    assert told.get(is_remark=True).response


def test_two_ballots_are_counted_and_one_is_open(concept):
    ballots = {b.method: b for b in Ballot.objects.filter(process=concept.process)}
    assert {b.method: (b.state, b.is_example) for b in ballots.values()} == {
        "consent": ("closed", True), "balanced": ("closed", True), "dots": ("open", True),
    }  # fmt: skip
    consent, choice = (ballot_result(ballots[name]) for name in ("consent", "balanced"))
    assert (consent["outcome"], consent["chosen"]) == ("decided", ["3"])
    assert consent["voted"] == 14
    assert choice["outcome"] == "decided"
    assert 0 < choice["result"]["limits"]["budget"]["used"] <= 60_000
    assert choice["result"]["selected"] != choice["result"]["beside"]["selected"], (
        "the demo shows what a balanced choice is good for"
    )


def test_one_objection_was_answered_and_one_is_carried_along(concept):
    found = Objection.objects.filter(measure__goal__field__concept=concept)
    assert set(found.values_list("state", flat=True)) == {"answered", "carried"}
    assert all(objection.response for objection in found)


def test_the_worker_finds_what_two_groups_both_plan(concept):
    tasks.compare_measures()
    pair = Overlap.objects.get(concept=concept, state="open")
    assert {pair.first.title, pair.second.title} == {
        "Sprachtreff am Abend", "Treffpunkt am Abend im Viertel",
    }  # fmt: skip


def test_the_brief_of_a_seat_has_something_to_decide(town, concept):
    account = User.objects.get(email="steuerungsgruppe@beispiel.example")
    brief = brief_of(town, concept.identifier, standing_of(town, account, at=timezone.now()))
    lines = {part.name: [line.text for line in part.lines] for part in brief.parts}
    assert any("Woran arbeiten wir zuerst weiter?" in text for text in lines["decide"])
    assert lines["objections"]
