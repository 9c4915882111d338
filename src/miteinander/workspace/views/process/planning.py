"""Planning a meeting: its agenda, its files, calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import Refusal
from miteinander.core.uploads import bytes_of
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.ways import form_view, meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from miteinander.process.models import Meeting, MeetingFile
    from miteinander.ui.requests import MemberRequest


def _desk(meeting: Meeting) -> str:
    return reverse("workspace:meeting", args=[meeting.identifier])


@form_view
def meeting_agenda(request: MemberRequest, identifier: str) -> HttpResponse:
    """The agenda as rows: moved, added and removed with buttons, kept with one."""
    meeting = the_meeting(request, identifier)
    enter(request, "process.change", meeting.process)
    refusal, status = None, 200
    if request.method == "POST":
        form = forms.AgendaForm.read(request.POST)
        if button := request.POST.get("move", ""):
            form.press(button)
        elif not form.errors:
            try:
                actions.arrange_agenda(
                    meeting, form.points, by=request.standing, at=request.standing.at
                )
            except Refusal as problem:
                refusal, status = problem, problem.status
            else:
                messages.success(request, _("The agenda has been saved."))
                return SeeOther(_desk(meeting))
        else:
            status = 422
    else:
        form = forms.AgendaForm(
            actions.Point(item.title, item.minutes, item.pk) for item in queries.points_of(meeting)
        )
        if not form.points:
            form.press("add")
    context = {
        "title": _("Agenda: %(meeting)s") % {"meeting": meeting.title},
        "crumbs": meeting_crumbs(meeting, Link(_("Agenda"))),
        "meeting": meeting,
        "form": form,
        "clocks": queries.clocks_of(meeting, [point.minutes for point in form.points]),
        "refusal": refusal,
    }
    return render(request, "workspace/agenda.html", context, status=status)


@form_view
def meeting_cancel(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.change", meeting.process)
    form = forms.CancelForm(typed(request))

    def act() -> str:
        actions.cancel_meeting(
            meeting,
            because=form.cleaned_data["because"],
            by=request.standing,
            at=request.standing.at,
        )
        return _desk(meeting)

    question = Question(
        title=_("Cancel: %(title)s") % {"title": meeting.title},
        intro=_("The meeting stays visible as cancelled. There is no way back."),
        submit=_("Cancel the meeting"),
        done=_("The meeting is cancelled. Everybody who was invited is told."),
        crumbs=meeting_crumbs(meeting, Link(_("Cancel the meeting"))),
    )
    return ask(request, form, question, act=act)


@form_view
def meeting_file_new(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.change", meeting.process)
    files = request.FILES if request.method == "POST" else None
    form = forms.FileForm(typed(request), files)

    def act() -> str:
        upload = form.cleaned_data["file"]
        actions.add_file(
            meeting,
            bytes_of(upload),
            name=upload.name,
            title=form.cleaned_data["title"],
            is_public=form.cleaned_data["is_public"],
            alternative_text=form.cleaned_data["alternative_text"],
            by=request.standing,
            at=request.standing.at,
        )
        return _desk(meeting)

    question = Question(
        title=_("Add a file"),
        intro=_("Members can load it. Everybody can, if you say so and the meeting is public."),
        submit=_("Send file"),
        done=_("The file is there."),
        crumbs=meeting_crumbs(meeting, Link(_("Add a file"))),
    )
    return ask(request, form, question, act=act)


def _file(request: MemberRequest, pk: int) -> MeetingFile:
    enter(request, "community.see_register")
    row = get_object_or_404(queries.files_in(request.municipality), pk=pk)
    enter(request, "process.change", row.meeting)
    return row


@require_POST
def meeting_file_show(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a file to everybody, or close it again."""
    row = _file(request, pk)
    is_public = request.POST.get("is_public") == "yes"
    actions.show_file(row, is_public=is_public, by=request.standing, at=request.standing.at)
    return SeeOther(_desk(row.meeting))


@require_POST
def meeting_file_remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = _file(request, pk)
    actions.remove_file(row, by=request.standing, at=request.standing.at)
    messages.success(request, _("Removed: %(file)s") % {"file": row.title})
    return SeeOther(_desk(row.meeting))
