"""Statements at the office's desk: written, reworded, taken out, and proposals taken in."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.core.jobs import jobs_for
from miteinander.participation import actions, forms, insights, queries
from miteinander.participation.states import CallMethod, StatementState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, sought, typed
from miteinander.workspace.views.participation.rooms import (
    MODERATE,
    contribution_of,
    crumbs,
    facts,
    form_view,
    understood,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Call, Statement
    from miteinander.ui.requests import MemberRequest

WRITE = "participation.write_statements"


def desk_of(call: Call) -> str:
    return reverse("workspace:statements", args=[call.identifier])


def voted_call(request: MemberRequest, identifier: str, right: str = WRITE) -> Call:
    """A call on whose statements people vote; any other one has no such page."""
    enter(request, right)
    visible = queries.calls_visible_to(request.municipality, request.standing)
    found = sought(request, visible, identifier)
    if found.method != CallMethod.STATEMENTS:
        raise NotThere
    return found


@form_view
def statements(request: MemberRequest, identifier: str) -> HttpResponse:
    """All statements with how many have voted, the proposals that wait, and a form for more."""
    call = voted_call(request, identifier)
    form = forms.StatementsForm(typed(request), initial={"language": call.language})

    def act() -> str:
        data = form.cleaned_data
        actions.write_statements(
            call, data["statements"], language=data["language"], **facts(request)
        )
        return desk_of(call)

    rows = queries.asked_in(call)
    question = Question(
        title=_("Statements"),
        submit=_("Put up for a vote"),
        done=_("The statements have been put up for a vote."),
        crumbs=crumbs(
            Link(call.title, reverse("workspace:call", args=[call.identifier])),
            Link(_("Statements")),
        ),
        autosave=f"statements-{call.identifier}",
    )
    more = {
        "call": call,
        "rows": rows,
        "live": sum(row.statement.state == StatementState.OPEN for row in rows),
        "proposals": queries.proposals_waiting(call),
        "is_over": request.standing.at >= call.closes_at,
    }
    return ask(request, form, question, act=act, template="workspace/statements.html", more=more)


@form_view
def statement_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    """Reword a statement on which nobody has voted."""
    found = _statement(request, identifier)
    initial = {"text": found.title, "seen": found.revision}
    form = forms.RewordForm(typed(request), initial=initial)

    def act() -> str:
        seen = form.cleaned_data["seen"]
        actions.reword_statement(
            found,
            text=form.cleaned_data["text"],
            seen=found.revision if seen is None else seen,
            **facts(request),
        )
        return desk_of(found.call)

    question = Question(
        title=_("Reword statement %(number)s") % {"number": found.order},
        intro=_("As long as nobody has voted on it. Afterwards its words stay as they are."),
        submit=_("Save"),
        done=_("The statement has been reworded."),
        crumbs=_crumbs(found),
    )
    return ask(request, form, question, act=act)


@form_view
def statement_withdraw(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _statement(request, identifier)
    form = forms.WithdrawStatementForm(typed(request))

    def act() -> str:
        actions.withdraw_statement(found, **form.cleaned_data, **facts(request))
        return desk_of(found.call)

    question = Question(
        title=_("Take out: %(title)s") % {"title": found.title},
        intro=_("Nobody votes on it any more, and it leaves the map. Its page stays."),
        submit=_("Take out with this reason"),
        done=_("The statement has been taken out."),
        crumbs=_crumbs(found),
    )
    return ask(request, form, question, act=act)


@form_view
def statement_adopt(request: MemberRequest, identifier: str) -> HttpResponse:
    """Publish a proposal and put it up for a vote, with what says almost the same beside it."""
    found = contribution_of(request, identifier, MODERATE)
    if found.call is None or found.call.method != CallMethod.STATEMENTS:
        raise NotThere
    understood([found])
    form = forms.AdoptForm(typed(request), initial={"text": found.text})

    def act() -> str:
        assert found.call is not None
        actions.adopt_proposal(found, **form.cleaned_data, **facts(request))
        return desk_of(found.call)

    question = Question(
        title=_("Put up for a vote"),
        submit=_("Publish and put up for a vote"),
        done=_("The proposal is a statement now. It gets its turn soon."),
        crumbs=crumbs(Link(found.call.title, desk_of(found.call)), Link(_("Proposal"))),
    )
    more = {
        "contribution": found,
        "similar": insights.similar_statements(found.text, queries.open_statements(found.call)),
    }
    template = "workspace/statement_adopt.html"
    return ask(request, form, question, act=act, template=template, more=more)


@require_safe
def votes_file(request: MemberRequest, identifier: str) -> HttpResponse:
    """All votes as `miteinander opinion` reads them; nobody can be told from the rows.

    People have numbers that are drawn anew for each file, so that two files of different days
    cannot be laid side by side.
    """
    call = voted_call(request, identifier, "participation.export_votes")
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(["participant", "statement", "vote"])
    table.writerows(queries.votes_to_export(call))
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="stimmen-{call.identifier}.csv"'
    return response


@form_view
def opinion_map(request: MemberRequest, identifier: str) -> HttpResponse:
    """The map as everybody sees it, how far the worker is, and a button to draw it now."""
    call = voted_call(request, identifier)
    address = reverse("workspace:opinion_map", args=[call.identifier])
    if request.method == "POST":
        actions.draw_map_soon(call, **facts(request))
        messages.success(request, _("The map is being drawn."))
        return SeeOther(address)
    jobs = jobs_for(call, queries.DRAW_MAP)[:1]
    context = {
        "title": _("Opinion map"),
        "crumbs": crumbs(
            Link(call.title, reverse("workspace:call", args=[call.identifier])),
            Link(_("Opinion map")),
        ),
        "call": call,
        "map": queries.shown_map(call, get_language() or "de"),
        "job": jobs[0] if jobs else None,
        "is_running": any(job.state in ("waiting", "running") for job in jobs),
    }
    return render(request, "workspace/opinion_map.html", context)


def _statement(request: MemberRequest, identifier: str) -> Statement:
    enter(request, WRITE)
    visible = queries.statements_visible_to(request.municipality, request.standing)
    return sought(request, visible, identifier)


def _crumbs(found: Statement) -> list[Link]:
    number = _("Statement %(number)s") % {"number": found.order}
    return crumbs(Link(found.call.title, desk_of(found.call)), Link(number))
