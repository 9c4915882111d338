"""Receipts: what became of it, for whoever holds the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from miteinander.core.codes import read_code
from miteinander.core.translation import localise
from miteinander.participation import actions, queries
from miteinander.participation.forms import ReceiptSearchForm
from miteinander.participation.states import ContributionState
from miteinander.process.queries import registration_with
from miteinander.public.thread import stations
from miteinander.public.views.participation.holding import with_receipt
from miteinander.public.views.participation.shared import comment_on, crumbs, language
from miteinander.public.views.sending import confidential
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.core.models import Municipality
    from miteinander.ui.requests import SiteRequest


# Whatever a code opens: who finds it in this municipality, and the address of its page.
OPENED_BY_A_CODE: tuple[tuple[Callable[[Municipality, str], object], str], ...] = (
    (queries.contribution_with_receipt, "receipt"),
    (registration_with, "registration"),
    (queries.votes_with, "own_votes"),
    (queries.response_with, "survey_receipt"),
)


@login_not_required
@require_GET
@confidential
def receipt_search(request: SiteRequest) -> HttpResponse:
    """Type the code, find the contribution. See ``actions.receipts`` on guessing."""
    form = ReceiptSearchForm(request.GET or None)
    status = 200
    if form.is_bound:
        if form.is_valid():
            typed = form.cleaned_data["code"]
            for opens, name in OPENED_BY_A_CODE:
                if opens(request.municipality, typed):
                    return redirect(f"public:{name}", code=read_code(typed))
            form.add_error(
                "code",
                _(
                    "No contribution has this code. Please compare it with your receipt, "
                    "letter by letter."
                ),
            )
        status = 404
    context = {
        "title": _("Find your contribution again"),
        "crumbs": crumbs(Link(_("Receipt"))),
        "form": form,
    }
    return render(request, "public/receipt_search.html", context, status=status)


@login_not_required
@require_safe
@confidential
def receipt(request: SiteRequest, code: str) -> HttpResponse:
    """What became of it: for whoever holds the code, also when nobody else may read it."""
    found = with_receipt(request, code)
    localise([found], language())
    code = read_code(code)
    answers = queries.answers_to(found, language=found.language)
    hanging = queries.hanging_on(found)
    further = queries.answers_to_additions(found, hanging.additions)
    context = {
        "title": _("Your contribution"),
        "crumbs": crumbs(Link(_("Receipt"))),
        "contribution": found,
        "code": code,
        "address": request.build_absolute_uri(reverse("public:receipt", args=[code])),
        "about": comment_on(found),
        "answers": answers,
        "thread": stations(found, standing=request.standing, language=language())
        if found.is_counted
        else [],
        "is_waiting": found.state == ContributionState.SUBMITTED,
        # What came late is for the office from the start; that says nothing about its reading.
        "is_just_in": hanging.is_late and found.state == ContributionState.INTERNAL and not answers,
        "is_refused": found.state == ContributionState.REFUSED,
        "is_withdrawn": found.state == ContributionState.WITHDRAWN,
        "is_late": bool(
            found.call
            and not found.is_answered
            and found.call.answer_by < localdate(request.standing.at)
        ),
        "office": found.process.lead_office,
        "hanging": hanging,
        "additions": list(zip(hanging.additions, further, strict=True)),
        "may_add": actions.can_be_added_to(found),
        "may_hear": actions.is_noticeable(found),
    }
    return render(request, "public/receipt.html", context)
