"""The memory: append-only in the database itself, erasable where it is personal."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from miteinander.core.events import kinds, read
from miteinander.core.events.record import Happened, record, record_all
from miteinander.core.models import Event, EventDetail
from miteinander.core.standing import system
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
    coordinator,
    visitor,
)

pytestmark = pytest.mark.django_db
PUBLIC, HIDDEN, SEEN, KEPT = "test.public", "test.hidden", "test.seen", "test.kept"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    kinds.EventKind(PUBLIC, gettext_lazy("“%(title)s” was %(what)s by %(function)s."), public=True)
    kinds.EventKind(HIDDEN, gettext_lazy("Something happened."))
    kinds.EventKind(SEEN, gettext_lazy("A word was corrected."), seen=True)
    kinds.EventKind(
        KEPT, gettext_lazy("Kept."), eraser=lambda personal: {"year": personal["born"][:4]}
    )


def remembered(thing, kind=PUBLIC, by=None, **more):
    by = by or coordinator(thing.municipality)
    return record(kind, thing, by=by, at=timezone.now(), data={"what": "seen"}, **more)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_event SET kind = 'forged'",
        "UPDATE core_event SET data = '{}' WHERE id = %(id)s",
        "DELETE FROM core_event",
        "DELETE FROM core_event WHERE id = %(id)s",
    ],
)
def test_the_database_itself_refuses_to_change_the_memory(statement):
    event = remembered(OrganisationFactory())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.replace("%(id)s", str(event.pk)))
    assert Event.objects.get() == event
    assert Event.objects.get().kind == PUBLIC


def test_a_truncate_is_refused_where_it_exists():
    remembered(OrganisationFactory())
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending would be refused first
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE core_event CASCADE")
    assert Event.objects.exists()


def test_the_ways_of_the_orm_are_refused_too():
    event = remembered(OrganisationFactory())
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    event = Event.objects.get()
    event.function = "somebody else"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    assert Event.objects.get().function == "Koordination"


def test_what_is_personal_lies_apart_and_can_be_erased():
    user, thing = UserFactory(), OrganisationFactory()
    by = coordinator(thing.municipality, user=user.pk)
    remembered(thing, by=by, personal={"email": "a@b.example"})
    remembered(thing, kind=KEPT, by=by, personal={"born": "1980-04-01"})
    remembered(thing, by=coordinator(thing.municipality, user=UserFactory().pk))

    assert read.erase_personal(user=user.pk) == 2

    assert [d.data for d in EventDetail.objects.order_by("pk")] == [{}, {"year": "1980"}, {}]
    assert EventDetail.objects.filter(user=user).count() == 0
    assert EventDetail.objects.exclude(user=None).count() == 1, "others keep theirs"
    assert Event.objects.count() == 3, "what happened stays"


def test_an_account_can_be_deleted_and_what_happened_stays():
    user, thing = UserFactory(), OrganisationFactory()
    remembered(thing, by=coordinator(thing.municipality, user=user.pk))
    user.delete()
    assert EventDetail.objects.get().user is None
    assert Event.objects.exists()


@pytest.mark.parametrize("thing_is_public", [True, False])
def test_what_is_only_seen_is_told_to_nobody_and_still_makes_pages_new(thing_is_public):
    thing = OrganisationFactory(is_public=thing_is_public)
    before = thing.municipality.public_version
    event = remembered(thing, kind=SEEN)
    thing.municipality.refresh_from_db()
    assert event.is_public is False
    assert thing.municipality.public_version == before + (1 if thing_is_public else 0)


def test_a_visitor_leaves_no_detail():
    thing = OrganisationFactory()
    remembered(thing, by=visitor(thing.municipality))
    assert not EventDetail.objects.exists()


@pytest.mark.parametrize(
    ("kind", "thing_is_public", "is_public"),
    [(PUBLIC, True, True), (PUBLIC, False, False), (HIDDEN, True, False)],
)
def test_only_public_news_of_public_things_advances_the_public_version(
    kind, thing_is_public, is_public
):
    thing = OrganisationFactory(is_public=thing_is_public)
    before = thing.municipality.public_version
    event = remembered(thing, kind=kind)
    thing.municipality.refresh_from_db()
    assert event.is_public is is_public
    assert thing.municipality.public_version == before + (1 if is_public else 0)


def test_an_undeclared_kind_is_a_mistake():
    thing = OrganisationFactory()
    with pytest.raises(KeyError):
        remembered(thing, kind="test.never_declared")
    assert not Event.objects.exists()


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        kinds.EventKind(PUBLIC, gettext_lazy("Again."))


def test_the_timeline_is_the_towns_own_newest_first(django_assert_num_queries):
    town = MunicipalityFactory()
    first = OrganisationFactory(municipality=town)
    hidden = OrganisationFactory(municipality=town, is_public=False)
    remembered(first)
    remembered(hidden)
    remembered(first, kind=HIDDEN)
    remembered(OrganisationFactory())
    record(HIDDEN, None, by=system(town.pk, at=timezone.now()), at=timezone.now())

    with django_assert_num_queries(1):
        everything = read.timeline(town, public_only=False)
    shown = read.timeline(town, public_only=True)

    assert len(everything) == 4
    assert (everything[0].url, everything[0].title) == ("", "")
    assert [line.sentence for line in shown] == [f"“{first.title}” was seen by Koordination."]
    assert read.timeline(town, public_only=False, limit=1)[0].at == everything[0].at


def test_a_thing_that_is_hidden_later_leaves_the_public_timeline():
    thing = OrganisationFactory()
    remembered(thing)
    type(thing).objects.filter(pk=thing.pk).update(is_public=False)
    assert read.timeline(thing.municipality, public_only=True) == []


def test_history_is_in_order_and_public_only_where_asked():
    thing = OrganisationFactory()
    one, two = remembered(thing), remembered(thing, kind=HIDDEN)
    assert read.history([thing.pk], public_only=False) == [one, two]
    assert read.history([thing.pk], public_only=True) == [one]
    assert read.sentences([one]) == [f"“{thing.title}” was seen by Koordination."]


def test_words_from_right_to_left_keep_the_signs_of_a_sentence_in_place():
    one = remembered(OrganisationFactory(title="نريد دروسا."))
    assert read.sentences([one]) == ["“\u2068نريد دروسا.\u2069” was seen by Koordination."]


def test_many_events_at_once_are_those_of_one_after_the_other():
    told = {}
    for at_once in (True, False):
        open_, closed = OrganisationFactory(is_public=True), OrganisationFactory(is_public=False)
        closed.municipality = town = open_.municipality
        closed.save()
        by, at = coordinator(town, user=UserFactory().pk), timezone.now()
        before = town.public_version
        happened = [
            Happened(kind, thing, {"what": kind})
            for thing in (open_, closed)
            for kind in (PUBLIC, HIDDEN, SEEN)
        ]
        if at_once:
            record_all(happened, by=by, at=at)
        else:
            for one in happened:
                record(one.kind, one.thing, by=by, at=at, data=dict(one.data))
        town.refresh_from_db()
        told[at_once] = [
            (e.kind, e.thing_id == open_.pk, e.is_public, e.function, e.data,
             e.detail.user_id == by.user, e.at == at, town.public_version - before)
            for e in Event.objects.filter(municipality=town).order_by("pk")
        ]  # fmt: skip
    assert told[True] == told[False]
    assert len(told[True]) == 6


def test_what_happens_at_once_happens_in_one_municipality():
    things = [OrganisationFactory(municipality=MunicipalityFactory()) for _time in range(2)]
    by = coordinator(things[0].municipality)
    with pytest.raises(AssertionError):
        record_all([Happened(PUBLIC, thing) for thing in things], by=by, at=timezone.now())
    record_all([], by=by, at=timezone.now())
    assert not Event.objects.exists()
