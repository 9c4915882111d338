"""Whatever is sorted in whatever order: nobody's words get lost, and the numbers stay true."""

from __future__ import annotations

from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.core.errors import Refusal
from miteinander.core.lineage.thread import thread_of
from miteinander.core.models import Link, Tally
from miteinander.participation import actions, queries
from miteinander.participation.models import Answer, Contribution, ContributionCount, Theme
from tests import factories as f

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["gather", "merge", "split", "move", "release", "answer", "withdraw"]),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    max_size=12,
)


def do(step, contributions, themes, facts):
    verb, first, second = step
    one = contributions[first % len(contributions)].refreshed()
    other = contributions[second % len(contributions)].refreshed()
    theme = themes[second % len(themes)].refreshed()
    if verb == "gather":
        actions.gather([one], theme, **facts)
    elif verb == "merge":
        actions.merge_contributions(one, [other], reason="Dasselbe", **facts)
    elif verb == "split":
        contributions += actions.split_contribution(one, ["Eins", "Zwei"], reason="Zwei", **facts)
    elif verb == "move":
        actions.move_theme(
            themes[first % len(themes)].refreshed(), into=theme, reason="Zusammen", **facts
        )
    elif verb == "release":
        actions.release([one], **facts)
    elif verb == "answer":
        actions.answer_contribution(one, outcome="taken_up", reason="Ja.", **facts)
    else:
        actions.withdraw_contribution(one, **facts)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_any_sequence_keeps_every_contribution_reachable_and_every_number_true(db, steps):
    process = f.ProcessFactory()
    f.PhaseFactory(process=process)
    facts = {"by": f.coordinator(process.municipality), "at": timezone.now()}
    contributions = [
        actions.record_contribution(process, text=f"Stimme {n}", channel="card", **facts)
        for n in range(4)
    ]
    themes = [actions.name_theme(process, title=f"Thema {n}", **facts) for n in range(3)]
    for step in steps:
        try:
            do(step, contributions, themes, facts)
        except Refusal:
            continue  # a refusal changes nothing; what follows proves it

    _tallies_equal_links(process)
    _counters_equal_rows(process)
    for contribution in Contribution.objects.filter(process=process):
        _is_reachable(contribution)
        _is_answered_as_far_as_its_heirs(contribution)


def _tallies_equal_links(process):
    told = {
        (t.thing_id, t.incoming, t.relation, t.kind): t.count
        for t in Tally.objects.filter(thing__municipality=process.municipality)
        if t.count
    }
    counted = Counter()
    for link in Link.objects.filter(undone_at=None, source__municipality=process.municipality):
        counted[link.target_id, True, link.relation, link.source_kind] += 1
        counted[link.source_id, False, link.relation, link.target_kind] += 1
    assert told == dict(counted)


def _counters_equal_rows(process):
    counted = Counter()
    for row in Contribution.objects.filter(process=process):
        for scope in (row.process_id, row.theme_id):
            if scope:
                counted[scope, row.state, row.is_answered, row.is_part] += 1
    told = {
        (c.scope_id, c.state, c.is_answered, c.is_part): c.count
        for c in ContributionCount.objects.filter(scope__municipality=process.municipality)
        if c.count
    }
    assert told == dict(counted)
    for theme in Theme.objects.filter(process=process):
        assert theme.gathered == Contribution.objects.filter(theme=theme).count()


def _is_reachable(contribution):
    thread = thread_of(contribution, public_only=False)
    after = {step.thing.pk for step in thread.after}
    if contribution.theme_id:
        assert contribution.theme_id in after
    heirs = queries.merged_into(contribution)
    assert bool(heirs) == (contribution.is_merged or contribution.is_split)
    for heir in heirs:
        assert heir.pk in after
        before = thread_of(heir, public_only=False)
        bundled = {sheaf.kind for sheaf in before.sheaves if sheaf.upwards}
        assert contribution.pk in {s.thing.pk for s in before.before} or "contribution" in bundled


def _is_answered_as_far_as_its_heirs(contribution):
    own = Answer.objects.filter(contribution=contribution).exists()
    heirs = [
        heir for heir in queries.merged_into(contribution) if heir.is_counted or heir.is_answered
    ]
    assert contribution.is_answered == (
        own or (bool(heirs) and all(heir.is_answered for heir in heirs))
    )
