"""Seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import actions, forms, queries
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.bodies import _body, body_crumbs
from miteinander.workspace.views.community.crumbs import CHANGE, SEE, form_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from miteinander.community.models import Seat, Tenure
    from miteinander.ui.requests import MemberRequest


@form_view
def seat_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, CHANGE, found)
    # The radar's proposals lead here, with what they know.
    known = {name: request.GET.get(name) for name in ("function", "perspective", "organisation")}
    form = forms.SeatForm(typed(request), municipality=request.municipality, initial=known)

    def act() -> str:
        seat = actions.create_seat(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:seat_fill", args=[seat.pk])

    question = Question(
        title=_("New seat: %(body)s") % {"body": found.title},
        submit=_("Add seat"),
        done=_("The seat has been added. Who holds it?"),
        crumbs=body_crumbs(found, _("New seat")),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_edit(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.SeatForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.SeatForm.initial_from(seat),
    )
    question = Question(
        title=_("Seat: %(function)s") % {"function": seat.function},
        submit=_("Save seat"),
        done=_("The seat has been saved."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return _ask_about(seat, request, form, question, do=actions.change_seat)


@form_view
def seat_fill(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.FillForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.FillForm.initial_from(seat),
    )
    question = Question(
        title=_("Who holds this seat: %(function)s") % {"function": seat.function},
        submit=_("Save"),
        done=_("The seat has been saved."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return _ask_about(seat, request, form, question, do=actions.fill_seat)


@form_view
def seat_absence(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.AbsenceForm(typed(request), initial=forms.AbsenceForm.initial_from(seat))
    question = Question(
        title=_("Absence: %(function)s") % {"function": seat.function},
        intro=_("In this time the deputy speaks with the voice of the seat."),
        submit=_("Save"),
        done=_("The absence has been noted."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return _ask_about(seat, request, form, question, do=actions.note_absence)


@form_view
def seat_hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.HandOverForm(
        typed(request),
        municipality=request.municipality,
        initial={"on": localdate(request.standing.at)},
    )
    held = seat.holder.function if seat.holder else _("nobody")
    question = Question(
        title=_("Hand over: %(function)s") % {"function": seat.function},
        intro=_("Held now by: %(holder)s. The history keeps who held the seat, and how long.")
        % {"holder": held},
        submit=_("Hand over"),
        done=_("The seat has been handed on."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return _ask_about(seat, request, form, question, do=actions.hand_over)


def _ask_about(
    seat: Seat, request: MemberRequest, form: Form, question: Question, *, do: Callable[..., object]
) -> HttpResponse:
    """Ask, do to the seat what was said, and go back to its body."""

    def act() -> str:
        do(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    return ask(request, form, question, act=act)


@require_GET
def seat_history(request: MemberRequest, pk: int) -> HttpResponse:
    """Who held a seat from when to when: by function for members, with names for the office."""
    enter(request, SEE)
    seat = get_object_or_404(queries.seats_in(request.municipality), pk=pk)
    named = allowed(request.standing, CHANGE)
    context = {
        "title": _("History: %(function)s") % {"function": seat.function},
        "intro": _("Who held this seat or stood in, the newest first."),
        "crumbs": body_crumbs(seat.body, _("History")),
        "columns": [
            Column(_("Function")),
            *([Column(_("Name"))] if named else []),
            Column(_("As")),
            Column(_("From")),
            Column(_("Until")),
        ],
        "rows": [
            [
                Cell(row.function),
                *([Cell(_name_of(row))] if named else []),
                Cell(_("deputy") if row.as_deputy else _("holder")),
                Cell(written_day(row.starts)),
                Cell(written_day(row.ended) if row.ended else _("today")),
            ]
            for row in queries.tenures_of(seat)
        ],
        "add": Link(_("Hand over this seat"), reverse("workspace:seat_hand_over", args=[seat.pk]))
        if named
        else None,
        "empty": (
            _("Nobody has held this seat yet."),
            _("As soon as somebody holds it, it stands here from when to when."),
        ),
    }
    return render(request, "workspace/register.html", context)


def _name_of(tenure: Tenure) -> str:
    if tenure.person is None:
        return _("erased")
    return tenure.person.name or _("not given")


def _seat(request: MemberRequest, pk: int) -> Seat:
    enter(request, CHANGE)
    return get_object_or_404(queries.seats_in(request.municipality), pk=pk)
