"""Answering a survey without an account: page by page, kept as a draft, sent once.

Whatever button is pressed, what stands in the fields is kept first. So "back" loses nothing,
nor does a mistake, a closed call or another day. Works without any script: the server decides
what is asked next.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.core import proof
from miteinander.core.codes import read_code, read_form_key
from miteinander.core.errors import Closed, Invalid, LinkRefused, NotThere, Refusal
from miteinander.core.translation import localise
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.participation import actions, queries
from miteinander.participation.forms import SurveyForm
from miteinander.participation.states import CallMethod, ResponseState
from miteinander.public.views.participation.late import closed
from miteinander.public.views.participation.shared import call_of, crumbs, language, time_left
from miteinander.public.views.proving import SALT, proof_field, proven_key
from miteinander.public.views.sending import confidential, see
from miteinander.public.views.taking_part import (
    known_participant,
    remembered,
    taking_part,
    token_of,
)
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import (
        Call,
        Participant,
        SurveyQuestion,
        SurveyResponse,
    )
    from miteinander.ui.requests import SiteRequest

survey_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass
class Filling:
    """Somebody at a survey: by the key of their browser, or by the code of their receipt."""

    request: SiteRequest
    call: Call
    questions: list[SurveyQuestion]
    participant: Participant | None
    code: str
    """Empty before they have said anything."""
    has_code: bool = False
    """They came with the code: it stands in the address, and no browser is remembered."""
    token: str = ""

    @property
    def address(self) -> str:
        if self.has_code:
            return reverse("public:survey_change", args=[self.code])
        return reverse("public:survey", args=[self.call.identifier])


@login_not_required
@survey_page
@confidential
def survey(request: SiteRequest, identifier: str) -> HttpResponse:
    """The pages of a survey, for whoever takes part with this browser."""
    call = _survey_of(call_of(request, identifier))
    participant = known_participant(request, call)
    token = token_of(request)
    code = actions.participant_code(call, token) if participant else ""
    return _fill(Filling(request, call, _questions(call), participant, code, token=token))


@login_not_required
@survey_page
@confidential
def survey_change(request: SiteRequest, code: str) -> HttpResponse:
    """The same pages on another day or in another browser, with the code."""
    participant, _response = _with_code(request, code)
    call = participant.call
    return _fill(
        Filling(request, call, _questions(call), participant, read_code(code), has_code=True)
    )


def _survey_of(call: Call) -> Call:
    if call.method != CallMethod.SURVEY:
        raise NotThere
    return call


def _questions(call: Call) -> list[SurveyQuestion]:
    questions = queries.questions_of(call)
    localise([call, *questions], language())
    return questions


def _with_code(request: SiteRequest, code: str) -> tuple[Participant, SurveyResponse]:
    response = queries.response_with(request.municipality, code)
    if response is None:
        raise NotThere
    return response.participant, response


def _fill(filling: Filling) -> HttpResponse:
    if filling.request.method == "POST":
        return _take_in(filling)
    response = queries.response_of(filling.participant)
    raw = queries.raw_of(response, filling.questions) if response else {}
    if not time_left(filling.call, filling.request)["is_open"]:
        if response is not None and response.state == ResponseState.SENT:
            return see("survey_receipt", filling.code)
        return _closed(filling, raw)
    return _show(filling, raw, response, page=_number(filling.request.GET.get("page")))


def _take_in(filling: Filling) -> HttpResponse:
    """Keep what was typed, then go where the button leads."""
    request = filling.request
    page = _number(request.POST.get("page"))
    pages = queries.pages_of(filling.questions)
    here = pages[page - 1] if 0 < page <= len(pages) else []
    typed = {
        name: request.POST.getlist(name)
        for question in here
        for name in queries.fields_of(question)
        if name in request.POST
    }
    try:
        participant = _participant(filling)
    except Closed:
        return _closed(filling, typed)
    except LinkRefused:
        refusal = Refusal(
            _("This form is more than a day old, or it was not complete."),
            do=_("What you typed is kept. Please send it again."),
        )
        return _show(filling, typed, None, page=page, refusal=refusal)
    filling.participant = participant
    response = actions.keep_draft(participant, here, typed)
    raw = {**queries.raw_of(response, filling.questions), **typed}
    answer = _go_on(filling, raw, response, page=page)
    return remembered(answer, filling.token) if filling.token and not filling.has_code else answer


def _participant(filling: Filling) -> Participant:
    """Who says this; at the first form of a browser they are made, from the key of the form."""
    if filling.participant is not None:
        return filling.participant
    request = filling.request
    key = read_form_key(SALT, request.POST.get("form_key", ""), at=request.standing.at).value
    participant, filling.token = taking_part(request, filling.call, otherwise=key)
    filling.code = actions.participant_code(filling.call, filling.token)
    return participant


def _go_on(
    filling: Filling, raw: dict[str, list[str]], response: SurveyResponse, *, page: int
) -> HttpResponse:
    request, go = filling.request, filling.request.POST.get("go", "next")
    if not time_left(filling.call, request)["is_open"]:
        return _closed(filling, raw)
    steps = queries.steps_of(filling.questions, raw)
    at = next((n for n, step in enumerate(steps) if step.page == page), 0)
    if go == "back":
        return _to(filling, steps[max(at - 1, 0)].page if steps else 1)
    if go == "save":
        return _to(filling, page, saved="yes")
    here = steps[at].questions if steps else []
    if SurveyForm(here, raw, is_checked=True, language=language()).errors:
        return _show(filling, raw, response, page=page, is_checked=True)
    if go == "next" and at + 1 < len(steps):
        return _to(filling, steps[at + 1].page)
    return _send(filling, raw, response, steps, page=page)


def _send(
    filling: Filling,
    raw: dict[str, list[str]],
    response: SurveyResponse,
    steps: list[queries.Step],
    *,
    page: int,
) -> HttpResponse:
    assert filling.participant is not None, "made before"
    standing = filling.request.standing
    try:
        actions.send_response(
            filling.participant,
            code=filling.code,
            page_language=language(),
            by=standing,
            at=standing.at,
        )
    except Invalid as problem:
        page = _page_with(steps, problem.fields)
        return _show(filling, raw, response, page=page, is_checked=True)
    except Closed as problem:
        return _show(filling, raw, response, page=page, refusal=problem)
    return see("survey_receipt", filling.code)


def _page_with(steps: list[queries.Step], faults: Any) -> int:
    """The first page on which something is at fault."""
    for step in steps:
        if any(name in faults for q in step.questions for name in queries.fields_of(q)):
            return step.page
    return 1


def _to(filling: Filling, page: int, **more: str) -> HttpResponse:
    query = "".join(f"&{name}={value}" for name, value in more.items())
    response = HttpResponse(status=303)
    response["Location"] = f"{filling.address}?page={page}{query}"
    return response


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def _show(
    filling: Filling,
    raw: dict[str, list[str]],
    response: SurveyResponse | None,
    *,
    page: int,
    is_checked: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    request, call = filling.request, filling.call
    steps = queries.steps_of(filling.questions, raw)
    step = next((s for s in steps if s.page >= page), steps[-1] if steps else None)
    context = {
        "title": call.title,
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Survey"))),
        "call": call,
        "office": call.process.lead_office,
        "step": step,
        "form": SurveyForm(
            step.questions if step else [], raw, is_checked=is_checked, language=language()
        ),
        "is_checked": is_checked,
        "is_last": step is not None and step.number == step.of,
        "key": _key(filling),
        "code": filling.code,
        "has_code": filling.has_code,
        "return_address": request.build_absolute_uri(
            reverse("public:survey_change", args=[filling.code])
        )
        if filling.code
        else "",
        "is_saved": "saved" in request.GET,
        "is_sent": response is not None and response.state == ResponseState.SENT,
        "refusal": refusal,
        **time_left(call, request),
    }
    status = 422 if is_checked or refusal else 200
    return render(request, "public/survey.html", context, status=status)


def _key(filling: Filling) -> forms.Form:
    """The hidden fields by which the first form of a browser is known again, and its proof."""
    request = filling.request
    key = proven_key(request, SALT, filling.call)
    hidden = forms.Form(initial={"form_key": key})
    hidden.fields["form_key"] = forms.CharField(widget=forms.HiddenInput)
    if proof.is_on() and filling.participant is None:
        read = read_form_key(SALT, key, at=request.standing.at)
        hidden.fields["proof"] = proof_field(read)
    return hidden


def _closed(filling: Filling, raw: dict[str, list[str]]) -> HttpResponse:
    """Not open: what was typed is shown to be copied, and the office is named."""
    call = filling.call
    lines = [
        f"{queries.text_of(question, 'title')}\n{chr(10).join(answers)}"
        for question in filling.questions
        if (answers := queries.told(question, raw))
    ]
    return closed(filling.request, call, text="\n\n".join(lines), doing=_("Survey"))


@login_not_required
@require_safe
@confidential
def survey_receipt(request: SiteRequest, code: str) -> HttpResponse:
    """What somebody answered, for whoever holds the code: to read, change, take along, delete."""
    participant, response = _with_code(request, code)
    call, code = participant.call, read_code(code)
    questions = _questions(call)
    raw = queries.raw_of(response, questions)
    receipts = {
        answer.question_id: receipt
        for answer in queries.answers_in(response)
        for question in questions
        if answer.contribution_id is not None
        and question.pk == answer.question_id
        and (receipt := actions.receipt_of(code, question, answer))
    }
    said = [
        (question, answers, receipts.get(question.pk, ""))
        for question in queries.asked(questions, raw)
        if (answers := queries.told(question, raw))
    ]
    context = {
        "title": _("Your answers"),
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_("Receipt"))),
        "call": call,
        "code": code,
        "address": request.build_absolute_uri(reverse("public:survey_receipt", args=[code])),
        "said": said,
        "is_sent": response.state == ResponseState.SENT,
        "has_changes": response.state == ResponseState.SENT and bool(response.draft),
        "office": call.process.lead_office,
        **time_left(call, request),
    }
    return render(request, "public/survey_receipt.html", context)


@login_not_required
@survey_page
@confidential
def survey_delete(request: SiteRequest, code: str) -> HttpResponse:
    """Asked once more, because it cannot be taken back."""
    participant, response = _with_code(request, code)
    if request.method == "POST":
        actions.delete_response(response, by=request.standing, at=request.standing.at)
        return see("call", participant.call.identifier)
    code = read_code(code)
    call = participant.call
    localise([call], language())
    context = {
        "title": _("Delete your answers"),
        "crumbs": crumbs(
            Link(_("Receipt"), reverse("public:survey_receipt", args=[code])), Link(_("Delete"))
        ),
        "call": call,
        "code": code,
    }
    return render(request, "public/survey_delete.html", context)


@login_not_required
@require_safe
@confidential
def survey_copy(request: SiteRequest, code: str, ending: str) -> HttpResponse:
    """One's own answers as a file, in words."""
    if ending not in ("csv", "json"):
        raise Http404
    participant, response = _with_code(request, code)
    questions = _questions(participant.call)
    raw = queries.raw_of(response, questions)
    rows = [
        (queries.text_of(question, "title"), queries.told(question, raw))
        for question in queries.asked(questions, raw)
    ]
    if ending == "json":
        day = response.answered_on
        content = json.dumps(
            {
                "call": participant.call.title,
                "day": day.isoformat() if day else None,
                "answers": [{"question": q, "answer": answers} for q, answers in rows],
            },
            ensure_ascii=False,
            indent=2,
        ).encode()
        kind = "application/json; charset=utf-8"
    else:
        heads = [_("Question"), _("Answer")]
        lines = [(question, "\n".join(answers)) for question, answers in rows]
        content = as_list("csv", title=_("Survey"), heads=heads, rows=lines)
        kind = LIST_TYPES["csv"]
    answer = HttpResponse(content, content_type=kind)
    name = f"umfrage-{localdate(request.standing.at).isoformat()}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
