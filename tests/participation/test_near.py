"""Similar contributions: found while writing and while sorting, and never what is not public."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from miteinander.core.search import keep
from miteinander.core.search.find import search
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution
from tests import factories as f
from tests.participation.test_actions import office

pytestmark = pytest.mark.django_db
ASKED = "Im Norden fehlt ein Treffpunkt für junge Menschen."


@pytest.fixture
def process():
    process = f.ProcessFactory()
    f.PhaseFactory(process=process)
    return process


def card(process, text, **more):
    return actions.record_contribution(
        process, text=text, channel="card", **office(process), **more
    )


def near(process, text=ASKED):
    return queries.published_near(process, text, language="de")


def test_whoever_writes_sees_what_is_published_and_says_nearly_the_same(process):
    same = card(process, "Es fehlt ein Treffpunkt für junge Menschen im Norden!")
    card(process, "Mehr Bänke am Bahnhof, bitte.")
    assert near(process) == [same]


def test_what_only_the_office_may_read_is_shown_to_the_office_only(process):
    one = card(process, "Es fehlt ein Treffpunkt für junge Menschen im Norden!")
    hidden = card(process, "Für junge Menschen fehlt im Norden ein Treffpunkt.", may_publish=False)
    assert near(process) == [one]
    coordinator = f.coordinator(process.municipality)
    assert [n.contribution for n in queries.neighbours_of(one, coordinator)] == [hidden]
    assert queries.neighbours_of(one, f.visitor(process.municipality)) == []


def test_nothing_of_another_process_or_town_is_near(process):
    other = f.ProcessFactory(municipality=process.municipality)
    foreign = f.ProcessFactory()
    for elsewhere in (other, foreign):
        f.PhaseFactory(process=elsewhere)
        card(elsewhere, ASKED)
    assert near(process) == []


def test_what_was_taken_back_or_refused_is_near_nothing(process):
    one, two = card(process, ASKED), card(process, ASKED + "!")
    assert len(near(process)) == 2
    actions.withdraw_contribution(one, **office(process))
    actions.refuse_contribution(two, reason="Doppelt", **office(process))
    assert near(process) == []
    assert not Contribution.objects.filter(pk=one.pk, found_by__isnull=False).exists()


@pytest.mark.parametrize(
    "text", ["", "  ", "Bänke", "😀" * 40, "der die das und oder", "\x00" * 20]
)
def test_what_says_nothing_finds_nothing(process, text):
    card(process, ASKED)
    assert near(process, text) == []


def test_a_text_of_any_length_costs_three_queries(process):
    for n in range(3):
        card(process, f"{ASKED} Nummer {n}")
    for text in (ASKED, ASKED * 3_000):
        with CaptureQueriesContext(connection) as asked:
            assert len(near(process, text)) == 3
        assert len(asked) == 3


@pytest.mark.parametrize("state", ["submitted", "internal", "refused"])
def test_no_question_of_the_public_meets_a_word_of_what_is_not_public(process, state):
    town = process.municipality
    hidden = f.ContributionFactory(
        process=process, state=state, is_public=False, text="Quarzsandgrube am Fluss"
    )
    keep.keep([hidden.pk])
    assert hidden.pk not in keep.out_of_step()
    for typed in ("Quarzsandgrube", "Quarzsand", "Quarzsandgruve", "Grube", hidden.identifier):
        found = search(town, typed)
        assert found.hits == []
        assert found.query.corrected == ()
        assert not any("quarz" in word for ways in found.query.wider for word in ways)


def test_what_becomes_public_is_found_by_all_and_back(process):
    call = f.CallFactory(process=process)
    said, _code = actions.submit_contribution(
        call, text=ASKED, may_publish=True, form_key="x", by=f.visitor(process.municipality),
        at=timezone.now(),
    )  # fmt: skip
    town = process.municipality
    assert search(town, "Treffpunkt").total == 0
    actions.publish_contribution(said, **office(process))
    assert [hit.thing.pk for hit in search(town, "Treffpunkt").hits] == [said.pk]
    actions.refuse_contribution(said.refreshed(), reason="Doch nicht", **office(process))
    assert search(town, "Treffpunkt").total == 0
