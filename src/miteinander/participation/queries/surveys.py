"""Surveys: their questions, and what one participant has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet

from miteinander.core.errors import NotThere
from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import (
    Call,
    Participant,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyResponse,
)
from miteinander.participation.queries.calls import calls_visible_to
from miteinander.participation.queries.participants import participant_with_receipt
from miteinander.participation.queries.survey_path import (
    field_of,
    private_field,
)
from miteinander.participation.states import (
    CallMethod,
    ContributionState,
    QuestionKind,
    ResponseState,
    ResultsShown,
)


def questions_of(call: Call) -> list[SurveyQuestion]:
    """All questions of a survey in their order, without those that were taken out: one query."""
    return _questions_of(call=call.pk)


@prepared(call=BigIntegerField())
def _questions_of(*, call: Any) -> QuerySet[SurveyQuestion]:
    return SurveyQuestion.objects.filter(call=call, retired_on=None).order_by("position", "pk")


def survey_question_at(
    municipality: Municipality, standing: Standing, identifier: str
) -> SurveyQuestion:
    """For the form of a question: whoever sees the call; `NotThere` else."""
    found = (
        SurveyQuestion.objects.filter(
            identifier=identifier,
            retired_on=None,
            call__in=calls_visible_to(municipality, standing),
        )
        .select_related("call__phase", "call__process")
        .first()
    )
    if found is None:
        raise NotThere
    return found


def results_shown(call: Call) -> ResultsShown:
    """What the office decided about the results of a survey; one query."""
    found = Survey.objects.filter(pk=call.pk).values_list("results", flat=True).first()
    return ResultsShown(found) if found else ResultsShown.CLOSED


def results_are_shown(call: Call, at: datetime) -> bool:
    """Whether everybody may see how a survey was answered; one query."""
    when = results_shown(call)
    if when == ResultsShown.OPEN:
        return at >= call.opens_at
    return when == ResultsShown.CLOSED and at >= call.closes_at


def is_answered(call: Call) -> bool:
    """Whether somebody has sent answers: from then on the questions stand."""
    return SurveyResponse.objects.filter(call=call, state=ResponseState.SENT).exists()


def responses_in(call: Call) -> dict[str, int]:
    """How many have begun, and how many have sent their answers: one query."""
    rows = SurveyResponse.objects.filter(call=call).values_list("state").annotate(Count("pk"))
    return {**{str(state): 0 for state in ResponseState}, **dict(rows)}


def response_of(participant: Participant | None) -> SurveyResponse | None:
    if participant is None:
        return None
    return SurveyResponse.objects.filter(participant=participant).first()


def response_with(municipality: Municipality, typed: str) -> SurveyResponse | None:
    """What somebody answered, for whoever holds the code; its participant and call come along."""
    participant = participant_with_receipt(municipality, typed)
    response = response_of(participant)
    if participant is not None and response is not None:
        response.participant = participant
    return response


def answers_in(response: SurveyResponse) -> list[SurveyAnswer]:
    """The rows of one response, with the contributions that texts became: one query."""
    found = response.answers.select_related("contribution").order_by(
        "question__position", "question_id", "row", "rank", "option"
    )
    return list(found)


def raw_of(response: SurveyResponse, questions: Sequence[SurveyQuestion]) -> dict[str, list[str]]:
    """What a form shows again: the draft, or else the answers that were sent."""
    if response.draft or response.state != ResponseState.SENT:
        return {name: list(values) for name, values in response.draft.items()}
    by_pk = {question.pk: question for question in questions}
    raw: dict[str, list[str]] = {}
    for answer in answers_in(response):
        question = by_pk.get(answer.question_id)
        if question is None:
            continue
        if question.question_kind == QuestionKind.TEXT:
            if words := words_in(answer):
                raw[field_of(question)] = [words]
            if answer.contribution is not None and not answer.contribution.may_publish:
                raw[private_field(question)] = ["yes"]
        elif question.question_kind == QuestionKind.RANKING:
            raw[field_of(question, option=answer.option)] = [str(answer.rank)]
        else:
            name = field_of(question, row=answer.row)
            raw.setdefault(name, []).append(str(answer.option))
    return raw


def words_in(answer: SurveyAnswer) -> str:
    """The text of an answer, wherever it stands; empty once it was taken back."""
    return answer.contribution.text if answer.contribution is not None else answer.text


def earlier_surveys(call: Call, standing: Standing) -> list[Call]:
    """Other surveys of the town with questions that could be taken over, newest first."""
    visible = calls_visible_to(call.municipality, standing).filter(
        method=CallMethod.SURVEY, questions__retired_on=None
    )
    return list(visible.exclude(pk=call.pk).distinct().order_by("-opens_at")[:50])


def words_published_in(call: Call) -> dict[int, int]:
    """How many texts of each question everybody may read by now: one query."""
    found = SurveyAnswer.objects.filter(
        question__call=call, contribution__state=ContributionState.PUBLISHED
    )
    return dict(found.values_list("question").annotate(Count("pk")))


def responses_to_export(call: Call) -> list[SurveyResponse]:
    """What was sent, in an order that tells nothing: that of the hashes of the keys."""
    sent = SurveyResponse.objects.filter(call=call, state=ResponseState.SENT)
    return list(
        sent.select_related("participant")
        .prefetch_related("answers__contribution")
        .order_by("participant__key_hash")
    )
