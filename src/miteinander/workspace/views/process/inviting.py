"""Inviting to a meeting, and answering in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.community.queries import people_of
from miteinander.core.errors import NotThere, Refusal
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import SeeOther, enter, typed
from miteinander.workspace.views.process.meetings import show_meeting
from miteinander.workspace.views.process.ways import (
    PER_PAGE,
    form_view,
    meeting_crumbs,
    the_meeting,
)

if TYPE_CHECKING:
    from miteinander.process.models import Attendance, Meeting
    from miteinander.ui.requests import MemberRequest


@form_view
def invitations(request: MemberRequest, identifier: str) -> HttpResponse:
    """Who is asked, what they said, who needs a letter; guests are added here."""
    meeting = the_meeting(request, identifier)
    enter(request, "process.see_answers", meeting)
    # The radar proposes whom to invite.
    guest = forms.InviteeForm(
        typed(request),
        people=people_of(request.municipality),
        initial={"person": request.GET.get("person")},
    )
    refusal: Refusal | None = None
    if request.method == "POST":
        enter(request, "process.invite", meeting)
        if guest.is_valid():
            try:
                actions.add_guest(
                    meeting,
                    guest.cleaned_data["person"],
                    by=request.standing,
                    at=request.standing.at,
                )
            except Refusal as problem:
                refusal = problem
            else:
                messages.success(request, _("The guest is on the list."))
                return SeeOther(_list(meeting))
    return _show(request, meeting, guest, refusal=refusal)


def _show(
    request: MemberRequest,
    meeting: Meeting,
    guest: forms.InviteeForm,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    invitees = queries.invitees_of(meeting)
    page = Paginator(invitees, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Invitations: %(meeting)s") % {"meeting": meeting.title},
        "crumbs": meeting_crumbs(meeting, Link(_("Invitations"))),
        "meeting": meeting,
        "page": page,
        "answers": queries.answers_to(meeting),
        "ready": sum(each.is_ready for each in invitees),
        "unlisted": any(each.row is None for each in invitees),
        "guest": guest,
        "preview": queries.preview_of(
            meeting, language=get_language() or "de", at=request.standing.at
        ),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if guest.errors else 200
    return render(request, "workspace/invitations.html", context, status=status)


@require_POST
def invitations_send(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.invite", meeting)
    try:
        done = actions.invite(meeting, by=request.standing, at=request.standing.at)
    except Refusal as problem:
        guest = forms.InviteeForm(people=people_of(request.municipality))
        return _show(request, meeting, guest, refusal=problem)
    said = []
    if done.mails or not done.letters:
        said.append(
            ngettext(
                "%(count)d invitation is on its way.",
                "%(count)d invitations are on their way.",
                done.mails,
            )
            % {"count": done.mails}
        )
    if done.letters:
        said.append(
            ngettext(
                "%(count)d person needs a letter.",
                "%(count)d people need a letter.",
                done.letters,
            )
            % {"count": done.letters}
        )
    messages.success(request, " ".join(said))
    return SeeOther(_list(meeting))


def _list(meeting: Meeting) -> str:
    return reverse("workspace:invitations", args=[meeting.identifier])


def _row(request: MemberRequest, pk: int) -> Attendance:
    enter(request, "community.see_register")
    row = get_object_or_404(queries.rows_in(request.municipality), pk=pk)
    enter(request, "process.invite", row.meeting)
    return row


@require_POST
def invitation_note(request: MemberRequest, pk: int) -> HttpResponse:
    """What somebody said by telephone or letter is noted for them, or a guest is taken off."""
    row = _row(request, pk)
    by, at = request.standing, request.standing.at
    try:
        match request.POST.get("what"):
            case "asked":
                actions.note_invited(row, by=by, at=at)
            case "coming" | "declined" as said:
                actions.answer_invitation(row, is_coming=said == "coming", by=by, at=at)
            case "drop":
                actions.drop_guest(row, by=by, at=at)
            case _:
                return SeeOther(_list(row.meeting))
    except Refusal as problem:
        guest = forms.InviteeForm(people=people_of(request.municipality))
        return _show(request, row.meeting, guest, refusal=problem)
    messages.success(request, _("Noted."))
    return SeeOther(_list(row.meeting))


@require_POST
def invitation_answer(request: MemberRequest, identifier: str) -> HttpResponse:
    """Answer one's own invitation."""
    meeting = the_meeting(request, identifier)
    row = queries.own_invitation(meeting, request.standing)
    if row is None:
        raise NotThere
    try:
        actions.answer_invitation(
            row,
            is_coming=request.POST.get("answer") == "coming",
            by=request.standing,
            at=request.standing.at,
        )
    except Refusal as problem:
        return show_meeting(request, meeting, refusal=problem)
    messages.success(request, _("Thank you. Your answer has been noted."))
    return SeeOther(reverse("workspace:meeting", args=[meeting.identifier]))
