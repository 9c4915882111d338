"""Lists cost one query and go on where they stopped."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from miteinander.participation import queries
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_is_one_query_for_one_and_for_three(count, django_assert_num_queries):
    call = f.CallFactory()
    rows = f.ContributionFactory.create_batch(count, process=call.process, call=call)
    f.ContributionFactory(process=call.process, call=call, state="submitted", is_public=False)
    with django_assert_num_queries(1):
        found = queries.published_in(call)
        assert [(c.text, c.is_answered) for c in found.rows] == [
            (row.text, False) for row in reversed(rows)
        ]
    assert list(found.rows) == rows[::-1]


def test_slices_lead_forth_and_back_without_losing_a_row():
    process = f.ProcessFactory()
    rows = f.ContributionFactory.create_batch(7, process=process)[::-1]
    found = queries.contributions_visible_to(process, f.visitor(process.municipality))
    first = queries.sliced(found, size=3)
    second = queries.sliced(found, older=first.older, size=3)
    third = queries.sliced(found, older=second.older, size=3)
    assert [*first.rows, *second.rows, *third.rows] == rows
    assert (first.newer, third.older) == (None, None)
    back = queries.sliced(found, newer=third.newer, size=3)
    assert list(back.rows) == rows[3:6]
    top = queries.sliced(found, newer=back.newer, size=3)
    assert (list(top.rows), top.newer) == (rows[:3], None)


def test_open_calls_are_those_that_can_be_answered_now():
    call = f.CallFactory()
    town, now = call.municipality, timezone.now()
    f.CallFactory(
        process=call.process, phase=call.phase, opens_at=now + DAY, closes_at=now + 2 * DAY
    )
    f.CallFactory(process=call.process, phase=call.phase, is_public=False)
    f.CallFactory(
        process=call.process, phase=f.PhaseFactory(process=call.process, permits=["gather"])
    )
    f.CallFactory()
    assert queries.open_calls_and_next(town, now) == ([call], now + DAY)
    assert queries.open_calls(town, now + 2 * DAY) == []


def test_figures_are_one_query_for_many(django_assert_num_queries):
    calls = f.CallFactory.create_batch(3)
    with django_assert_num_queries(1):
        assert set(queries.figures_of(calls)) == {call.pk for call in calls}


@pytest.mark.parametrize(
    "typed", ["", "M4RK", "M4RK-7TZW-0QHU", "../../etc/passwd", "M4RK 7TZW 0QHA 1", "\x00" * 12]
)
def test_what_cannot_be_a_code_asks_nothing(typed, django_assert_num_queries):
    town = f.MunicipalityFactory()
    with django_assert_num_queries(0):
        assert queries.contribution_with_receipt(town, typed) is None


LISTS = [
    queries.published_in,
    queries.unanswered,
    queries.loose_contributions,
]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan of a query")
@pytest.mark.parametrize("place", [{}, {"older": 5}, {"newer": 5}])
@pytest.mark.parametrize("found", LISTS)
def test_long_lists_are_read_along_an_index_and_never_sorted(found, place):
    process = f.ProcessFactory()
    with CaptureQueriesContext(connection) as asked:
        found(process, **place)
    assert "TEMP B-TREE" not in _plan(asked)
    assert "process_id=? AND" in _plan(asked)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan of a query")
@pytest.mark.parametrize("after", [0, 5])
def test_the_queue_is_read_along_an_index_and_never_sorted(after):
    with CaptureQueriesContext(connection) as asked:
        queries.waiting_for_moderation(f.ProcessFactory(), after=after)
    assert "TEMP B-TREE" not in _plan(asked)
    assert "process_id=? AND" in _plan(asked)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan of a query")
@pytest.mark.parametrize("found", [queries.published_in, queries.contributions_of_theme])
def test_a_theme_is_read_along_an_index_and_never_sorted(found):
    with CaptureQueriesContext(connection) as asked:
        found(f.ThemeFactory())
    assert "TEMP B-TREE" not in _plan(asked)


def _plan(asked):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked.captured_queries[-1]["sql"])
        return "\n".join(str(row[3]) for row in cursor.fetchall())
