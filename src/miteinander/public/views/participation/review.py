"""A draft to read and to comment on: the reading view, one passage, and the form beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import actions, queries
from miteinander.participation.actions.receipts import SALT
from miteinander.participation.forms import PassageCommentForm
from miteinander.participation.states import CallMethod
from miteinander.public.freshness import public_page
from miteinander.public.views.participation.late import closed
from miteinander.public.views.participation.shared import (
    call_of,
    crumbs,
    language,
    place_of,
    time_left,
)
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Passage
    from miteinander.ui.requests import SiteRequest

FIRST_HEADING = 2
"""Headings of a draft begin two steps below the one of the page: h3."""


@dataclass(frozen=True, slots=True)
class Around:
    """A passage with what stands beside it."""

    passage: Passage
    heading: Passage | None
    """The nearest one above it."""
    before: Passage | None
    after: Passage | None


def draft_shown(_request: SiteRequest, call: Call) -> dict[str, Any]:
    """For the page of a call: the draft in its order, with how often each passage was discussed."""
    passages = queries.passages_of(call)
    queries.in_language(passages, call, language())
    rows = queries.commented(passages, call)
    return {
        "draft": [
            {
                "passage": row.passage,
                "comments": row.comments,
                "heading": row.passage.level + FIRST_HEADING if row.passage.level else 0,
            }
            for row in rows
        ],
        "contents": [row.passage for row in rows if row.passage.level in (1, 2)],
        "commented": sum(row.comments for row in rows),
    }


@public_page("newer", "older")
def passage(request: SiteRequest, identifier: str, number: int) -> HttpResponse:
    """One passage and everything that was published about it, with the answers."""
    call = _review(request, identifier)
    around = _around(call, number)
    said = queries.comments_at(around.passage, **place_of(request))
    localise([call, *said.rows], language())
    context = {
        "title": _named(around.passage),
        "crumbs": crumbs(Link(call.title, call.get_absolute_url()), Link(_named(around.passage))),
        "call": call,
        "around": around,
        "passage": around.passage,
        "comments": said,
        **time_left(call, request),
    }
    return render(request, "public/passage.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def passage_comment(request: SiteRequest, identifier: str, number: int) -> HttpResponse:
    """The passage above, what one wants to say about it below. Nobody is asked who they are."""
    call = _review(request, identifier)
    around = _around(call, number)
    found = around.passage

    def kind(*args: Any, **kwargs: Any) -> PassageCommentForm:
        return PassageCommentForm(*args, passage=found, **kwargs)

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        _contribution, code = actions.comment_on_passage(
            found,
            **data,
            page_language=language(),
            form_key=key,
            by=request.standing,
            at=request.standing.at,
        )
        return see("receipt", code)

    form, refusal, answer = sent_once(
        request, kind, SALT, {"proposal": found.text}, act, about=call
    )
    if answer is not None:
        return answer
    left = time_left(call, request)
    if not left["is_open"]:
        return closed(request, call, text=_typed(request, found), doing=_("Comment"))
    localise([call], language())
    own = reverse("public:passage", args=[call.identifier, found.number])
    context = {
        "title": _("Comment on passage %(number)s") % {"number": found.number},
        "crumbs": crumbs(
            Link(call.title, call.get_absolute_url()),
            Link(_named(found), own),
            Link(_("Comment")),
        ),
        "call": call,
        "office": call.process.lead_office,
        "around": around,
        "passage": found,
        "form": form,
        "refusal": refusal,
        "wants_wording": form.is_bound and form.data.get("proposal", "").strip() != found.text,
        **left,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public/passage_comment.html", context, status=status)


def _typed(request: SiteRequest, found: Passage) -> str:
    """Everything that was typed, for whoever comes too late: one text that names its passage."""
    texts = [request.POST.get(name, "").strip() for name in ("text", "quote", "proposal")]
    said = [text for text in texts if text and text != found.text]
    return "\n\n".join([_named(found), *said]) if said else ""


def _review(request: SiteRequest, identifier: str) -> Call:
    call = call_of(request, identifier)
    if call.method != CallMethod.REVIEW:
        raise NotThere
    return call


def _around(call: Call, number: int) -> Around:
    rows = queries.passages_of(call)
    queries.in_language(rows, call, language())
    if not 1 <= number <= len(rows):
        raise NotThere
    here = rows[number - 1]
    above = [row for row in rows[: number - 1] if row.level]
    return Around(
        passage=here,
        heading=above[-1] if above and not here.level else None,
        before=rows[number - 2] if number > 1 else None,
        after=rows[number] if number < len(rows) else None,
    )


def _named(passage: Passage) -> str:
    return _("Passage %(number)s") % {"number": passage.number}
