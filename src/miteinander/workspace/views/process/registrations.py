"""Registering for a meeting: what the organiser decides and sees, and how members register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community.forms.register import LANGUAGES
from miteinander.community.queries import people_of
from miteinander.core.errors import Refusal
from miteinander.core.links import address_of
from miteinander.process import actions, forms, queries
from miteinander.process.states import AttendanceState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.ways import form_view, meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from miteinander.process.models import Attendance, Meeting
    from miteinander.ui.requests import MemberRequest

KEEP = "process.keep_attendance"
_LANGUAGE_NAMES = dict(LANGUAGES)


def door_address(meeting: Meeting) -> str:
    """Where the code at the door leads: shown only to whoever may keep the list."""
    path = reverse("public:door", args=[meeting.identifier, queries.door_key(meeting)])
    return address_of(meeting.municipality) + path


@form_view
def registration_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.change", meeting.process)
    initial = forms.RegistrationForm.initial_from(meeting)
    form = forms.RegistrationForm(typed(request), initial=initial)

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.set_registration(meeting, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:registrations", args=[meeting.identifier])

    question = Question(
        title=_("Registration: %(title)s") % {"title": meeting.title},
        submit=_("Save registration"),
        done=_("The registration has been saved."),
        crumbs=meeting_crumbs(meeting, Link(_("Registration"))),
        intro=_(
            "When all places are taken, whoever registers comes onto the waiting list. Whoever "
            "cancels makes room; the next moves up by itself and is told by mail."
        ),
    )
    return ask(request, form, question, act=act)


@require_GET
def registrations(request: MemberRequest, identifier: str) -> HttpResponse:
    """Who is coming and who waits, and what they need: for whoever holds the meeting."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    rows = queries.registrations_of(meeting)
    coming = [row for row in rows if row.state == AttendanceState.COMING]
    waiting = [row for row in rows if row.state == AttendanceState.WAITING]
    taken = len(coming), len(waiting)
    context = {
        "title": _("Registrations"),
        "crumbs": meeting_crumbs(meeting, Link(_("Registrations"))),
        "meeting": meeting,
        "registration": queries.registration_of(meeting, at=request.standing.at, taken=taken),
        "coming": coming,
        "waiting": waiting,
        "declined": sum(row.state == AttendanceState.DECLINED for row in rows),
        "needs": [
            (need, [(code, _LANGUAGE_NAMES.get(code, code)) for code in need.languages])
            for need in queries.needs_of(rows)
        ],
    }
    return render(request, "workspace/registrations.html", context)


@require_POST
def registration_remove(request: MemberRequest, identifier: str, pk: int) -> HttpResponse:
    """Cancel for somebody who called or came by; the next of the waiting list moves up."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    row = get_object_or_404(meeting.attendances.select_related("meeting"), pk=pk)
    address = reverse("workspace:registrations", args=[meeting.identifier])
    try:
        actions.cancel_registration(row, by=request.standing, at=request.standing.at)
    except Refusal as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The place has been given back."))
    return SeeOther(address)


@form_view
def registering(request: MemberRequest, identifier: str) -> HttpResponse:
    """For members: I am coming, this is what I need; or I am not coming after all."""
    meeting = the_meeting(request, identifier)
    enter(request, "process.register", meeting)
    own = _own_row(request, meeting)
    state = queries.registration_of(meeting, at=request.standing.at)
    language = get_language() or "de"
    initial = forms.NeedsForm.initial_from(own, language=language)
    form = forms.NeedsForm(typed(request), initial=initial)
    has_a_place = own is not None and own.state in actions.HAS_A_PLACE
    address = reverse("workspace:registering", args=[meeting.identifier])

    def act() -> str:
        person = get_object_or_404(people_of(request.municipality), pk=request.standing.person or 0)
        actions.register_member(
            meeting, person, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return address

    question = Question(
        title=_("Your registration") if has_a_place else _("Register"),
        submit=_("Save") if has_a_place else _("Register"),
        done=_("Your registration has been saved."),
        crumbs=meeting_crumbs(meeting, Link(_("Registration"))),
        intro=meeting.title,
    )
    more = {"own": own, "has_a_place": has_a_place, "registration": state, "meeting": meeting}
    return ask(request, form, question, act=act, template="workspace/registering.html", more=more)


@require_POST
def registering_cancel(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = the_meeting(request, identifier)
    enter(request, "process.register", meeting)
    own = _own_row(request, meeting)
    if own is not None:
        try:
            actions.cancel_registration(own, by=request.standing, at=request.standing.at)
        except Refusal as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("You have cancelled. Your place goes to somebody else."))
    return SeeOther(reverse("workspace:registering", args=[meeting.identifier]))


def _own_row(request: MemberRequest, meeting: Meeting) -> Attendance | None:
    if request.standing.person is None:
        return None
    rows = meeting.attendances.select_related("meeting")
    return rows.filter(person=request.standing.person).first()
