"""The answers of a survey as one table: a line for each response, in codes that are explained."""

from __future__ import annotations

from django.utils.translation import gettext as _

from miteinander.participation.models import SurveyQuestion, SurveyResponse
from miteinander.participation.queries.survey_path import words_of
from miteinander.participation.queries.surveys import words_in
from miteinander.participation.states import Channel, QuestionKind

Code = tuple[str, SurveyQuestion, int, int, str]
"""Name of the column, question, line, option, and what it asks in words."""


def columns_of(number: int, question: SurveyQuestion) -> list[Code]:
    """The columns of one question: one, or one for each line or option."""
    kind, title = question.question_kind, question.title
    code = f"F{number}"
    options = words_of(question, "options").lines
    if kind == QuestionKind.MATRIX:
        rows = words_of(question, "rows").lines
        return [
            (f"{code}_{row}", question, row, 0, f"{title}: {line}")
            for row, line in enumerate(rows, 1)
        ]
    if kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING):
        return [
            (f"{code}_{option}", question, 0, option, f"{title}: {line}")
            for option, line in enumerate(options, 1)
        ]
    return [(code, question, 0, 0, title)]


def values_of(question: SurveyQuestion) -> list[str]:
    """What the numbers in its columns mean."""
    kind = question.question_kind
    options = words_of(question, "options").lines
    if kind == QuestionKind.MULTIPLE:
        return [_("1 = chosen, 0 = not chosen, empty = question not answered")]
    if kind == QuestionKind.RANKING:
        return [_("1 = first place")]
    if kind == QuestionKind.SCALE:
        ends = f"1 = {question.low}, {question.steps} = {question.high}"
        return [f"{ends}, 0 = " + _("no answer")]
    if kind == QuestionKind.TEXT:
        return [_("in one's own words")]
    words = [f"{n} = {line}" for n, line in enumerate(options, 1)]
    if kind == QuestionKind.MATRIX:
        words.append("0 = " + _("no answer"))
    return [", ".join(words)]


def line_of(columns: list[Code], response: SurveyResponse) -> list[str]:
    """One response, as numbers and words; its answers come along."""
    answers = list(response.answers.all())
    cells = {(a.question_id, a.row, a.option): a for a in answers}
    ones = {(a.question_id, a.row): a for a in answers}
    answered = {a.question_id for a in answers}
    line = []
    for _code, question, row, option, _label in columns:
        kind = question.question_kind
        if question.pk not in answered:
            line.append("")
        elif kind == QuestionKind.MULTIPLE:
            line.append("1" if (question.pk, 0, option) in cells else "0")
        elif kind == QuestionKind.RANKING:
            found = cells.get((question.pk, 0, option))
            line.append(str(found.rank) if found else "")
        elif kind == QuestionKind.TEXT:
            line.append(words_in(ones[question.pk, 0]))
        else:
            one = ones.get((question.pk, row))
            line.append(str(one.option) if one else "")
    return line


def way_of(response: SurveyResponse) -> str:
    return str(Channel(response.participant.channel).label)
