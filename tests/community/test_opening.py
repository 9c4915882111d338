"""Opening hours: week, holidays of the state, days with other hours, and when that changes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import get_current_timezone
from django.utils.translation import override

from miteinander.community import actions, queries
from miteinander.core.errors import Invalid
from tests import factories as make

pytestmark = pytest.mark.django_db
WEEK = [{"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "from": "08:00", "to": "12:00"}]


@pytest.fixture
def office():
    town = make.MunicipalityFactory(state="BY")
    return make.OfficeFactory(municipality=town, opening_hours=WEEK)


def at(year, month, day, hour=10, minute=0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=get_current_timezone())


@pytest.mark.parametrize(
    ("day", "state", "local", "name"),
    [
        ((2026, 1, 6), "BY", [], "Heilige Drei Könige"),
        ((2026, 1, 6), "BE", [], ""),
        ((2026, 1, 6), "", [], ""),
        ((2026, 10, 3), "", [], "Tag der Deutschen Einheit"),
        ((2026, 8, 15), "BY", [], ""),
        ((2026, 8, 15), "BY", ["assumption"], "Mariä Himmelfahrt"),
        ((2025, 8, 8), "BY", [], ""),
        ((2025, 8, 8), "BY", ["augsburg"], "Augsburger Hohes Friedensfest"),
    ],
)
def test_holidays_are_those_of_the_state_and_those_that_the_office_chose(
    office, day, state, local, name
):
    office.organisation.municipality.state = state
    office.local_holidays = local

    assert queries.holiday_on(office, dt.date(*day)) == name
    assert queries.opening_now(office, at(*day)).is_open == (name == "")


def test_an_office_that_does_not_keep_holidays_is_open(office):
    office.keeps_holidays = False

    assert queries.opening_now(office, at(2026, 1, 6)).is_open


def test_a_holiday_has_its_name_in_the_reader_s_language(office):
    with override("en"):
        assert queries.opening_now(office, at(2026, 1, 6)).because == "Epiphany"


def test_what_the_office_says_of_a_day_counts_before_everything_else(office):
    who = make.coordinator(office.organisation.municipality)
    office = actions.add_closure(
        office, first=dt.date(2026, 12, 24), reason="Heiligabend", by=who, at=who.at
    )
    office = actions.add_closure(
        office, first=dt.date(2026, 1, 6), reason="Offene Tür", by=who, at=who.at,
        hours=[(dt.time(14), dt.time(16))],
    )  # fmt: skip

    closed = queries.opening_now(office, at(2026, 12, 24))
    assert (closed.is_open, closed.because) == (False, "Heiligabend")
    # Christmas and its second day are holidays, then comes Sunday.
    assert closed.opens_next == at(2026, 12, 28, 8)
    assert queries.opening_now(office, at(2026, 1, 6, 14)).until == dt.time(16)


@pytest.mark.parametrize(
    ("moment", "changes"),
    [
        (at(2026, 11, 26, 7, 59), at(2026, 11, 26, 8)),
        (at(2026, 11, 26, 8), at(2026, 11, 26, 12)),
        (at(2026, 11, 26, 12), at(2026, 11, 27, 8)),
        (at(2026, 11, 28, 12), at(2026, 11, 30, 8)),
        (at(2026, 3, 28, 13), at(2026, 3, 30, 8)),  # summer time begins in between
    ],
)
def test_the_moment_of_the_next_change_is_known(office, moment, changes):
    assert queries.opening_now(office, moment).changes_at(moment) == changes


def test_an_office_without_hours_never_changes(office):
    office.opening_hours = []

    assert queries.opening_now(office, at(2026, 11, 26)).changes_at(at(2026, 11, 26)) is None


def test_hours_that_overlap_are_refused_and_hours_that_touch_are_not():
    def row(opens, closes):
        return {"days": ["mon"], "from": opens, "to": closes}

    with pytest.raises(Invalid) as refused:
        actions.checked_hours([row("08:00", "12:30"), row("12:00", "16:00")])
    assert set(refused.value.fields) == {"hours_mon"}
    assert "12:30" in str(refused.value.fields["hours_mon"])
    assert len(actions.checked_hours([row("08:00", "12:00"), row("12:00", "16:00")])) == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"last": dt.date(2026, 12, 1)}, "last"),
        ({"reason": " "}, "reason"),
        ({"hours": [(dt.time(12), dt.time(8))]}, "hours"),
        ({"first": dt.date(2026, 12, 26), "last": dt.date(2026, 12, 28)}, "first"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_with_its_field(office, more, field):
    who = make.coordinator(office.organisation.municipality)
    named = {"by": who, "at": who.at}
    actions.add_closure(
        office, first=dt.date(2026, 12, 27), last=dt.date(2026, 12, 30), reason="Ferien", **named
    )
    entry = {"first": dt.date(2026, 12, 24), "reason": "Heiligabend"} | more
    with pytest.raises(Invalid) as refused:
        actions.add_closure(office, **entry, **named)
    assert set(refused.value.fields) == {field}
    office.refresh_from_db()
    assert len(office.closures) == 1


def test_an_entry_is_taken_back_by_its_first_day(office):
    who = make.coordinator(office.organisation.municipality)
    day = dt.date(2026, 12, 24)
    actions.add_closure(office, first=day, reason="Heiligabend", by=who, at=who.at)

    assert actions.remove_closure(office, first=day, by=who, at=who.at).closures == []
