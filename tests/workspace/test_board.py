"""The board: searched with typing errors and inside compounds, filtered, and sorted by several."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.search import keep
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution
from tests import factories as f
from tests.workspace.test_participation import call, desk, office, read, said, town

pytestmark = pytest.mark.django_db
__all__ = ["call", "town"]
TEXTS = {
    "published": "Der Sprachkurs am Abend ist immer voll.",
    "internal": "Mein Deutschkurs wurde ohne Grund abgesagt.",
    "submitted": "Wann beginnt der nächste Kurs?",
    "refused": "Kurse sind doof.",
}


@pytest.fixture
def voices(call):
    """One contribution in each state."""
    one, two, three = (
        said(call, 1, TEXTS["published"])
        + said(call, 1, TEXTS["internal"])
        + said(call, 1, TEXTS["refused"])
    )
    actions.publish_contribution(one, **office(call))
    actions.keep_internal(two, **office(call))
    actions.refuse_contribution(three, reason="Kein Beitrag", **office(call))
    said(call, 1, TEXTS["submitted"])
    return {row.state: row for row in Contribution.objects.all()}


def board(client, call, /, **asked):
    return client.get(desk("board", call.process.identifier), asked).content.decode()


@pytest.mark.parametrize("typed", ["Kurs", "kurse", "KURS"])
def test_kurs_finds_sprachkurs_whatever_state_it_is_in(client, call, voices, typed):
    html = board(client, call, q=typed, show="all")
    assert all(text in html for text in TEXTS.values())
    loose = board(client, call, q=typed)
    assert [text in loose for text in TEXTS.values()] == [True, True, False, False]


def test_a_typing_error_is_forgiven_and_said(client, call, voices):
    html = board(client, call, q="Deutschkrus", show="all")
    assert TEXTS["internal"] in html
    assert TEXTS["published"] not in html
    assert "„deutschkrus“ hat niemand geschrieben; gezeigt wird „Deutschkurs“." in html


def test_the_board_finds_nothing_of_another_process_or_town(client, call, voices):
    for process in (f.ProcessFactory(municipality=call.municipality), f.ProcessFactory()):
        other = f.ContributionFactory(process=process, text="Quarzkurs", is_public=True)
        keep.keep([other.pk])
    assert "Quarzkurs" not in board(client, call, q="Quarzkurs", show="all").split("brett")[1]


def test_filters_leave_what_was_asked_for(client, call, voices):
    card = actions.record_contribution(
        call.process, text="Mehr Bänke", channel="card", language="tr", **office(call)
    )
    assert "Mehr Bänke" in board(client, call, channel="card")
    assert TEXTS["published"] not in board(client, call, channel="card")
    assert "Mehr Bänke" in board(client, call, language="tr")
    assert "Mehr Bänke" not in board(client, call, call=call.identifier)
    assert TEXTS["published"] in board(client, call, call=call.identifier)
    nonsense = board(client, call, call="x", channel="x", language="x", show="x", older="x")
    assert card.text in nonsense


@pytest.mark.parametrize("typed", ["Kurs", "Sprachkrus"])
def test_a_search_asks_twice_more_than_the_board_itself(
    client, call, typed, django_assert_num_queries
):
    for _time in range(2):
        for one in said(call, 2, TEXTS["published"]):
            actions.publish_contribution(one, **office(call))
        board(client, call, q=typed)
        with django_assert_num_queries(8 + 2):  # the words that exist, then who holds them
            assert "Sprachkurs" in board(client, call, q=typed, show="all")


def test_hits_beyond_a_slice_are_reached_and_each_stands_once(client, call):
    process = call.process
    for n in range(60):
        actions.record_contribution(
            process, text=f"Bänke, Wunsch {n}", channel="card", **office(call)
        )
    first, _query = queries.board_contributions(process, queries.Wanted(text="Bänke"))
    rest, _query = queries.board_contributions(
        process, queries.Wanted(text="Bänke"), older=first.older
    )
    keys = [row.pk for row in (*first.rows, *rest.rows)]
    assert (len(first.rows), len(rest.rows), rest.older) == (50, 10, None)
    assert len(set(keys)) == 60
    assert keys == sorted(keys, reverse=True)


def test_filters_do_not_hide_hits_that_lie_far_down(client, call):
    far = actions.record_contribution(
        call.process, text="Bänke am See", channel="paper", **office(call)
    )
    for n in range(60):
        actions.record_contribution(call.process, text=f"Bänke {n}", channel="card", **office(call))
    wanted = queries.Wanted(text="Bänke", channel="paper")
    assert list(queries.board_contributions(call.process, wanted)[0].rows) == [far]


def test_what_somebody_sorted_meanwhile_is_not_overruled_unknowingly(client, call):
    (one,) = read(call)
    theirs = actions.name_theme(call.process, title="Orte", **office(call))
    mine = actions.name_theme(call.process, title="Wege", **office(call))
    actions.gather([one], theirs, **office(call))
    sent = {"c": one.identifier, f"was.{one.identifier}": "", "theme": mine.identifier}
    refused = client.post(desk("board", call.process.identifier), sent)
    assert refused.status_code == 422
    assert "Orte" in refused.content.decode()
    assert one.refreshed().theme == theirs
    sent[f"was.{one.identifier}"] = theirs.identifier
    client.post(desk("board", call.process.identifier), sent)
    assert one.refreshed().theme == mine


def test_whoever_looks_on_is_told_of_others_only(client, call):
    (one,) = read(call)
    theme = actions.name_theme(call.process, title="Orte", **office(call))
    html = board(client, call)
    stand = html.split("stand/?seen=")[1].split('"')[0]
    address = desk("board_stand", call.process.identifier)
    assert client.get(address, {"seen": stand}).status_code == 204
    actions.gather([one], theme, **office(call))
    told = client.get(address, {"seen": stand})
    assert "Inzwischen hat noch jemand sortiert." in told.content.decode()
    stand = board(client, call).split("stand/?seen=")[1].split('"')[0]
    actions.undo(queries.latest_steps(call.process)[:1], by=f.coordinator(call.municipality),
                 at=timezone.now())  # fmt: skip
    assert client.get(address, {"seen": stand}).status_code == 200


def test_similar_ones_stand_on_the_page_of_a_contribution_to_be_sorted_with_it(client, call):
    one, two = said(call, 1, "Der Sprachkurs am Abend ist voll.") + said(
        call, 1, "Am Abend ist der Sprachkurs immer voll."
    )
    actions.publish_contribution(one, **office(call))
    actions.keep_internal(two, **office(call))
    html = client.get(desk("contribution", one.identifier)).content.decode()
    assert "Ähnliche Beiträge" in html
    assert f'value="{two.identifier}"' in html
    sent = {"c": [one.identifier, two.identifier], "title": "Kurse"}
    client.post(desk("board", call.process.identifier), sent)
    assert one.refreshed().theme == two.refreshed().theme
