"""What a municipality asks on every measure sheet besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from miteinander.core.errors import NotThere
from miteinander.strategy import actions, forms, queries
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.strategy.rooms import form_view

if TYPE_CHECKING:
    from miteinander.strategy.models import OwnField
    from miteinander.ui.requests import MemberRequest

SHAPE = "strategy.shape_concept"


@require_safe
def own_fields(request: MemberRequest) -> HttpResponse:
    enter(request, SHAPE)
    rows = queries.own_fields_of(request.municipality)
    context = {
        "title": _("Own fields of the measure sheet"),
        "crumbs": _crumbs(Link(_("Own fields of the measure sheet"))),
        "fields": rows,
        "columns": [
            Column(_("Label")),
            Column(_("Kind of answer")),
            Column(_("Everybody reads it")),
        ],
        "rows": [
            [
                Cell(row.label, reverse("workspace:own_field_edit", args=[row.pk])),
                row.get_field_kind_display(),
                _("yes") if row.is_public else _("no"),
            ]
            for row in rows
        ],
    }
    return render(request, "workspace/own_fields.html", context)


@form_view
def own_field_new(request: MemberRequest) -> HttpResponse:
    enter(request, SHAPE)
    return _ask(request, None)


@form_view
def own_field_edit(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, SHAPE)
    return _ask(request, _row(request, pk))


@require_POST
def own_field_retire(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, SHAPE)
    row = _row(request, pk)
    actions.retire_own_field(row, by=request.standing, at=request.standing.at)
    messages.success(
        request,
        _("“%(label)s” is not asked any more. What was answered stays in the records.")
        % {"label": row.label},
    )
    return SeeOther(reverse("workspace:own_fields"))


def _row(request: MemberRequest, pk: int) -> OwnField:
    found = (row for row in queries.own_fields_of(request.municipality) if row.pk == pk)
    row = next(found, None)
    if row is None:
        raise NotThere
    return row


def _ask(request: MemberRequest, row: OwnField | None) -> HttpResponse:
    initial = (
        {
            "label": row.label,
            "field_kind": row.field_kind,
            "options": "\n".join(row.options),
            "help_text": row.help_text,
            "is_public": row.is_public,
        }
        if row
        else {}
    )
    form = forms.OwnFieldForm(typed(request), initial=initial)
    if row:
        form.fields["field_kind"].disabled = True  # what was answered would not fit any more

    def act() -> str:
        actions.write_own_field(
            request.municipality,
            **form.cleaned_data,
            own_field=row,
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:own_fields")

    title = _("Change the own field") if row else _("Add an own field")
    question = Question(
        title=title,
        intro=_("It stands on every measure sheet, below what everybody asks."),
        submit=_("Save"),
        done=_("The own field has been saved."),
        crumbs=_crumbs(
            Link(_("Own fields of the measure sheet"), reverse("workspace:own_fields")),
            Link(title),
        ),
    )
    return ask(request, form, question, act=act)


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Concept"), reverse("workspace:concepts")),
        *more,
    ]
