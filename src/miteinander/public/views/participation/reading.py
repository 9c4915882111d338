"""Reading what people say: one contribution, a theme, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.core.translation import localise
from miteinander.participation import queries
from miteinander.participation.forms import FilterForm
from miteinander.participation.states import Allowed, ContributionState
from miteinander.public.freshness import public_page
from miteinander.public.thread import stations
from miteinander.public.views.participation.shared import (
    call_of,
    comment_on,
    counts_soon,
    crumbs,
    language,
    photo_of,
    place_in_words,
    place_of,
    support_of,
    time_left,
    voices_of,
)
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Contribution, Theme
    from miteinander.ui.requests import SiteRequest


HEADLINE = 280
"""So many letters of a contribution can be its headline; longer ones have a title above."""


@public_page("after")
def contribution(request: SiteRequest, identifier: str) -> HttpResponse:
    """One published contribution: its words, its answer, its thread, and what others say to it."""
    found = queries.contribution_at(request.municipality, request.standing, identifier)
    said = _comments(request, found)
    localise([found, *said.rows], language())
    is_open = found.call is not None and time_left(found.call, request)["is_open"]
    box = support_of(found, may_press=_may_support(request, found, is_open=is_open))
    context = {
        "title": found.title or _("Contribution taken back"),
        "crumbs": crumbs(
            Link(_("Contributions"), reverse("public:contributions")), Link(_("Contribution"))
        ),
        "contribution": found,
        "is_withdrawn": found.state == ContributionState.WITHDRAWN,
        "is_short": len(found.text) <= HEADLINE,
        "box": box,
        "about": comment_on(found),
        "photo": photo_of(found, large=True),
        "place": place_in_words(found),
        "comments": said,
        "comment_voices": voices_of(said.rows, call=found.call, is_open=is_open, below=True),
        "may_comment": is_open and queries.can_be_commented(found, found.call),
        "answers": queries.answers_to(found, language=language()),
        "thread": stations(found, standing=request.standing, language=language()),
    }
    return render(request, "public/contribution.html", context)


def _may_support(request: SiteRequest, found: Contribution, *, is_open: bool) -> bool:
    if found.call is None:
        return False
    may = queries.can_be_supported(found, found.call, is_open=is_open)
    if may:
        counts_soon(request)
    return may


def _comments(request: SiteRequest, found: Contribution) -> queries.Comments:
    """What others say to it, where its call takes comments: one query, else none."""
    if found.call is None or not found.call.allowed(Allowed.COMMENTS):
        return queries.Comments([])
    after = request.GET.get("after", "")
    is_place = after.isascii() and after.isdigit() and len(after) < 16
    return queries.comments_on(found, after=int(after) if is_place else None)


@public_page("newer", "older")
def theme(request: SiteRequest, identifier: str) -> HttpResponse:
    """What many contributions are about, and what became of them."""
    found = _theme(request, identifier)
    said = queries.published_in(found, **place_of(request))
    thread = stations(found, standing=request.standing, language=language(), beside=said.rows)
    numbers = queries.figures(found)
    context = {
        "title": found.title,
        "crumbs": crumbs(
            Link(_("Contributions"), reverse("public:contributions")), Link(found.title)
        ),
        "theme": found,
        "figures": numbers,
        "clock": queries.answer_clock(
            found, numbers, day=localdate(request.standing.at), with_median=False
        ),
        "contributions": said,
        "voices": voices_of(said.rows),
        "thread": thread,
    }
    return render(request, "public/theme.html", context)


@public_page("call", "newer", "of", "older", "theme")
def contributions(request: SiteRequest) -> HttpResponse:
    """All published contributions of a process, or of one call or theme of it."""
    town, standing = request.municipality, request.standing
    scope, chosen = _scope(request)
    process = scope.process if scope else queries.newest_process(town, standing)
    found = queries.published_in(scope or process, **place_of(request)) if process else None
    if found:
        localise(found.rows, language())
    form = None
    if process:
        form = FilterForm(
            {"of": chosen},
            calls=[c for c in queries.calls_of(process) if c.is_public],
            themes=[t for t in queries.themes_of(process) if t.is_public],
        )
    of = scope or process
    numbers = queries.figures(of) if of else None
    context = {
        "title": _("What people say"),
        "crumbs": crumbs(Link(_("Contributions"))),
        "process": process,
        "scope": scope,
        "form": form,
        "figures": numbers,
        "clock": queries.answer_clock(of, numbers, day=localdate(request.standing.at))
        if of and numbers
        else None,
        "contributions": found,
        "voices": voices_of(found.rows) if found else [],
        "query": f"of={chosen}" if scope else "",
    }
    return render(request, "public/contributions.html", context)


def _scope(request: SiteRequest) -> tuple[Call | Theme | None, str]:
    """The call or theme that is asked for: ``?of=call.abc``, ``?call=abc`` or ``?theme=abc``."""
    kind, _dot, identifier = request.GET.get("of", "").partition(".")
    for name in ("call", "theme"):
        if request.GET.get(name):
            kind, identifier = name, request.GET[name]
    if kind in ("call", "theme") and not identifier.isalnum():
        raise NotThere  # paths are held to letters and digits, parameters are not
    if kind == "call":
        return call_of(request, identifier), f"call.{identifier}"
    if kind == "theme":
        return _theme(request, identifier), f"theme.{identifier}"
    return None, ""


def _theme(request: SiteRequest, identifier: str) -> Theme:
    return queries.theme_at(request.municipality, request.standing, identifier)
