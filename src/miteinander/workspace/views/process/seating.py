"""Table plans: made, shown as list and on the wall, taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.core.errors import NotThere, Refusal
from miteinander.core.rights import allowed
from miteinander.core.uploads import bytes_of
from miteinander.documents import seating as papers
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.process import actions, forms, insights, queries, readers
from miteinander.process.states import PlanState, SeatedFrom
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.process.ways import form_view, meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from miteinander.documents.apart import Printed
    from miteinander.process.models import Meeting, TablePlan
    from miteinander.process.queries import Present
    from miteinander.ui.requests import MemberRequest


def the_plan(request: MemberRequest, pk: int) -> TablePlan:
    if not request.standing.is_member:
        raise NotThere
    plan = get_object_or_404(queries.plans_in(request.municipality), pk=pk)
    enter(request, "process.see_tables", plan.meeting)
    return plan


def plan_address(plan: TablePlan, number: int = 1) -> str:
    query = f"?runde={number}" if number > 1 else ""
    return reverse("workspace:table_plan", args=[plan.pk]) + query


def plan_crumbs(plan: TablePlan, *more: Link) -> list[Link]:
    tables = reverse("workspace:table_plans", args=[plan.meeting.identifier])
    return meeting_crumbs(
        plan.meeting, Link(_("Tables"), tables), Link(plan.title, plan_address(plan)), *more
    )


@require_GET
def table_plans(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.see_tables", meeting)
    context = {
        "title": _("Tables"),
        "crumbs": meeting_crumbs(meeting, Link(_("Tables"))),
        "meeting": meeting,
        "plans": queries.plans_of(meeting),
        "may_seat": allowed(request.standing, "process.seat_people", meeting),
    }
    return render(request, "workspace/table_plans.html", context)


@form_view
def table_plan_new(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.seat_people", meeting)
    files = request.FILES if request.method == "POST" else None
    form = forms.NewPlanForm(typed(request), files)

    def act() -> str:
        data = dict(form.cleaned_data)
        file, mix = data.pop("file"), data.pop("mix")
        if data["source"] == SeatedFrom.FILE:
            guests, mix = _from_file(bytes_of(file), file.name)
        else:
            guests = _from_rows(meeting, data["source"])
        plan = actions.plan_tables(
            meeting, **data, mix=mix, guests=guests, by=request.standing, at=request.standing.at
        )
        return plan_address(plan)

    question = Question(
        title=_("Make a table plan"),
        intro=_("Every table shall mirror the whole group. Afterwards you can change it by hand."),
        submit=_("Make plan"),
        done=_("The plan is being computed."),
        crumbs=meeting_crumbs(meeting, Link(_("New table plan"))),
    )
    return ask(request, form, question, act=act)


def _from_rows(meeting: Meeting, source: str) -> list[actions.Seatable]:
    found: list[Present] = (
        queries.seated_by_body(meeting) if source == SeatedFrom.BODY else queries.coming_to(meeting)
    )
    return [
        actions.Seatable(
            name=each.name,
            organisation=each.organisation,
            values={"language": each.language, "perspective": each.perspective},
            person=each.person,
        )
        for each in found
    ]


def _from_file(data: bytes, name: str) -> tuple[list[actions.Seatable], list[str]]:
    """Names and organisations by their columns; what else there is, is mixed."""
    sheet = readers.read_people(data, name=name)
    columns = [column.casefold() for column in sheet["columns"]]
    named = [n for n, column in enumerate(columns) if "name" in column] or [0]
    homes = [n for n, c in enumerate(columns) if c.startswith(("organisation", "einrichtung"))]
    mix = [
        sheet["columns"][n]
        for n in range(len(columns))
        if n not in (*named, *homes) and len({row[n] for row in sheet["rows"]}) <= MOST_VALUES
    ]
    guests = [
        actions.Seatable(
            name=" ".join(row[n] for n in named if row[n]),
            organisation=" ".join(row[n] for n in homes[:1]),
            values=dict(zip(sheet["columns"], row, strict=True)),
        )
        for row in sheet["rows"]
    ]
    return guests, mix


MOST_VALUES = 12
"""Columns with more different values, such as addresses, are nothing to mix by."""


@require_GET
def table_plan(request: MemberRequest, pk: int) -> HttpResponse:
    return show_plan(request, the_plan(request, pk))


def round_asked(request: MemberRequest, plan: TablePlan) -> int:
    said = request.GET.get("runde", "1")
    return min(int(said), plan.rounds) if said.isdecimal() and int(said[:4]) else 1


def show_plan(
    request: MemberRequest, plan: TablePlan, *, refusal: Refusal | None = None
) -> HttpResponse:
    number = round_asked(request, plan)
    seated = queries.seated_in(plan)
    is_ready = plan.state == PlanState.READY
    quality = (
        insights.judge(insights.guesting_of(seated), [g.seats for g in seated.guests])
        if is_ready
        else None
    )
    context = {
        "title": plan.title,
        "crumbs": [*plan_crumbs(plan)[:-1], Link(plan.title)],
        "plan": plan,
        "number": number,
        "rounds": range(1, plan.rounds + 1),
        "people": len(seated.guests),
        "tables": seated.tables(number) if is_ready else [],
        "wishes": seated.wishes,
        "quality": quality,
        "may_seat": allowed(request.standing, "process.seat_people", plan.meeting),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/table_plan.html", context, status=status)


@require_GET
def table_wall(request: MemberRequest, pk: int) -> HttpResponse:
    """Large, for the wall or the own phone: who sits where; found by a part of the name."""
    plan = the_plan(request, pk)
    number = round_asked(request, plan)
    seated = queries.seated_in(plan)
    wanted = request.GET.get("name", "").strip()
    found = [g for g in seated.guests if g.seats and wanted.casefold() in g.name.casefold()]
    context = {
        "title": _("Who sits where"),
        "crumbs": plan_crumbs(plan, Link(_("On the wall"))),
        "plan": plan,
        "number": number,
        "rounds": range(1, plan.rounds + 1),
        "tables": seated.tables(number) if plan.state == PlanState.READY else [],
        "wanted": wanted,
        "found": [(guest, guest.seats[number - 1]) for guest in found] if wanted else [],
    }
    return render(request, "workspace/table_wall.html", context)


PAPERS: dict[str, Callable[[queries.Seated, str], Printed]] = {
    "liste": lambda seated, language: papers.plan_of(seated, language=language),
    "schilder": lambda seated, language: papers.signs_of(seated, "tent", language=language),
    "ansteckschilder": lambda seated, language: papers.signs_of(seated, "badge", language=language),
}
"""What is printed of a plan, by the name in its address."""


@require_GET
def table_file(request: MemberRequest, pk: int, file: str) -> HttpResponse:
    """List, signs and table, for those who seat people."""
    plan = the_plan(request, pk)
    enter(request, "process.seat_people", plan.meeting)
    seated, language = queries.seated_in(plan), get_language() or "de"
    if file in papers.MEDIA:
        content, media, ending = papers.table_of(seated, file), papers.MEDIA[file], file
    elif file in PAPERS:
        chosen = FORMATS["pdf"]
        content = render_apart(PAPERS[file](seated, language), "pdf")
        media, ending = chosen.media_type, chosen.suffix
    else:
        raise NotThere
    response = HttpResponse(content, content_type=media)
    what = file if file in PAPERS else "tische"
    name = f"{what}-{plan.meeting.identifier}-{plan.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["Cache-Control"] = "no-store, private"
    return response
