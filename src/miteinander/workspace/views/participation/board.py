"""The board: gathering, merging, splitting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.errors import Invalid, Refusal
from miteinander.core.events.read import sentence
from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, typed
from miteinander.workspace.views.participation.rooms import (
    GATHER,
    address_of,
    contribution_of,
    crumbs,
    facts,
    form_view,
    overview_of,
    place_of,
    process_of,
    ticked,
    understood,
    undo_of,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Contribution, Theme
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


@form_view
def board(request: MemberRequest, process: str) -> HttpResponse:
    """Tick contributions, choose a theme, press a button: works with everything."""
    if request.method == "POST":
        try:
            return _sort(request, process_of(request, process, GATHER))
        except Refusal as problem:
            return shown(request, process, refusal=problem)
    return shown(request, process)


def shown(request: MemberRequest, process: str, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page of the board, also after something that was refused."""
    overview = overview_of(request, process, GATHER)
    found = overview.process
    form = forms.BoardFilterForm(request.GET, calls=overview.calls)
    wanted = form.wanted()
    said, query = queries.board_contributions(found, wanted, **place_of(request))
    understood(said.rows)
    steps = queries.latest_steps(found)
    context = {
        "title": _("Sort into themes"),
        "crumbs": crumbs(Link(_("Sort"))),
        "process": found,
        "themes": overview.live_themes,
        "form": form,
        "wanted": wanted,
        "query": query,
        "filters": kept_filters(request),
        "contributions": said,
        "cards": [(row, queries.suggested_along(row)) for row in said.rows],
        "suggest_url": address_of("suggestions", found),
        "stand": queries.stand_of(steps),
        "steps": [
            (step, sentence(step.event), queries.can_be_undone(step, at=request.standing.at))
            for step in steps
        ],
        "undo_url": address_of("undo", found),
        "refusal": refusal,
        "ticked": request.POST.getlist("c"),
        "typed_title": request.POST.get("title", ""),
        "chosen_theme": request.POST.get("theme", ""),
    }
    return render(
        request, "workspace/board.html", context, status=refusal.status if refusal else 200
    )


def _sort(request: MemberRequest, process: Process) -> HttpResponse:
    rows = ticked(request, process, request.POST)
    if not rows:
        raise Invalid({"c": _("Please tick at least one contribution.")})
    do = request.POST.get("do", "gather")
    back = request.POST.get("back", "")
    filters = kept_filters(request)
    address = address_of("board", process) + (f"?{filters}" if filters else "")
    themes = {t.identifier: t for t in queries.themes_of(process)}
    if back in themes:
        address = address_of("theme", themes[back])
    if do == "merge":
        query = urlencode([("c", row.identifier) for row in rows])
        return SeeOther(f"{address_of('merge', process)}?{query}")
    if do == "release":
        count = actions.release(rows, **facts(request))
        said = ngettext(
            "%(count)s contribution is loose again.",
            "%(count)s contributions are loose again.",
            count,
        )
        _say(request, process, said % {"count": count})
        return SeeOther(address)
    title = request.POST.get("title", "").strip()
    theme = themes.get(request.POST.get("theme", ""))
    if title:
        theme = actions.name_theme(
            process,
            title=title,
            language=get_language() or "de",
            **facts(request),
        )
    if theme is None:
        raise Invalid({"theme": _("Please choose a theme, or give a new one a name.")})
    count = actions.gather(rows, theme, seen=_seen(request, rows, themes), **facts(request))
    said = ngettext(
        "%(count)s contribution lies in “%(theme)s” now.",
        "%(count)s contributions lie in “%(theme)s” now.",
        count,
    )
    _say(request, process, said % {"count": count, "theme": theme.title})
    return SeeOther(address)


def kept_filters(request: MemberRequest) -> str:
    """The filters of the board, to go on with them."""
    kept = [
        (name, request.GET.get(name, "")) for name in ("q", "call", "channel", "language", "show")
    ]
    return urlencode([(name, value) for name, value in kept if value])


def _seen(
    request: MemberRequest, rows: list[Contribution], themes: dict[str, Theme]
) -> dict[int, int | None]:
    """In which theme each of them lay when the page was made, as far as the page says so."""
    seen: dict[int, int | None] = {}
    for row in rows:
        was = request.POST.get(f"was.{row.identifier}")
        if was is not None:
            seen[row.pk] = themes[was].pk if was in themes else None
    return seen


@require_safe
def board_stand(request: MemberRequest, process: str) -> HttpResponse:
    """Asked every few seconds: nothing while nobody else sorts, else a line with a link."""
    found = process_of(request, process, GATHER)
    if request.GET.get("seen", "") == queries.stand_of(queries.latest_steps(found)):
        return HttpResponse(status=204)
    return render(request, "workspace/parts/stand.html", {"process": found})


def _say(request: MemberRequest, process: Process, sentence: str) -> None:
    messages.success(request, sentence, extra_tags=undo_of(request, process))


@form_view
def merge(request: MemberRequest, process: str) -> HttpResponse:
    """Show what will be linked, then link it."""
    found = process_of(request, process, GATHER)
    rows = ticked(request, found, request.GET)  # the address says which, also when sent
    understood(rows)
    form = forms.MergeForm(typed(request), contributions=rows)

    def act() -> str:
        into = next(r for r in rows if r.identifier == form.cleaned_data["into"])
        others = [r for r in rows if r.pk != into.pk]
        actions.merge_contributions(
            into,
            others,
            reason=form.cleaned_data["reason"],
            **facts(request),
        )
        return address_of("contribution", into)

    question = Question(
        title=_("Merge contributions"),
        submit=_("Merge"),
        done=_("Merged. Every contribution stays readable and leads here."),
        crumbs=crumbs(Link(_("Sort"), address_of("board", found)), Link(_("Merge"))),
        undo=lambda: undo_of(request, found),
    )
    more = {"contributions": rows}
    return ask(request, form, question, act=act, template="workspace/merge.html", more=more)


@form_view
def split(request: MemberRequest, identifier: str) -> HttpResponse:
    """Show the words beside the parts that will be linked to them."""
    found = contribution_of(request, identifier, GATHER)
    understood([found])
    form = forms.SplitForm(typed(request), initial={"parts": found.text})

    def act() -> str:
        actions.split_contribution(
            found,
            form.cleaned_data["parts"],
            reason=form.cleaned_data["reason"],
            **facts(request),
        )
        return address_of("contribution", found)

    question = Question(
        title=_("Split a contribution"),
        submit=_("Split"),
        done=_("Split. The original stays readable and leads to its parts."),
        crumbs=crumbs(Link(found.title, address_of("contribution", found)), Link(_("Split"))),
        undo=lambda: undo_of(request, found.process),
    )
    more = {"contribution": found}
    return ask(request, form, question, act=act, template="workspace/split.html", more=more)
