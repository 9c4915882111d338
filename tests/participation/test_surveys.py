"""Surveys: built, branching, answered, changed, taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Conflict, Invalid
from miteinander.core.models import Event, TranslationState
from miteinander.core.translation import localise, store
from miteinander.participation import actions, queries
from miteinander.participation.actions.words import LONGEST
from miteinander.participation.models import (
    Call,
    Contribution,
    Participant,
    SurveyQuestion,
    SurveyResponse,
)
from miteinander.participation.states import QuestionKind, ResultsShown
from tests import factories as f
from tests.participation.surveys import answer, built, office, rows_of, typed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def titles(call):
    return [question.title for question in queries.questions_of(call)]


# --- building ------------------------------------------------------------------------------------


def test_a_question_says_everything_that_it_lacks_at_once():
    call = f.SurveyFactory()

    with pytest.raises(Invalid) as refused:
        actions.add_question(
            call, question_kind=QuestionKind.MATRIX, title=" ", options="nur eine", **office(call)
        )

    assert set(refused.value.fields) == {"title", "options", "rows"}


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        (QuestionKind.SCALE, {"steps": 1, "low": "a", "high": "b"}, "steps"),
        (QuestionKind.SCALE, {"steps": 5, "low": "", "high": "b"}, "low"),
        (QuestionKind.SINGLE, {"options": "gleich\ngleich"}, "options"),
        (QuestionKind.SINGLE, {"options": "\n".join(map(str, range(41)))}, "options"),
        (QuestionKind.RANKING, {"options": "\n".join(map(str, range(13)))}, "options"),
        (QuestionKind.MULTIPLE, {"options": "kurz\n" + "x" * 201}, "options"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(kind, more, field):
    call = f.SurveyFactory()

    with pytest.raises(Invalid) as refused:
        actions.add_question(call, question_kind=kind, title="Frage", **more, **office(call))

    assert set(refused.value.fields) == {field}


def test_a_question_hangs_only_on_an_earlier_one_and_on_answers_that_exist():
    call, q = built()
    words = {"question_kind": QuestionKind.TEXT, "title": "Warum?", **office(call)}

    for source, values, field in [
        (f.SurveyQuestionFactory(), [1], "shown_if"),  # of another survey
        (q["order"], [1], "shown_if"),
        (q["how"], [], "shown_values"),
        (q["how"], [4], "shown_values"),
        (q["how"], ["1"], "shown_values"),
    ]:
        with pytest.raises(Invalid) as refused:
            actions.add_question(call, shown_if=source, shown_values=values, **words)
        assert set(refused.value.fields) == {field}


def test_a_circle_cannot_be_made():
    call, q = built()

    with pytest.raises(Invalid) as refused:
        actions.change_question(
            q["how"], changes={"shown_if": q["why"], "shown_values": [1]}, seen=0, **office(call)
        )

    assert set(refused.value.fields) == {"shown_if"}


def test_questions_move_but_none_before_what_it_hangs_on():
    call, q = built()
    before = titles(call)

    actions.move_question(q["what"], to="down", **office(call))
    assert titles(call) == [*before[:2], before[3], before[2], *before[4:]]
    actions.move_question(q["what"], to="up", **office(call))
    for question, way in [(q["why"], "up"), (q["how"], "down")]:
        with pytest.raises(Closed, match="Welche Linie"):
            actions.move_question(question, to=way, **office(call))
    actions.move_question(q["how"], to="up", **office(call))

    assert titles(call) == before


def test_a_question_on_which_others_hang_is_not_taken_out():
    call, q = built()

    with pytest.raises(Closed, match="Welche Linie"):
        actions.remove_question(q["how"], **office(call))
    actions.remove_question(q["why"], **office(call))
    actions.remove_question(q["how"], **office(call))

    assert titles(call)[0] == "Was fehlt?"


def test_an_answer_on_which_others_hang_is_not_taken_away():
    call, _q = built()
    how = queries.questions_of(call)[0]
    actions.add_question(
        call, question_kind=QuestionKind.TEXT, title="Wo gehen Sie?", shown_if=how,
        shown_values=[3], **office(call),
    )  # fmt: skip

    with pytest.raises(Closed, match="Wo gehen Sie"):
        actions.change_question(how, changes={"options": "Bus\nRad"}, seen=0, **office(call))


def test_a_copy_stands_right_behind_and_hangs_on_the_same_answer():
    call, q = built()

    copy = actions.duplicate_question(q["why"], **office(call))

    assert [question.pk for question in queries.questions_of(call)][2] == copy.pk
    assert (copy.shown_if_id, copy.shown_values, copy.options) == (q["how"].pk, [1], "1\n2")


def test_questions_of_an_earlier_survey_are_taken_over_with_what_hangs_on_what():
    source, q = built()
    call = f.SurveyFactory(process=source.process, municipality=source.municipality)

    actions.copy_questions(source, call, **office(call))

    taken = queries.questions_of(call)
    assert [question.title for question in taken] == titles(source)
    assert taken[1].shown_if_id == taken[0].pk != q["how"].pk
    assert queries.earlier_surveys(call, f.coordinator(call.municipality)) == [source]


def test_once_somebody_has_answered_the_questions_stand():
    call, q = built()
    answer(call, q, how="2")

    for refused in [
        lambda: actions.add_question(
            call, question_kind=QuestionKind.TEXT, title="Noch eine?", **office(call)
        ),
        lambda: actions.move_question(q["what"], to="down", **office(call)),
        lambda: actions.remove_question(q["words"], **office(call)),
        lambda: actions.duplicate_question(q["words"], **office(call)),
        lambda: actions.change_question(
            q["how"], changes={"is_required": False}, seen=0, **office(call)
        ),
        lambda: actions.change_question(
            q["how"], changes={"options": "Bus\nRad"}, seen=0, **office(call)
        ),
    ]:
        with pytest.raises(Closed, match="schon jemand geantwortet"):
            refused()


def test_a_wording_is_corrected_later_and_that_is_remembered_publicly():
    call, q = built()
    Call.objects.filter(pk=call.pk).update(is_public=True)
    answer(call, q, how="2")

    actions.change_question(
        q["how"], changes={"options": "Bus\nFahrrad\nzu Fuß"}, seen=0, **office(call)
    )

    event = Event.objects.get(kind="survey.corrected")
    assert event.is_public
    assert event.data["before"] == {"options": "Bus\nRad\nzu Fuß"}


def test_two_editors_of_a_question_are_told():
    call, q = built()
    actions.change_question(q["how"], changes={"title": "Womit?"}, seen=0, **office(call))

    with pytest.raises(Conflict):
        actions.change_question(q["how"], changes={"title": "Wodurch?"}, seen=0, **office(call))


def test_results_are_shown_after_the_end_unless_the_office_decides_otherwise():
    call, _q = built()
    assert queries.results_shown(call) == ResultsShown.CLOSED

    for _twice in range(2):
        actions.show_results(call, when=ResultsShown.OPEN, **office(call))

    assert queries.results_shown(call) == ResultsShown.OPEN
    assert Event.objects.filter(kind="survey.results_set").count() == 1


# --- the way through -----------------------------------------------------------------------------


def test_a_branch_begins_a_page_and_is_asked_only_after_its_answer():
    call, q = built()
    questions = queries.questions_of(call)

    assert [len(page) for page in queries.pages_of(questions)] == [1, 6]
    by_bus = queries.asked(questions, typed(q, how="1"))
    by_bike = queries.asked(questions, typed(q, how="2"))
    assert q["why"] in by_bus
    assert q["why"] not in by_bike


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked():
    call, q = built()
    third = actions.add_question(
        call, question_kind=QuestionKind.TEXT, title="Warum diese?", shown_if=q["why"],
        shown_values=[1], **office(call),
    )  # fmt: skip
    questions = queries.questions_of(call)

    assert third in queries.asked(questions, typed(q, how="1", why="1"))
    assert third not in queries.asked(questions, typed(q, how="2", why="1"))


def test_options_are_read_in_translation_only_if_no_line_is_missing():
    call, q = built()
    facts = {"state": TranslationState.CHECKED, **office(call)}
    store(q["how"], "options", "en", "bus\nbicycle\non foot", **facts)
    store(q["what"], "options", "en", "benches\nlight", **facts)
    questions = queries.questions_of(call)

    localise(questions, "en")

    assert queries.words_of(questions[0], "options").lines == ["bus", "bicycle", "on foot"]
    assert queries.words_of(questions[2], "options") == (["Bänke", "Licht", "Tafeln"], "de")


# --- answering -----------------------------------------------------------------------------------


def test_all_kinds_are_kept_as_they_were_given():
    call, q = built()

    _who, response = answer(
        call, q, how="1", why="2", what=["1", "3"], well="4", judged={1: "2", 2: "0"},
        order={1: "2", 2: "1", 3: "3"}, words="Mehr Licht am Weg.",
    )  # fmt: skip

    assert response.state == "sent"
    assert response.draft == {}
    assert rows_of(response) == [
        ("Urteilen Sie.", 1, 2, 0, ""),
        ("Urteilen Sie.", 2, 0, 0, ""),
        ("Was fehlt?", 0, 1, 0, ""),
        ("Was fehlt?", 0, 3, 0, ""),
        ("Was noch?", 0, 0, 0, "Mehr Licht am Weg."),
        ("Was zuerst?", 0, 1, 2, ""),
        ("Was zuerst?", 0, 2, 1, ""),
        ("Was zuerst?", 0, 3, 3, ""),
        ("Welche Linie?", 0, 2, 0, ""),
        ("Wie gut?", 0, 4, 0, ""),
        ("Wie kommen Sie?", 0, 1, 0, ""),
    ]


def test_what_comes_back_in_the_form_is_what_was_sent():
    call, q = built()
    given = typed(
        q, how="1", why="2", what=["1", "3"], well="0", judged={1: "2"},
        order={1: "2", 2: "1", 3: "3"}, words="Mehr Licht.",
    )  # fmt: skip
    _who, response = answer(
        call, q, how="1", why="2", what=["1", "3"], well="0", judged={1: "2"},
        order={1: "2", 2: "1", 3: "3"}, words="Mehr Licht.",
    )  # fmt: skip

    assert queries.raw_of(response, queries.questions_of(call)) == given


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"how": "4"}, "how"),
        ({"how": "-1"}, "how"),
        ({"how": "²"}, "how"),
        ({"how": "0"}, "how"),
        ({"how": ""}, "how"),
        ({"how": "1"}, "why"),
        ({"how": "2", "what": ["1", "9"]}, "what"),
        ({"how": "2", "what": ["<script>"]}, "what"),
        ({"how": "2", "well": "6"}, "well"),
        ({"how": "2", "judged": {1: "3"}}, "judged_r1"),
        ({"how": "2", "order": {1: "1", 2: "1", 3: "2"}}, "order_o2"),
        ({"how": "2", "order": {1: "1"}}, "order_o2"),
        ({"how": "2", "order": {1: "7", 2: "1", 3: "2"}}, "order_o1"),
        ({"how": "2", "words": "x" * 1001}, "words"),
        ({"how": "2", "words": "x" * (LONGEST + 1)}, "words"),
        ({"how": "2", "words": "\u200b"}, "words"),
    ],
)
def test_absurd_answers_are_refused_at_their_field_and_kept_in_the_draft(given, field):
    call, q = built()
    name, _line, part = field.partition("_")

    with pytest.raises(Invalid) as refused:
        answer(call, q, **given)

    wrong = f"q_{q[name].identifier}" + (f"_{part}" if part else "")
    assert wrong in refused.value.fields
    response = SurveyResponse.objects.get()
    assert response.state == "draft"
    assert response.answers.count() == 0


def test_the_answer_to_a_question_that_is_not_asked_is_dropped():
    call, q = built()

    _who, response = answer(call, q, how="2", why="1")

    assert [row[0] for row in rows_of(response)] == ["Wie kommen Sie?"]


def test_sent_twice_is_once_and_counts_once():
    call, q = built()
    who, response = answer(call, q, how="2", words="Mehr Licht.")

    for _again in range(2):
        actions.send_response(
            who, code="AAAA-BBBB-0001", by=f.visitor(call.municipality), at=timezone.now()
        )

    assert SurveyResponse.objects.get().turn == response.turn == 1
    assert Contribution.objects.count() == 1


def test_sent_changed_replaces_what_was_sent_and_keeps_a_text_that_says_the_same():
    call, q = built()
    _who, first = answer(call, q, how="2", words="Mehr Licht.")
    said = Contribution.objects.get()

    _who, second = answer(call, q, how="1", why="1", words="Mehr Licht.")

    assert second.pk == first.pk
    assert [row[:3] for row in rows_of(second)] == [
        ("Was noch?", 0, 0), ("Welche Linie?", 0, 1), ("Wie kommen Sie?", 0, 1),
    ]  # fmt: skip
    assert Contribution.objects.get() == said
    assert queries.figures(call).waiting == 1


def test_a_changed_text_is_a_new_contribution_and_the_old_one_is_withdrawn():
    call, q = built()
    answer(call, q, how="2", words="Mehr Licht.")
    answer(call, q, how="2", words="Mehr Bänke.")
    answer(call, q, how="2", words="Mehr Licht.")

    states = Contribution.objects.order_by("pk").values_list("text", "state")
    assert list(states) == [("", "withdrawn"), ("", "withdrawn"), ("Mehr Licht.", "submitted")]


def test_whoever_holds_the_code_finds_the_receipt_of_each_text():
    call, q = built()
    code = "AAAA-BBBB-0001"
    _who, response = answer(call, q, code, how="2", words="Mehr Licht.")
    (said,) = [a for a in queries.answers_in(response) if a.contribution_id]

    receipt = actions.receipt_of(code, q["words"], said)

    found = queries.contribution_with_receipt(call.municipality, receipt)
    assert found == said.contribution
    assert actions.receipt_of("AAAA-BBBB-0002", q["words"], said) != receipt


def test_a_text_for_the_office_only_is_not_published():
    call, q = built()
    field = f"q_{q['words'].identifier}"
    who = actions.take_part(call, "AAAA-BBBB-0001", at=timezone.now())
    raw = {**typed(q, how="2", words="Mehr Licht."), f"{field}_own": ["yes"]}
    actions.keep_draft(who, list(q.values()), raw)

    actions.send_response(who, code="AAAA-BBBB-0001", by=f.visitor(call.municipality),
                          at=timezone.now())  # fmt: skip

    assert Contribution.objects.get().may_publish is False


def test_a_call_that_has_closed_takes_nothing_but_the_draft_stays():
    call, q = built()
    who, _response = answer(call, q, how="2", send=False)
    late = call.closes_at + DAY

    actions.keep_draft(who, [q["well"]], typed(q, well="3"))
    with pytest.raises(Closed):
        actions.send_response(who, code="AAAA-BBBB-0001", by=f.visitor(call.municipality), at=late)

    assert SurveyResponse.objects.get().draft == typed(q, how="2", well="3")


def test_what_was_sent_before_the_end_is_not_refused_when_it_is_sent_again_after_it():
    call, q = built()
    who, _response = answer(call, q, how="2")

    again = actions.send_response(
        who, code="AAAA-BBBB-0001", by=f.visitor(call.municipality), at=call.closes_at + DAY
    )

    assert again.turn == 1


def test_an_empty_survey_is_not_sent():
    call = f.SurveyFactory()
    question = f.SurveyQuestionFactory(call=call)

    with pytest.raises(Closed, match="noch nichts"):
        answer(call, {"how": question})


def test_deleting_takes_the_answers_away_and_withdraws_the_texts():
    call, q = built()
    _who, response = answer(call, q, how="2", words="Mehr Licht.")

    actions.delete_response(response, by=f.visitor(call.municipality), at=timezone.now())

    assert not SurveyResponse.objects.exists()
    assert Contribution.objects.get().text == ""


def test_a_long_draft_is_cut_and_a_null_character_is_no_problem():
    call, q = built()
    who, _response = answer(call, q, send=False, words="a\x00b" + "x" * 100_000)

    (kept,) = SurveyResponse.objects.get(participant=who).draft.values()
    assert kept[0][:3] == "abx"
    assert len(kept[0]) <= 20_000


def test_answering_leaves_no_event_but_those_of_the_texts():
    call, q = built()

    answer(call, q, how="2", words="Mehr Licht.")

    told = Event.objects.exclude(kind="survey.built").values_list("kind", flat=True)
    assert list(told) == ["contribution.submitted"]


# --- on behalf -----------------------------------------------------------------------------------


def entered(call, q, key="form-1", **given):
    return actions.record_response(
        call, typed(q, **given), channel="paper", form_key=key, **office(call)
    )


def test_paper_is_entered_once_as_such_and_its_texts_are_published():
    call, q = built()

    for _twice in range(2):
        entered(call, q, well="4", words="Mehr Licht.")
    entered(call, q, "form-2", well="2")

    assert list(Participant.objects.values_list("channel", flat=True)) == ["paper", "paper"]
    assert SurveyResponse.objects.filter(state="sent").count() == 2
    assert list(Contribution.objects.values_list("state", "channel")) == [("published", "paper")]
    assert Event.objects.filter(kind="survey.recorded").count() == 2


def test_paper_may_leave_out_what_must_be_answered_online_and_may_come_late():
    call, q = built()
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - dt.timedelta(hours=1))
    call.refresh_from_db()

    entered(call, q, well="4")

    assert SurveyQuestion.objects.get(pk=q["how"].pk).is_required
    assert SurveyResponse.objects.get().answered_on == timezone.localdate()


def test_wrong_paper_is_refused_at_its_field():
    call, q = built()

    with pytest.raises(Invalid):
        entered(call, q, well="9")
    with pytest.raises(Closed):
        entered(call, q)

    assert not Participant.objects.exists()
