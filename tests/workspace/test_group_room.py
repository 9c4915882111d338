"""The room of a group: its own fields, what they lack, what was said, and what is new."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.community.actions import forget_person
from miteinander.core.standing import Role
from miteinander.strategy import actions, queries
from miteinander.strategy.models import RoomLook
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def field():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    group = make.BodyFactory(municipality=concept.municipality, body_kind="working_group")
    return make.FieldOfActionFactory(concept=concept, working_group=group, title="Wohnen")


@pytest.fixture
def here(field):
    return reverse("workspace:group_room", args=[field.working_group.identifier])


def enter(client, field, *, sits: bool = True):
    user = make.sign_in(client, field.municipality, Role.MEMBER)
    if sits:
        make.SeatFactory(body=field.working_group, holder=user.people.get())
    return user


def test_a_member_finds_what_is_theirs_and_what_it_lacks(client, field, here):
    enter(client, field)
    goal = make.GoalFactory(field=field, title="Schneller eine Wohnung finden")
    measure = make.MeasureFactory(goal=goal, title="Lotsen für die Suche")
    other = make.FieldOfActionFactory(concept=field.concept, title="Gesundheit")
    make.ChangeProposalFactory(thing=goal.as_thing(), reason="Das geht auch kürzer.")
    make.ChangeProposalFactory(thing=goal.as_thing(), reason="Schon besprochen.", state="accepted")
    make.MeetingFactory(
        process=field.concept.process, body=field.working_group, title="Dritter Abend",
        happened_on=timezone.localdate() + 3 * DAY,
    )  # fmt: skip
    page = client.get(here).content.decode()
    for said in ("Wohnen", goal.title, measure.title, "Dritter Abend", "Das geht auch kürzer."):
        assert said in page
    assert "Der Beginn fehlt." in page
    assert other.title not in page
    assert "Schon besprochen." not in page
    assert reverse("workspace:goal_edit", args=[goal.identifier]) in page
    assert reverse("workspace:measure_new", args=[goal.identifier]) in page


def test_whoever_sits_elsewhere_reads_and_is_offered_nothing_to_write(client, field, here):
    enter(client, field, sits=False)
    goal = make.GoalFactory(field=field)
    page = client.get(here).content.decode()
    assert goal.title in page
    assert f'href="{reverse("workspace:goal_edit", args=[goal.identifier])}"' not in page
    assert reverse("workspace:goal_new", args=[field.identifier]) not in page


@pytest.mark.parametrize("offset", [-30, 30], ids=["before", "after"])
def test_before_and_after_the_phase_nothing_is_offered_to_write(client, field, here, offset):
    phase = field.concept.process.phases.get()
    phase.starts, phase.ends = phase.starts + offset * DAY, phase.ends + offset * DAY
    phase.save()
    enter(client, field)
    assert reverse("workspace:goal_new", args=[field.identifier]) not in (
        client.get(here).content.decode()
    )


def test_another_town_and_a_visitor_find_nothing(client, field, here):
    client.defaults["HTTP_HOST"] = field.municipality.host
    assert client.get(here).status_code == 302
    make.sign_in(client, make.MunicipalityFactory())
    client.defaults["HTTP_HOST"] = field.municipality.host
    assert client.get(here).status_code == 404


def test_a_group_without_a_field_is_told_what_comes(client, field, here):
    type(field).objects.update(working_group=None)
    enter(client, field)
    page = client.get(here).content.decode()
    assert "kein Handlungsfeld" in page
    assert "Sobald die Koordination" in page


def test_new_is_what_others_did_since_the_visit_before(field):
    town, group = field.municipality, field.working_group
    me = make.member(town, user=make.UserFactory().pk)
    other = make.member(town, user=make.UserFactory().pk)
    now = timezone.now()

    def room(at):
        since = actions.note_room(group, by=me, at=at)
        return queries.room_of(group, since=since, by=me)

    assert room(now).changes == []
    goal = actions.grow_goal(field, title="Ankommen", by=other, at=now + DAY)
    mine = actions.grow_goal(field, title="Bleiben", by=me, at=now + DAY)
    for text in ("a", "b"):
        goal = actions.edit_goal(
            goal, changes={"text": text}, revision=goal.revision, by=other, at=now + DAY
        )
    found = [(event.thing_id, event.kind) for event in room(now + 2 * DAY).changes]
    assert found == [(goal.pk, "goal.edited"), (goal.pk, "goal.grown")], "each sort once"
    assert mine.pk not in {thing for thing, _kind in found}
    again = room(now + 2 * DAY + dt.timedelta(minutes=30)).changes
    assert len(again) == 2, "a reload is the same visit"
    assert room(now + 3 * DAY).changes == []


def test_looks_are_erased_with_the_person(client, field, here):
    user = enter(client, field)
    client.get(here)
    assert RoomLook.objects.filter(user=user).count() == 1
    forget_person(user.people.get(), by=make.coordinator(field.municipality), at=timezone.now())
    assert not RoomLook.objects.exists()


def test_today_leads_to_the_rooms_of_ones_groups(client, field, here):
    enter(client, field)
    assert here in client.get(reverse("workspace:today")).content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_a_room_costs_seven_queries_however_much_is_in_it(field, count, django_assert_num_queries):
    by = make.member(field.municipality, user=make.UserFactory().pk)
    since = timezone.now() - DAY
    for position in range(count):
        more = make.FieldOfActionFactory(
            concept=field.concept, working_group=field.working_group, position=position
        )
        for _number in range(count):
            goal = make.GoalFactory(field=more)
            make.MeasureFactory(goal=goal)
            make.ChangeProposalFactory(thing=goal.as_thing())
    with django_assert_num_queries(7):
        room = queries.room_of(field.working_group, since=since, by=by)
    assert len(room.fields) == count + 1
    assert len(room.said) == count * count


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_the_same_for_one_measure_as_for_many(
    client, field, here, count, django_assert_num_queries
):
    enter(client, field)
    for _number in range(count):
        measure = make.MeasureFactory(goal=make.GoalFactory(field=field))
        make.ChangeProposalFactory(thing=measure.as_thing())
    client.get(here)
    # Five of the frame, the body, the look, its meeting, who is there, the room.
    with django_assert_num_queries(15):
        client.get(here)


def test_in_another_language_each_title_says_which_language_it_is_in(client, field, here):
    enter(client, field)
    goal = make.GoalFactory(field=field, title="Schneller eine Wohnung finden")
    measure = make.MeasureFactory(goal=goal, title="Lotsen für die Suche")
    page = client.get(here.replace("/de/", "/en/")).content.decode()
    for title in (field.working_group.title, field.title, goal.title, measure.title):
        assert f'<span lang="de">{title}</span>' in page
