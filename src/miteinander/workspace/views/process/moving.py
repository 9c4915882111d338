"""Moving a phase: first what would happen and who is told, then the move, then the way back."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import Closed, Invalid, Refusal
from miteinander.participation.queries import calls_left_out
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, blame, enter, typed
from miteinander.workspace.views.process.phases import the_phase
from miteinander.workspace.views.process.processes import show_process
from miteinander.workspace.views.process.ways import desk_of, form_view, process_crumbs, the_process

if TYPE_CHECKING:
    from miteinander.process.models import Phase
    from miteinander.process.queries import Shift
    from miteinander.ui.requests import MemberRequest


@form_view
def phase_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the new dates, show what follows from them, and move once that was seen."""
    phase = the_phase(request, pk)
    form = forms.MovePhaseForm(typed(request), initial={"starts": phase.starts, "ends": phase.ends})
    refusal: Refusal | None = None
    shifts: list[Shift] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            asked = form.asked()
            try:
                actions.require_movable(phase, starts=asked["starts"], ends=asked["ends"])
            except Closed as problem:
                refusal = problem
            except Invalid as problem:
                blame(form, problem)
            else:
                shifts = queries.shifts_of(phase, **asked)
                if not shifts:
                    form.add_error(None, _("These are the dates that the phase has already."))
                elif form.cleaned_data["shown"] == _digest(shifts):
                    actions.move_phase(phase, **asked, by=request.standing, at=request.standing.at)
                    messages.success(
                        request, _("The phase has been moved. You can still take this back.")
                    )
                    return SeeOther(desk_of(phase.process))
                else:
                    status = 200
    context = {
        "title": _("Move: %(title)s") % {"title": phase.title},
        "crumbs": process_crumbs(phase.process, Link(phase.title)),
        "phase": phase,
        "form": form,
        "refusal": refusal,
        "question": _question(phase),
        **(_foreseen(request, phase, shifts) if shifts and status == 200 else {}),
    }
    return render(request, "workspace/phase_move.html", context, status=status)


def _question(phase: Phase) -> Question:
    return Question(
        title=_("Move: %(title)s") % {"title": phase.title},
        intro=_("First you see what would happen and who is told. Nothing is moved before that."),
        submit=_("Show what would happen"),
        done="",
        crumbs=process_crumbs(phase.process, Link(phase.title)),
    )


def _foreseen(request: MemberRequest, phase: Phase, shifts: list[Shift]) -> dict[str, object]:
    """What the move would do: to phases, meetings and calls, and who is told of it."""
    at, process = request.standing.at, phase.process
    concerned = queries.concerned_by(process, at=at)
    by_mail = [each for each in concerned if each.to]
    return {
        "shifts": shifts,
        "shown": _digest(shifts),
        "meetings": queries.meetings_within(process, shifts, day=localdate(at)),
        "calls": calls_left_out(process, shifts, at=at),
        "told": by_mail,
        "told_through": sorted(Counter(each.body for each in by_mail).items()),
        "by_letter": [each for each in concerned if not each.to],
    }


def _digest(shifts: list[Shift]) -> str:
    written = repr([shift.as_data() for shift in shifts])
    return hashlib.sha256(written.encode()).hexdigest()[:16]


@require_POST
def phase_move_undo(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    move = request.POST.get("move", "")
    try:
        actions.undo_move(
            process,
            move=int(move) if move.isdecimal() else 0,
            by=request.standing,
            at=request.standing.at,
        )
    except Refusal as refusal:
        return show_process(request, process, refusal=refusal)
    messages.success(request, _("The phases are back where they were."))
    return SeeOther(desk_of(process))
