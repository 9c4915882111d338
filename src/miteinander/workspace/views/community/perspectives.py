"""Perspectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import actions, forms, queries
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.crumbs import (
    CHANGE,
    PER_PAGE,
    SEE,
    edit_address,
    form_view,
    register_crumbs,
)

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def perspectives(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    found = queries.perspectives_visible_to(request.municipality, request.standing)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_change = allowed(request.standing, CHANGE)
    context = {
        "title": _("Perspectives"),
        "intro": _("Views that must be heard, whoever sits at the table."),
        "crumbs": register_crumbs(Link(_("Perspectives"))),
        "columns": [Column(_("Name")), Column(_("What this view brings in")), Column(_("State"))],
        "rows": [
            [
                Cell(
                    row.title,
                    url=edit_address("perspective", row.identifier, may_change=may_change),
                ),
                Cell(row.text),
                Cell(
                    _("since %(day)s no longer used") % {"day": written_day(row.retired_on)}
                    if row.retired_on
                    else _("used")
                ),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Name a perspective"), reverse("workspace:perspective_new"))
        if may_change
        else None,
        "empty": (
            _("No perspective has been named yet."),
            _("Which views must be heard before the town decides? Seats stand for them."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def perspective_new(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    form = forms.PerspectiveForm(typed(request))

    def act() -> str:
        actions.name_perspective(
            request.municipality,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:perspectives")

    question = Question(
        title=_("Name a perspective"),
        submit=_("Name perspective"),
        done=_("The perspective has been named."),
        crumbs=register_crumbs(
            Link(_("Perspectives"), reverse("workspace:perspectives")), Link(_("New"))
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def perspective_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = queries.perspectives_visible_to(request.municipality, request.standing)
    perspective = get_object_or_404(found, identifier=identifier)
    enter(request, CHANGE, perspective)
    form = forms.PerspectiveForm(
        typed(request), initial=forms.PerspectiveForm.initial_from(perspective)
    )

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_perspective(perspective, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:perspectives")

    retired = perspective.retired_on is not None
    question = Question(
        title=perspective.title,
        further=(
            Link(
                _("Use this perspective again") if retired else _("No longer use it"),
                reverse("workspace:perspective_retire", args=[identifier]),
            ),
        ),
        submit=_("Save perspective"),
        done=_("The perspective has been saved."),
        crumbs=register_crumbs(
            Link(_("Perspectives"), reverse("workspace:perspectives")), Link(perspective.title)
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def perspective_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    """Take a perspective out of the choices, or put it there again. Nothing is deleted."""
    found = queries.perspectives_visible_to(request.municipality, request.standing)
    perspective = get_object_or_404(found, identifier=identifier)
    enter(request, CHANGE, perspective)
    form = forms.NothingForm(typed(request))
    retired = perspective.retired_on is not None
    do = actions.take_up_perspective if retired else actions.retire_perspective

    def act() -> str:
        do(perspective, by=request.standing, at=request.standing.at)
        return reverse("workspace:perspectives")

    title = _("Use again: %(title)s") if retired else _("No longer use: %(title)s")
    question = Question(
        title=title % {"title": perspective.title},
        intro=_("It can be chosen again for seats and organisations.")
        if retired
        else _(
            "It can no longer be chosen. Seats and organisations that stand for it keep it, its "
            "page stays, and it can be used again at any time."
        ),
        submit=_("Use again") if retired else _("No longer use"),
        done=_("The perspective has been saved."),
        crumbs=register_crumbs(
            Link(_("Perspectives"), reverse("workspace:perspectives")), Link(perspective.title)
        ),
    )
    return ask(request, form, question, act=act)
