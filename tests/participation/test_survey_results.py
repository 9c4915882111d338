"""How a survey was answered: sentences with their base, small groups unseen, places by Borda."""

from __future__ import annotations

import subprocess
import sys

import pytest

from miteinander.participation import actions, insights
from miteinander.participation.models import Call, Contribution, SurveyQuestion
from miteinander.participation.states import QuestionKind
from tests import factories as f
from tests.participation.surveys import answer, built, office

pytestmark = pytest.mark.django_db


def answered(call, q, *sheets):
    for number, sheet in enumerate(sheets):
        answer(call, q, f"AAAA-BBBB-{number:04}", **sheet)


def found(call, question):
    results = insights.results_of(Call.objects.get(pk=call.pk))
    return next(result for result in results.questions if result.question.pk == question.pk)


def counts(result):
    return [tally.count for tally in result.tallies]


def test_below_five_nothing_is_shown():
    call, q = built()
    answered(call, q, *[{"how": "2"}] * 4)

    results = insights.results_of(call)

    assert (results.sent, results.is_few, results.questions) == (4, True, [])


def test_what_was_chosen_most_is_a_sentence_with_its_base():
    call, q = built()
    answered(call, q, *[{"how": "2"}] * 4, {"how": "3"})

    result = found(call, q["how"])

    assert result.sentence == "Am häufigsten gewählt: „Rad“, von 4 der 5 (80\u00a0%)."
    assert result.base == "von 5 Antworten"
    assert counts(result) == [0, 4, 1]
    assert [row[0].text for row in result.rows] == ["Bus", "Rad", "zu Fuß"]


def test_a_tie_names_all_who_share_it():
    call, q = built()
    answered(call, q, *[{"how": "2"}] * 3, *[{"how": "3"}] * 3)

    assert found(call, q["how"]).sentence == (
        "Gleich oft gewählt: „Rad“ und „zu Fuß“, je von 3 der 6 (50\u00a0%)."
    )


def test_a_branch_has_a_base_of_its_own():
    call, q = built()
    answered(call, q, *[{"how": "1", "why": "2"}] * 5, *[{"how": "2"}] * 3)

    assert found(call, q["why"]).base == "von 5 Antworten; gefragt wurden 5"
    assert found(call, q["how"]).base == "von 8 Antworten"


def test_a_branch_that_few_took_is_not_shown():
    call, q = built()
    answered(call, q, *[{"how": "1", "why": "2"}] * 4, *[{"how": "2"}] * 5)

    result = found(call, q["why"])

    assert result.sentence.startswith("Zu wenige")
    assert (result.base, result.rows) == ("", [])


def test_no_answer_counts_in_no_base_and_in_no_mean():
    call, q = built()
    answered(
        call, q,
        *[{"how": "2", "well": "4", "judged": {1: "1", 2: "0"}}] * 5,
        *[{"how": "2", "well": "0", "judged": {1: "0", 2: "0"}}] * 4,
    )  # fmt: skip

    scale, matrix = found(call, q["well"]), found(call, q["judged"])

    assert scale.base == "von 5 Antworten"
    assert scale.sentence == ("Im Mittel 4 auf einer Skala von 1 (gar nicht) bis 5 (sehr gut).")
    assert matrix.base == "von 5 Antworten"
    assert matrix.sentence == "„gut“ sagen die meisten zu „Weg“: 5 von 5."
    assert [[cell.text for cell in row.cells] for row in matrix.matrix.rows] == [[5, 0], [0, 0]]


def test_an_order_is_counted_as_borda_and_ties_share_a_place():
    call, q = built()
    answered(
        call, q,
        *[{"how": "2", "order": {1: "1", 2: "2", 3: "3"}}] * 3,
        *[{"how": "2", "order": {1: "2", 2: "1", 3: "3"}}] * 3,
    )  # fmt: skip

    result = found(call, q["order"])

    assert [[cell.text for cell in row] for row in result.rows] == [
        ["Kurs", 1, 9], ["Treff", 1, 9], ["Sport", 3, 0],
    ]  # fmt: skip
    assert result.sentence == "„Kurs“ und „Treff“ stehen gemeinsam an erster Stelle."


