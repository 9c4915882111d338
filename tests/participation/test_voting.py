"""Statements and votes: written, reworded, taken out, voted on, taken back, forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid, NotThere, Refusal
from miteinander.core.models import Event, Link
from miteinander.participation import actions, insights, queries
from miteinander.participation.models import KeptMap, Participant, Statement, Vote
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CODE, OTHER = "AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF"


@pytest.fixture
def call():
    return f.CallFactory(method="statements")


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def write(call, *texts):
    return actions.write_statements(call, texts, **office(call))


def vote(call, statement, value=1, code=CODE, **more):
    more = {"at": timezone.now()} | more
    return actions.cast_vote(call, code, statement=statement.identifier, value=value, **more)


def said(call, code=CODE):
    found = queries.participant_with(call, code)
    return [(v.statement, v.value) for v in queries.votes_by(found)]


# --- statements -----------------------------------------------------------------------------------


def test_statements_are_numbered_in_the_order_they_are_written_and_public_like_their_call(call):
    made = write(call, "Wir brauchen mehr Treffpunkte.", "  Kurse\nsollen abends sein. ")

    assert [(s.order, s.title, s.is_public) for s in made] == [
        (1, "Wir brauchen mehr Treffpunkte.", True),
        (2, "Kurse sollen abends sein.", True),
    ]
    assert Event.objects.get(kind="statements.written").data == {"count": 2}


def test_what_stands_there_already_is_not_put_up_twice(call):
    write(call, "Wir brauchen mehr Treffpunkte.")
    again = write(call, "wir brauchen  mehr Treffpunkte", "Etwas Neues.")

    assert [s.title for s in again] == ["Etwas Neues."]
    assert Event.objects.filter(kind="statements.written").count() == 2
    assert write(call, "Etwas Neues.") == []
    assert Event.objects.filter(kind="statements.written").count() == 2


def test_a_statement_is_one_sentence_of_two_hundred_characters(call):
    with pytest.raises(Invalid) as refused:
        write(call, "Gut.", "x" * 201)
    assert "201" in str(refused.value.fields["statements"])
    assert not Statement.objects.exists()


def test_a_call_that_is_over_takes_no_more_statements(call):
    call.closes_at = timezone.now() - dt.timedelta(hours=1)
    call.save()
    with pytest.raises(Closed):
        write(call, "Zu spät.")


def test_the_wording_changes_until_somebody_has_voted(call):
    [statement] = write(call, "Kurse sollen abends sein.")
    new = actions.reword_statement(statement, text="Kurse auch abends.", seen=0, **office(call))
    assert (new.title, new.revision) == ("Kurse auch abends.", 1)
    with pytest.raises(Closed):  # somebody else has changed it meanwhile
        actions.reword_statement(statement, text="Kurse nie.", seen=0, **office(call))
    vote(call, statement)
    with pytest.raises(Closed) as refused:
        actions.reword_statement(statement, text="Kurse nie.", seen=1, **office(call))
    assert "Ihre Worte bleiben" in str(refused.value)
    assert statement.refreshed().title == "Kurse auch abends."


def test_a_statement_is_taken_out_with_a_reason_and_replaced(call):
    [statement] = write(call, "Alle sollen Deutsch lernen.")
    vote(call, statement)
    with pytest.raises(Invalid):
        actions.withdraw_statement(statement, reason=" ", **office(call))
    new = actions.withdraw_statement(
        statement, reason="Zwei Gedanken.", instead="Kurse sind kostenlos.", **office(call)
    )

    old = statement.refreshed()
    assert (old.state, old.withdrawn_because, new.order) == ("withdrawn", "Zwei Gedanken.", 2)
    assert Link.objects.get(source=old.pk, target=new.pk).relation == "continued_as"
    assert [s.pk for s in queries.open_statements(call)] == [new.pk]
    assert queries.votes_to_export(call) == []
    assert actions.withdraw_statement(old, reason="Noch einmal.", **office(call)) is None
    assert old.refreshed().withdrawn_because == "Zwei Gedanken."


def test_a_statement_without_a_reason_cannot_be_out(call):
    [statement] = write(call, "Alle sollen Deutsch lernen.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(state="withdrawn")


def test_a_proposal_is_published_and_put_up_in_one_step_and_once(call):
    proposal, _code = actions.submit_contribution(
        call, text="Es fehlen Kurse am Abend.", may_publish=True, form_key="k", language="de",
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    assert queries.proposals_waiting(call) == [proposal]
    first, second = (
        actions.adopt_proposal(proposal, text="Es fehlen Abendkurse.", **office(call))
        for _time in range(2)
    )

    assert first == second
    assert first.title == "Es fehlen Abendkurse."
    proposal.refresh_from_db()
    assert (proposal.state, proposal.text) == ("published", "Es fehlen Kurse am Abend.")
    assert Link.objects.get(source=proposal.pk, target=first.pk).relation == "grew_into"
    assert queries.proposals_waiting(call) == []


def test_a_contribution_to_another_kind_of_call_becomes_no_statement():
    contribution = f.ContributionFactory(call=f.CallFactory())
    with pytest.raises(Closed):
        actions.adopt_proposal(contribution, text="Etwas.", **office(contribution))


# --- votes ----------------------------------------------------------------------------------------


def test_the_last_word_counts_and_there_is_one_of_it(call):
    [statement] = write(call, "Mehr Treffpunkte.")
    for value in (1, 1, -1, 0):
        vote(call, statement, value)

    assert said(call) == [(statement.pk, 0)]
    assert Participant.objects.count() == 1


def test_a_vote_writes_no_event_and_no_time(call):
    [statement] = write(call, "Mehr Treffpunkte.")
    before = Event.objects.count()
    vote(call, statement)

    assert Event.objects.count() == before
    assert {c.name for c in Vote._meta.local_fields} == {"id", "participant", "statement", "value"}


def test_a_vote_costs_three_questions_to_the_database_after_the_first(call):
    one, other = write(call, "Mehr Treffpunkte.", "Mehr Kurse.")
    vote(call, one)
    with CaptureQueriesContext(connection) as asked:
        vote(call, other)
    assert len([q for q in asked if "SAVEPOINT" not in q["sql"]]) == 3


def test_votes_are_refused_with_words_where_they_cannot_count(call):
    [statement] = write(call, "Mehr Treffpunkte.")
    elsewhere = f.StatementFactory()
    with pytest.raises(NotThere):
        vote(call, elsewhere)
    with pytest.raises(Refusal, match="drei Antworten"):
        vote(call, statement, 2)
    with pytest.raises(Closed, match="beendet"):
        vote(call, statement, at=timezone.now() + 2 * DAY)
    with pytest.raises(Closed, match="begonnen"):
        vote(call, statement, at=timezone.now() - 2 * DAY)
    actions.withdraw_statement(statement, reason="Unklar.", **office(call))
    with pytest.raises(Closed, match="herausgenommen"):
        vote(call, statement)
    assert not Vote.objects.exists()
    assert not Participant.objects.exists()


def test_a_vote_is_taken_back_by_whoever_gave_it(call):
    [statement] = write(call, "Mehr Treffpunkte.")
    vote(call, statement)
    now = {"statement": statement.identifier, "at": timezone.now()}
    actions.take_back_vote(call, OTHER, **now)
    assert said(call) == [(statement.pk, 1)]
    actions.take_back_vote(call, CODE, **now)
    actions.take_back_vote(call, CODE, **now)
    assert said(call) == []


def test_whoever_holds_the_code_is_forgotten_with_all_votes_and_their_place(call):
    one, other = write(call, "Mehr Treffpunkte.", "Mehr Kurse.")
    for statement in (one, other):
        vote(call, statement)
    vote(call, one, code=OTHER)
    me = queries.participant_with(call, CODE)
    them = str(queries.participant_with(call, OTHER).pk)
    KeptMap.objects.create(
        call=call, drawn_at=timezone.now(), places={str(me.pk): [0, 1], them: [1, 0]}
    )
    actions.forget_votes(me)

    assert queries.participant_with(call, CODE) is None
    assert said(call, OTHER) == [(one.pk, 1)]
    assert Vote.objects.count() == 1
    assert KeptMap.objects.get().places == {them: [1, 0]}


def test_the_export_numbers_people_anew_and_leaves_nobody_out(call):
    one, other = write(call, "Mehr Treffpunkte.", "Mehr Kurse.")
    codes = [f"AAAA-BBBB-{n:04}" for n in range(12)]
    for n, code in enumerate(codes):
        vote(call, one, (1, 0, -1)[n % 3], code)
        vote(call, other, 1 if n % 2 else -1, code)
    rows = queries.votes_to_export(call)

    assert sorted({who for who, *_rest in rows}) == list(range(1, 13))
    pairs = [tuple(v for who, _n, v in rows if who == person) for person in range(1, 13)]
    expected = sorted(((1, 0, -1)[n % 3], 1 if n % 2 else -1) for n in range(12))
    assert sorted(pairs) == expected
    orders = {tuple(queries.votes_to_export(call)) for _time in range(5)}
    assert len(orders) > 1  # drawn by lot: twelve people in the same order five times is no chance


# --- the next one ---------------------------------------------------------------------------------


def test_before_there_is_a_model_the_least_seen_comes_first(call):
    one, two, three = write(call, "Eins ist gut.", "Zwei ist gut.", "Drei ist gut.")
    assert insights.next_statement(call, [one, two, three], []) == one
    vote(call, one)
    vote(call, three)
    assert insights.next_statement(call, [one, two, three], []) == two
    seen = [queries.OwnVote(s.pk, 1) for s in (one, two, three)]
    assert insights.next_statement(call, [one, two, three], seen) is None


def test_similar_statements_are_shown_first_and_others_not_at_all(call):
    made = write(
        call, "Die Stadt braucht mehr Treffpunkte.", "Kurse sollen abends sein.",
        "Mehr Treffpunkte im Norden der Stadt.",
    )  # fmt: skip
    found = insights.similar_statements("Im Norden fehlen Treffpunkte.", made)
    assert [s.order for s in found] == [3, 1] or [s.order for s in found] == [3]
    assert insights.similar_statements("Qyx zzz.", made) == []
