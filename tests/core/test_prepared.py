"""Prepared queries give what the queryset gives, and bind whatever they are asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import BigIntegerField, Case, CharField, DateField, F, Value, When

from miteinander.community.models import Body, Seat
from miteinander.core import prepared as module
from miteinander.core.prepared import prepared
from miteinander.process.models import Meeting
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


@pytest.fixture
def built():
    return []


@pytest.fixture
def meetings_from(built):
    @prepared(town=BigIntegerField(), day=DateField(), title=CharField())
    def ask(*, town, day, title, public_only, most=50):
        built.append((public_only, most))
        found = Meeting.objects.filter(municipality=town, happened_on__gte=day).annotate(
            mark=Case(When(title=title, then=Value("this")), default=Value("other"))
        )
        if public_only:
            found = found.filter(is_public=True)
        return found.select_related("body", "process").order_by("pk")[:most]

    return ask


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def meetings(town):
    process = make.ProcessFactory(municipality=town)
    return [
        make.MeetingFactory(
            process=process, title=f"Sitzung {n}", happened_on=DAY + timedelta(days=n),
            is_public=n != 1,
        )
        for n in range(4)
    ]  # fmt: skip


def asked(ask, town, **changed):
    return ask(**{"town": town.pk, "day": DAY, "title": "", "public_only": False, **changed})


def test_rows_are_those_of_the_queryset(meetings_from, meetings, town, django_assert_num_queries):
    plain = list(
        Meeting.objects.filter(municipality=town).select_related("body", "process").order_by("pk")
    )

    with django_assert_num_queries(1):
        found = asked(meetings_from, town)
        bodies = [row.body.title for row in found]

    assert found == plain
    assert bodies == [row.body.title for row in plain]
    assert [vars(row).keys() - {"mark"} for row in found] == [vars(row).keys() for row in plain]
    assert [row.happened_on for row in found] == [row.happened_on for row in plain]


def test_values_are_bound_anew_and_the_query_is_built_once(meetings_from, meetings, town, built):
    assert len(asked(meetings_from, town, day=DAY + timedelta(days=2))) == 2
    assert len(asked(meetings_from, town, day=DAY + timedelta(days=3))) == 1
    assert asked(meetings_from, make.MunicipalityFactory(), day=DAY) == []

    marked = asked(meetings_from, town, title="Sitzung 2")

    assert [row.mark for row in marked] == ["other", "other", "this", "other"]
    assert built == [(False, 50)]


def test_text_is_bound_and_never_part_of_the_query(meetings_from, meetings, town):
    found = asked(meetings_from, town, title="' OR 1=1 --")

    assert {row.mark for row in found} == {"other"}


def test_each_shape_has_its_own_query(meetings_from, meetings, town, built):
    assert len(asked(meetings_from, town, public_only=True)) == 3
    assert len(asked(meetings_from, town, public_only=False)) == 4
    assert len(asked(meetings_from, town, public_only=True)) == 3
    assert built == [(True, 50), (False, 50)]


def test_shapes_do_not_fill_the_memory(meetings_from, meetings, town, built, monkeypatch):
    monkeypatch.setattr(module, "MOST_SHAPES", 2)

    for most in (1, 2, 3, 1):
        assert len(asked(meetings_from, town, most=most)) == most

    assert built == [(False, 1), (False, 2), (False, 3), (False, 1)]


def test_a_misspelt_value_fails(meetings_from, town):
    with pytest.raises(KeyError):
        meetings_from(town=town.pk, dya=DAY, title="", public_only=True)


def test_lists_are_bound_in_few_shapes(meetings, town, django_assert_num_queries):
    built = []

    @prepared(which=BigIntegerField())
    def ask(*, which):
        built.append(len(which))
        return Meeting.objects.filter(id__in=which).order_by("pk")

    everything = [meeting.pk for meeting in meetings]

    assert [row.pk for row in ask(which=everything[:3])] == everything[:3]
    assert [row.pk for row in ask(which=everything)] == everything
    assert [row.pk for row in ask(which=everything[1:2])] == everything[1:2]
    with django_assert_num_queries(0):
        assert ask(which=[]) == []
    assert built == [4, 1]


def test_a_relation_that_many_rows_share_is_one_object(meetings_from, meetings, town):
    found = asked(meetings_from, town)

    assert len({id(row.process) for row in found}) == 1
    assert len({id(row.body) for row in found}) == len({row.body_id for row in found})


def test_rows_that_come_twice_stay_apart(meetings, town):
    @prepared(town=BigIntegerField())
    def ask(*, town):
        bodies = Body.objects.filter(municipality=town)
        return bodies.annotate(on=F("meetings__happened_on")).order_by("meetings__happened_on")

    body = meetings[0].body
    type(meetings[0]).objects.update(body=body)

    assert [row.on for row in ask(town=town.pk) if row.pk == body.pk] == [
        meeting.happened_on for meeting in meetings
    ]


def test_a_relation_that_leads_nowhere_is_none(town):
    seat = make.SeatFactory(body__municipality=town, perspective=None)

    @prepared(town=BigIntegerField())
    def ask(*, town):
        return Seat.objects.filter(body__municipality=town).select_related("perspective", "body")

    [found] = ask(town=town.pk)

    assert found.perspective is None
    assert found.body == seat.body


def test_values_come_as_the_queryset_would_give_them(meetings, town):
    @prepared(town=BigIntegerField())
    def ask(*, town, as_dicts):
        found = Meeting.objects.filter(municipality=town).order_by("pk")
        columns = ("title", "is_public", "happened_on")
        return found.values(*columns) if as_dicts else found.values_list(*columns)

    plain = Meeting.objects.filter(municipality=town).order_by("pk")
    assert ask(town=town.pk, as_dicts=True) == list(
        plain.values("title", "is_public", "happened_on")
    )
    assert ask(town=town.pk, as_dicts=False) == list(
        plain.values_list("title", "is_public", "happened_on")
    )


def test_another_way_of_reading_rows_is_refused(town):
    @prepared(town=BigIntegerField())
    def ask(*, town):
        return Meeting.objects.filter(municipality=town).values_list("title", flat=True)

    with pytest.raises(TypeError, match="objects, values or a list of values"):
        ask(town=town.pk)
