"""Minutes: written and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.core.errors import NotThere, Refusal
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.meetings import show_meeting
from miteinander.workspace.views.process.ways import form_view, meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def minutes_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    """Write the minutes, or go on writing them; two editors at once both keep their text."""
    meeting = the_meeting(request, identifier)
    enter(request, "process.edit_minutes", meeting)
    minutes = queries.minutes_of(meeting)
    initial = {"text": minutes.text, "seen": minutes.revision} if minutes else None
    form = forms.MinutesForm(typed(request), initial=initial)

    def act() -> str:
        actions.record_minutes(
            meeting,
            text=form.cleaned_data["text"],
            agreements=form.agreements(),
            seen=form.cleaned_data["seen"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:meeting", args=[meeting.identifier])

    question = Question(
        title=_("Minutes: %(meeting)s") % {"meeting": meeting.title},
        intro=_("Until they are approved, only the body and the coordination can read them."),
        submit=_("Save minutes"),
        done=_("The minutes have been saved."),
        crumbs=meeting_crumbs(meeting, Link(_("Minutes"))),
        autosave=f"minutes-{meeting.identifier}",
    )
    return ask(request, form, question, act=act)


@require_POST
def minutes_approve(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.approve_minutes", meeting)
    minutes = queries.minutes_of(meeting)
    if minutes is None:
        raise NotThere
    seen = request.POST.get("seen", "")
    try:
        actions.approve_minutes(
            minutes,
            seen=int(seen) if seen.isdecimal() else None,
            by=request.standing,
            at=request.standing.at,
        )
    except Refusal as refusal:
        return show_meeting(request, meeting, refusal=refusal)
    messages.success(request, _("The minutes have been approved. Their wording is frozen."))
    return SeeOther(reverse("workspace:meeting", args=[meeting.identifier]))
