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
            *((_link(call, ending), ending.upper()) for ending in ("csv", "xlsx")),
            *(
                (
                    Link(
                        _("All answers"),
                        reverse("workspace:survey_answers_file", args=[call.identifier, ending]),
                    ),
                    ending.upper(),
                )
                for ending in ("csv", "xlsx", "json")
            ),
        ],
    }
    return render(request, "workspace/survey_results.html", context)


def _link(call: Call, ending: str) -> Link:
    address = reverse("workspace:call_table", args=[call.identifier, "ergebnisse", ending])
    return Link(_("Results"), address)


@require_safe
def survey_answers_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """One line for each response, in an order that tells nothing about when it came."""
    call = survey_of(request, identifier)
    name = f"antworten-{call.identifier}.{ending}"
    questions = queries.questions_of(call)
    responses = queries.responses_to_export(call)
    columns = [column for n, q in enumerate(questions, 1) for column in queries.columns_of(n, q)]
    if ending == "json":
        return _file(
            _as_json(call, questions, columns, responses), "application/json; charset=utf-8", name
        )
    if ending not in LIST_TYPES:
        raise NotThere
    heads = [_("Way"), *(code for code, _question, _row, _option, _label in columns)]
    rows = [
        [queries.way_of(response), *queries.line_of(columns, response)] for response in responses
    ]
    if ending == "csv":
        return _file(as_list("csv", title="", heads=heads, rows=rows), LIST_TYPES["csv"], name)
    labels = [
        [code, label, *queries.values_of(question)]
        for code, question, _row, _option, label in columns
    ]
    content = answers_book(
        Sheet(_("Answers"), heads, rows),
        Sheet(_("Codes"), [_("Column"), _("Question"), _("What the numbers mean")], labels),
    )
    return _file(content, LIST_TYPES["xlsx"], name)


def _as_json(
    call: Call,
    questions: list[SurveyQuestion],
    columns: list[queries.Code],
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
                    for (code, *_rest), value in zip(
                        columns, queries.line_of(columns, response), strict=True
                    )
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
