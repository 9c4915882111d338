"""The golden thread: whatever happened, it is found in both directions, at a fixed cost."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections import Counter, defaultdict

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.core.errors import Invalid
from miteinander.core.lineage.link import link, link_all, link_many, refuse_circle, unlink
from miteinander.core.lineage.thread import BUNDLE_FROM, thread_of
from miteinander.core.models import Link, Relation, Tally
from tests.core.together import at_once
from tests.factories import MunicipalityFactory, OrganisationFactory, PerspectiveFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 4)
GREW, MERGED, MOVED = Relation.GREW_INTO, Relation.MERGED_INTO, Relation.MOVED_TO


def things(count, town=None, **facts):
    town = town or MunicipalityFactory()
    return [
        OrganisationFactory(municipality=town, happened_on=DAY + dt.timedelta(days=n), **facts)
        for n in range(count)
    ]


def names(steps):
    return [step.thing.pk for step in steps]


def pks(rows):
    return [row.pk for row in rows]


def live_tallies():
    return {
        (t.thing_id, t.incoming, t.relation, t.kind): t.count
        for t in Tally.objects.exclude(count=0)
    }


def counted_links():
    found = Counter()
    for one in Link.objects.filter(undone_at=None):
        found[one.target_id, True, one.relation, one.source_kind] += 1
        found[one.source_id, False, one.relation, one.target_kind] += 1
    return dict(found)


def test_a_stitch_is_sewn_once():
    card, theme = things(2)
    first = link(card, theme, GREW, on=DAY, note="aus der Fachrunde")
    again = link(card, theme, GREW, on=DAY)
    assert again == first
    assert live_tallies() == counted_links()
    assert link(card, theme, MERGED, on=DAY) != first, "another relation is another stitch"


def test_towns_are_never_sewn_together():
    (here,), (there,) = things(1), things(1)
    with pytest.raises(AssertionError, match="town"):
        link(here, there, GREW, on=DAY)


def test_nothing_leads_to_itself():
    (one,) = things(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        link(one, one, GREW, on=DAY)


def test_an_undone_stitch_stays_in_the_records_and_can_be_sewn_again():
    card, theme = things(2)
    link(card, theme, GREW, on=DAY)
    unlink(card, theme, GREW, at=timezone.now())
    unlink(card, theme, GREW, at=timezone.now())
    assert live_tallies() == {}
    assert names(thread_of(theme, public_only=False).before) == []
    link(card, theme, GREW, on=DAY)
    assert names(thread_of(theme, public_only=False).before) == [card.pk]
    assert Link.objects.count() == 2


def test_the_thread_goes_through_merge_split_move_and_retirement():
    card, other, theme, merged, half, moved, goal = things(7)
    link_many([card, other], theme, GREW, on=DAY)
    link(theme, merged, MERGED, on=DAY)
    link(merged, half, Relation.SPLIT_INTO, on=DAY)
    link(half, moved, MOVED, on=DAY)
    link(moved, goal, GREW, on=DAY)
    type(merged).objects.filter(pk=merged.pk).update(retired_on=DAY)

    up = thread_of(goal, public_only=False)
    down = thread_of(card, public_only=False)

    assert names(up.before) == pks([card, other, theme, merged, half, moved])
    assert names(down.after) == pks([theme, merged, half, moved, goal])
    assert (up.after, down.before) == ((), ())
    assert [s.depth for s in down.after] == [1, 2, 3, 4, 5]
    assert {s.relation for s in up.before} == {"grew_into", "merged_into", "split_into", "moved_to"}


def test_what_hangs_beside_is_not_on_the_thread():
    """Down from a theme and up again would show the other cards of a goal: that is not lineage."""
    card, sibling, goal = things(3)
    link_many([card, sibling], goal, GREW, on=DAY)
    thread = thread_of(card, public_only=False)
    assert names(thread.before) == []
    assert names(thread.after) == [goal.pk]


def test_a_circle_is_walked_once():
    one, two, three = things(3)
    link(one, two, MERGED, on=DAY)
    link(two, three, MERGED, on=DAY)
    link(three, one, MOVED, on=DAY)
    thread = thread_of(one, public_only=False)
    assert sorted(names(thread.after)) == sorted(names(thread.before)) == pks([two, three])


def test_a_merge_that_would_come_back_is_refused():
    one, two, three = things(3)
    link(one, two, MERGED, on=DAY)
    link(two, three, MERGED, on=DAY)
    for target in (one, two):
        with pytest.raises(Invalid):
            refuse_circle(three, target, MERGED)
    refuse_circle(one, three, MERGED)
    refuse_circle(three, one, MOVED)  # another relation


@pytest.mark.parametrize("count", [BUNDLE_FROM - 1, BUNDLE_FROM, BUNDLE_FROM + 20])
def test_many_of_one_kind_become_a_bundle_that_is_not_entered(count):
    town = MunicipalityFactory()
    origin = PerspectiveFactory(municipality=town, happened_on=DAY)
    theme = PerspectiveFactory(municipality=town, happened_on=DAY)
    cards = things(count, town)
    link_many(cards, theme, GREW, on=DAY)
    link(origin, cards[0], GREW, on=DAY)

    thread = thread_of(theme, public_only=False)

    if count < BUNDLE_FROM:
        assert set(names(thread.before)) == {origin.pk, *pks(cards)}
        assert thread.sheaves == ()
    else:
        assert names(thread.before) == []
        (sheaf,) = thread.sheaves
        assert (sheaf.at, sheaf.upwards, sheaf.kind) == (theme.pk, True, "organisation")
        assert sheaf.count == count
        assert len(sheaf.samples) == 3
        assert set(pks(sheaf.samples)) <= set(pks(cards))


def test_the_public_passes_through_what_is_hidden_without_its_name():
    town = MunicipalityFactory()
    card, goal = things(2, town)
    hidden = OrganisationFactory(municipality=town, is_public=False, happened_on=DAY)
    link(card, hidden, GREW, on=DAY, context=hidden)
    link(hidden, goal, GREW, on=DAY, context=hidden)
    public = thread_of(goal, public_only=True)
    assert names(public.before) == [card.pk]
    assert hidden.pk not in [thing.pk for thing in public.things()]
    assert all(step.context == "" for step in public.before), "its name is not told as context"
    assert set(names(thread_of(goal, public_only=False).before)) == {card.pk, hidden.pk}


def test_a_bundle_counts_what_is_hidden_and_samples_what_is_public():
    town = MunicipalityFactory()
    (theme,) = things(1, town)
    seen = things(2, town)
    hidden = things(6, town, is_public=False)
    link_many([*seen, *hidden], theme, GREW, on=DAY)
    (sheaf,) = thread_of(theme, public_only=True).sheaves
    assert sheaf.count == 8
    assert set(pks(sheaf.samples)) == set(pks(seen))


@pytest.mark.parametrize("length", [1, 3, 11])
def test_a_thread_costs_two_queries_however_long(length, django_assert_num_queries):
    chain = things(length + 1)
    for source, target in itertools.pairwise(chain):
        link(source, target, GREW, on=DAY)
    with django_assert_num_queries(2):
        thread = thread_of(chain[-1], public_only=False)
    assert names(thread.before) == pks(chain[:-1])


@given(
    steps=st.lists(
        st.tuples(
            st.booleans(),
            st.integers(0, 8),
            st.integers(0, 8),
            st.sampled_from([GREW, MERGED]),
        ),
        max_size=40,
    ),
    start=st.integers(0, 8),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_sewn_and_undone_tallies_and_reach_are_right(db, steps, start):
    with transaction.atomic():
        town = MunicipalityFactory()
        nodes = [
            (OrganisationFactory if n < 7 else PerspectiveFactory)(
                municipality=town, happened_on=DAY
            )
            for n in range(9)
        ]
        live = set()
        for sew, source, target, relation in steps:
            if source == target:
                continue
            if sew:
                link(nodes[source], nodes[target], relation, on=DAY)
                live.add((source, target, relation))
            else:
                unlink(nodes[source], nodes[target], relation, at=timezone.now())
                live.discard((source, target, relation))

        assert live_tallies() == counted_links()
        thread = thread_of(nodes[start], public_only=False)
        index = {node.pk: n for n, node in enumerate(nodes)}
        assert {index[pk] for pk in names(thread.before)} == _reach(live, nodes, start, up=True)
        assert {index[pk] for pk in names(thread.after)} == _reach(live, nodes, start, up=False)
        transaction.set_rollback(True)


def _reach(live, nodes, start, *, up):
    """The same walk in plain Python: links of one sort are followed while they are few."""
    sorts = defaultdict(set)
    for source, target, relation in live:
        near, far = (target, source) if up else (source, target)
        sorts[near, relation, nodes[far].kind].add(far)
    seen, front = set(), [start]
    while front:
        near = front.pop()
        for (node, _relation, _kind), far in sorts.items():
            if node == near and len(far) < BUNDLE_FROM:
                front += far - seen
                seen |= far
    return seen - {start}


@pytest.mark.django_db(transaction=True)
def test_two_operations_that_begin_the_same_tally_both_count():
    theme, *cards = things(3)

    def sew(card):
        with transaction.atomic():
            link(card, theme, GREW, on=DAY)

    assert at_once(*(functools.partial(sew, card) for card in cards)) == [None, None]
    assert Tally.objects.get(thing=theme.pk, incoming=True).count == 2


def test_many_stitches_at_once_are_those_of_one_after_the_other():
    one, two, three, four = things(4)
    link(one, three, GREW, on=DAY)
    pairs = [(one, three), (one, four), (two, four), (two, four)]
    for _time in range(2):  # sent twice
        link_all(pairs, GREW, on=DAY)
        assert Link.objects.filter(undone_at=None).count() == 3
        assert live_tallies() == counted_links()
    with pytest.raises(AssertionError):
        link_all([(one, *things(1))], GREW, on=DAY)
