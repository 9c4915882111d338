"""The answer clock says what is promised and how long it took, from numbers that are kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import AnswerDays
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


@pytest.mark.parametrize(
    ("days", "left", "late"), [(-3, 3, 0), (0, 0, 0), (1, -1, 1), (40, -40, 40)]
)
def test_days_before_on_and_after_the_promised_day(days, left, late):
    call = f.CallFactory()
    clock = queries.answer_clock(call, queries.Figures(), day=call.answer_by + days * DAY)
    assert (clock.days_left, clock.days_late) == (left, late)


@pytest.mark.parametrize(
    ("kept", "median"),
    [({}, None), ({0: 1}, 0), ({1: 1, 9: 1}, 1), ({1: 1, 5: 1, 9: 1}, 5), ({2: 50_000, 90: 1}, 2)],
)
def test_the_median_is_read_from_what_is_kept(kept, median, django_assert_num_queries):
    call = f.CallFactory()
    AnswerDays.objects.bulk_create(
        AnswerDays(scope=call, days=days, count=count) for days, count in kept.items()
    )
    figures = queries.Figures(counted=1, answered=1)
    with django_assert_num_queries(1):
        clock = queries.answer_clock(call, figures, day=call.answer_by)
    assert clock.median == median


def test_unread_ones_are_still_open_too():
    call = f.CallFactory()
    figures = queries.Figures(waiting=2, counted=3, answered=1, unanswered=2)
    clock = queries.answer_clock(call, figures, day=call.answer_by)
    assert (clock.still_open, clock.unread) == (4, 2)


def test_a_promise_that_is_moved_is_public_and_names_the_first_day():
    call = f.CallFactory()
    first = call.answer_by
    for days in (5, 9):
        call = actions.change_call(
            call, changes={"answer_by": first + days * DAY}, seen=call.revision, **office(call)
        )
    clock = queries.answer_clock(call, queries.Figures(), day=first)
    assert (clock.promised, clock.promised_before) == (first + 9 * DAY, first)
    events = Event.objects.filter(kind="call.promise_moved").order_by("pk")
    assert [event.is_public for event in events] == [True, True]
    assert events[0].data["before"] == f"{first:%d.%m.%Y}"


def test_other_changes_move_no_promise():
    call = f.CallFactory()
    actions.change_call(call, changes={"question": "Wo?"}, seen=call.revision, **office(call))
    assert not Event.objects.filter(kind="call.promise_moved").exists()
    assert (
        queries.answer_clock(
            call.refreshed(), queries.Figures(), day=call.answer_by
        ).promised_before
        is None
    )


# --- the gate ------------------------------------------------------------------------------------


def test_comments_and_late_ones_keep_the_phase_open_like_all_others():
    call = f.CallFactory(allows=["comments"])
    said = f.ContributionFactory(process=call.process, call=call)
    comment = actions.record_contribution(
        call.process, text="Ein Kommentar dazu.", channel="paper", call=call, **office(call)
    )
    type(comment).objects.filter(pk=comment.pk).update(replies_to=said)
    assert queries.open_answers(call.phase).unanswered == 1
    actions.answer_contribution(comment, outcome="taken_up", reason="Ja.", **office(call))
    late = actions.record_contribution(
        call.process, text="Ein Brief kam später.", channel="paper", **office(call)
    )
    assert queries.open_answers(call.phase).unanswered == 1
    actions.answer_contribution(late, outcome="taken_up", reason="Ja.", **office(call))
    assert not queries.open_answers(call.phase)


def test_every_method_answers_to_the_same_gate():
    """Survey texts, live questions and remarks on a draft are contributions of their call."""
    process = f.ProcessFactory()
    phase = f.PhaseFactory(process=process, permits=["contribute"])
    for method in ("ideas", "cards", "statements", "survey", "review", "live"):
        call = f.CallFactory(process=process, phase=phase, method=method)
        actions.record_contribution(
            process, text=f"Etwas zu {method}.", channel="card", call=call, **office(process)
        )
    assert queries.open_answers(phase).unanswered == 6
