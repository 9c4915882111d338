"""Voting on paper: who gets a paper, the papers to print, what two people typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.adoption import actions, forms, queries
from miteinander.core.errors import NotThere, Refusal
from miteinander.core.identifiers import on_paper
from miteinander.core.rights import require
from miteinander.documents.apart import render_apart
from miteinander.documents.vote_papers import voting_papers
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.workspace.asking import SeeOther, enter, typed
from miteinander.workspace.views.adoption.ballots import (
    ballot_crumbs,
    form_view,
    room,
    said,
    sought_ballot,
)

if TYPE_CHECKING:
    from django import forms as django_forms

    from miteinander.adoption.models import Ballot, PaperCount
    from miteinander.ui.requests import MemberRequest


def _here(ballot: Ballot) -> str:
    return reverse("workspace:vote_papers", args=[ballot.identifier])


@form_view
def papers(request: MemberRequest, identifier: str) -> HttpResponse:
    """Type papers in, by keyboard, a line for each; what differs between two stands below."""
    ballot = sought_ballot(request, identifier)
    enter(request, "adoption.count_papers", ballot)
    form = forms.PapersForm(typed(request), ballot=ballot, options=list(ballot.options.all()))
    if request.method != "POST":
        return _show(request, ballot, typing=form)
    if not form.is_valid():
        return _show(request, ballot, typing=form, status=422)
    try:
        count = actions.type_papers(
            ballot, form.cleaned_data["papers"], by=request.standing, at=request.standing.at
        )
    except Refusal as refusal:
        return _show(request, ballot, typing=form, refusal=refusal, status=refusal.status)
    done = ngettext("%(count)s paper is typed in.", "%(count)s papers are typed in.", count)
    messages.success(request, done % {"count": count})
    return SeeOther(_here(ballot))


def _show(
    request: MemberRequest,
    ballot: Ballot,
    *,
    handing: django_forms.Form | None = None,
    typing: django_forms.Form | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    page = queries.ballot_page(ballot, request.standing)
    free = [e for e in page.electors if not e.has_voted and not e.on_paper]
    left = queries.differences(ballot)
    context = {
        "title": _("Voting on paper"),
        "crumbs": ballot_crumbs(Link(ballot.title, room(ballot)), Link(_("Voting on paper"))),
        "ballot": ballot,
        "is_running": ballot.is_running(request.standing.at),
        "hand_out": handing or (forms.HandOutForm(electors=free) if free else None),
        "handed_out": [e.function for e in page.electors if e.on_paper],
        "form": typing or forms.PapersForm(ballot=ballot, options=page.options),
        "refusal": refusal,
        "columns": [Column(_("Paper")), Column(_("One read")), Column(_("The other read"))],
        "rows": [
            [
                Cell(on_paper(d.code)),
                Cell(_read(ballot, d.one, d.other)),
                Cell(_read(ballot, d.other, d.one)),
            ]
            for d in left
        ],
        "may_finish": not left and not ballot.is_running(request.standing.at),
    }
    return render(request, "workspace/vote_papers.html", context, status=status)


def _read(ballot: Ballot, count: PaperCount | None, beside: PaperCount | None) -> str:
    """What was read, once both have: whoever has seen the first count does not look."""
    if count is None:
        return _("not typed in")
    if beside is None:
        return _("typed in")
    marks = ", ".join(f"{key}: {said(ballot, mark)}" for key, mark in sorted(count.marks.items()))
    reasons = "; ".join(f"{key}: {text}" for key, text in sorted(count.reasons.items()))
    return " | ".join(part for part in (marks, reasons, "+" if count.travels else "") if part)


@require_POST
def papers_hand_out(request: MemberRequest, identifier: str) -> HttpResponse:
    ballot = sought_ballot(request, identifier)
    require(request.standing, "adoption.count_papers", ballot)
    form = forms.HandOutForm(request.POST, electors=list(ballot.electors.all()))
    if not form.is_valid():
        return _show(request, ballot, handing=form, status=422)
    chosen = [int(key) for key in form.cleaned_data["electors"]]
    try:
        actions.hand_out_papers(
            ballot, electors=chosen, by=request.standing, at=request.standing.at
        )
    except Refusal as refusal:
        return _show(request, ballot, handing=form, refusal=refusal, status=refusal.status)
    messages.success(request, _("These seats vote on paper now. Please print the papers."))
    return SeeOther(_here(ballot))


@require_POST
def papers_finish(request: MemberRequest, identifier: str) -> HttpResponse:
    ballot = sought_ballot(request, identifier)
    require(request.standing, "adoption.count_papers", ballot)
    try:
        actions.finish_papers(ballot, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return _show(request, ballot, refusal=refusal, status=refusal.status)
    messages.success(request, _("The papers lie with the others. They are counted in a minute."))
    return SeeOther(room(ballot))


@require_GET
def papers_file(request: MemberRequest, identifier: str) -> HttpResponse:
    """The papers as PDF, one page each; in an open ballot with the seat whose paper it is."""
    ballot = sought_ballot(request, identifier)
    enter(request, "adoption.count_papers", ballot)
    if not ballot.paper_codes:
        raise NotThere
    functions = dict(ballot.electors.values_list("pk", "function"))
    codes = {code: functions.get(key, "") for code, key in ballot.paper_codes.items()}
    document = voting_papers(
        ballot,
        list(ballot.options.all()),
        codes,
        language=get_language() or "de",
        today=localdate(request.standing.at),
    )
    response = HttpResponse(render_apart(document, "pdf"), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{ballot.identifier}.pdf"'
    return response