def test_what_is_about_people_hides_small_groups_also_from_subtraction():
    call, q = built()
    SurveyQuestion.objects.filter(pk=q["how"].pk).update(is_personal=True)
    answered(
        call, q,
        *[{"how": "1", "why": "1"}] * 8, *[{"how": "2"}] * 7, {"how": "3"}, {"how": "3"},
    )  # fmt: skip

    result = found(call, q["how"])

    assert counts(result) == [8, None, None]
    assert result.sentence.startswith("Manche Zahlen sind nicht gezeigt")
    assert found(call, q["why"]).base == "", "its base would give away what is hidden"


def test_several_answers_about_people_hide_both_sides_of_each():
    call, q = built()
    SurveyQuestion.objects.filter(pk=q["what"].pk).update(is_personal=True)
    answered(
        call, q, *[{"how": "2", "what": ["1", "2"]}] * 5, *[{"how": "2", "what": ["1"]}] * 5,
        {"how": "2", "what": ["3"]},
    )  # fmt: skip

    assert counts(found(call, q["what"])) == [None, 5, None]


def test_a_survey_of_one_body_hides_small_numbers_too():
    call, q = built()
    answered(call, q, *[{"how": "2"}] * 5, {"how": "3"})
    body = f.BodyFactory(municipality=call.municipality)
    Call.objects.filter(pk=call.pk).update(audience="body", body=body)

    assert counts(found(call, q["how"])) == [0, None, None]


def test_words_are_only_counted_and_what_is_published_too():
    call, q = built()
    sheets = [{"how": "2", "words": f"Stimme {n}: mehr Licht."} for n in range(5)]
    answered(call, q, *sheets)
    actions.publish_contribution(Contribution.objects.first(), **office(call))

    result = found(call, q["words"])

    assert result.sentence == "5 haben etwas geschrieben; 1 davon sind veröffentlicht."
    assert (result.rows, result.bars) == ([], [])


@pytest.mark.parametrize("count", [5, 15])
def test_results_cost_the_same_for_few_and_for_many(count, django_assert_num_queries):
    call, q = built()
    answered(call, q, *[{"how": "1", "why": "2", "words": "Mehr Licht."}] * count)

    with django_assert_num_queries(6):
        insights.results_of(call)


def test_a_draft_and_a_deleted_response_do_not_count():
    call, q = built()
    answered(call, q, *[{"how": "2"}] * 6)
    answer(call, q, "AAAA-BBBB-9999", send=False, how="3")
    _who, response = answer(call, q, "AAAA-BBBB-0000", how="2")
    actions.delete_response(response, **office(call))

    assert counts(found(call, q["how"])) == [0, 5, 0]


def test_results_are_computed_without_numpy():
    """In a process of its own: other tests have loaded it here."""
    script = (
        "import sys, django; django.setup()\n"
        "import miteinander.participation.insights.surveys\n"
        "from miteinander.analysis.privacy import shown\n"
        "from miteinander.analysis.ranking import places\n"
        "print('numpy' in sys.modules)"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "miteinander.config.settings", "PYTHONPATH": "src",
        "MITEINANDER_DATA": "build/check", "MITEINANDER_SECRET_KEY": "x",
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )

    assert run.stdout.strip() == "False"


def test_kinds_of_questions_are_all_told():
    call, q = built()
    given = {"how": "1", "why": "1", "what": ["1"], "well": "3", "judged": {1: "1", 2: "2"},
             "order": {1: "1", 2: "2", 3: "3"}, "words": "Mehr Licht."}  # fmt: skip
    answered(call, q, *[given] * 5)

    results = insights.results_of(call)

    assert {r.question.question_kind for r in results.questions} == set(QuestionKind.values)
    assert all(result.sentence for result in results.questions)
