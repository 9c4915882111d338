"""A draft for comments: laid out by the office, and the synopsis of what came in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.documents.lists import LIST_TYPES
from miteinander.documents.synopsis import synopsis_document, synopsis_list
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import CallMethod
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter
from miteinander.workspace.paging import page_of
from miteinander.workspace.views.participation.rooms import ANSWER, crumbs, facts, form_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.participation.models import Call, Passage
    from miteinander.ui.requests import MemberRequest

PER_PAGE = 50
PAPERS = ("docx", "odt", "pdf")


@form_view
def call_draft(request: MemberRequest, identifier: str) -> HttpResponse:
    """Paste a draft or send it as a file; what is there now stands in the field."""
    call = _review(request, identifier, "participation.open_call")
    passages = queries.passages_of(call)
    is_fixed = queries.has_comments(call)
    form = (
        forms.DraftForm(request.POST, request.FILES)
        if request.method == "POST"
        else forms.DraftForm(initial={"text": _as_text(passages)})
    )

    def act() -> str:
        actions.lay_out_draft(call, form.parts, **facts(request))
        return reverse("workspace:call", args=[call.identifier])

    question = Question(
        title=_("Draft: %(title)s") % {"title": call.title},
        intro=_("People have commented on this draft, so its wording stays as it is.")
        if is_fixed
        else _("As long as nobody has commented, you can put another one in its place."),
        submit=_("Save the draft"),
        done=_("The draft stands on the page of the call."),
        crumbs=_crumbs(call, _("Draft")),
    )
    return ask(request, form, question, act=act)


@require_safe
def call_synopsis(request: MemberRequest, identifier: str) -> HttpResponse:
    """Every comment in the order of the draft, with its answer or the way to one."""
    call = _review(request, identifier, ANSWER)
    page = page_of(queries.synopsis_rows(call), request.GET.get("page"), per_page=PER_PAGE)
    context = {
        "title": _("Synopsis: %(title)s") % {"title": call.title},
        "crumbs": _crumbs(call, _("Synopsis")),
        "call": call,
        "page": page,
        "groups": [
            {"passage": passage, "comments": list(comments)}
            for passage, comments in groupby(page.object_list, key=lambda row: row.passage)
        ],
        "files": [
            Link(
                ending.upper(),
                reverse("workspace:call_synopsis_file", args=[call.identifier, ending]),
            )
            for ending in (*PAPERS, *LIST_TYPES)
        ],
    }
    return render(request, "workspace/synopsis.html", context)


@require_safe
def call_synopsis_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The same as a paper for the committee, or as a table to go on with."""
    call = _review(request, identifier, ANSWER)
    lines = queries.synopsis_of(queries.synopsis_rows(call))
    if ending in LIST_TYPES:
        content, media_type = synopsis_list(call, lines, ending), LIST_TYPES[ending]
    elif ending in PAPERS:
        document = synopsis_document(call, lines, day=localdate(request.standing.at))
        content, media_type = render_apart(document, ending), FORMATS[ending].media_type
    else:
        raise NotThere
    response = HttpResponse(content, content_type=media_type)
    name = f"synopse-{call.identifier}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


def review_rooms(call: Call) -> list[Link]:
    """What the page of such a call offers further."""
    return [
        Link(_("Draft"), reverse("workspace:call_draft", args=[call.identifier])),
        Link(
            _("Synopsis of the comments"),
            reverse("workspace:call_synopsis", args=[call.identifier]),
        ),
    ]


def _review(request: MemberRequest, identifier: str, right: str) -> Call:
    enter(request, right)
    rows = queries.calls_visible_to(request.municipality, request.standing)
    rows = rows.filter(method=CallMethod.REVIEW)
    return get_object_or_404(rows.select_related("municipality"), identifier=identifier)


def _crumbs(call: Call, here: str) -> list[Link]:
    return crumbs(Link(call.title, reverse("workspace:call", args=[call.identifier])), Link(here))


def _as_text(passages: Sequence[Passage]) -> str:
    """The draft as it can be sent again."""
    lines = []
    for row in passages:
        mark = "#" * row.level or ("-" if row.mark == "–" else row.mark)
        lines.append(f"{mark} {row.text}".strip())
    return "\n\n".join(lines)
