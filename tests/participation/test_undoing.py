"""Taking back what was sorted: the state of before, as long as nothing was built upon it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.core.errors import Closed, Refusal
from miteinander.core.lineage.link import link
from miteinander.core.models import Event, Link, Relation, SearchEntry
from miteinander.core.search.keep import out_of_step
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, SortingStep, Theme
from miteinander.process.models import Process
from tests import factories as f
from tests.participation.test_actions import accepted, office
from tests.participation.test_thread import _counters_equal_rows, _tallies_equal_links

pytestmark = pytest.mark.django_db

WHAT = {"reason": "Dasselbe"}


def last(process, count=1):
    return list(SortingStep.objects.filter(process=process).order_by("-pk")[:count])


def undo(process, count=1):
    return actions.undo(last(process, count), **office(process))


def lay(process):
    """Everything that sorting changes and undoing has to bring back."""
    alive = Contribution.objects.filter(process=process, retired_on=None)
    shown = list(queries.themes_of(process))
    stitches = Link.objects.filter(undone_at=None, source__municipality=process.municipality_id)
    return {
        "contributions": sorted(
            alive.values_list(
                "pk", "state", "text", "theme", "is_answered", "is_merged", "is_split", "is_public"
            ),
        ),
        "themes": [
            (t.pk, t.title, t.text, t.former_titles, t.retired_on, t.gathered, t.is_public)
            for t in shown
        ],
        "stitches": sorted(
            stitches.values_list("source", "target", "relation", "happened_on", "note")
        ),
        "figures": queries.figures_of([process, *shown]),
        "found": sorted(SearchEntry.objects.values_list("pk", "tokens")),
    }


@pytest.fixture
def process():
    return f.ProcessFactory()


@pytest.fixture
def voices(process):
    return accepted(process, 3)


@pytest.fixture
def themes(process, voices):
    return [
        actions.name_theme(process, title=title, **office(process)) for title in ("Orte", "Sprache")
    ]


def gather(p, voices, themes):
    actions.gather(voices[:2], themes[0], **office(p))


def gather_elsewhere(p, voices, themes):
    actions.gather([voices[2].refreshed()], themes[1], **office(p))


def release(p, voices, themes):
    actions.release([voices[2].refreshed()], **office(p))


def merge(p, voices, themes):
    actions.merge_contributions(voices[0], voices[1:], reason="Dasselbe", **office(p))


def split(p, voices, themes):
    actions.split_contribution(voices[0], ["Mehr Bänke", "Mehr Bäume"], **WHAT, **office(p))


def name(p, voices, themes):
    actions.name_theme(p, title="Wohnen", **office(p))


def rename(p, voices, themes):
    actions.rename_theme(themes[0], title="Treffpunkte", text="Wo man sich trifft", **office(p))


def retire(p, voices, themes):
    actions.retire_theme(themes[1], **WHAT, **office(p))


def move(p, voices, themes):
    actions.move_theme(themes[1], into=themes[0], **WHAT, **office(p))


@pytest.mark.parametrize(
    ("step", "event"),
    [
        (gather, "contributions.gathering_undone"),
        (gather_elsewhere, "contributions.gathering_undone"),
        (release, "contributions.releasing_undone"),
        (merge, "contributions.merging_undone"),
        (split, "contribution.splitting_undone"),
        (name, "theme.naming_undone"),
        (rename, "theme.renaming_undone"),
        (retire, "theme.closing_undone"),
        (move, "theme.moving_undone"),
    ],
)
def test_every_operation_can_be_undone_and_leaves_the_state_of_before(
    process, voices, themes, step, event
):
    actions.gather([voices[2]], themes[0], **office(process))
    before, made_by_factories = lay(process), set(out_of_step())
    step(process, voices, themes)
    changed = lay(process)
    assert changed != before

    assert undo(process) == 1

    assert lay(process) == before
    told = Event.objects.get(kind=event)
    assert told.function == f.coordinator(process.municipality).function
    _tallies_equal_links(process)
    assert set(out_of_step()) <= made_by_factories


def test_what_was_undone_stays_in_the_records(process, voices, themes):
    gather(process, voices, themes)
    undo(process)
    stitches = Link.objects.filter(relation=Relation.GATHERED_IN)
    assert [stitch.undone_at is not None for stitch in stitches] == [True, True]


def test_undoing_twice_is_once(process, voices, themes):
    gather(process, voices, themes)
    steps = last(process)
    assert actions.undo(steps, **office(process)) == 1
    assert actions.undo(steps, **office(process)) == 0
    assert Event.objects.filter(kind="contributions.gathering_undone").count() == 1


def test_a_new_theme_and_what_was_put_into_it_are_undone_together(process, voices, themes):
    before = lay(process)
    facts = office(process)
    theme = actions.name_theme(process, title="Wege", **facts)
    actions.gather(voices, theme, **facts)
    steps = queries.steps_of_moment(process, facts["at"])
    assert len(steps) == 2
    assert actions.undo(steps, **office(process)) == 2
    assert lay(process) == before


def test_the_author_of_an_undone_part_loses_no_word(process, voices, themes):
    split(process, voices, themes)
    undo(process)
    parts = Contribution.objects.filter(process=process, is_part=True)
    assert [(p.text, p.is_public, p.state) for p in parts] == [("", False, "withdrawn")] * 2
    assert voices[0].refreshed().text == "Stimme 0: mehr Bänke."
    _counters_equal_rows(process)


def _answer(p, voices, themes):
    gather(p, voices, themes)
    facts = office(p)
    actions.answer_contribution(voices[0], outcome="partly", reason="Ja", **facts)


def _answer_merged(p, voices, themes):
    merge(p, voices, themes)
    actions.answer_contribution(voices[0], outcome="partly", reason="Ja", **office(p))


def _answer_part(p, voices, themes):
    split(p, voices, themes)
    part = Contribution.objects.filter(process=p, is_part=True).first()
    actions.answer_contribution(part, outcome="partly", reason="Ja", **office(p))


def _grown(p, voices, themes):
    gather(p, voices, themes)
    goal = f.GoalFactory(field__concept__process=p, municipality=p.municipality, title="Bänke")
    link(themes[0], goal, Relation.GREW_INTO, on=timezone.localdate())


def _sorted_on(p, voices, themes):
    gather(p, voices, themes)
    theme = themes[1]
    with_step = last(p)
    actions.gather([voices[0].refreshed()], theme, **office(p))
    return with_step


def _filled(p, voices, themes):
    name(p, voices, themes)
    with_step = last(p)
    actions.gather(voices, Theme.objects.get(title="Wohnen"), **office(p))
    return with_step


def _renamed_again(p, voices, themes):
    rename(p, voices, themes)
    with_step = last(p)
    actions.rename_theme(themes[0].refreshed(), title="Plätze", **office(p))
    return with_step


def _moved_after_closing(p, voices, themes):
    retire(p, voices, themes)
    with_step = last(p)
    move(p, voices, [themes[0], themes[1].refreshed()])
    return with_step


def _withdrawn(p, voices, themes):
    split(p, voices, themes)
    actions.withdraw_contribution(voices[0], **office(p))


def _part_gathered(p, voices, themes):
    split(p, voices, themes)
    with_step = last(p)
    parts = Contribution.objects.filter(process=p, is_part=True)
    actions.gather(list(parts), themes[0], **office(p))
    return with_step


@pytest.mark.parametrize(
    ("build", "names"),
    [
        (_answer, "Stimme 0"),
        (_answer_merged, "Stimme 1"),
        (_answer_part, "Mehr Bänke"),
        (_grown, "Bänke"),
        (_sorted_on, "Stimme 0"),
        (_filled, "Wohnen"),
        (_renamed_again, "Plätze"),
        (_moved_after_closing, "Orte"),
        (_withdrawn, ""),
        (_part_gathered, "Mehr B"),
    ],
)
def test_what_was_built_upon_it_stands_in_the_way_and_is_named(
    process, voices, themes, build, names
):
    steps = build(process, voices, themes) or last(process)
    before = lay(process)
    with pytest.raises(Closed) as refusal:
        actions.undo(steps, **office(process))
    assert names in str(refusal.value)
    assert refusal.value.do
    assert lay(process) == before
    steps[0].refresh_from_db()
    assert steps[0].undone_at is None


def test_after_two_weeks_it_is_too_late(process, voices, themes):
    gather(process, voices, themes)
    facts = office(process) | {"at": timezone.now() + dt.timedelta(days=15)}
    with pytest.raises(Closed):
        actions.undo(last(process), **facts)


def test_undoing_needs_the_phase_that_the_operation_needed(process, voices, themes):
    rename(process, voices, themes)
    gather(process, voices, themes)
    process.phases.update(permits=[])
    fresh = process.refreshed()
    gathered, renamed = last(fresh, 2)
    with pytest.raises(Closed):
        actions.undo([gathered], **office(fresh))
    assert actions.undo([renamed], **office(fresh)) == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["gather", "merge", "split", "move", "release", "rename", "retire", "name", "undo"]
        ),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    max_size=8,
)


def do(verb, first, second, process, facts):
    alive = Contribution.objects.filter(process=process, retired_on=None).order_by("pk")
    contributions, themes = list(alive), queries.themes_of(process)
    one = contributions[first % len(contributions)]
    other = contributions[second % len(contributions)]
    theme = themes[second % len(themes)]
    if verb == "gather":
        actions.gather([one], theme, **facts)
    elif verb == "merge":
        actions.merge_contributions(one, [other], reason="Dasselbe", **facts)
    elif verb == "split":
        actions.split_contribution(one, ["Eins", "Zwei"], reason="Zwei", **facts)
    elif verb == "move":
        actions.move_theme(themes[first % len(themes)], into=theme, reason="Zusammen", **facts)
    elif verb == "release":
        actions.release([one], **facts)
    elif verb == "rename":
        actions.rename_theme(theme, title=f"Name {first}", **facts)
    elif verb == "retire":
        actions.retire_theme(theme, reason="Fertig", **facts)
    elif verb == "name":
        actions.name_theme(process, title=f"Neu {first}", **facts)
    else:
        steps = list(SortingStep.objects.filter(process=process).order_by("pk"))
        if steps:
            actions.undo([steps[first % len(steps)]], **facts)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_was_done_undoing_all_of_it_backwards_gives_the_state_of_before(db, steps):
    process = f.ProcessFactory()
    f.PhaseFactory(process=process)
    facts = {"by": f.coordinator(process.municipality), "at": timezone.now()}
    voices = [
        actions.record_contribution(process, text=f"Stimme {n}", channel="card", **facts)
        for n in range(3)
    ]
    themes = [actions.name_theme(process, title=f"Thema {n}", **facts) for n in range(2)]
    actions.gather(voices[:1], themes[0], **facts)
    started = SortingStep.objects.order_by("-pk").values_list("pk", flat=True).first()
    states = [(started, lay(process))]
    for verb, first, second in steps:
        try:
            do(verb, first, second, process, facts)
        except Refusal:
            assert lay(process) == states[-1][1] or verb == "undo"
        if verb == "undo":
            states = [(SortingStep.objects.order_by("-pk").first().pk, lay(process))]
        else:
            states.append((SortingStep.objects.order_by("-pk").first().pk, lay(process)))
        _tallies_equal_links(process)
        _counters_equal_rows(process)

    for before, state in reversed(states):
        later = SortingStep.objects.filter(process=process, pk__gt=before, undone_at=None)
        actions.undo(list(later), **facts)
        assert lay(process) == state
    _tallies_equal_links(process)
    _counters_equal_rows(process)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "step", [gather_elsewhere, release, merge, split, name, move], ids=lambda f: f.__name__
)
def test_sorting_has_its_phase_and_answers_are_owed_always(process, voices, themes, step, when):
    actions.gather([voices[2]], themes[0], **office(process))
    today = timezone.localdate()
    days = {"before": (5, 9), "after": (-9, -5)}[when]
    starts, ends = (today + dt.timedelta(days=n) for n in days)
    process.phases.update(starts=starts, ends=ends)
    fresh = Process.objects.get(pk=process.pk)
    before = lay(fresh)
    with pytest.raises(Closed) as refusal:
        step(fresh, [voice.refreshed() for voice in voices], themes)
    assert refusal.value.do
    assert lay(fresh) == before
    voice = voices[0].refreshed()
    assert actions.answer_contribution(voice, outcome="partly", reason="Ja", **office(fresh))
    rename(fresh, voices, themes)
    retire(fresh, voices, themes)
