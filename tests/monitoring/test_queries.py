"""Silence is a status; the badge, the count and the filter agree on it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.rights import allowed
from miteinander.monitoring import queries
from miteinander.monitoring.models import StatusReport
from miteinander.monitoring.states import UNKNOWN, Light
from tests.factories import (
    ConceptFactory,
    FieldOfActionFactory,
    GoalFactory,
    MeasureFactory,
    ResolutionFactory,
    StatusReportFactory,
    coordinator,
    member,
    visitor,
)
from tests.factories import adoption as adoption_models

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def adopted_measure(**facts):
    return MeasureFactory(state="adopted", **facts)


def status(measure, at=NOW):
    return queries.status_of([measure], at=at)[measure.pk]


def adopt_concept(concept, on):
    resolution = ResolutionFactory(process=concept.process, happened_on=on)
    return adoption_models.ConceptVersion.objects.create(
        municipality=concept.municipality,
        concept=concept,
        edition=1,
        content="{}",
        checksum="0" * 64,
        frozen_at=NOW,
        state="adopted",
        resolution=resolution,
    )


@pytest.mark.parametrize("light", [light for light in Light if light != Light.DONE])
@pytest.mark.parametrize(("days", "silent"), [(0, False), (365, False), (366, True), (900, True)])
def test_a_report_counts_for_a_year_and_then_silence_shows(light, days, silent):
    measure = adopted_measure()
    report = StatusReportFactory(measure=measure, light=light, reported_at=NOW - days * DAY)

    found = status(measure)

    assert found.light == (UNKNOWN if silent else light)
    assert found.is_silent is silent
    assert found.report == report.identifier, "the last word stays readable"
    assert found.reported_at == report.reported_at


def test_done_stays_done_however_long_ago():
    measure = adopted_measure()
    StatusReportFactory(measure=measure, light="done", reported_at=NOW - 2000 * DAY)
    assert status(measure).light == "done"


@pytest.mark.parametrize(
    ("adopted", "starts", "light"),
    [
        (10, None, "not_started"),
        (364, None, "not_started"),
        (366, None, UNKNOWN),
        (900, 100, "not_started"),  # planned to start later: the year counts from there
        (900, 900, UNKNOWN),
        (900, -30, "not_started"),  # begins next month
        (10, 900, "not_started"),  # began before the adoption: counts from the adoption
    ],
)
def test_never_reported_is_not_started_for_a_year_and_then_unknown(adopted, starts, light):
    today = NOW.date()
    measure = adopted_measure(starts=None if starts is None else today - starts * DAY)
    adopt_concept(measure.goal.field.concept, today - adopted * DAY)
    assert status(measure) == queries.Status(light)


def test_without_a_resolution_the_day_of_the_concept_counts():
    measure = adopted_measure()
    concept = measure.goal.field.concept
    for days, light in ((10, "not_started"), (900, UNKNOWN)):
        type(concept).objects.filter(pk=concept.pk).update(happened_on=NOW.date() - days * DAY)
        assert status(measure).light == light


@pytest.mark.parametrize(
    ("state", "light"), [("draft", "draft"), ("submitted", "submitted"), ("retired", "ended")]
)
def test_what_is_not_under_way_shows_its_own_state(state, light):
    measure = MeasureFactory(state=state)
    StatusReportFactory(measure=measure, light="done", reported_at=NOW)
    assert status(measure).light == light


def test_the_limit_is_a_setting(settings):
    settings.SILENCE_AFTER_DAYS = 30
    measure = adopted_measure()
    StatusReportFactory(measure=measure, reported_at=NOW - 31 * DAY)
    assert status(measure).is_silent


def test_only_the_latest_report_speaks():
    measure = adopted_measure()
    StatusReportFactory(
        measure=measure, light="stuck", reported_at=NOW - 100 * DAY, is_latest=False
    )
    StatusReportFactory(measure=measure, light="on_time", reported_at=NOW - 10 * DAY)
    assert status(measure).light == "on_time"


@pytest.mark.parametrize("count", [1, 3])
def test_status_of_many_costs_one_query(count, django_assert_num_queries):
    measures = [adopted_measure() for _ in range(count)]
    for measure in measures:
        StatusReportFactory(measure=measure, reported_at=NOW)
    with django_assert_num_queries(1):
        found = queries.status_of(measures, at=NOW)
    assert set(found) == {measure.pk for measure in measures}
    with django_assert_num_queries(0):
        assert queries.status_of([], at=NOW) == {}


def concept_with(lights):
    """A concept whose single field has one adopted measure per light (None: never reported)."""
    concept = ConceptFactory(state="adopted", happened_on=NOW.date())
    goal = GoalFactory(field=FieldOfActionFactory(concept=concept))
    for light in lights:
        measure = adopted_measure(goal=goal)
        if light == UNKNOWN:
            StatusReportFactory(measure=measure, light="on_time", reported_at=NOW - 500 * DAY)
        elif light:
            StatusReportFactory(measure=measure, light=light, reported_at=NOW - DAY)
    return concept


@pytest.mark.parametrize("count", [1, 3])
def test_overview_counts_by_field_in_two_queries(count, django_assert_num_queries):
    concept = concept_with(["done", "done", "at_risk", UNKNOWN, None] * count)
    empty = FieldOfActionFactory(concept=concept)
    FieldOfActionFactory(concept=concept, state="retired")
    concept_with(["stuck"])  # another town
    MeasureFactory(goal__field=empty, state="draft")
    adopted_measure(goal__field=empty, is_public=False)

    with django_assert_num_queries(2):
        overview = queries.implementation_overview(concept, at=NOW)

    assert overview.counts.lights == {
        "done": 2 * count,
        "at_risk": count,
        UNKNOWN: count,
        "not_started": count,
    }
    assert (overview.counts.total, overview.counts.done, overview.counts.silent) == (
        5 * count,
        2 * count,
        count,
    )
    assert [entry.counts.total for entry in overview.fields] == [5 * count, 0]


def test_badge_count_and_filter_agree():
    concept = concept_with([*Light, UNKNOWN, UNKNOWN, None])
    overview = queries.implementation_overview(concept, at=NOW)
    for light in queries.ORDER:
        listed = list(queries.measures_under_way(concept, at=NOW, light=light))
        badges = queries.status_of(listed, at=NOW)
        assert len(listed) == overview.counts.of(light)
        assert {badge.light for badge in badges.values()} <= {light}


def test_silent_measures_come_first_and_the_longest_silence_on_top():
    concept = concept_with(["on_time", "done"])
    goal = concept.fields.get().goals.get()
    long, longer = adopted_measure(goal=goal), adopted_measure(goal=goal)
    StatusReportFactory(measure=long, reported_at=NOW - 400 * DAY)
    StatusReportFactory(measure=longer, reported_at=NOW - 800 * DAY)
    foreign = adopted_measure()
    StatusReportFactory(measure=foreign, reported_at=NOW - 900 * DAY)

    watched = list(queries.measures_to_watch(concept.municipality, at=NOW))

    assert watched[:2] == [longer, long]
    assert watched[-1].light == "done"
    assert list(queries.silent_measures(concept.municipality, at=NOW)) == [longer, long]
    assert foreign not in watched


def test_rule_and_query_agree_on_who_sees_a_report():
    report = StatusReportFactory()
    hidden = StatusReportFactory(measure=MeasureFactory(goal=report.measure.goal), is_public=False)
    foreign = StatusReportFactory()
    town, other = report.municipality, foreign.municipality

    for standing in (coordinator(town), member(town), visitor(town), member(other)):
        allowed_ones = {
            one for one in (report, hidden) if allowed(standing, "monitoring.see_report", one)
        }
        assert set(queries.reports_visible_to(town, standing)) == allowed_ones


def test_two_latest_reports_on_one_measure_are_impossible():
    from django.db import IntegrityError, transaction

    report = StatusReportFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusReportFactory(measure=report.measure)
    assert StatusReport.objects.filter(measure=report.measure).count() == 1


def test_asked_at_names_the_last_request(django_assert_num_queries):
    from miteinander.core.models import Event

    measures = [adopted_measure() for _ in range(3)]
    for days in (30, 10):
        Event.objects.create(
            municipality=measures[0].municipality,
            thing=measures[0],
            kind="report.requested",
            at=timezone.now() - days * DAY,
        )
    with django_assert_num_queries(1):
        asked = queries.asked_at(measures)
    assert set(asked) == {measures[0].pk}
    assert (timezone.now() - asked[measures[0].pk]).days == 10
