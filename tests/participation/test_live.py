"""Questions from the room: read first or at once, one answered at a time, by whoever leads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event, EventDetail, Link, Relation
from miteinander.core.rights import allowed
from miteinander.participation import actions, queries
from miteinander.participation.models import Call, Contribution, QuestionTime, RoomQuestion
from miteinander.participation.states import CallMethod, QuestionState
from tests import factories as f

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def call(town):
    process = f.ProcessFactory(municipality=town)
    phase = f.PhaseFactory(process=process)
    return f.CallFactory(process=process, phase=phase, method=CallMethod.LIVE, allows=["support"])


def ask(call, text="Wann fährt der Bus?", **more):
    facts = {
        "form_key": text,
        "by": f.visitor(call.municipality),
        "at": timezone.now(),
        "language": "de",
    } | more
    return actions.ask_question(call, text=text, **facts)[0]


def shown(call, by, text="Wann fährt der Bus?"):
    return actions.publish_contribution(ask(call, text), **by)


# --- how a round is held ------------------------------------------------------------------------


def test_without_a_word_every_question_is_read_first(call):
    question = ask(call)

    assert (question.state, question.channel) == ("submitted", "meeting")
    assert not question.is_public


def test_where_the_round_says_so_everybody_reads_it_at_once(call, by):
    actions.set_up_questions(call, meeting=None, at_once=True, **by)
    question = ask(call)

    assert (question.state, question.is_public) == ("published", True)
    event = Event.objects.get(kind="contribution.published")
    assert event.function == ""
    assert not EventDetail.objects.filter(event=event).exists()


def test_in_protected_mode_every_question_is_read_first(call, by):
    call.is_protected = True
    call.save()
    with pytest.raises(Invalid) as refusal:
        actions.set_up_questions(call, meeting=None, at_once=True, **by)
    assert "geschützten Modus" in str(refusal.value.fields["at_once"])

    QuestionTime.objects.create(call=call, at_once=True)  # set before the mode was
    assert ask(call).state == "submitted"


def test_a_meeting_of_another_process_is_refused(call, by):
    with pytest.raises(Invalid) as refusal:
        actions.set_up_questions(call, meeting=f.MeetingFactory(), at_once=False, **by)

    assert "anderen Prozess" in str(refusal.value.fields["meeting"])


def test_the_same_setting_twice_is_remembered_once(call, by):
    meeting = f.MeetingFactory(process=call.process)
    for _twice in range(2):
        actions.set_up_questions(call, meeting=meeting, at_once=True, **by)

    assert Event.objects.filter(kind="call.questions_set_up").count() == 1
    assert queries.question_time_of(call).meeting == meeting


def test_a_call_for_ideas_takes_no_questions(town, by):
    ideas = f.CallFactory(process=f.ProcessFactory(municipality=town))
    with pytest.raises(Closed, match="keine Fragen aus einem Raum"):
        ask(ideas)
    with pytest.raises(Closed, match="keine Fragen aus einem Raum"):
        actions.set_up_questions(ideas, meeting=None, at_once=False, **by)


@pytest.mark.parametrize(("opens", "says"), [(1, "noch nicht"), (-9, "beendet")])
def test_nobody_asks_before_or_after_the_round(call, opens, says):
    call.opens_at = timezone.now() + opens * DAY
    call.closes_at = call.opens_at + 2 * DAY
    call.save()
    with pytest.raises(Closed, match=says):
        ask(call)

    assert not Contribution.objects.exists()


def test_the_same_form_sent_twice_is_one_question(call):
    assert ask(call) == ask(call)


# --- one after the other ------------------------------------------------------------------------


def test_one_question_is_answered_at_a_time(call, by):
    first, second = shown(call, by, "Eins?"), shown(call, by, "Zwei?")
    actions.take_up_question(first, **by)
    actions.take_up_question(second, **by)
    found = queries.room_questions_of(call)

    assert (found.current, found.ahead) == (second, [first])


def test_taking_up_twice_is_once(call, by):
    question = shown(call, by)
    for _twice in range(2):
        actions.take_up_question(question, **by)

    assert Event.objects.filter(kind="question.taken_up").count() == 1


def test_a_question_waits_again(call, by):
    question = shown(call, by)
    actions.take_up_question(question, **by)
    for _twice in range(2):
        actions.put_question_back(question, **by)

    assert queries.room_questions_of(call).ahead == [question]
    assert Event.objects.filter(kind="question.put_back").count() == 1


def test_what_nobody_has_read_is_not_taken_up(call, by):
    question = ask(call)
    with pytest.raises(Closed, match="Zustand"):
        actions.take_up_question(question, **by)
    with pytest.raises(Closed, match="Zustand"):
        actions.answer_question(question, note="Um acht.", **by)


def test_what_lives_on_elsewhere_is_not_taken_up(call, by):
    first, second = shown(call, by, "Eins?"), shown(call, by, "Zwei?")
    actions.merge_contributions(first, [second], reason="Dieselbe", **by)
    with pytest.raises(Closed, match="lebt in einer anderen weiter"):
        actions.take_up_question(second, **by)

    assert queries.room_questions_of(call).ahead == [first]


def test_a_contribution_to_no_call_is_no_question(call, by):
    card = f.ContributionFactory(process=call.process)
    with pytest.raises(Closed, match="keine Frage aus einem Raum"):
        actions.take_up_question(card, **by)


def test_answered_in_the_room_is_an_answer_sewn_to_the_meeting(call, by):
    meeting = f.MeetingFactory(process=call.process)
    actions.set_up_questions(call, meeting=meeting, at_once=False, **by)
    question = shown(call, by)
    actions.take_up_question(question, **by)
    for _twice in range(2):
        question = actions.answer_question(question, note="Um acht.", **by)

    assert question.is_answered
    assert (question.answer.reason, question.answer.function) == ("Um acht.", by["by"].function)
    assert RoomQuestion.objects.get().state == QuestionState.DONE
    assert (
        Link.objects.filter(
            source=question.pk, target=meeting.pk, relation=Relation.DISCUSSED_AT
        ).count()
        == 1
    )
    assert [said.text for said in queries.said_in(meeting)] == [question.title]
    with pytest.raises(Closed, match="ist beantwortet"):
        actions.take_up_question(question, **by)


def test_an_answer_without_words_is_refused(call, by):
    question = shown(call, by)
    with pytest.raises(Invalid):
        actions.answer_question(question, note=" ", **by)

    assert not RoomQuestion.objects.exists()


def test_the_most_supported_question_is_next(call, by):
    first, second = shown(call, by, "Eins?"), shown(call, by, "Zwei?")
    code = actions.participant_code(call, actions.fresh_token())
    actions.support(second, actions.take_part(call, code, at=by["at"]), at=by["at"])

    assert queries.room_questions_of(call).ahead == [second, first]


def test_the_question_on_the_screen_is_found_behind_many_others(call, by):
    late = shown(call, by, "Zuletzt?")
    for number in range(3):
        shown(call, by, f"Frage {number}?")
    Contribution.objects.exclude(pk=late.pk).update(supports=5)
    actions.take_up_question(late, **by)

    assert queries.room_questions_of(call, most=2).current == late


def test_a_question_that_was_taken_back_leaves_the_screen(call, by):
    question = shown(call, by)
    actions.take_up_question(question, **by)
    actions.withdraw_contribution(question, by=f.visitor(call.municipality), at=by["at"])
    found = queries.room_questions_of(call)

    assert (found.current, found.ahead, found.done) == (None, [], [])


# --- who holds it -------------------------------------------------------------------------------


@pytest.fixture
def everybody(call, town):
    """Who may knock, and the body in whose meeting the questions are asked."""
    body, other = f.BodyFactory(municipality=town), f.BodyFactory(municipality=town)
    meeting = f.MeetingFactory(process=call.process, body=body)
    QuestionTime.objects.create(call=call, meeting=meeting)

    def seat(of, **more):
        return f.member(town, seats=(f.seat_held(f.SeatFactory(body=of), **more),))

    return {
        "coordinator": f.coordinator(town),
        "leader": seat(body, leads=True),
        "member of the body": seat(body),
        "leader of another body": seat(other, leads=True),
        "visitor": f.visitor(town),
        "strange coordinator": f.coordinator(f.MunicipalityFactory()),
    }


def test_the_office_and_whoever_leads_the_body_that_meets_hold_the_round(call, town, everybody):
    call = queries.rounds_held_by(town, everybody["coordinator"]).get()
    may = {w for w, who in everybody.items() if allowed(who, "participation.hold_questions", call)}

    assert may - {"strange coordinator"} == {"coordinator", "leader"}


def test_rule_and_list_agree_on_who_holds_a_round(call, town, everybody):
    f.CallFactory(process=call.process, phase=call.phase)  # no round, for nobody
    for who, standing in everybody.items():
        rows = set(queries.rounds_held_by(town, standing))
        here = [
            each
            for each in Call.objects.select_related("question_time__meeting")
            if standing.municipality == town.pk
            and each.method == CallMethod.LIVE
            and allowed(standing, "participation.hold_questions", each)
        ]
        assert rows == set(here), who


def test_whoever_leads_the_body_that_is_asked_holds_the_round(call, town):
    body = f.BodyFactory(municipality=town)
    call.audience, call.body, call.is_public = "body", body, False
    call.save()
    leader = f.member(town, seats=(f.seat_held(f.SeatFactory(body=body), leads=True),))

    assert allowed(leader, "participation.hold_questions", call)
    assert list(queries.rounds_held_by(town, leader)) == [call]


def test_what_only_the_office_may_read_is_not_shown_to_whoever_leads(call, everybody):
    ask(call)
    for_office, _code = actions.submit_contribution(
        call, text="Nur fürs Amt.", may_publish=False, form_key="x", language="de",
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip

    assert for_office in queries.questions_to_read(call, everybody["coordinator"])
    assert for_office not in queries.questions_to_read(call, everybody["leader"])
    assert queries.question_in(call, everybody["leader"], for_office.identifier) is None


def test_a_meeting_knows_its_round_until_it_closes(call, by, everybody):
    meeting = queries.question_time_of(call).meeting
    at = timezone.now()

    assert queries.round_of_meeting(meeting, by["by"], at) == call
    assert queries.round_of_meeting(meeting, by["by"], call.closes_at) is None
    call.is_public = False
    call.save()
    assert queries.round_of_meeting(meeting, everybody["visitor"], at) is None
