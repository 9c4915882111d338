"""Suggestions for themes: asked for, looked through, taken or rejected. People sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from miteinander.core.errors import Invalid, Refusal
from miteinander.core.jobs import jobs_for
from miteinander.participation import actions, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther
from miteinander.workspace.views.participation.board import kept_filters
from miteinander.workspace.views.participation.rooms import (
    GATHER,
    address_of,
    crumbs,
    facts,
    form_view,
    process_of,
    undo_of,
)

if TYPE_CHECKING:
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest

BUSY = ("waiting", "running")


@form_view
def suggestions(request: MemberRequest, process: str) -> HttpResponse:
    """What the machine would sort, the unsure ones apart; every button works without JavaScript."""
    found = process_of(request, process, GATHER)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _decide(request, found)
            return SeeOther(_next(request, found))
        except Refusal as problem:
            refusal = problem
    suggested = queries.suggested_in(found)
    job = next(iter(jobs_for(found, actions.SUGGEST_THEMES)), None)
    language = "en" if (get_language() or "de").startswith("en") else "de"
    context = {
        "title": _("Suggestions for themes"),
        "crumbs": crumbs(Link(_("Sort"), address_of("board", found)), Link(_("Suggestions"))),
        "process": found,
        "suggested": suggested,
        "sentences": suggested.run.sentences.get(language, []) if suggested.run else [],
        "most": queries.MOST_SORTED,
        "job": job,
        "is_busy": job is not None and job.state in BUSY,
        "refusal": refusal,
        "typed": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/suggestions.html", context, status=status)


def _next(request: MemberRequest, process: Process) -> str:
    if request.POST.get("back") != "board":
        return address_of("suggestions", process)
    filters = kept_filters(request)
    return address_of("board", process) + (f"?{filters}" if filters else "")


def _decide(request: MemberRequest, process: Process) -> None:
    do, _dot, what = request.POST.get("do", "").partition(".")
    if do in ("groups", "rest"):
        actions.suggest_soon(process, by_groups=do == "groups", **facts(request))
        messages.info(
            request, _("The worker looks for themes now. You can go on; the result appears here.")
        )
    elif do == "take_all":
        _take_all(request, process, what)
    elif do == "name":
        _name(request, process, what)
    elif do in ("take", "reject"):
        _one(request, process, what, is_taken=do == "take")
    else:
        raise Invalid({"do": _("Please choose what to do.")})


def _one(request: MemberRequest, process: Process, identifier: str, *, is_taken: bool) -> None:
    rows = queries.chosen_contributions(process, request.standing, [identifier])
    suggestion = next(iter(queries.suggestions_for(rows).values()), None)
    if suggestion is None:
        raise Invalid({"do": _("Nothing is suggested for it any more.")})
    if not is_taken:
        actions.reject_suggestion(rows[0], at=request.standing.at)
        messages.success(request, _("Rejected. It is not suggested again."))
        return
    if suggestion.theme is None:
        raise Invalid({"do": _("Give the group a name first.")})
    count = actions.gather(rows, suggestion.theme, **facts(request))
    _say(request, process, count, suggestion.theme.title)


def _take_all(request: MemberRequest, process: Process, identifier: str) -> None:
    themes = {t.identifier: t for t in queries.themes_of(process, live_only=True)}
    theme = themes.get(identifier)
    if theme is None:
        raise Invalid({"do": _("This theme is closed.")})
    count = actions.gather(queries.surely_of(process, theme=theme), theme, **facts(request))
    _say(request, process, count, theme.title)


def _name(request: MemberRequest, process: Process, number: str) -> None:
    group = queries.group_of(process, number)
    if group is None:
        raise Invalid({"do": _("This group is gone: somebody was faster.")})
    theme = actions.name_group(
        group,
        queries.surely_of(process, group=group),
        title=request.POST.get(f"title.{number}", ""),
        language=get_language() or "de",
        **facts(request),
    )
    theme.refresh_from_db()
    _say(request, process, theme.gathered, theme.title)


def _say(request: MemberRequest, process: Process, count: int, theme: str) -> None:
    said = ngettext(
        "%(count)s contribution lies in “%(theme)s” now.",
        "%(count)s contributions lie in “%(theme)s” now.",
        count,
    )
    undo = undo_of(request, process)
    messages.success(request, said % {"count": count, "theme": theme}, extra_tags=undo)
