from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from miteinander.ui.words import (
    age_of,
    differences,
    written_day,
    written_money,
    written_size,
    written_time,
)

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("language", "precision", "written"),
    [
        ("de", "day", "Montag, 5. Oktober 2026"),
        ("de", "month", "Oktober 2026"),
        ("de", "year", "2026"),
        ("en", "day", "Monday, 5 October 2026"),
        ("en", "month", "October 2026"),
        ("ar", "month", "أكتوبر 2026"),
    ],
)
def test_day_is_written_out_as_exactly_as_it_is_known(language, precision, written):
    with translation.override(language):
        assert written_day(DAY, precision) == written


def test_moment_belongs_to_the_day_of_the_town_not_of_greenwich():
    late_in_the_evening = datetime(2026, 10, 4, 22, 30, tzinfo=UTC)

    with translation.override("de"):
        assert written_day(late_in_the_evening) == "Montag, 5. Oktober 2026"
        assert written_time(late_in_the_evening) == "00:30 Uhr"


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (0, "heute", "today"),
        (-1, "gestern", "yesterday"),
        (1, "morgen", "tomorrow"),
        (-44, "vor 44 Tagen", "44 days ago"),
        (18, "in 18 Tagen", "in 18 days"),
        (-425, "vor 14 Monaten", "14 months ago"),
        (-1100, "vor 3 Jahren", "3 years ago"),
    ],
)
def test_age_counts_in_days_then_months_then_years(days, german, english):
    then = DAY + timedelta(days=days)

    with translation.override("de"):
        assert age_of(then, DAY) == german
    with translation.override("en"):
        assert age_of(then, DAY) == english


@pytest.mark.parametrize(
    ("sum_", "written"),
    [(18000, "18.000\u00a0€"), (Decimal("12.50"), "12,50\u00a0€"), (0, "0\u00a0€")],
)
def test_whole_sums_of_money_carry_no_cents(sum_, written):
    with translation.override("de"):
        assert written_money(sum_) == written


def test_sizes_of_files_are_rounded_for_people():
    with translation.override("de"):
        assert [written_size(n) for n in (12, 84_000, 1_240_000)] == [
            "12\u00a0B", "84\u00a0kB", "1,2\u00a0MB",
        ]  # fmt: skip


def test_differences_mark_exactly_the_words_that_differ():
    mine, theirs = differences("Drei Orte sind offen.", "Zwei Orte sind offen.")

    assert [part.text for part in mine if part.changed] == ["Drei"]
    assert [part.text for part in theirs if part.changed] == ["Zwei"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_differences_lose_not_one_character(mine, theirs):
    ours, others = differences(mine, theirs)

    assert "".join(part.text for part in ours) == mine
    assert "".join(part.text for part in others) == theirs
