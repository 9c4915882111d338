"""The results of a survey for the office, and everything as tables to take along."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.documents.survey_tables import Sheet, answers_book
from miteinander.participation import insights, queries
from miteinander.participation.states import Channel, QuestionKind
from miteinander.ui.shapes import Link
from miteinander.workspace.views.participation.surveys import survey_crumbs, survey_of

if TYPE_CHECKING:
    from miteinander.participation.models import Call, SurveyQuestion, SurveyResponse
    from miteinander.ui.requests import MemberRequest


@require_safe
def survey_office_results(request: MemberRequest, identifier: str) -> HttpResponse:
    """The same sentences and numbers that everybody gets, at any time."""
    call = survey_of(request, identifier)
    context = {
        "title": _("Results"),
        "crumbs": survey_crumbs(call, Link(_("Results"))),
        "call": call,
        "results": insights.results_of(call),
        "shown": queries.results_shown(call).label,
        "files": [
            (
                Link(label, reverse(f"workspace:{name}", args=[call.identifier, ending])),
                ending.upper(),
            )
            for name, label, endings in (
                ("survey_results_file", _("Results"), ("csv", "xlsx")),
                ("survey_answers_file", _("All answers"), ("csv", "xlsx", "json")),
            )
            for ending in endings
        ],
    }
    return render(request, "workspace/survey_results.html", context)


@require_safe
def survey_results_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The numbers of the results page as one table."""
    call = survey_of(request, identifier)
    if ending not in LIST_TYPES:
        raise NotThere
    heads = [
        _("No."),
        _("Question"),
        _("Base"),
        _("Line"),
        _("Possible answer"),
        _("Number"),
        _("Share"),
    ]
    rows: list[list[str]] = []
    for result in insights.results_of(call).questions:
        first = [str(result.number), result.title, result.base]
        if result.matrix is not None:
            rows += [
                [*first, str(line.head.label), str(column.label), str(cell.text), ""]
                for line in result.matrix.rows
                for column, cell in zip(result.matrix.columns, line.cells, strict=True)
            ]
        elif result.rows:
            rows += [[*first, "", *(str(cell.text) for cell in row)] for row in result.rows]
        else:
            rows.append([*first, "", result.sentence, "", ""])
    content = as_list(ending, title=_("Results"), heads=heads, rows=rows)
    return _file(content, LIST_TYPES[ending], f"ergebnis-{call.identifier}.{ending}")


@require_safe
def survey_answers_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """One line for each response, in an order that tells nothing about when it came."""
    call = survey_of(request, identifier)
    name = f"antworten-{call.identifier}.{ending}"
    questions = queries.questions_of(call)
    responses = queries.responses_to_export(call)
    columns = [column for n, q in enumerate(questions, 1) for column in _columns(n, q)]
    if ending == "json":
        return _file(
            _as_json(call, questions, columns, responses), "application/json; charset=utf-8", name
        )
    if ending not in LIST_TYPES:
        raise NotThere
    heads = [_("Way"), *(code for code, _question, _row, _option, _label in columns)]
    rows = [[_way(response), *_line(columns, response)] for response in responses]
    if ending == "csv":
        return _file(as_list("csv", title="", heads=heads, rows=rows), LIST_TYPES["csv"], name)
    labels = [[code, label, *_values(question)] for code, question, _row, _option, label in columns]
    content = answers_book(
        Sheet(_("Answers"), heads, rows),
        Sheet(_("Codes"), [_("Column"), _("Question"), _("What the numbers mean")], labels),
    )
    return _file(content, LIST_TYPES["xlsx"], name)


Code = tuple[str, "SurveyQuestion", int, int, str]
"""Name of the column, question, line, option, and what it asks in words."""


def _columns(number: int, question: SurveyQuestion) -> list[Code]:
    kind, title = question.question_kind, question.title
    code = f"F{number}"
    options = queries.words_of(question, "options").lines
    if kind == QuestionKind.MATRIX:
        rows = queries.words_of(question, "rows").lines
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


def _values(question: SurveyQuestion) -> list[str]:
    kind = question.question_kind
    options = queries.words_of(question, "options").lines
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


def _line(columns: list[Code], response: SurveyResponse) -> list[str]:
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
            line.append(queries.words_in(ones[question.pk, 0]))
        else:
            one = ones.get((question.pk, row))
            line.append(str(one.option) if one else "")
    return line


def _way(response: SurveyResponse) -> str:
    return str(Channel(response.participant.channel).label)


def _as_json(
    call: Call,
    questions: list[SurveyQuestion],
    columns: list[Code],
    responses: list[SurveyResponse],
) -> bytes:
    made = {
        "call": {"identifier": call.identifier, "title": call.title, "question": call.question},
        "questions": [
            {
                "code": f"F{number}",
                "kind": question.question_kind,
                "question": question.title,
                "options": queries.words_of(question, "options").lines,
                "lines": queries.words_of(question, "rows").lines,
            }
            for number, question in enumerate(questions, 1)
        ],
        "responses": [
            {
                "way": response.participant.channel,
                "answers": {
                    code: value
                    for (code, *_rest), value in zip(columns, _line(columns, response), strict=True)
                    if value
                },
            }
            for response in responses
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
