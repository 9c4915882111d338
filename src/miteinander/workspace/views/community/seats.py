"""Seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.community import actions, forms, queries
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.bodies import _body, body_crumbs
from miteinander.workspace.views.community.crumbs import CHANGE, form_view

if TYPE_CHECKING:
    from miteinander.community.models import Seat
    from miteinander.ui.requests import MemberRequest


@form_view
def seat_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, CHANGE, found)
    form = forms.SeatForm(typed(request), municipality=request.municipality)

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

    def act() -> str:
        actions.change_seat(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    question = Question(
        title=_("Seat: %(function)s") % {"function": seat.function},
        submit=_("Save seat"),
        done=_("The seat has been saved."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_fill(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.FillForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.FillForm.initial_from(seat),
    )

    def act() -> str:
        actions.fill_seat(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    question = Question(
        title=_("Who holds this seat: %(function)s") % {"function": seat.function},
        submit=_("Save"),
        done=_("The seat has been saved."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_absence(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.AbsenceForm(typed(request), initial=forms.AbsenceForm.initial_from(seat))

    def act() -> str:
        actions.note_absence(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    question = Question(
        title=_("Absence: %(function)s") % {"function": seat.function},
        intro=_("In this time the deputy speaks with the voice of the seat."),
        submit=_("Save"),
        done=_("The absence has been noted."),
        crumbs=body_crumbs(seat.body, seat.function),
    )
    return ask(request, form, question, act=act)


def _seat(request: MemberRequest, pk: int) -> Seat:
    enter(request, CHANGE)
    return get_object_or_404(queries.seats_in(request.municipality), pk=pk)
