"""Bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import actions, forms, queries
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.crumbs import CHANGE, SEE, form_view, register_crumbs

if TYPE_CHECKING:
    from miteinander.community.models import Body, Seat
    from miteinander.ui.requests import MemberRequest


@form_view
def body_new(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    form = forms.NewBodyForm(typed(request))

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        body = actions.form_body(
            request.municipality, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:body", args=[body.identifier])

    question = Question(
        title=_("Form a body"),
        submit=_("Form body"),
        done=_("The body has been formed. Now it needs seats."),
        crumbs=register_crumbs(Link(_("New body"))),
    )
    return ask(request, form, question, act=act)


@require_GET
def body(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, SEE, found)
    may_change = allowed(request.standing, CHANGE, found)
    seats = list(queries.seats_of(found))
    context = {
        "title": found.title,
        "crumbs": register_crumbs(Link(found.title)),
        "body": found,
        "columns": [
            Column(_("Seat")),
            Column(_("Perspective")),
            Column(_("Holder")),
            Column(_("Deputy")),
            Column(_("Absence")),
            Column(_("Term")),
            Column(_("Held before")),
        ],
        "rows": [_seat_row(request, seat, may_change=may_change) for seat in seats],
        "lacks_lead": queries.lacks_lead(seats, localdate(request.standing.at)),
    }
    return render(request, "workspace/body.html", context)


def _seat_row(request: MemberRequest, seat: Seat, *, may_change: bool) -> list[Cell]:
    absent = ""
    if seat.absent_from and seat.absent_until:
        absent = _("%(first)s to %(last)s") % {
            "first": written_day(seat.absent_from),
            "last": written_day(seat.absent_until),
        }
    elif seat.absent_from:
        absent = _("from %(first)s") % {"first": written_day(seat.absent_from)}
    if seat.holder and seat.holder_is_absent(localdate(request.standing.at)):
        absent = _("%(when)s: the deputy speaks") % {"when": absent}
    marks = [
        *([_("leads")] if seat.leads else []),
        *([] if seat.has_voice else [_("without a voice")]),
        *([_("without a vote")] if seat.has_voice and not seat.has_vote else []),
    ]
    function = f"{seat.function} ({', '.join(marks)})" if marks else seat.function

    def to(name: str) -> str:
        return reverse(f"workspace:{name}", args=[seat.pk]) if may_change else ""

    return [
        Cell(function, url=to("seat_edit")),
        Cell(seat.perspective.title if seat.perspective else _("none")),
        Cell(seat.holder.function if seat.holder else _("vacant"), url=to("seat_fill")),
        Cell(seat.deputy.function if seat.deputy else _("none"), url=to("seat_fill")),
        Cell(absent or _("none noted"), url=to("seat_absence") if seat.holder else ""),
        Cell(_term(seat, may_change=may_change), url=to("seat_hand_over")),
        Cell(_("History"), url=reverse("workspace:seat_history", args=[seat.pk])),
    ]


def _term(seat: Seat, *, may_change: bool) -> str:
    """How long it is held; for whoever keeps the register it leads to who holds it next."""
    term = _("until %(day)s") % {"day": written_day(seat.ends)} if seat.ends else _("not limited")
    return _("%(term)s, hand over") % {"term": term} if may_change else term


@form_view
def body_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, CHANGE, found)
    initial = {
        "title": found.title,
        "kind": found.body_kind,
        "text": found.text,
        "correction_days": found.correction_days,
        "seen": found.revision,
    }
    form = forms.BodyForm(typed(request), initial=initial)

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_body(found, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[found.identifier])

    question = Question(
        title=_("Edit: %(title)s") % {"title": found.title},
        submit=_("Save body"),
        done=_("The body has been saved."),
        crumbs=body_crumbs(found, _("Edit")),
    )
    return ask(request, form, question, act=act)


def _body(request: MemberRequest, identifier: str) -> Body:
    found = queries.bodies_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def body_crumbs(body: Body, here: str) -> list[Link]:
    return register_crumbs(
        Link(body.title, reverse("workspace:body", args=[body.identifier])), Link(here)
    )
