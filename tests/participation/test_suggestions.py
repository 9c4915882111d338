"""Suggestions: the machine proposes, people sort, and a no is remembered."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.jobs import run
from miteinander.core.models import Job, JobState
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, ThemeGroup, ThemeSuggestion
from tests import factories as f
from tests.participation.test_actions import office

pytestmark = pytest.mark.django_db
BENCHES = [f"Mehr Bänke und Bäume am Bahnhof, Platz {n}." for n in range(6)]
COURSES = [f"Der Sprachkurs am Abend ist immer voll, Gruppe {n}." for n in range(6)]


@pytest.fixture
def process():
    process = f.ProcessFactory()
    f.PhaseFactory(process=process)
    return process


def cards(process, texts):
    return [
        actions.record_contribution(process, text=text, channel="card", **office(process))
        for text in texts
    ]


def ask(process, *, by_groups):
    job = actions.suggest_soon(process, by_groups=by_groups, **office(process))
    run.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")


@pytest.fixture
def themes(process):
    """Two themes with four contributions each; two of each lie loose."""
    made = {}
    for title, texts in (("Bänke", BENCHES), ("Kurse", COURSES)):
        made[title] = actions.name_theme(process, title=title, **office(process))
        actions.gather(cards(process, texts)[:4], made[title], **office(process))
    return made


def loose(process):
    return list(Contribution.objects.filter(process=process, theme=None).order_by("pk"))


def test_the_rest_is_suggested_where_people_put_the_like_and_sorted_by_nobody(process, themes):
    ask(process, by_groups=False)
    found = queries.suggestions_for(loose(process))
    assert {Contribution.objects.get(pk=k).text: s.theme.title for k, s in found.items()} == {
        **dict.fromkeys(BENCHES[4:], "Bänke"),
        **dict.fromkeys(COURSES[4:], "Kurse"),
    }
    assert len(loose(process)) == 4
    assert queries.suggested_in(process).run.sentences["de"]


def test_groups_get_words_and_become_themes_only_by_a_name(process):
    cards(process, BENCHES + COURSES)
    ask(process, by_groups=True)
    groups = list(ThemeGroup.objects.filter(process=process))
    assert len(groups) == 2
    assert all(1 <= len(group.telling) <= 3 for group in groups)
    assert not queries.themes_of(process)
    rows = queries.surely_of(process, group=groups[0])
    theme = actions.name_group(groups[0], rows, title="Orte", **office(process))
    theme.refresh_from_db()
    assert theme.gathered == len(rows) > 0
    assert ThemeGroup.objects.filter(process=process).count() == 1


def test_a_no_is_remembered_by_the_next_run(process, themes):
    ask(process, by_groups=False)
    one, other, *_rest = loose(process)
    actions.reject_suggestion(one, at=timezone.now())
    assert set(queries.suggestions_for([one, other])) == {other.pk}
    ask(process, by_groups=False)
    assert set(queries.suggestions_for([one, other])) == {other.pk}
    assert ThemeSuggestion.objects.filter(contribution=one, is_rejected=True).count() == 1


def test_what_people_sorted_meanwhile_is_suggested_no_more(process, themes):
    ask(process, by_groups=False)
    bench = loose(process)[0]
    before = len(queries.surely_of(process, theme=themes["Bänke"])) + len(
        queries.suggested_in(process).unsure
    )
    actions.gather([bench], themes["Kurse"], **office(process))
    suggested = queries.suggested_in(process)
    assert bench.pk not in queries.suggestions_for([bench.refreshed()])
    assert len(queries.surely_of(process, theme=themes["Bänke"])) <= before
    assert all(each.contribution_id != bench.pk for each in suggested.unsure)


def test_suggestions_for_a_closed_theme_are_not_shown(process, themes):
    ask(process, by_groups=False)
    actions.retire_theme(themes["Bänke"], reason="Fertig", **office(process))
    titles = {s.theme.title for s in queries.suggestions_for(loose(process)).values()}
    assert titles == {"Kurse"}


@pytest.mark.parametrize("by_groups", [True, False])
def test_with_nothing_to_sort_there_is_a_sentence_and_no_error(process, by_groups):
    ask(process, by_groups=by_groups)
    found = queries.suggested_in(process)
    assert (found.themes, found.groups, found.unsure) == ([], [], [])
    assert found.run.sentences["de"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_six_times_however_many_there_are(
    process, themes, count, django_assert_num_queries
):
    cards(process, [f"Noch mehr Bänke am Bahnhof {n}" for n in range(count)])
    ask(process, by_groups=False)
    with django_assert_num_queries(6):
        queries.suggested_in(process)
    rows = loose(process)
    with django_assert_num_queries(1):
        queries.suggestions_for(rows)


def test_two_runs_of_the_same_job_are_one(process, themes):
    ask(process, by_groups=False)
    first = ThemeSuggestion.objects.count()
    job = Job.objects.latest("pk")
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    run.func(job.pk)
    assert ThemeSuggestion.objects.count() == first
