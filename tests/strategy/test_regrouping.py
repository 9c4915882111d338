"""A merge or a split is taken back: everything as before, or a refusal that says what is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.core.errors import Closed
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event, Link, Tally
from miteinander.core.standing import Role
from miteinander.strategy import actions, queries
from miteinander.strategy.models import Concept, FieldOfAction, Goal, Measure, Overlap
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def edition(shape):
    """Kept fields with so many goals each; every second goal has measures, each field a theme."""
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    by = make.coordinator(concept.municipality)
    fields = []
    for number, goals in enumerate(shape):
        field = actions.propose_field(concept, title=f"Feld {number}", by=by, at=by.at)
        if number != 1:  # one stays a candidate
            field = actions.keep_field(field, by=by, at=by.at)
        theme = make.ThemeFactory(process=concept.process, title=f"Thema {number}")
        actions.attach_theme_to_field(theme, field=field, by=by, at=by.at)
        for n in range(goals):
            goal = actions.grow_goal(field, title=f"Ziel {number}.{n}", by=by, at=by.at)
            for m in range(n % 3):
                actions.grow_measure(goal, title=f"Tat {number}.{n}.{m}", by=by, at=by.at)
        fields.append(field)
    actions.renumber(concept, by=by, at=by.at)
    return concept, by, [field.refreshed() for field in fields]


def state_of(concept, *, without=()):
    """Everything that a merge or a split touches; stitches that live, in words."""
    fields = FieldOfAction.objects.filter(concept=concept).exclude(pk__in=without)
    goals = Goal.objects.filter(field__concept=concept)
    measures = Measure.objects.filter(goal__field__concept=concept)
    stitches = Link.objects.filter(undone_at=None, source__municipality=concept.municipality)
    stitches = stitches.exclude(source__in=without).exclude(target__in=without)
    return [
        *fields.order_by("position", "pk").values_list(
            "pk", "state", "number", "retired_on", "position"
        ),
        *goals.order_by("pk").values_list("pk", "field", "position", "number"),
        *measures.order_by("pk").values_list(
            "pk", "goal", "position", "number", "state", "retired_on", "retired_because"
        ),
        *sorted(stitches.values_list("source", "target", "relation", "happened_on", "note")),
    ]


def regroupings_of(concept, *, at):
    found = Concept.objects.filter(pk=concept.pk)
    return queries.regroupings_of(queries.with_regroupings(found, at=at).get())


def undo(concept, by):
    step = regroupings_of(concept, at=by.at)[0]
    return actions.undo_regrouping(concept, event=step.event, by=by, at=by.at)


@given(
    shape=st.lists(st.integers(0, 4), min_size=2, max_size=4),
    part=st.sets(st.integers(0, 3)),
    takes_theme=st.booleans(),
    data=st.data(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_undone_is_as_before(db, shape, part, takes_theme, data):
    with transaction.atomic():
        concept, by, fields = edition(shape)
        field, into = data.draw(st.permutations(fields))[:2]
        before = state_of(concept)

        actions.merge_field(field, into=into, reason="Dasselbe", by=by, at=by.at)
        assert state_of(concept) != before
        undo(concept, by)
        assert state_of(concept) == before

        goals = list(Goal.objects.filter(field=field).order_by("position"))
        going = [goal for n, goal in enumerate(goals) if n in part]
        themes = queries.themes_of_field(field) if takes_theme else []
        if (going or themes) and len(going) + len(themes) < len(goals) + 1:
            new = actions.split_field(
                field.refreshed(), title="Neu", goals=going, themes=themes, reason="Zu groß",
                by=by, at=by.at,
            )  # fmt: skip
            undo(concept, by)
            assert state_of(concept, without=[new.pk]) == before

        measures = list(Measure.objects.filter(goal__field__concept=concept)[:2])
        if len(measures) == 2:
            actions.merge_measure(measures[0], into=measures[1], reason="Eins", by=by, at=by.at)
            undo(concept, by)
            assert state_of(concept, without=[new.pk for new in _given_up(concept)]) == before
        for tally in Tally.objects.filter(thing__municipality=concept.municipality):
            side = {"target" if tally.incoming else "source": tally.thing_id}
            kind = {"source_kind" if tally.incoming else "target_kind": tally.kind}
            live = Link.objects.filter(
                **side, **kind, relation=tally.relation, undone_at=None
            ).count()
            assert tally.count == live
        transaction.set_rollback(True)


def _given_up(concept):
    return FieldOfAction.objects.filter(concept=concept, title="Neu")


@pytest.fixture
def found():
    return edition([3, 1, 2])


def test_what_was_written_meanwhile_goes_along(found):
    concept, by, (field, _other, into) = found
    goal = Goal.objects.filter(field=field).first()
    actions.merge_field(field, into=into, reason="Dasselbe", by=by, at=by.at)
    measure = actions.grow_measure(goal.refreshed(), title="Neu", by=by, at=by.at)
    own = actions.grow_goal(into.refreshed(), title="Auch neu", by=by, at=by.at)
    undo(concept, by)
    assert measure.refreshed().goal.field == field
    assert own.refreshed().field == into
    assert own.refreshed().number == "3"


def test_another_order_given_meanwhile_is_kept(found):
    concept, by, (field, _other, _into) = found
    first, second, third = Goal.objects.filter(field=field).order_by("position")
    actions.split_field(field, title="Neu", goals=[first], reason="x", by=by, at=by.at)
    actions.move_goal(third.refreshed(), field=field.refreshed(), position=1, by=by, at=by.at)
    undo(concept, by)
    order = Goal.objects.filter(field=field).order_by("position")
    assert list(order) == [third, second, first]


def test_the_thread_of_a_field_that_was_split_off_leads_back(found):
    concept, by, (field, *_others) = found
    goal = Goal.objects.filter(field=field).first()
    new = actions.split_field(field, title="Neu", goals=[goal], reason="x", by=by, at=by.at)
    undo(concept, by)
    new = new.refreshed()
    assert (new.state, new.number, new.is_public) == ("retired", "", True)
    assert field.pk in {s.thing.pk for s in thread_of(new.as_thing(), public_only=True).after}
    assert queries.moves_of(field).to == []
    told = Event.objects.get(kind="field.splitting_undone")
    assert (told.thing_id, told.data["into"], told.is_public) == (field.pk, "Neu", True)


def test_a_merged_measure_lives_again_and_the_pair_waits_for_a_decision_again(found):
    concept, by, fields = found
    one, other = (
        actions.grow_measure(Goal.objects.filter(field=f).first(), title="Treff", by=by, at=by.at)
        for f in (fields[0], fields[2])
    )
    pair = make.OverlapFactory(concept=concept, first=one, second=other)
    actions.merge_overlap(pair, into=other, word="Dasselbe", by=by, at=by.at)
    undo(concept, by)
    assert (one.refreshed().state, one.refreshed().retired_because) == ("draft", "")
    reopened = Overlap.objects.get()
    assert (reopened.state, reopened.word, reopened.decided_on) == ("open", "", None)


@pytest.mark.parametrize(
    "meanwhile", ["goal_moved", "theme_moved", "merged_on", "described", "grown", "attached"]
)
def test_what_would_be_lost_stands_in_the_way_and_is_named(found, meanwhile):
    concept, by, (field, other, into) = found
    goal = Goal.objects.filter(field=field).first()
    theme = queries.themes_of_field(field)[0]
    now = {"by": by, "at": by.at}
    if meanwhile in ("goal_moved", "theme_moved", "merged_on"):
        actions.merge_field(field, into=into, reason="Dasselbe", **now)
    else:
        into = actions.split_field(field, title="Neu", goals=[goal], reason="x", **now)
    step = regroupings_of(concept, at=by.at)[0]
    named = into.title
    if meanwhile == "goal_moved":
        actions.move_goal(goal.refreshed(), field=other, **now)
        named = goal.title
    elif meanwhile == "theme_moved":
        actions.split_field(
            into.refreshed(), title="Weg", goals=[], themes=[theme], reason="x", **now
        )
        named = theme.title
    elif meanwhile == "merged_on":
        actions.merge_field(into.refreshed(), into=other, reason="x", **now)
    elif meanwhile == "described":
        actions.rename_field(into, title="Anders", **now)
        named = "Anders"
    elif meanwhile == "grown":
        named = actions.grow_goal(into, title="Frisch", **now).title
    else:
        extra = make.ThemeFactory(process=concept.process, title="Extra")
        actions.attach_theme_to_field(extra, field=into, **now)
        named = "Extra"
    before = state_of(concept)
    with pytest.raises(Closed) as refused:
        actions.undo_regrouping(concept, event=step.event, **now)
    assert named in str(refused.value)
    assert state_of(concept) == before


def test_twice_is_once_a_week_is_the_end_and_an_adopted_edition_stays(found):
    concept, by, (field, _other, into) = found
    actions.merge_field(field, into=into, reason="Dasselbe", by=by, at=by.at)
    (step,) = regroupings_of(concept, at=by.at)
    late = by.at + queries.UNDO_WITHIN + DAY
    assert regroupings_of(concept, at=late) == []
    for concept_, at in ((concept, late), (make.ConceptFactory(), by.at)):
        with pytest.raises(Closed):
            actions.undo_regrouping(concept_, event=step.event, by=by, at=at)
    type(concept).objects.filter(pk=concept.pk).update(state="adopted")
    with pytest.raises(Closed):
        actions.undo_regrouping(concept, event=step.event, by=by, at=by.at)
    type(concept).objects.filter(pk=concept.pk).update(state="drafting")
    undo(concept, by)
    with pytest.raises(Closed):
        actions.undo_regrouping(concept, event=step.event, by=by, at=by.at)
    assert Event.objects.filter(kind="field.merging_undone").count() == 1


# --- on the board -----------------------------------------------------------------------------


@pytest.fixture
def board(settings, found):
    settings.ALLOWED_HOSTS = [".example"]
    return reverse("workspace:concept", args=[found[0].identifier])


def address_in(page):
    """Where the message after an action, or the list, sends its "undo"."""
    return re.search(r'action="([^"]*\?event=\d+)"', page)[1]


@pytest.mark.parametrize("way", ["merge", "split"])
def test_one_button_takes_it_back(client, found, board, way):
    concept, _by, (field, _other, into) = found
    make.sign_in(client, concept.municipality)
    goal = Goal.objects.filter(field=field).first()
    typed = {"merge": {"into": into.pk}, "split": {"title": "Neu", "goals": [goal.pk]}}[way]
    here = reverse(f"workspace:field_{way}", args=[field.identifier])
    page = client.post(here, typed | {"reason": "Darum"}, follow=True).content.decode()
    assert "toast__undo" in page
    assert "Zuletzt zusammengeführt und geteilt" in page
    again = client.post(address_in(page), follow=True).content.decode()
    assert "Alles ist wieder, wo es war" in again
    assert goal.refreshed().field == field
    assert "Zuletzt zusammengeführt" not in again
    twice = client.post(address_in(page))
    assert twice.status_code == 422
    assert "nicht mehr rückgängig" in twice.content.decode()


def test_after_the_overlap_as_well(client, found, board):
    concept, by, fields = found
    one, other = (
        actions.grow_measure(Goal.objects.filter(field=f).first(), title="Treff", by=by, at=by.at)
        for f in (fields[0], fields[2])
    )
    pair = make.OverlapFactory(concept=concept, first=one, second=other)
    make.sign_in(client, concept.municipality)
    here = reverse("workspace:overlap", args=[pair.pk])
    page = client.post(here, {"decision": "into_second", "word": "Eins"}, follow=True)
    client.post(address_in(page.content.decode()))
    assert one.refreshed().state == "draft"
    page = client.post(here, {"decision": "dismiss", "word": "Doch nicht"}, follow=True)
    assert "toast__undo" not in page.content.decode()


def test_only_the_coordination_of_the_town_takes_back(client, found, board):
    concept, by, (field, _other, into) = found
    actions.merge_field(field, into=into, reason="Dasselbe", by=by, at=by.at)
    (step,) = regroupings_of(concept, at=by.at)
    here = reverse("workspace:regrouping_undo", args=[concept.identifier])
    group = make.BodyFactory(municipality=concept.municipality)
    FieldOfAction.objects.update(working_group=group)
    user = make.sign_in(client, concept.municipality, Role.MEMBER)
    make.SeatFactory(body=group, holder=user.people.get())
    assert "?event=" not in client.get(board).content.decode()
    assert client.post(f"{here}?event={step.event}").status_code == 403
    assert field.refreshed().state == "retired"


@pytest.mark.parametrize("event", ["", "x", "99999999999999999999"])
def test_what_is_no_event_is_refused_on_the_board(client, found, board, event):
    make.sign_in(client, found[0].municipality)
    here = reverse("workspace:regrouping_undo", args=[found[0].identifier])
    assert client.post(f"{here}?event={event}").status_code == 422
