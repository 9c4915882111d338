"""Answers on paper and as files: letters, a sheet to hang up, the table of all answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.community.queries import office_of
from miteinander.core.errors import Closed, NotThere, Refusal
from miteinander.core.identifiers import on_paper
from miteinander.documents.answered import Answered, answer_letters, answers_document
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.documents.lists import LIST_TYPES
from miteinander.documents.registers import as_file
from miteinander.participation import queries
from miteinander.ui.shapes import Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import enter
from miteinander.workspace.views.participation.rooms import (
    ANSWER,
    address_of,
    crumbs,
    form_view,
    place_of,
    process_of,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Contribution, Theme
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest

LETTERS = ("pdf", "docx")
SHEETS = ("html", "pdf", "docx")
MOST_LETTERS = 100
"""In one file: so many are printed in a few seconds."""
LONGEST_ADDRESS = 400


@form_view
def answer_letters_page(request: MemberRequest, process: str) -> HttpResponse:
    """Letters to those who wrote on paper or said it on the phone.

    Addresses are typed here for one print. They are in no row, no log and no draft.
    """
    found = process_of(request, process, ANSWER)
    theme = _theme(request, found)
    shown = queries.answered_off_line(found, theme=theme, **place_of(request))
    refusal: Refusal | None = None
    if request.method == "POST":
        chosen = _chosen(request, found, theme)
        ending = request.POST.get("as", "")
        if chosen and ending in LETTERS:
            return _letters(request, found, chosen, ending)
        refusal = Closed(
            _("No letter has been chosen."), do=_("Please tick at least one contribution.")
        )
    context = {
        "title": _("Letters with answers"),
        "crumbs": crumbs(
            Link(_("Answer"), address_of("answers", found)), Link(_("Letters with answers"))
        ),
        "process": found,
        "theme": theme,
        "themes": queries.themes_of(found),
        "contributions": shown,
        "rows": [
            {
                "contribution": row,
                "code": on_paper(row.identifier),
                "address": _address(request, row),
                "is_ticked": row.identifier in request.POST.getlist("c"),
            }
            for row in shown.rows
        ],
        "refusal": refusal,
        "most": MOST_LETTERS,
    }
    page = "workspace/answer_letters.html"
    response = render(request, page, context, status=422 if refusal else 200)
    response["Cache-Control"] = "no-store, private"
    return response


def _theme(request: MemberRequest, process: Process) -> Theme | None:
    wanted = request.GET.get("theme", "")
    return next((t for t in queries.themes_of(process) if t.identifier == wanted), None)


def _chosen(request: MemberRequest, process: Process, theme: Theme | None) -> list[Contribution]:
    """What was ticked, or the newest of the whole list."""
    if request.POST.get("which") == "all":
        return list(queries.answered_off_line(process, theme=theme, size=MOST_LETTERS).rows)
    return queries.chosen_off_line(process, request.POST.getlist("c")[:MOST_LETTERS])


def _address(request: MemberRequest, row: Contribution) -> str:
    return str(request.POST.get(f"address-{row.identifier}", ""))[:LONGEST_ADDRESS]


def _letters(
    request: MemberRequest, process: Process, chosen: list[Contribution], ending: str
) -> HttpResponse:
    answered = [
        Answered(
            row, queries.answers_to(row, language=row.language), address=_address(request, row)
        )
        for row in chosen
    ]
    letters = answer_letters(
        answered,
        town=request.municipality,
        about=process,
        sender=office_of(request.municipality),
        today=localdate(request.standing.at),
        language=get_language() or "de",
    )
    name = f"antworten-{process.identifier}.{ending}"
    return _file(render_apart(letters, ending), FORMATS[ending].media_type, name)


@require_safe
def call_answers_sheet(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """“What became of your contributions”, to hang up where the cards were written."""
    enter(request, ANSWER)
    visible = queries.calls_visible_to(request.municipality, request.standing)
    call = get_object_or_404(visible.select_related("municipality"), identifier=identifier)
    if ending not in SHEETS:
        raise NotThere
    figures = queries.figures(call)
    document = answers_document(
        call,
        queries.answers_to_hang_up(call),
        still_open=figures.unanswered + figures.waiting,
        today=localdate(request.standing.at),
        language=get_language() or "de",
    )
    name = f"was-daraus-wurde-{call.identifier}.{ending}"
    return _file(render_apart(document, ending), FORMATS[ending].media_type, name)


@require_safe
def answers_file(request: MemberRequest, process: str, ending: str) -> HttpResponse:
    """Everything that is worked with, beside its answer: the synopsis of answers."""
    found = process_of(request, process, ANSWER)
    if ending not in LIST_TYPES:
        raise NotThere
    heads = [
        _("Contribution"),
        _("What it says"),
        _("Language"),
        _("Came in"),
        _("Way"),
        _("Call"),
        _("Theme"),
        _("Outcome"),
        _("Reason"),
        _("Whose business it is"),
        _("Supplements"),
        _("Answered by"),
        _("Answered on"),
    ]
    rows = (_row(row) for row in queries.every_answer(found))
    content = as_file(_("Synopsis of answers"), heads, rows, ending)
    return _file(content, LIST_TYPES[ending], f"antwortsynopse-{found.identifier}.{ending}")


def _row(row: Contribution) -> list[str]:
    answer = getattr(row, "answer", None)
    said = [
        on_paper(row.identifier),
        row.text,
        row.language,
        written_day(row.happened_on, row.precision) if row.happened_on else "",
        str(row.get_channel_display()),
        row.call.title if row.call else "",
        row.theme.title if row.theme else "",
    ]
    if answer is None:
        elsewhere = _("answered through what it lives on in") if row.is_answered else ""
        return [*said, elsewhere, "", "", "", "", ""]
    return [
        *said,
        str(answer.get_outcome_display()),
        answer.reason,
        answer.organisation.title if answer.organisation else answer.business_of,
        "\n\n".join(each.text for each in answer.supplements.all()),
        answer.function,
        written_day(answer.answered_at),
    ]


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
