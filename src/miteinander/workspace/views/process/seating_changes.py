"""Table plans changed by hand, with the effect shown before and after."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import Closed, Refusal
from miteinander.process import actions, forms, insights, queries
from miteinander.process.states import PlanState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.seating import (
    plan_address,
    plan_crumbs,
    round_asked,
    show_plan,
    the_plan,
)
from miteinander.workspace.views.process.ways import form_view

if TYPE_CHECKING:
    from miteinander.process.insights import Quality
    from miteinander.process.models import TablePlan
    from miteinander.process.queries import Seated
    from miteinander.ui.requests import MemberRequest


def plan_to_change(request: MemberRequest, pk: int) -> TablePlan:
    plan = the_plan(request, pk)
    enter(request, "process.seat_people", plan.meeting)
    return plan


def _only_ready(plan: TablePlan) -> None:
    if plan.state != PlanState.READY:
        raise Closed(_("The plan is being computed just now."), do=_("Please wait a moment."))


@form_view
def table_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody elsewhere: "show the effect" changes nothing, the other button does."""
    plan = plan_to_change(request, pk)
    _only_ready(plan)
    number = round_asked(request, plan)
    seated = queries.seated_in(plan)
    form = forms.MoveGuestForm(
        typed(request),
        plan=plan,
        guests=seated.guests,
        round_number=number,
        initial={"seen": plan.revision},
    )
    before, after, status = _quality(seated), None, 200
    refusal: Refusal | None = None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            move = form.move()
            after, status = _tried(seated, number, move), 200
            if "preview" not in request.POST:
                try:
                    actions.move_guest(
                        plan,
                        **move,  # type: ignore[arg-type]  # the form knows who is meant
                        round_number=number,
                        seen=form.cleaned_data["seen"],
                        by=request.standing,
                        at=request.standing.at,
                    )
                except Refusal as problem:
                    refusal, status = problem, problem.status
                else:
                    messages.success(request, _moved(before, after))
                    return SeeOther(plan_address(plan, number))
    context = {
        "title": _("Seat somebody elsewhere"),
        "crumbs": plan_crumbs(plan, Link(_("Change"))),
        "plan": plan,
        "number": number,
        "form": form,
        "before": before,
        "after": after,
        "refusal": refusal,
    }
    return render(request, "workspace/table_move.html", context, status=status)


def _quality(seated: Seated) -> Quality:
    return insights.judge(insights.guesting_of(seated), [guest.seats for guest in seated.guests])


def _tried(seated: Seated, number: int, move: dict[str, int | None]) -> Quality:
    """What the plan would be after the move; nothing is written."""
    tried = {guest.pk: copy(guest) for guest in seated.guests}
    for guest in tried.values():
        guest.seats = list(guest.seats)
    one, place = tried[move["guest"] or 0], number - 1
    if move["with_guest"]:
        other = tried[move["with_guest"]]
        one.seats[place], other.seats[place] = other.seats[place], one.seats[place]
    else:
        one.seats[place] = move["to"]
    return insights.judge(
        insights.guesting_of(seated), [tried[guest.pk].seats for guest in seated.guests]
    )


def _moved(before: Quality, after: Quality) -> str:
    words = {"before": before.deviation, "after": after.deviation}
    return _("Changed. Outside the mix: %(before)s people before, %(after)s now.") % words


@require_POST
def table_undo(request: MemberRequest, pk: int) -> HttpResponse:
    plan = plan_to_change(request, pk)
    seen = request.POST.get("seen", "")
    try:
        actions.undo_seating(
            plan,
            seen=int(seen) if seen.isdecimal() else -1,
            by=request.standing,
            at=request.standing.at,
        )
    except Refusal as refusal:
        return show_plan(request, plan, refusal=refusal)
    messages.success(request, _("The last change has been taken back."))
    return SeeOther(plan_address(plan))


@require_POST
def table_again(request: MemberRequest, pk: int) -> HttpResponse:
    plan = plan_to_change(request, pk)
    actions.seat_again(plan, by=request.standing, at=request.standing.at)
    messages.success(request, _("The plan is being computed."))
    return SeeOther(plan_address(plan))


@form_view
def table_latecomer(request: MemberRequest, pk: int) -> HttpResponse:
    plan = plan_to_change(request, pk)
    _only_ready(plan)
    seated = queries.seated_in(plan)
    form = forms.LatecomerForm(typed(request), plan=plan, guests=seated.guests)

    def act() -> str:
        values = form.values()
        organisation = form.cleaned_data["organisation"]
        mixed = [organisation if n == "organisation" else values.get(n, "") for n in plan.mix]
        seats = insights.best_tables(
            insights.guesting_of(seated),
            [guest.seats for guest in seated.guests],
            mixed,
            organisation if plan.keeps_apart else "",
        )
        guest = actions.seat_latecomer(
            plan,
            name=form.cleaned_data["name"],
            organisation=organisation,
            values=values,
            seats=seats,
            by=request.standing,
            at=request.standing.at,
        )
        words = {"name": guest.name, "tables": ", ".join(str(table) for table in seats)}
        messages.success(request, _("%(name)s sits at table %(tables)s.") % words)
        return plan_address(plan)

    question = Question(
        title=_("Somebody comes late"),
        intro=_("The others stay where they are. The best table with a free place is found."),
        submit=_("Find a place"),
        done=_("Everybody has a place."),
        crumbs=plan_crumbs(plan, Link(_("Latecomer"))),
    )
    return ask(request, form, question, act=act)


@form_view
def table_wish(request: MemberRequest, pk: int) -> HttpResponse:
    plan = plan_to_change(request, pk)
    form = forms.SeatingWishForm(typed(request), guests=queries.seated_in(plan).guests)

    def act() -> str:
        actions.wish_seating(plan, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return plan_address(plan)

    question = Question(
        title=_("Two people together or apart"),
        intro=_("It counts when the plan is computed anew, and in what the plan is judged by."),
        submit=_("Note wish"),
        done=_("The wish has been noted."),
        crumbs=plan_crumbs(plan, Link(_("Wish"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def table_wish_drop(request: MemberRequest, pk: int) -> HttpResponse:
    plan = plan_to_change(request, pk)
    wish = request.POST.get("wish", "")
    if wish.isdecimal():
        actions.drop_wish(plan, wish=int(wish), by=request.standing, at=request.standing.at)
    return SeeOther(plan_address(plan))


@require_POST
def table_drop(request: MemberRequest, pk: int) -> HttpResponse:
    plan = plan_to_change(request, pk)
    meeting = actions.drop_plan(plan, by=request.standing, at=request.standing.at)
    messages.success(request, _("The plan and the names in it are deleted."))
    return SeeOther(reverse("workspace:table_plans", args=[meeting.identifier]))
