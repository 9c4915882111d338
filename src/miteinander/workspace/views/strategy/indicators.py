"""The indicators of a measure: a number, where it stands, where it shall stand, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import Refusal
from miteinander.strategy import actions, forms
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.strategy.rooms import (
    concept_crumbs,
    form_view,
    measure_of,
    sheet_address,
)

if TYPE_CHECKING:
    from miteinander.strategy.models import Indicator, Measure
    from miteinander.ui.requests import MemberRequest


@form_view
def indicator_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    return _ask(request, found, None)


@form_view
def indicator_edit(request: MemberRequest, identifier: str, pk: int) -> HttpResponse:
    found = measure_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    return _ask(request, found, get_object_or_404(found.indicators, pk=pk))


@require_POST
def indicator_drop(request: MemberRequest, identifier: str, pk: int) -> HttpResponse:
    found = measure_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    row = get_object_or_404(found.indicators, pk=pk)
    try:
        actions.drop_indicator(row, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The indicator “%(title)s” is off the sheet.") % {"title": row})
    return SeeOther(sheet_address(found))


def _ask(request: MemberRequest, measure: Measure, row: Indicator | None) -> HttpResponse:
    initial = {name: getattr(row, name) for name in forms.IndicatorForm.base_fields} if row else {}
    form = forms.IndicatorForm(typed(request), initial=initial)

    def act() -> str:
        actions.write_indicator(
            measure,
            form.cleaned_data,
            indicator=row,
            by=request.standing,
            at=request.standing.at,
        )
        return sheet_address(measure)

    title = _("Change the indicator") if row else _("Add an indicator")
    question = Question(
        title=title,
        intro=_("A number that somebody will really count. Two good ones are better than six."),
        submit=_("Save"),
        done=_("The indicator stands on the sheet."),
        crumbs=concept_crumbs(
            measure.goal.field.concept, Link(measure.title, sheet_address(measure)), Link(title)
        ),
    )
    return ask(request, form, question, act=act)
