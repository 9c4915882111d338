"""Measures that may overlap: compared by the worker, decided by people, not said twice."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event
from miteinander.strategy import actions, insights, queries
from miteinander.strategy.models import Overlap
from miteinander.strategy.tasks import compare_measures
from tests import factories as make

LONG = "Offene Treffpunkte in den Stadtteilen, in denen Menschen sich begegnen und beraten werden"


def sheet(pk, field, words, lead=None, groups=()):
    return insights.Sheet(pk, field, words, lead, tuple(groups))


def test_only_measures_of_different_fields_are_paired_and_each_pair_once():
    found = insights.overlaps_among(
        [sheet(3, 1, LONG), sheet(2, 1, LONG), sheet(1, 2, LONG), sheet(9, 2, "Sport im Verein")]
    )
    assert {(p.first, p.second) for p in found} == {(1, 2), (1, 3)}
    assert all(p.why == ("words",) for p in found)
    assert insights.overlaps_among([sheet(1, 1, LONG)]) == []


def test_what_both_share_is_named():
    (pair,) = insights.overlaps_among(
        [
            sheet(1, 1, LONG, lead=5, groups=("Kinder", "Eltern")),
            sheet(2, 2, LONG, lead=5, groups=("eltern",)),
        ]
    )
    assert (pair.why, pair.groups) == (("words", "target_groups", "lead"), ("Eltern",))


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept(db):
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


@pytest.fixture
def measures(concept):
    fields = [make.FieldOfActionFactory(concept=concept, position=n) for n in (1, 2)]
    return [
        make.MeasureFactory(
            goal=make.GoalFactory(field=field), title=f"Treffpunkte {n}", text=LONG, summary=""
        )
        for n, field in enumerate(fields, start=1)
    ]


@pytest.fixture
def pair(measures):
    compare_measures()
    return Overlap.objects.get()


def test_the_worker_compares_what_changed_and_only_that(concept, measures, pair):
    assert (pair.first, pair.second) == tuple(measures)
    assert queries.concepts_to_compare() == []
    type(measures[0]).objects.filter(pk=measures[0].pk).update(revision=7)
    assert queries.concepts_to_compare() == [concept]
    compare_measures()
    assert queries.concepts_to_compare() == []


def test_what_was_dismissed_with_a_word_is_not_found_again(concept, measures, pair, who, now):
    with pytest.raises(Invalid):
        actions.dismiss_overlap(pair, word=" ", by=who, at=now)
    actions.dismiss_overlap(pair, word="Andere Stadtteile", by=who, at=now)
    with pytest.raises(Closed):
        actions.dismiss_overlap(pair, word="Andere Stadtteile", by=who, at=now)
    type(measures[0]).objects.filter(pk=measures[0].pk).update(revision=7)
    compare_measures()
    assert queries.overlaps_of(concept) == []
    assert [p.word for p in queries.decided_overlaps(concept)] == ["Andere Stadtteile"]


def test_one_may_wait_for_the_other(measures, pair, who, now):
    actions.link_overlap(pair, waits=pair.second, word="Erst die Räume", by=who, at=now)
    assert list(measures[1].depends_on.all()) == [measures[0]]
    assert pair.__class__.objects.get().state == "linked"


def test_they_may_not_wait_for_each_other(measures, pair, who, now):
    measures[0].depends_on.add(measures[1])
    with pytest.raises(Invalid):
        actions.link_overlap(pair, waits=pair.second, word="Erst die Räume", by=who, at=now)
    assert Overlap.objects.get().state == "open"


def test_merged_its_page_stays_and_the_thread_leads_there(concept, measures, pair, who, now):
    contribution = make.ContributionFactory(process=concept.process)
    goal = measures[0].goal
    grown = actions.grow_measure(goal, title="Cafés", contributions=[contribution], by=who, at=now)
    actions.merge_measure(grown, into=measures[1], reason="Dasselbe", by=who, at=now)
    merged = grown.refreshed()
    assert (merged.state, merged.retired_because, merged.number) == ("retired", "Dasselbe", "")
    reached = {t.pk for t in thread_of(measures[1].as_thing(), public_only=False).things()}
    assert {grown.pk, contribution.pk} <= reached
    assert Event.objects.get(kind="measure.merged").data["into"] == measures[1].title
    with pytest.raises(Closed):
        actions.merge_measure(grown, into=measures[1], reason="Dasselbe", by=who, at=now)


def test_nothing_is_merged_into_itself_or_another_concept(measures, who, now):
    for into in (measures[0], make.MeasureFactory()):
        with pytest.raises(Invalid):
            actions.merge_measure(measures[0], into=into, reason="Dasselbe", by=who, at=now)
    assert measures[0].refreshed().state == "draft"


def test_what_is_gone_or_in_one_field_now_is_not_shown(concept, measures, pair, who, now):
    actions.move_measure(measures[1], goal=measures[0].goal, by=who, at=now)
    assert queries.overlaps_of(concept) == []


@pytest.mark.parametrize(
    ("decision", "state"),
    [("dismiss", "dismissed"), ("wait_first", "linked"), ("into_second", "merged")],
)
def test_the_page_shows_both_and_keeps_the_decision(client, concept, pair, decision, state):
    make.sign_in(client, concept.municipality)
    listed = client.get(reverse("workspace:overlaps", args=[concept.identifier]))
    assert "Treffpunkte 1" in listed.content.decode()
    here = reverse("workspace:overlap", args=[pair.pk])
    assert client.get(here).status_code == 200
    refused = client.post(here, {"decision": decision, "word": ""})
    assert refused.status_code == 422
    assert client.post(here, {"decision": decision, "word": "So"}).status_code == 303
    assert Overlap.objects.get().state == state


def test_a_member_reads_but_does_not_decide(client, concept, pair):
    make.sign_in(client, concept.municipality, "member")
    assert client.get(reverse("workspace:overlaps", args=[concept.identifier])).status_code == 200
    here = reverse("workspace:overlap", args=[pair.pk])
    assert client.post(here, {"decision": "dismiss", "word": "So"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_pair_as_for_many(
    client, concept, measures, count, django_assert_num_queries
):
    make.sign_in(client, concept.municipality)
    for n in range(count):
        first, second = (
            make.MeasureFactory(goal=measure.goal, title=f"Paar {n}") for measure in measures
        )
        make.OverlapFactory(concept=concept, first=first, second=second)
    here = reverse("workspace:overlaps", args=[concept.identifier])
    client.get(here)
    # town, session, account, membership, seats; concept, open pairs, decided ones, the run
    with django_assert_num_queries(9):
        page = client.get(here)
    assert len(page.context["pairs"]) == count


def test_what_is_found_again_keeps_its_address_for_whoever_is_writing_about_it(
    client, concept, measures, pair
):
    make.sign_in(client, concept.municipality)
    here = reverse("workspace:overlap", args=[pair.pk])
    measures[0].target_groups = measures[1].target_groups = "Eltern"
    for measure in measures:
        measure.revision += 1
        measure.save()
    compare_measures()
    assert Overlap.objects.get().groups == "Eltern"
    assert client.post(here, {"decision": "dismiss", "word": "So"}).status_code == 303


def test_what_is_not_found_any_more_goes(concept, measures, pair):
    measures[0].text, measures[0].title = "Sport im Verein", "Sport"
    measures[0].revision += 1
    measures[0].save()
    compare_measures()
    assert not Overlap.objects.exists()
