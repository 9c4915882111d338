"""Offers out of Integreat: sent, looked at, and only then taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community import actions, forms, queries
from miteinander.community.readers.integreat import compact, read_integreat
from miteinander.core.errors import Invalid
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, blame, enter, typed
from miteinander.workspace.views.community.crumbs import CHANGE, form_view
from miteinander.workspace.views.community.offers import offer_crumbs

if TYPE_CHECKING:
    from miteinander.community.actions import OfferRow, PlannedOffer
    from miteinander.ui.requests import MemberRequest

STATES = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("is here, has changed there"),
    "same": gettext_lazy("is here, nothing new"),
    "named_alike": gettext_lazy("an offer of this name was entered by hand and stays as it is"),
    "homeless": gettext_lazy("names no organisation that the register knows"),
}


@form_view
def offers_read(request: MemberRequest) -> HttpResponse:
    """Nothing is written until somebody has seen what would be: the second button does it."""
    enter(request, CHANGE)
    organisations = queries.organisations_of(request.municipality)
    form = forms.OfferFileForm(typed(request), request.FILES or None, organisations=organisations)
    plans: list[PlannedOffer] = []
    rows: list[OfferRow] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                rows = read_integreat(form.sent())
            except Invalid as problem:
                blame(form, problem)
            else:
                status = 200
                fallback = form.cleaned_data["organisation"]
                if "take" in request.POST:
                    return _take(request, rows, fallback)
                plans = actions.planned(request.municipality, rows, fallback=fallback)
    question = Question(
        title=_("Read offers from Integreat"),
        intro=_(
            "Open the address of your town, for example "
            "https://cms.integreat-app.de/api/v3/musterstadt/de/locations/, save the answer, and "
            "choose it here. We ask no other server anything. Before anything is written you see "
            "what would be."
        ),
        submit=_("Look at it first"),
        done="",
        crumbs=offer_crumbs(Link(_("Integreat"))),
    )
    context = {
        "title": question.title,
        "crumbs": question.crumbs,
        "question": question,
        "form": form,
        "plans": [(plan, STATES[plan.state]) for plan in plans],
        "to_take": sum(plan.can_be_taken for plan in plans),
        "compact": compact(rows),
        "organisation": request.POST.get("organisation", ""),
    }
    return render(request, "workspace/offers_read.html", context, status=status)


def _take(request: MemberRequest, rows: list[OfferRow], fallback: object) -> HttpResponse:
    made, changed = actions.take_offers(
        request.municipality,
        rows,
        chosen=frozenset(request.POST.getlist("source")),
        fallback=fallback,  # type: ignore[arg-type]  # the form gives an organisation or None
        by=request.standing,
        at=request.standing.at,
    )
    messages.success(
        request,
        _("Taken over: %(made)s new, %(changed)s changed.") % {"made": made, "changed": changed},
    )
    return SeeOther(reverse("workspace:offers"))
