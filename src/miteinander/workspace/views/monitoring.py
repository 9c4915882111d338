"""Monitoring for those who work on it: who has not reported, what is sent, what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.core import jobs as background
from miteinander.core import outbox as post
from miteinander.core.errors import NotThere, Refusal
from miteinander.core.rights import allowed, require
from miteinander.monitoring import actions, queries
from miteinander.monitoring.forms import ReportForm
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.strategy.models import Measure
    from miteinander.ui.requests import MemberRequest

ROWS = 50
MAIL_LOOKS = {"waiting": "waiting", "sending": "running", "sent": "done", "failed": "stuck"}
JOB_LOOKS = {"waiting": "waiting", "running": "running", "done": "done", "failed": "stuck"}


@require_GET
def measures(request: MemberRequest) -> HttpResponse:
    """Adopted measures, the silent ones first; members see what their organisation leads."""
    at = timezone.now()
    standing = request.standing
    if not standing.is_member:
        raise NotThere
    is_coordinator = allowed(standing, "monitoring.ask_for_reports")
    led_by = None if is_coordinator else standing.organisations
    found = queries.measures_to_watch(request.municipality, at=at, led_by=led_by)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    asked = queries.asked_at(rows) if is_coordinator else {}
    silent = queries.silent_measures(request.municipality, at=at).count() if is_coordinator else 0
    return render(
        request,
        "workspace/monitoring.html",
        {
            "page": page,
            "rows": [(measure, asked.get(measure.pk)) for measure in rows],
            "silent": silent,
            "is_coordinator": is_coordinator,
        },
    )


@require_POST
def ask(request: MemberRequest, identifier: str) -> HttpResponse:
    """Ask the lead of one measure for a report."""
    measure = _measure(request, identifier)
    require(request.standing, "monitoring.ask_for_reports", measure)
    try:
        if actions.request_report(measure, by=request.standing, at=timezone.now()):
            messages.success(
                request,
                _("%(lead)s will get a mail with a link.")
                % {"lead": measure.lead.title if measure.lead else ""},
            )
        else:
            messages.info(request, _("Somebody asked within the last day. Nothing was sent twice."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:monitoring")


@require_POST
def ask_all(request: MemberRequest) -> HttpResponse:
    """Ask all leads about whose measures nothing is known."""
    if not request.standing.is_member:
        raise NotThere
    require(request.standing, "monitoring.ask_for_reports")
    asked = already = unreachable = 0
    for concept in queries.concepts_in_implementation(request.municipality):
        try:
            outcome = actions.request_reports(concept, by=request.standing, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, f"{concept.title}: {refusal}")
            continue
        asked += outcome.asked
        already += outcome.already
        unreachable += len(outcome.unreachable)
    messages.success(
        request,
        ngettext("%(count)s lead was asked.", "%(count)s leads were asked.", asked)
        % {"count": asked},
    )
    if already:
        messages.info(
            request,
            ngettext(
                "%(count)s had been asked within the last day.",
                "%(count)s had been asked within the last day.",
                already,
            )
            % {"count": already},
        )
    if unreachable:
        messages.warning(
            request,
            ngettext(
                "%(count)s measure has no lead that can be reached by mail.",
                "%(count)s measures have no lead that can be reached by mail.",
                unreachable,
            )
            % {"count": unreachable},
        )
    return redirect("workspace:monitoring")


@require_http_methods(["GET", "POST"])
def report_new(request: MemberRequest, identifier: str) -> HttpResponse:
    """Report on a measure: as its lead, or as the coordination on its behalf."""
    measure = _measure(request, identifier)
    require(request.standing, "monitoring.speak_for", measure)
    form = ReportForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.report_status(
                measure, **form.cleaned_data, by=request.standing, at=timezone.now()
            )
        except Refusal as problem:
            refusal = problem
        else:
            messages.success(request, _("The report is public now."))
            return redirect(made)
    return render(
        request,
        "workspace/report_new.html",
        {
            "crumbs": [Link(_("Monitoring"), "../../"), Link(_("Report"))],
            "measure": measure,
            "form": form,
            "refusal": refusal,
            "last": queries.reports_of(measure).first(),
        },
        status=refusal.status if refusal else 422 if form.errors else 200,
    )


@require_GET
def outbox(request: MemberRequest) -> HttpResponse:
    """What will be sent, what was sent, what failed; the text of each mail on request."""
    _coordination_only(request)
    page = Paginator(post.mails_of(request.municipality), ROWS).get_page(request.GET.get("page"))
    rows = [(mail, MAIL_LOOKS[mail.state]) for mail in page.object_list]
    return render(request, "workspace/outbox.html", {"page": page, "rows": rows})


@require_GET
def jobs(request: MemberRequest) -> HttpResponse:
    """Background work and its state, failures with their reason."""
    _coordination_only(request)
    found = background.jobs_of(request.municipality)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = [(job, JOB_LOOKS[job.state], background.label_of(job)) for job in page.object_list]
    return render(request, "workspace/jobs.html", {"page": page, "rows": rows})


def _coordination_only(request: MemberRequest) -> None:
    if not request.standing.is_member:
        raise NotThere
    require(request.standing, "monitoring.see_background")


def _measure(request: MemberRequest, identifier: str) -> Measure:
    measure = queries.measure_to_report(request.municipality, identifier)
    if measure is None or not request.standing.is_member:
        raise NotThere
    return measure
