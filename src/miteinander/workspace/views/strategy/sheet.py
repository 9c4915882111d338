"""The sheet of a measure, and what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import Conflict, Invalid, Refusal
from miteinander.core.rights import allowed, require
from miteinander.strategy import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, blame, enter, press, typed
from miteinander.workspace.merging import TwoEditors
from miteinander.workspace.presence import present_at
from miteinander.workspace.views.strategy.rooms import (
    board_address,
    concept_crumbs,
    form_view,
    measure_of,
    sheet_address,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.strategy.models import Measure
    from miteinander.ui.requests import MemberRequest
    from miteinander.workspace.merging import Offer


NUMBERS = ("lead", "starts", "ends", "cost_once", "cost_yearly", "staff_need")
"""Fields of the sheet that are nothing, and not an empty text, when they are left out."""


@form_view
def measure(request: MemberRequest, identifier: str) -> HttpResponse:
    """The sheet as a form, in the order of the printed sheet, with its open points."""
    found = measure_of(request, identifier)
    if request.method != "POST":
        return _show_sheet(request, found)
    enter(request, "strategy.work_on_field", found)
    editors = TwoEditors(found, forms.MeasureForm.of)
    form = forms.MeasureForm(editors.typed(request), measure=found)
    if not form.is_valid():
        return _show_sheet(request, found, form=form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        actions.edit_measure(
            found,
            changes=form.changes(),
            revision=found.revision if seen is None else seen,
            by=request.standing,
            at=request.standing.at,
        )
    except Invalid as refusal:
        blame(form, refusal)
        return _show_sheet(request, found, form=form, status=422)
    except Refusal as refusal:
        offer = editors.meet(form, refusal) if isinstance(refusal, Conflict) else None
        return _show_sheet(
            request, found, form=form, refusal=refusal, offer=offer, status=refusal.status
        )
    messages.success(request, _("Saved."))
    return SeeOther(sheet_address(found))


def _show_sheet(
    request: MemberRequest,
    found: Measure,
    *,
    form: forms.MeasureForm | None = None,
    refusal: Refusal | None = None,
    offer: Offer | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = request.standing
    may_edit = allowed(standing, "strategy.edit_measure", found)
    beside = queries.companions_of(found, public_only=False)
    context = {
        "measure": found,
        "goal": found.goal,
        "form": form or forms.MeasureForm(initial=forms.MeasureForm.of(found), measure=found),
        # A refused form is shown whatever became of the right meanwhile: nothing typed is lost.
        "shows_form": may_edit or form is not None,
        "source": queries.taken_from_in_words(found),
        "points": queries.open_points(found, founded=queries.founded([found.goal])),
        "beside": beside,
        "completeness": queries.completeness(found, indicators=len(beside.indicators)),
        "may_edit": may_edit,
        "present": present_at(request, found) if may_edit else None,
        "refusal": refusal,
        "is_conflict": isinstance(refusal, Conflict),
        "offer": offer,
        "may_submit": allowed(standing, "strategy.submit_measure", found),
        "may_take_back": allowed(standing, "strategy.take_back_measure", found),
        "may_ask": allowed(standing, "strategy.ask_lead", found),
        "may_answer_wish": allowed(standing, "strategy.answer_wish", found),
        "may_answer": allowed(standing, "strategy.answer_as_lead", found),
        "may_retire": allowed(standing, "strategy.retire_measure", found),
        "may_move": allowed(standing, "strategy.draft", found),
        "crumbs": concept_crumbs(
            found.goal.field.concept, Link(_("Measure %(no)s") % {"no": found.number})
        ),
    }
    return render(request, "workspace/measure.html", context, status=status)


@require_POST
def measure_points(request: MemberRequest, identifier: str) -> HttpResponse:
    """The open points of what is typed so far; nothing is saved. Asked by htmx on each change."""
    found = measure_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    form = forms.MeasureForm(request.POST, measure=found)
    form.is_valid()  # what does not fit yet counts as missing
    for name in forms.MeasureForm.base_fields:
        if name not in ("seen", "sure", "partners", "cross_cutting_themes", "depends_on"):
            setattr(found, name, form.cleaned_data.get(name, None if name in NUMBERS else ""))
    context = {
        "points": queries.open_points(found, founded=queries.founded([found.goal])),
        "goal": found.goal,
        "completeness": queries.completeness(found, indicators=found.indicators.count()),
    }
    return render(request, "workspace/measure_points.html", context)


def sheet_crumbs(measure: Measure, here: str) -> list[Link]:
    return concept_crumbs(
        measure.goal.field.concept, Link(measure.title, sheet_address(measure)), Link(here)
    )


def _on_sheet(
    request: MemberRequest, found: Measure, act: Callable[[], object], done: str
) -> HttpResponse:
    return press(
        request,
        act,
        done=done,
        then=sheet_address(found),
        refused=lambda refusal: _show_sheet(request, found, refusal=refusal, status=refusal.status),
    )


@require_POST
def measure_submit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    require(request.standing, "strategy.work_on_field", found)
    return _on_sheet(
        request,
        found,
        lambda: actions.submit_measure(found, by=request.standing, at=request.standing.at),
        _("The measure has been handed in. Everybody can read it now."),
    )


@require_POST
def measure_take_back(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    require(request.standing, "strategy.work_on_field", found)
    return _on_sheet(
        request,
        found,
        lambda: actions.take_back_measure(found, by=request.standing, at=request.standing.at),
        _("The measure is a draft again."),
    )


@form_view
def measure_move(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    concept_ = found.goal.field.concept
    form = forms.MoveMeasureForm(typed(request), concept=concept_, initial={"goal": found.goal_id})

    def act() -> str:
        actions.move_measure(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return board_address(concept_)

    title = _("Move measure %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Move to this place"),
            crumbs=sheet_crumbs(found, title),
            done=_("The measure has moved. Its number changed, its address did not."),
        ),
        act=act,
    )


@form_view
def measure_retire(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    enter(request, "strategy.retire_measure", found)
    form = forms.ReasonForm(typed(request))

    def act() -> str:
        actions.retire_measure(
            found, reason=form.cleaned_data["reason"], by=request.standing, at=request.standing.at
        )
        return sheet_address(found)

    title = _("Give up measure %(no)s") % {"no": found.number}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Give up"),
            crumbs=sheet_crumbs(found, title),
            done=_("The measure has been given up. Its page stays and says why."),
        ),
        act=act,
    )
