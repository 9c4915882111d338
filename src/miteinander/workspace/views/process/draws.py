"""Draws by lot: the list, a new one, its page and its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.core.errors import NotThere, Refusal
from miteinander.core.rights import allowed
from miteinander.documents import drawing
from miteinander.process import actions, forms, insights, queries
from miteinander.process.states import DrawState
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_number
from miteinander.workspace.asking import Question, ask, enter, sought, typed
from miteinander.workspace.views.process.ways import (
    PER_PAGE,
    crumbs,
    form_view,
    process_crumbs,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import Draw
    from miteinander.ui.requests import MemberRequest


OVER = {DrawState.DRAWN, DrawState.CALLED_OFF}


def the_draw(request: MemberRequest, identifier: str) -> Draw:
    return sought(
        request, queries.draws_visible_to(request.municipality, request.standing), identifier
    )


def draw_to_change(request: MemberRequest, identifier: str) -> Draw:
    draw = the_draw(request, identifier)
    enter(request, "process.draw", draw)
    return draw


def draw_address(draw: Draw) -> str:
    return reverse("workspace:draw", args=[draw.identifier])


def draw_crumbs(draw: Draw, *more: Link) -> list[Link]:
    return process_crumbs(draw.process, Link(draw.title, draw_address(draw)), *more)


@require_GET
def draws(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.draws_with_people(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Draws by lot"),
        "intro": _("Who sits on a panel is drawn, under quotas, so that everybody can check it."),
        "crumbs": crumbs(Link(_("Draws by lot"))),
        "columns": [
            Column(_("Draw")),
            Column(_("Body")),
            Column(_("Places"), is_number=True),
            Column(_("People in the pool"), is_number=True),
            Column(_("State")),
        ],
        "rows": [
            [
                Cell(row.title, url=draw_address(row)),
                Cell(row.body.title),
                Cell(written_number(row.size)),
                Cell(written_number(row.people)),
                Cell(row.get_state_display()),
            ]
            for row in cast("Iterable[Any]", page)  # with the count of the query
        ],
        "page": page,
        "empty": (
            _("Nothing has been drawn yet."),
            _("Open a process to prepare a draw by lot."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def draw_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.prepare_draw", process)
    form = forms.NewDrawForm(
        typed(request), municipality=request.municipality, standing=request.standing
    )

    def act() -> str:
        draw = actions.prepare_draw(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return draw_address(draw)

    question = Question(
        title=_("Prepare a draw by lot"),
        intro=_("Afterwards: take people in, set quotas, compute the list, announce, draw."),
        submit=_("Prepare draw"),
        done=_("The draw has been prepared."),
        crumbs=process_crumbs(process, Link(_("New draw"))),
        autosave=f"draw-new-{process.identifier}",
    )
    return ask(request, form, question, act=act)


@form_view
def draw_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    draw = draw_to_change(request, identifier)
    form = forms.DrawForm(typed(request), initial=forms.DrawForm.initial_from(draw))

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_draw(draw, **data, by=request.standing, at=request.standing.at)
        return draw_address(draw)

    question = Question(
        title=_("Edit: %(title)s") % {"title": draw.title},
        submit=_("Save draw"),
        done=_("The draw has been saved."),
        crumbs=draw_crumbs(draw, Link(_("Edit"))),
    )
    return ask(request, form, question, act=act)


@require_GET
def draw_desk(request: MemberRequest, identifier: str) -> HttpResponse:
    return show_draw(request, the_draw(request, identifier))


def show_draw(
    request: MemberRequest, draw: Draw, *, refusal: Refusal | None = None
) -> HttpResponse:
    may_draw = allowed(request.standing, "process.draw", draw)
    page = queries.draw_page(draw)
    context = {
        "title": draw.title,
        "crumbs": draw_crumbs(draw),
        "draw": draw,
        "page": page,
        "may_draw": may_draw,
        "steps": _steps(draw, page) if may_draw and draw.state not in OVER else [],
        "said": insights.spoken(page.panels.said) if page.panels else [],
        "files": _files(draw),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/draw.html", context, status=status)


def _files(draw: Draw) -> list[str]:
    there = {"vorgaben.csv": bool(draw.quotas), "menschen.csv": not draw.told}
    return [name for name in drawing.FILES if there.get(name, True)]


def _steps(draw: Draw, page: queries.DrawPage) -> list[tuple[str, str, str]]:
    """What has been done and what comes next: label, "done" or "open", and where it is done."""
    is_open = draw.state in {DrawState.PREPARING, DrawState.LISTED}
    order = list(DrawState)
    reached = order.index(DrawState(draw.state))

    def step(label: str, name: str, *, done: bool, now: bool) -> tuple[str, str, str]:
        address = reverse(f"workspace:{name}", args=[draw.identifier]) if now else ""
        return label, "done" if done else "open", address

    has_people = page.people > 0
    return [
        step(_("Take people into the pool"), "draw_people", done=has_people, now=is_open),
        step(_("Set quotas"), "draw_quotas", done=bool(draw.quotas), now=is_open and has_people),
        step(
            _("Compute the list of panels"),
            "draw",
            done=reached >= order.index(DrawState.LISTED),
            now=False,
        ),
        step(
            _("Announce the draw"),
            "draw_announce",
            done=reached >= order.index(DrawState.ANNOUNCED),
            now=draw.state == DrawState.LISTED,
        ),
        step(
            _("Draw"),
            "draw_seed",
            done=draw.state == DrawState.DRAWN,
            now=draw.state == DrawState.ANNOUNCED,
        ),
    ]


@require_GET
def draw_progress(request: MemberRequest, identifier: str) -> HttpResponse:
    """Only how far the list is; asked again and again while it is computed."""
    draw = the_draw(request, identifier)
    context = {
        "draw": draw,
        "page": queries.draw_page(draw),
        "may_draw": allowed(request.standing, "process.draw", draw),
    }
    response = render(request, "workspace/parts/draw_list.html", context)
    if draw.state != DrawState.COMPUTING:
        response["HX-Refresh"] = "true"  # the next step stands elsewhere on the page
    return response


@require_GET
def draw_file(request: MemberRequest, identifier: str, file: str) -> HttpResponse:
    """Tables and list, by numbers only: for those who draw and for the body."""
    draw = the_draw(request, identifier)
    enter(request, "process.check_draw", draw)
    made = drawing.file_of(queries.published(draw), file, has_people=not draw.told)
    if made is None:
        raise NotThere
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "no-store, private"
    return response
