"""A field is split: some of it goes into a new one, numbers follow, addresses stay."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event, Link
from miteinander.core.search import keep
from miteinander.strategy import actions, queries
from miteinander.strategy.models import FieldOfAction
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept():
    return make.ConceptFactory(process=make.PhaseFactory().process)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


@pytest.fixture
def fields(concept, who, now):
    made = []
    for title in ("Sprache", "Wohnen"):
        field = actions.propose_field(concept, title=title, by=who, at=now)
        made.append(actions.keep_field(field, by=who, at=now))
    return made


@pytest.fixture
def goals(fields, who, now):
    return [
        actions.grow_goal(fields[0], title=title, by=who, at=now)
        for title in ("Eins", "Zwei", "Drei")
    ]


def split(field, goals, who, now, **more):
    facts = {"title": "Bildung", "reason": "Zu groß", **more}
    return actions.split_field(field, goals=goals, by=who, at=now, **facts)


def test_goals_and_themes_go_along_numbers_follow_and_addresses_stay(
    concept, fields, goals, who, now
):
    measure = actions.grow_measure(goals[2], title="Kurse", by=who, at=now)
    theme, other = (make.ThemeFactory(process=concept.process, title=t) for t in ("A", "B"))
    for one in (theme, other):
        actions.attach_theme_to_field(one, field=fields[0], by=who, at=now)

    new = split(fields[0], [goals[2]], who, now, themes=[theme])

    assert measure.number == "3.1"
    assert measure.refreshed().number == "1.1"
    assert measure.refreshed().identifier == measure.identifier
    assert [g.refreshed().number for g in goals] == ["1", "2", "1"]
    assert goals[2].refreshed().field == new
    rows = FieldOfAction.objects.filter(concept=concept).order_by("position")
    assert [(row.title, row.number) for row in rows] == [
        ("Sprache", "1"), ("Bildung", "2"), ("Wohnen", "3"),
    ]  # fmt: skip
    assert queries.themes_of_field(new) == [theme]
    assert queries.themes_of_field(fields[0]) == [other]
    event = Event.objects.get(kind="field.split")
    assert (event.data["into"], event.data["reason"]) == ("Bildung", "Zu groß")
    assert new.pk not in keep.out_of_step(), "it is found by its name"


def test_the_thread_leads_from_one_field_to_the_other(fields, goals, who, now):
    new = split(fields[0], goals[:1], who, now)
    link = Link.objects.get(relation="split_into")
    assert (link.source_id, link.target_id, link.note) == (fields[0].pk, new.pk, "Zu groß")
    reached = {t.pk for t in thread_of(new.as_thing(), public_only=True).things()}
    assert fields[0].pk in reached
    assert queries.moves_of(new).came_from == [fields[0].as_thing()]
    assert queries.moves_of(fields[0]).to == [new.as_thing()]


def test_neither_nothing_nor_everything_is_split_off(fields, goals, who, now):
    for chosen in ([], goals):
        with pytest.raises(Invalid) as refused:
            split(fields[0], chosen, who, now)
        assert list(refused.value.fields) == ["goals"]
    with pytest.raises(Invalid):
        split(fields[0], goals[:1], who, now, reason=" ")
    with pytest.raises(Invalid) as refused:
        split(fields[0], goals[:1], who, now, title="wohnen")
    assert list(refused.value.fields) == ["title"]
    assert not Event.objects.filter(kind="field.split").exists()


def test_sent_twice_it_splits_once(concept, fields, goals, who, now):
    split(fields[0], goals[:1], who, now)
    with pytest.raises(Closed):
        split(fields[0], goals[:1], who, now)
    assert concept.fields.count() == 3


def test_an_adopted_edition_is_not_split(concept, fields, goals, who, now):
    type(concept).objects.filter(pk=concept.pk).update(state="adopted")
    with pytest.raises(Closed):
        split(fields[0].refreshed(), goals[:1], who, now)


def test_the_preview_tells_what_would_happen_and_changes_nothing(fields, goals, who, now):
    measure = actions.grow_measure(goals[1], title="Kurse", by=who, at=now)
    before = queries.splitting(fields[0], goals=[goals[1]], themes=[])
    assert [(g.title, g.before, g.after, g.measures) for g in before.goals] == [
        ("Zwei", "2", "1", 1)
    ]
    assert before.field_numbers == (("Wohnen", "2", "3"),)
    assert measure.refreshed().number == "2.1"
    split(fields[0], [goals[1]], who, now)
    assert fields[1].refreshed().number == "3"


def test_the_preview_of_a_merge_counts_on_from_what_is_there(concept, fields, goals, who, now):
    theme = make.ThemeFactory(process=concept.process, gathered=4)
    actions.attach_theme_to_field(theme, field=fields[0], by=who, at=now)
    actions.grow_goal(fields[1], title="Schon da", by=who, at=now)
    told = queries.merging(fields[0], fields[1])
    assert [(g.before, g.after) for g in told.goals] == [("1", "2"), ("2", "3"), ("3", "4")]
    assert (told.contributions, told.themes) == (4, (theme,))
    assert told.field_numbers == (("Wohnen", "2", "1"),)
    actions.merge_field(fields[0], into=fields[1], reason="Zusammen", by=who, at=now)
    assert [g.refreshed().number for g in goals] == ["2", "3", "4"]
    assert fields[1].refreshed().number == "1"


def test_numbers_close_up_when_a_measure_is_given_up_but_not_after_the_adoption(
    concept, goals, who, now
):
    one, two, three = (
        actions.grow_measure(goals[0], title=t, by=who, at=now) for t in ("A", "B", "C")
    )
    actions.retire_measure(one, reason="Doppelt", by=who, at=now)
    assert [m.refreshed().number for m in (one, two, three)] == ["", "1.1", "1.2"]
    type(concept).objects.filter(pk=concept.pk).update(state="adopted")
    actions.retire_measure(two.refreshed(), reason="Kein Geld", by=who, at=now)
    assert [m.refreshed().number for m in (two, three)] == ["1.1", "1.2"]


@pytest.mark.parametrize("way", ["merge", "split"])
def test_one_may_look_before_giving_a_reason(client, settings, fields, goals, way):
    settings.ALLOWED_HOSTS = [".example"]
    make.sign_in(client, fields[0].municipality)
    here = reverse(f"workspace:field_{way}", args=[fields[0].identifier])
    typed = {"into": fields[1].pk} if way == "merge" else {"goals": [goals[0].pk]}
    page = client.post(here, typed | {"preview": "1"})
    assert page.status_code == 200
    assert goals[0].title in [goal.title for goal in page.context["removal"].goals]
    assert page.context["form"].errors == {}
    assert page.context["form"].fields["reason"].required
    assert goals[0].refreshed().field == fields[0]
    refused = client.post(here, typed)
    assert "reason" in refused.context["form"].errors


def test_a_moment_later_is_no_other_split(fields, goals, who, now):
    split(fields[0], goals[:1], who, now)
    new = split(fields[0].refreshed(), goals[1:2], who, now + dt.timedelta(days=1), title="Arbeit")
    assert new.number == "2"
