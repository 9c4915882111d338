"""What the need of a goal rests on: chosen by search, shown at both ends, for whoever may know."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.adoption.queries import draft_content
from miteinander.core.errors import Closed
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event
from miteinander.core.search.keep import keep
from miteinander.core.standing import Role
from miteinander.strategy import actions, queries
from miteinander.strategy.models import FieldOfAction, Goal, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process, is_public=True)
    field = make.FieldOfActionFactory(concept=concept, state="kept", is_public=True)
    return make.GoalFactory(field=field, title="Orte", is_public=True)


@pytest.fixture
def by(goal):
    return make.coordinator(goal.municipality)


def contribution(goal, **more):
    facts = {"text": "Im Norden fehlt ein Treffpunkt.", "title": "Treffpunkt", "is_public": True}
    process = goal.field.concept.process
    found = make.ContributionFactory(process=process, state="published", **(facts | more))
    keep([found.pk])
    return found


def named(goal, standing):
    found = queries.with_evidence(Goal.objects.filter(pk=goal.pk)).get()
    return [thing.pk for thing in queries.evidence_of(found, standing)]


def page_of(goal):
    return reverse("workspace:goal_evidence", args=[goal.identifier])


def test_both_ends_lead_to_each_other(goal, by):
    card = contribution(goal)
    actions.name_evidence(goal, more=[card], by=by, at=by.at)
    above = thread_of(goal.as_thing(), public_only=True).before
    below = thread_of(card.as_thing(), public_only=True).after
    assert [(s.thing.pk, s.relation) for s in above] == [(card.pk, "evidence_of")]
    assert goal.pk in {s.thing.pk for s in below}


def test_naming_twice_tells_once_and_taking_out_leaves_what_others_named(goal, by):
    one, other = contribution(goal), contribution(goal, title="Anderes")
    for _again in range(2):
        actions.name_evidence(goal, more=[one, other], by=by, at=by.at)
    assert Event.objects.filter(kind="goal.evidenced").count() == 1
    actions.name_evidence(goal, fewer=[one], by=by, at=by.at)
    assert named(goal, by) == [other.pk]
    type(goal.field.concept).objects.update(state="adopted")
    with pytest.raises(Closed):
        actions.name_evidence(goal.refreshed(), fewer=[other], by=by, at=by.at)


def test_it_is_searched_chosen_and_kept_without_javascript(client, goal):
    card, other = contribution(goal), contribution(goal, text="Im Süden auch", title="Süden")
    make.sign_in(client, goal.municipality)
    here = page_of(goal)
    assert "things" not in client.get(here).context["form"].fields
    found = client.post(here, {"search": "Treffpunkt", "preview": "1"})
    assert found.status_code == 200
    assert [t.pk for t in found.context["form"].found] == [card.pk]
    # Searching on keeps what was chosen; what was chosen is kept even if it is not found again.
    on = client.post(here, {"search": "Süden", "things": [card.pk], "preview": "1"})
    page = on.content.decode()
    assert f'value="{card.pk}" ' in page
    assert "Beitrag: Treffpunkt" in page
    assert "checked" in page
    assert set(on.context["form"].fields["things"].queryset) == {card.as_thing(), other.as_thing()}
    done = client.post(here, {"things": [card.pk], "about": other.get_absolute_url()})
    assert done.status_code == 303
    by = make.coordinator(goal.municipality)
    assert set(named(goal, by)) == {card.pk, other.pk}
    was = client.get(here).context["form"]["was"].value()
    assert client.post(here, {"things": [other.pk], "was": was}).status_code == 303
    assert named(goal, by) == [other.pk]


def test_what_somebody_named_meanwhile_is_not_taken_out(client, goal, by):
    card, theirs = contribution(goal), contribution(goal, title="Deren")
    make.sign_in(client, goal.municipality)
    was = client.get(page_of(goal)).context["form"]["was"].value()
    actions.name_evidence(goal, more=[theirs], by=by, at=by.at)
    client.post(page_of(goal), {"things": [card.pk], "was": was})
    assert set(named(goal, by)) == {card.pk, theirs.pk}


def test_what_grew_from_the_goal_or_is_of_another_town_is_no_evidence(client, goal, by):
    measure = actions.grow_measure(goal, title="Kurse", by=by, at=by.at)
    theirs = make.ContributionFactory(title="Fremd", is_public=True, state="published")
    make.sign_in(client, goal.municipality)
    for thing in (measure, goal, goal.field):
        refused = client.post(page_of(goal), {"about": thing.get_absolute_url()})
        assert refused.status_code == 422
        assert thing.identifier in refused.context["form"].errors["about"][0]
    for typed in ({"about": theirs.get_absolute_url()}, {"things": [theirs.pk]}, {"things": ["x"]}):
        client.post(page_of(goal), typed)
    assert named(goal, by) == []


def test_members_of_the_working_group_choose_what_they_may_read(client, goal, by):
    hidden = contribution(goal, is_public=False, title="Nur fürs Amt")
    group = make.BodyFactory(municipality=goal.municipality, body_kind="working_group")
    user = make.sign_in(client, goal.municipality, Role.MEMBER)
    assert client.post(page_of(goal), {"about": "x"}).status_code == 403
    FieldOfAction.objects.update(working_group=group)
    make.SeatFactory(body=group, holder=user.people.get())
    for typed in ({"about": hidden.get_absolute_url()}, {"things": [hidden.pk]}):
        client.post(page_of(goal), typed)
        assert named(goal, by) == []
    actions.name_evidence(goal, more=[hidden], by=by, at=by.at)
    assert "Nur fürs Amt" not in client.get(page_of(goal)).content.decode()


def test_the_page_and_the_document_name_what_is_public(client, goal, by):
    open_one, hidden = contribution(goal), contribution(goal, is_public=False, title="Nur fürs Amt")
    actions.name_evidence(goal, more=[open_one, hidden], by=by, at=by.at)
    page = client.get(goal.get_absolute_url(), headers={"host": goal.municipality.host})
    shown = page.content.decode()
    assert f'href="{open_one.get_absolute_url()}">' in shown
    assert "Nur fürs Amt" not in shown
    make.MeasureFactory(goal=goal, state="submitted", is_public=True)
    (written,) = draft_content(goal.field.concept, at=timezone.now())["fields"][0]["goals"]
    assert [t["title"] for t in written["origin"]["evidence"]] == ["Treffpunkt"]


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_of_choices_costs_the_same_for_one_as_for_many(
    client, goal, by, count, django_assert_num_queries
):
    actions.name_evidence(goal, more=[contribution(goal) for _ in range(count)], by=by, at=by.at)
    make.sign_in(client, goal.municipality)
    client.get(page_of(goal))
    with django_assert_num_queries(7):
        client.get(page_of(goal))


def open_on(measure):
    measure = Measure.objects.get(pk=measure.pk)
    found = queries.open_points(measure, founded=queries.founded([measure.goal]))
    return {point.name for point in found}


def test_what_is_linked_is_evidence_also_without_a_sentence(goal, by, django_assert_num_queries):
    measure = make.MeasureFactory(goal=goal)
    assert "evidence" in open_on(measure)
    card = contribution(goal)
    actions.name_evidence(goal, more=[card], by=by, at=by.at)
    assert "evidence" not in open_on(measure)
    actions.name_evidence(goal, fewer=[card], by=by, at=by.at)
    assert "evidence" in open_on(measure)
    Goal.objects.filter(pk=goal.pk).update(evidence="Zählung 2026")
    assert "evidence" not in open_on(measure)
    goal.refresh_from_db()
    with django_assert_num_queries(0):
        assert queries.founded([goal]) == {goal.pk}
