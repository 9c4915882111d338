"""Answering a survey: begun, kept, sent, changed, taken back. Nobody is known by it.

Texts of a question whose answers count as contributions become contributions, each once: they
are read, published and answered like every other, and have receipts of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Closed
from miteinander.core.events.record import record
from miteinander.core.standing import Standing
from miteinander.participation.actions.participants import participant_code
from miteinander.participation.actions.protecting import told_at
from miteinander.participation.actions.receipts import receipt_code
from miteinander.participation.actions.receiving import (
    record_contribution,
    require_open,
    submit_contribution,
    withdraw_contribution,
)
from miteinander.participation.actions.survey_checking import Cell, checked
from miteinander.participation.actions.survey_questions import locked_call
from miteinander.participation.actions.words import recognised
from miteinander.participation.models import (
    Call,
    Contribution,
    Participant,
    SurveyAnswer,
    SurveyQuestion,
    SurveyResponse,
)
from miteinander.participation.queries.participants import participant_hash, participant_with
from miteinander.participation.queries.survey_path import Raw, asked, fields_of
from miteinander.participation.queries.surveys import questions_of, raw_of, response_of
from miteinander.participation.states import Channel, ContributionState, ResponseState

LONGEST_KEPT = 20_000
"""Characters of one entry in a draft: four times what could be sent."""
MOST_KEPT = 60
"""Entries under one name: more than any question has options."""


@transaction.atomic
def keep_draft(
    participant: Participant, questions: Sequence[SurveyQuestion], raw: Raw
) -> SurveyResponse:
    """Keep what stands in the fields of these questions, right or wrong, until it is sent.

    Also after the call has closed: what somebody typed is theirs. Nothing is remembered of it.
    """
    response, _made = SurveyResponse.objects.select_for_update().get_or_create(
        participant=participant, defaults={"call_id": participant.call_id}
    )
    draft = raw_of(response, questions_of(participant.call))
    for question in questions:
        for name in fields_of(question):
            values = [_storable(value) for value in list(raw.get(name, ()))[:MOST_KEPT]]
            draft.pop(name, None)
            if any(values):
                draft[name] = [value for value in values if value]
    response.draft = draft
    response.save(update_fields=["draft"])
    return response


def _storable(value: str) -> str:
    return value.replace("\x00", "")[:LONGEST_KEPT]


def send_response(
    participant: Participant,
    *,
    code: str,
    by: Standing,
    at: datetime,
    page_language: str = "de",
) -> SurveyResponse:
    """Send what the draft holds; sent twice is once, sent changed replaces what was sent.

    Answers to questions that are not asked after the others are dropped. Raises
    :class:`Invalid` with all faults under the names of their fields, :class:`Closed` once the
    call is over; the draft stays in both cases. `code` is that of the participant: from it the
    receipts of the texts are derived.
    """
    # Outside the transaction: recognising may load a model, and SQLite has one writer.
    languages = _languages(participant, page_language)
    return _send(participant, code=code, languages=languages, by=by, at=at)


def _languages(participant: Participant, otherwise: str) -> dict[str, str]:
    response = response_of(participant)
    if response is None:
        return {}
    words = [
        text
        for question in questions_of(participant.call)
        if question.is_contribution
        for text in response.draft.get(fields_of(question)[0], ())
    ]
    return {text.strip(): recognised(text, otherwise=otherwise) for text in words}


@transaction.atomic
def _send(
    participant: Participant,
    *,
    code: str,
    languages: Mapping[str, str],
    by: Standing,
    at: datetime,
) -> SurveyResponse:
    call = locked_call(participant.call)
    response = SurveyResponse.objects.select_for_update().filter(participant=participant).first()
    if response is not None and response.state == ResponseState.SENT and not response.draft:
        return response  # twice is once, also when the call has closed in between
    require_open(call, at)
    questions = questions_of(call)
    draft = response.draft if response is not None else {}
    asked_now = asked(questions, draft)
    cells = checked(asked_now, draft)
    if not cells:
        raise Closed(
            _("Nothing has been answered yet."),
            do=_("Please answer at least one question. Then send the survey."),
        )
    assert response is not None, "whoever answered something has a response"
    writing = _Writing(response, participant, code=code, languages=languages, by=by, at=at)
    writing.replace({question.pk: question for question in asked_now}, cells)
    return response


class _Writing:
    """One sending of one response."""

    def __init__(
        self,
        response: SurveyResponse,
        participant: Participant,
        *,
        code: str,
        languages: Mapping[str, str],
        by: Standing,
        at: datetime,
    ) -> None:
        self.response, self.participant, self.code = response, participant, code
        self.languages, self.by, self.at = languages, by, at

    def replace(
        self, questions: Mapping[int, SurveyQuestion], cells: Mapping[int, Sequence[Cell]]
    ) -> None:
        """Rows instead of what was sent before; a contribution that says the same stays."""
        response = self.response
        response.turn += 1
        old = {
            answer.question_id: answer
            for answer in response.answers.exclude(contribution=None).select_related("contribution")
        }
        new: list[SurveyAnswer] = []
        kept: set[int] = set()
        for pk, wanted in cells.items():
            for cell in wanted:
                answer = SurveyAnswer(
                    response=response,
                    question_id=pk,
                    row=cell.row,
                    option=cell.option,
                    rank=cell.rank,
                    text=cell.text,
                    turn=response.turn,
                )
                if questions[pk].is_contribution and cell.text:
                    before = old.get(pk)
                    answer.text = ""
                    if before is not None and _says(before.contribution, cell):
                        answer.contribution, answer.turn = before.contribution, before.turn
                        kept.add(pk)
                    else:
                        answer.contribution = self._become(questions[pk], cell)
                new.append(answer)
        response.answers.all().delete()
        SurveyAnswer.objects.bulk_create(new)
        for pk, answer in old.items():
            if pk not in kept and answer.contribution is not None:
                withdraw_contribution(answer.contribution, by=self.by, at=self.at)
        response.state = ResponseState.SENT
        response.draft = {}
        response.answered_on = localdate(self.at)
        response.save(update_fields=["state", "draft", "turn", "answered_on"])

    def _become(self, question: SurveyQuestion, cell: Cell) -> Contribution:
        call = self.participant.call
        key = words_key(self.code, question, self.response.turn)
        language = self.languages.get(cell.text, call.language)
        if self.participant.channel != Channel.ONLINE:
            # Whoever typed it in has read it, as with every card and letter.
            return record_contribution(
                call.process,
                text=cell.text,
                channel=Channel(self.participant.channel),
                call=call,
                may_publish=not cell.is_private,
                language=language,
                form_key=key,
                is_example=call.is_example,
                by=self.by,
                at=self.at,
            )
        contribution, _code = submit_contribution(
            call,
            text=cell.text,
            may_publish=not cell.is_private,
            form_key=key,
            language=language,
            is_example=call.is_example,
            by=self.by,
            at=self.at,
        )
        return contribution


def words_key(code: str, question: SurveyQuestion, turn: int) -> str:
    """From what the receipt of a text is derived, so that whoever has the code finds it again."""
    return f"survey:{code}:{question.identifier}:{turn}"


def receipt_of(code: str, question: SurveyQuestion, answer: SurveyAnswer) -> str:
    """The receipt of the contribution that an answer became; only for whoever holds the code.

    Empty where the words were taken back: the receipt was derived from them.
    """
    said = answer.contribution
    if said is None or said.state == ContributionState.WITHDRAWN:
        return ""
    key = words_key(code, question, answer.turn)
    return receipt_code(key, str(said.call_id), said.text, str(said.may_publish))


def _says(contribution: Contribution | None, cell: Cell) -> bool:
    return (
        contribution is not None
        and contribution.state != ContributionState.WITHDRAWN
        and contribution.text == cell.text
        and contribution.may_publish is not cell.is_private
    )


@transaction.atomic
def delete_response(response: SurveyResponse, *, by: Standing, at: datetime) -> None:
    """Delete all answers of somebody, at any time; what became contributions is withdrawn."""
    response = SurveyResponse.objects.select_for_update().get(pk=response.pk)
    for answer in response.answers.exclude(contribution=None).select_related("contribution"):
        assert answer.contribution is not None
        withdraw_contribution(answer.contribution, by=by, at=at)
    response.delete()


@transaction.atomic
def record_response(
    call: Call, raw: Raw, *, channel: Channel, form_key: str, by: Standing, at: datetime
) -> SurveyResponse:
    """Enter answers for somebody who gave them on paper or by phone; the same form is entered once.

    Possible while any phase lets people contribute or gathers: letters come late. Whatever was
    left empty on paper is left empty here, so nothing is required.
    """
    call = locked_call(call)
    code = participant_code(call, form_key)
    if (found := participant_with(call, code)) is not None:
        return SurveyResponse.objects.get(participant=found)
    if not any(call.process.permits(what, localdate(at)) for what in ("contribute", "gather")):
        raise Closed(
            _("No phase that runs now permits contributions."),
            do=_("Check the dates of the phases of the process."),
        )
    questions = asked(questions_of(call), raw)
    for question in questions:
        question.is_required = False  # here only: it is not saved
    cells = checked(questions, raw)
    if not cells:
        raise Closed(_("Nothing has been answered yet."), do=_("Please enter at least one answer."))
    participant = Participant.objects.create(
        call=call, key_hash=participant_hash(code), channel=channel, began_on=localdate(at)
    )
    response = SurveyResponse.objects.create(participant=participant, call=call)
    writing = _Writing(response, participant, code=code, languages={}, by=by, at=at)
    writing.replace({question.pk: question for question in questions}, cells)
    record("survey.recorded", call, by=by, at=told_at(call, at), data={"channel": str(channel)})
    return response
