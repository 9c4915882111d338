"""Meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.adoption.queries import ballots_at
from miteinander.community.queries import bodies_of
from miteinander.core.errors import Refusal
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.building import PAPERS
from miteinander.workspace.views.process.ways import (
    PER_PAGE,
    crumbs,
    form_view,
    meeting_crumbs,
    process_crumbs,
    the_meeting,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import Meeting
    from miteinander.ui.requests import MemberRequest


@require_GET
def meetings(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.meetings_visible_to(request.municipality, request.standing)
    page = Paginator(rows.order_by("-happened_on", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": _("Meetings"),
        "crumbs": crumbs(Link(_("Meetings"))),
        "columns": [Column(_("Meeting")), Column(_("Day")), Column(_("Body"))],
        "rows": [
            [
                Cell(row.title, url=reverse("workspace:meeting", args=[row.identifier])),
                Cell(written_day(row.happened_on, row.precision) if row.happened_on else ""),
                Cell(row.body.title),
            ]
            for row in page
        ],
        "page": page,
        "further": [
            Link(_("Date polls"), reverse("workspace:polls")),
            Link(_("My calendars"), reverse("workspace:calendars")),
        ],
        "empty": (
            _("No meeting has been announced yet."),
            _("Open a process to announce one."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def meeting_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    like = request.GET.get("wie", "")
    initial = forms.NewMeetingForm.initial_like(the_meeting(request, like)) if like else None
    form = forms.NewMeetingForm(typed(request), initial=initial, municipality=request.municipality)

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        meeting = actions.announce_meeting(
            process, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:meeting", args=[meeting.identifier])

    missing = (
        []
        if bodies_of(request.municipality).exists()
        else [Link(_("Form the body that meets."), reverse("workspace:body_new"))]
    )
    question = Question(
        title=_("Announce a meeting"),
        submit=_("Announce meeting"),
        done=_("The meeting has been announced."),
        crumbs=process_crumbs(process, Link(_("New meeting"))),
        missing=missing,
        autosave=f"meeting-new-{process.identifier}",
    )
    return ask(request, form, question, act=act)


@require_GET
def meeting_desk(request: MemberRequest, identifier: str) -> HttpResponse:
    return show_meeting(request, the_meeting(request, identifier))


def show_meeting(
    request: MemberRequest, meeting: Meeting, *, refusal: Refusal | None = None
) -> HttpResponse:
    page = queries.meeting_page(meeting, request.standing)
    context = {
        "title": meeting.title,
        "crumbs": meeting_crumbs(meeting),
        "meeting": meeting,
        "page": page,
        "ballots": ballots_at(meeting, request.standing),
        "planning": queries.planning_of(meeting, request.standing),
        "corrections": queries.corrections_of(page.minutes) if page.minutes else [],
        "remarks": queries.remarks_of(page.minutes) if page.minutes else [],
        "today": localdate(request.standing.at),
        "papers": PAPERS,
        "registration": queries.registration_of(meeting, at=request.standing.at),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/meeting.html", context, status=status)


@form_view
def meeting_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.change", meeting.process)
    form = forms.MeetingForm(typed(request), initial=forms.MeetingForm.initial_from(meeting))

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_meeting(meeting, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:meeting", args=[meeting.identifier])

    question = Question(
        title=_("Edit: %(title)s") % {"title": meeting.title},
        submit=_("Save meeting"),
        done=_("The meeting has been saved."),
        crumbs=meeting_crumbs(meeting, Link(_("Edit"))),
    )
    return ask(request, form, question, act=act)
