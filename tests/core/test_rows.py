"""Lists that one query brings along: the same rows, types and order as asked for one by one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import OuterRef

from miteinander.core.models import Event, Thing
from miteinander.core.rows import Rows
from tests import factories as make

pytestmark = pytest.mark.django_db
COLUMNS = ("pk", "at", "data", "is_public", "thing__title")
NOON = dt.datetime(2026, 3, 1, 12, 0, 0, 123_456, dt.UTC)


@pytest.fixture
def things():
    found = [make.ThemeFactory(title=f'Thema "{n}", ä') for n in range(3)]
    for thing in found[:2]:
        for n in range(3):
            Event.objects.create(
                municipality=thing.municipality, thing=thing, kind="theme.named",
                at=NOON + dt.timedelta(hours=n), data={"n": [n], "wort": "ü"}, is_public=n == 1,
            )  # fmt: skip
    return found


def test_each_row_has_its_own_list_as_it_would_be_found_alone(things, django_assert_num_queries):
    of_thing = Event.objects.filter(thing=OuterRef("pk")).order_by("-at")
    with django_assert_num_queries(1):
        found = {t.pk: t.told for t in Thing.objects.annotate(told=Rows(of_thing, *COLUMNS))}
    for thing in things:
        alone = Event.objects.filter(thing=thing.pk).order_by("-at").values_list(*COLUMNS)
        assert found[thing.pk] == list(alone)


def test_the_first_of_an_order_are_the_first_in_the_list(things):
    latest = Event.objects.filter(thing=OuterRef("pk")).order_by("-at")[:1]
    found = Thing.objects.annotate(told=Rows(latest, "at")).get(pk=things[0].pk)
    assert found.told == [(NOON + dt.timedelta(hours=2),)]


def test_what_can_never_be_found_is_an_empty_list(things):
    nothing = Event.objects.filter(thing=OuterRef("pk"), pk__in=[])
    assert Thing.objects.annotate(told=Rows(nothing, "pk")).first().told == []
