"""What may be done with a concept, and what is remembered of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.core import links
from miteinander.core.errors import Closed, Conflict, Invalid, LinkForged, LinkSpent, NotReady
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Event, Link, Relation, Thing
from miteinander.participation.models import Contribution
from miteinander.strategy import actions, queries
from miteinander.strategy.models import FieldOfAction, Goal, Measure
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def concept():
    phase = make.PhaseFactory()
    return make.ConceptFactory(process=phase.process)


@pytest.fixture
def who(concept):
    return make.coordinator(concept.municipality)


def field_in(concept, title="Sprache", **more):
    return make.FieldOfActionFactory(concept=concept, title=title, **more)


def complete(goal, *, by, at, **more):
    """A measure that lacks nothing."""
    Goal.objects.filter(pk=goal.pk).update(need="Not", evidence="Beleg", indicator="Besuche")
    facts = {
        "title": "Treffpunkte",
        "text": "Offene Treffpunkte.",
        "target_groups": "Alle",
        "lead": make.OrganisationFactory(municipality=goal.municipality),
        "starts": dt.date(2027, 1, 1),
        "cost_once": 0,
        "funding": "secured",
    } | more
    return actions.grow_measure(goal.refreshed(), by=by, at=at, **facts)


def kinds_of(thing):
    return list(Event.objects.filter(thing=thing.pk).order_by("pk").values_list("kind", flat=True))


def reached_from(thing):
    return {t.pk for t in thread_of(thing.as_thing(), public_only=False).things()}


def test_a_process_begins_one_concept_only(now):
    phase = make.PhaseFactory()
    by = make.coordinator(phase.process.municipality)
    concept = actions.begin_concept(phase.process, title="Konzept", by=by, at=now)
    assert kinds_of(concept) == ["concept.begun"]
    with pytest.raises(Closed):
        actions.begin_concept(phase.process, title="Noch eins", by=by, at=now)


def test_a_next_edition_continues_the_one_before(concept, now, who):
    process = make.ProcessFactory(municipality=concept.municipality)
    following = actions.begin_concept(
        process, title="Fortschreibung", continues=concept, by=who, at=now
    )
    assert concept.pk in reached_from(following)


def test_goal_and_measure_remember_what_they_grew_from(concept, now, who):
    theme = make.ThemeFactory(process=concept.process)
    card = make.ContributionFactory(process=concept.process)
    goal = actions.grow_goal(
        field_in(concept), title="Sprechen", themes=[theme], contributions=[card], by=who, at=now
    )
    measure = actions.grow_measure(goal, title="Café", by=who, at=now)
    assert (goal.number, measure.number) == ("1", "1.1")
    assert not goal.is_public
    assert not measure.is_public
    assert {theme.pk, card.pk, goal.pk} <= reached_from(measure)
    assert measure.pk in reached_from(card)


def test_submit_names_every_open_point_at_once(concept, now, who):
    goal = make.GoalFactory(field=field_in(concept))
    measure = actions.grow_measure(goal, title="Leer", by=who, at=now)
    with pytest.raises(NotReady) as refused:
        actions.submit_measure(measure, by=who, at=now)
    blocking = [
        point
        for point in queries.open_points(measure, founded=queries.founded([measure.goal]))
        if point.blocks
    ]
    assert [point.name for point in blocking] == [
        "text", "need", "evidence", "indicator", "target_groups", "lead", "starts", "cost_once",
        "funding",
    ]  # fmt: skip
    assert refused.value.points == [point.text for point in blocking]
    assert measure.refreshed().state == "draft"


def test_a_measure_and_its_goal_are_public_once_handed_in(concept, now, who):
    goal = make.GoalFactory(field=field_in(concept), is_public=False)
    measure = complete(goal, by=who, at=now)
    measure = actions.submit_measure(measure, by=who, at=now)
    assert (measure.state, measure.is_public, goal.refreshed().is_public) == (
        "submitted", True, True,
    )  # fmt: skip
    measure = actions.take_back_measure(measure, by=who, at=now)
    assert (measure.state, measure.is_public) == ("draft", True)
    assert kinds_of(measure) == ["measure.grown", "measure.submitted", "measure.taken_back"]


def test_a_handed_in_measure_is_not_edited(concept, now, who):
    goal = make.GoalFactory(field=field_in(concept))
    measure = actions.submit_measure(complete(goal, by=who, at=now), by=who, at=now)
    with pytest.raises(Closed):
        actions.edit_measure(
            measure, changes={"title": "Anders"}, revision=measure.revision, by=who, at=now
        )


@pytest.mark.parametrize("offset", [-30, 30], ids=["before", "after"])
def test_outside_the_phase_nothing_is_drafted(concept, now, who, offset):
    goal = make.GoalFactory(field=field_in(concept))
    measure = complete(goal, by=who, at=now)
    then = now + dt.timedelta(days=offset)
    with pytest.raises(Closed):
        actions.grow_goal(goal.field, title="Zu spät", by=who, at=then)
    with pytest.raises(Closed):
        actions.submit_measure(measure, by=who, at=then)
    assert Goal.objects.count() == 1


def test_a_phase_that_permits_something_else_does_not_permit_drafting(now):
    phase = make.PhaseFactory(permits=["contribute"])
    concept = make.ConceptFactory(process=phase.process)
    by = make.coordinator(concept.municipality)
    with pytest.raises(Closed):
        actions.propose_field(concept, title="Sprache", by=by, at=now)


def test_two_editors_are_told_of_each_other_and_nothing_is_lost(concept, now, who):
    goal = make.GoalFactory(field=field_in(concept))
    measure = complete(goal, by=who, at=now)
    seen = measure.revision
    partner = make.OrganisationFactory(municipality=goal.municipality, title="Verein")
    actions.edit_measure(
        measure, changes={"text": "Ihr Text", "partners": [partner]}, revision=seen, by=who, at=now
    )
    with pytest.raises(Conflict) as refused:
        actions.edit_measure(
            measure,
            changes={"text": "Mein Text", "partners": [], "funding": "open"},
            revision=seen,
            by=who,
            at=now,
        )
    stored = measure.refreshed()
    assert stored.text == "Ihr Text"
    assert list(stored.partners.all()) == [partner]
    conflict = refused.value
    assert conflict.mine["text"] == "Mein Text"
    assert conflict.theirs["text"] == "Ihr Text"
    assert conflict.theirs["partners"] == "Verein"
    assert str(conflict.mine["funding"]) != "open"
    actions.edit_measure(
        measure, changes={"text": "Beides"}, revision=conflict.revision, by=who, at=now
    )
    assert measure.refreshed().text == "Beides"


def test_another_lead_has_not_been_asked_yet(concept, now, who):
    goal = make.GoalFactory(field=field_in(concept))
    measure = actions.ask_lead(complete(goal, by=who, at=now), by=who, at=now)
    other = make.OrganisationFactory(municipality=goal.municipality)
    measure = actions.edit_measure(
        measure, changes={"lead": other}, revision=measure.revision, by=who, at=now
    )
    assert measure.lead_state == "none"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": dt.date(2027, 5, 1), "ends": dt.date(2027, 4, 1)}, "ends"),
        ({"cost_once": -1}, "cost_once"),
        ({"title": "  "}, "title"),
    ],
)
def test_senseless_entries_are_refused_at_their_field(concept, now, who, changes, field):
    measure = complete(make.GoalFactory(field=field_in(concept)), by=who, at=now)
    with pytest.raises(Invalid) as refused:
        actions.edit_measure(measure, changes=changes, revision=measure.revision, by=who, at=now)
    assert list(refused.value.fields) == [field]


# --- the lead ------------------------------------------------------------------------------


@pytest.fixture
def asked(concept, who, now):
    goal = make.GoalFactory(field=field_in(concept))
    return actions.ask_lead(complete(goal, by=who, at=now), by=who, at=now)


def test_the_lead_accepts_by_link_once(asked, who, now):
    link = queries.accept_link(asked, at=now)
    measure = actions.accept_lead(asked, by=who, at=now, link=link)
    assert measure.lead_state == "accepted"
    assert kinds_of(measure)[-2:] == ["measure.lead_asked", "measure.lead_accepted"]
    with pytest.raises(LinkSpent):
        actions.accept_lead(asked, by=who, at=now, link=link)


def test_the_lead_declines_with_a_reason_and_the_link_survives_a_missing_one(asked, who, now):
    link = queries.accept_link(asked, at=now)
    with pytest.raises(Invalid):
        actions.decline_lead(asked, reason=" ", by=who, at=now, link=link)
    assert not links.is_spent(link)
    measure = actions.decline_lead(asked, reason="Kein Personal", by=who, at=now, link=link)
    assert (measure.lead_state, measure.lead_reason) == ("declined", "Kein Personal")


def test_a_link_for_another_purpose_or_measure_is_refused(asked, who, now):
    other = make.MeasureFactory(goal=asked.goal)
    for link in (
        links.sign_link("report", asked, function=asked.lead.title, at=now, days=1),
        links.sign_link("accept-lead", other, function=asked.lead.title, at=now, days=1),
    ):
        with pytest.raises(LinkForged):
            actions.accept_lead(asked, by=who, at=now, link=link)


def test_the_link_of_one_organisation_does_not_answer_for_the_next(asked, who, now):
    old = queries.accept_link(asked, at=now)
    other = make.OrganisationFactory(municipality=asked.municipality)
    actions.ask_lead(asked, organisation=other, by=who, at=now)
    with pytest.raises(Closed):
        actions.accept_lead(asked, by=who, at=now, link=old)
    assert asked.refreshed().lead_state == "asked"
    assert not links.is_spent(old)


def test_who_has_accepted_is_not_asked_again(asked, who, now):
    accepted = actions.accept_lead(asked, by=who, at=now)
    with pytest.raises(Closed):
        actions.ask_lead(accepted, by=who, at=now)


# --- fields --------------------------------------------------------------------------------


def test_only_kept_fields_are_numbered(concept, now, who):
    one, two, three = (
        actions.propose_field(concept, title=t, by=who, at=now) for t in ("Eins", "Zwei", "Drei")
    )
    actions.keep_field(three, by=who, at=now)
    actions.keep_field(one, by=who, at=now)
    numbers = [f.refreshed().number for f in (one, two, three)]
    assert numbers == ["1", "", "2"]
    with pytest.raises(Closed):
        actions.keep_field(one, by=who, at=now)


def test_a_renamed_field_keeps_its_address_and_says_what_it_was_called(concept, now, who):
    field = field_in(concept, "Gesundheit")
    theme = make.ThemeFactory(process=concept.process)
    actions.attach_theme_to_field(theme, field=field, by=who, at=now)
    renamed = actions.rename_field(field, title="Gesund leben", by=who, at=now)
    assert renamed.identifier == field.identifier
    assert [former["title"] for former in renamed.former_titles] == ["Gesundheit"]
    assert theme.pk in reached_from(renamed)
    event = Event.objects.get(kind="field.renamed")
    assert event.data == {"before": "Gesundheit", "after": "Gesund leben"}


def test_a_field_is_retired_only_when_everything_in_it_has_a_new_place(concept, now, who):
    housing, living = field_in(concept, "Wohnen"), field_in(concept, "Zusammenleben")
    theme = make.ThemeFactory(process=concept.process, title="Miete")
    actions.attach_theme_to_field(theme, field=housing, by=who, at=now)
    goal = actions.grow_goal(housing, title="Wohnung finden", by=who, at=now)
    measure = actions.grow_measure(goal, title="Beratung", by=who, at=now)
    with pytest.raises(NotReady) as refused:
        actions.retire_field(housing, reason="zu groß", moved_to={}, by=who, at=now)
    assert len(refused.value.points) == 2
    retired = actions.retire_field(
        housing, reason="zu groß", moved_to={theme: living, goal: living}, by=who, at=now
    )
    assert (retired.state, retired.retired_because) == ("retired", "zu groß")
    assert [t.pk for t in queries.moves_of(retired).to] == [living.pk]
    assert [t.pk for t in queries.moves_of(living).came_from] == [housing.pk]
    assert queries.themes_of_field(living) == [theme]
    assert measure.refreshed().goal.field_id == living.pk
    assert {theme.pk, living.pk} <= reached_from(retired)


def test_a_merged_field_takes_its_goals_along(concept, now, who):
    work, school = field_in(concept, "Arbeit"), field_in(concept, "Bildung")
    kept = actions.grow_goal(school, title="Lernen", by=who, at=now)
    goal = actions.grow_goal(work, title="Arbeiten", by=who, at=now)
    merged = actions.merge_field(work, into=school, reason="Gehört zusammen", by=who, at=now)
    assert merged.state == "retired"
    assert [g.refreshed().number for g in (kept, goal)] == ["1", "2"]
    assert Link.objects.get(source=work).relation == Relation.BECAME
    with pytest.raises(Invalid):
        actions.merge_field(school, into=school, reason="?", by=who, at=now)


def test_moving_a_measure_gives_it_another_number_and_the_same_address(concept, now, who):
    field = field_in(concept)
    first, second = (
        actions.grow_goal(field, title=title, by=who, at=now) for title in ("Eins", "Zwei")
    )
    stays = actions.grow_measure(second, title="Bleibt", by=who, at=now)
    moves = actions.grow_measure(first, title="Zieht um", by=who, at=now)
    moved = actions.move_measure(moves, goal=second, position=1, by=who, at=now)
    assert (moved.number, stays.refreshed().number) == ("2.1", "2.2")
    assert moved.identifier == moves.identifier
    assert {first.pk, second.pk} <= reached_from(moved)
    event = Event.objects.get(kind="measure.moved")
    assert event.data == {"before": "1.1", "after": "2.1"}


def test_an_adopted_edition_keeps_its_numbers_and_texts(concept, now, who):
    goal = make.GoalFactory(field=field_in(concept))
    concept.state = "adopted"
    concept.save()
    for refused in (
        lambda: actions.renumber(concept, by=who, at=now),
        lambda: actions.grow_measure(goal, title="Noch eine", by=who, at=now),
        lambda: actions.rename_field(goal.field, title="Anders", by=who, at=now),
    ):
        with pytest.raises(Closed):
            refused()


def test_a_measure_is_retired_with_a_reason_and_its_page_stays(concept, now, who):
    measure = make.MeasureFactory(goal=make.GoalFactory(field=field_in(concept)), state="adopted")
    with pytest.raises(Invalid):
        actions.retire_measure(measure, reason="", by=who, at=now)
    retired = actions.retire_measure(measure, reason="Erledigt sich", by=who, at=now)
    assert retired.retired_on
    with pytest.raises(Closed):
        actions.retire_measure(retired, reason="Noch einmal", by=who, at=now)
    visible = queries.measures_visible_to(measure.municipality, make.visitor(measure.municipality))
    assert retired in visible


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "move_measure", "move_goal", "renumber", "merge", "retire"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=6,
)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_happens_addresses_stay_and_every_card_reaches_its_measure(steps):
    at = timezone.now()
    process = make.PhaseFactory().process
    concept = make.ConceptFactory(process=process)
    by = make.coordinator(concept.municipality)
    measures, cards = [], []
    for n in range(3):
        field = field_in(concept, f"Feld {n}")
        theme = make.ThemeFactory(process=process)
        card = make.ContributionFactory(process=process, theme=theme)
        actions.attach_theme_to_field(theme, field=field, by=by, at=at)
        goal = actions.grow_goal(
            field, title=f"Ziel {n}", themes=[theme], contributions=[card], by=by, at=at
        )
        measures.append(actions.grow_measure(goal, title=f"Maßnahme {n}", by=by, at=at))
        cards.append(card)
    here = Thing.objects.filter(municipality=concept.municipality)
    before = dict(here.values_list("pk", "identifier"))
    for verb, a, b in steps:
        fields = list(FieldOfAction.objects.filter(concept=concept).exclude(state="retired"))
        goals = list(Goal.objects.filter(field__in=fields).order_by("pk"))
        field, home = fields[a % len(fields)], fields[b % len(fields)]
        measure = Measure.objects.get(pk=measures[a % 3].pk)
        if verb == "rename":
            actions.rename_field(field, title=f"{field.title} neu", by=by, at=at)
        elif verb == "move_measure":
            actions.move_measure(measure, goal=goals[b % 3], position=b, by=by, at=at)
        elif verb == "move_goal":
            actions.move_goal(goals[a % 3], field=home, position=b, by=by, at=at)
        elif verb == "renumber":
            actions.renumber(concept, by=by, at=at)
        elif field != home and verb == "merge":
            actions.merge_field(field, into=home, reason="zusammen", by=by, at=at)
        elif field != home:
            inside = [*queries.themes_of_field(field), *Goal.objects.filter(field=field)]
            moved = dict.fromkeys(inside, home)
            actions.retire_field(field, reason="weg", moved_to=moved, by=by, at=at)
    assert dict(here.values_list("pk", "identifier")) == before
    for card, measure in zip(cards, measures, strict=True):
        assert measure.pk in reached_from(Contribution.objects.get(pk=card.pk))
    numbers = list(
        Measure.objects.filter(goal__field__concept=concept).values_list("goal__field", "number")
    )
    assert len(set(numbers)) == len(numbers)


def test_target_groups_are_kept_in_one_way_of_writing(concept, who, now):
    goal = make.GoalFactory(field=field_in(concept))
    phase = concept.process.phases.get()
    type(phase).objects.filter(pk=phase.pk).update(permits=["draft"])
    measure = complete(goal, by=who, at=now, target_groups="Eltern;Kinder ,  kinder")
    assert measure.target_groups == "Eltern, Kinder"
    edited = actions.edit_measure(
        measure, changes={"target_groups": "Alle;"}, revision=measure.revision, by=who, at=now
    )
    assert edited.target_groups == "Alle"
    assert queries.target_groups_in_use(concept) == ["Alle"]
