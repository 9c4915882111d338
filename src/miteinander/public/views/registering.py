"""Coming to a meeting without an account: register, come back with the code, be there.

None of these pages is kept anywhere; nothing about the sender is read or stored but what they
typed. Nobody is shown who else is expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from miteinander.core.codes import read_code
from miteinander.core.errors import Closed, NotThere, Refusal
from miteinander.core.standing import Standing
from miteinander.core.translation import localise
from miteinander.process import actions, queries
from miteinander.process.forms import DoorForm, NeedsForm, RegisterForm
from miteinander.process.states import AttendanceState, Registration
from miteinander.public.views.sending import confidential, see, sent_once
from miteinander.ui.shapes import Link

if TYPE_CHECKING:
    from miteinander.process.models import Attendance, Meeting
    from miteinander.ui.requests import SiteRequest

FORM = "miteinander.register"
DOOR = "miteinander.door"
sent_or_shown = require_http_methods(["GET", "HEAD", "POST"])


def _language() -> str:
    return get_language() or "de"


def _crumbs(meeting: Meeting, *more: Link) -> list[Link]:
    return [
        Link(_("Start"), reverse("public:home")),
        Link(_("Dates"), reverse("public:meetings")),
        Link(meeting.title, meeting.get_absolute_url()),
        *more,
    ]


def _open_to_all(request: SiteRequest, identifier: str) -> Meeting:
    """The meeting, where everybody may register; elsewhere this page does not exist."""
    meeting = queries.meeting_at(request.municipality, request.standing, identifier)
    if meeting.registration != Registration.PUBLIC or not meeting.is_public:
        raise NotThere
    return meeting


@login_not_required
@sent_or_shown
@confidential
def register(request: SiteRequest, identifier: str) -> HttpResponse:
    meeting = _open_to_all(request, identifier)
    state = queries.registration_of(meeting, at=request.standing.at)

    def act(data: dict[str, Any], key: str) -> HttpResponse:
        done = actions.register_guest(
            meeting, **data, form_key=key, by=request.standing, at=request.standing.at
        )
        if done.code:
            return see("registration", done.code)
        return see("registered", meeting.identifier)

    initial = {"language": _language()}
    form, refusal, answer = sent_once(request, RegisterForm, FORM, initial, act, about=meeting)
    if answer is not None:
        return answer
    localise([meeting], _language())
    context = {
        "title": _("Register: %(meeting)s") % {"meeting": meeting.title},
        "crumbs": _crumbs(meeting, Link(_("Register"))),
        "meeting": meeting,
        "registration": state,
        "form": form,
        "refusal": refusal,
    }
    refused = request.method == "POST" or not state.is_open
    return render(request, "public/register.html", context, status=422 if refused else 200)


@login_not_required
@require_safe
@confidential
def registered(request: SiteRequest, identifier: str) -> HttpResponse:
    """After a form with an address: the rest is told by mail, to whoever owns the address."""
    meeting = _open_to_all(request, identifier)
    localise([meeting], _language())
    context = {
        "title": _("Thank you. A mail is on its way."),
        "crumbs": _crumbs(meeting, Link(_("Register"))),
        "meeting": meeting,
    }
    return render(request, "public/registered.html", context)


@login_not_required
@sent_or_shown
@confidential
def registration(request: SiteRequest, code: str) -> HttpResponse:
    """How it stands, and what somebody needs: for whoever holds the code."""
    row = _with_code(request, code)
    code = read_code(code)
    is_valid = row.state in actions.HAS_A_PLACE
    initial = NeedsForm.initial_from(row, language=_language())
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal: Refusal | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_registration(row, **form.cleaned_data, at=request.standing.at)
            except Closed as problem:
                refusal = problem
            else:
                return see("registration", code)
    localise([row.meeting], _language())
    context = {
        "title": _("Your registration"),
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(_("Your registration"))],
        "row": row,
        "meeting": row.meeting,
        "is_valid": is_valid,
        "is_waiting": row.state == AttendanceState.WAITING,
        "code": code,
        "address": request.build_absolute_uri(reverse("public:registration", args=[code])),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "public/registration.html", context, status=status)


@login_not_required
@sent_or_shown
@confidential
def registration_cancel(request: SiteRequest, code: str) -> HttpResponse:
    """Asked once more: the place goes to somebody else at once."""
    row = _with_code(request, code)
    code = read_code(code)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            actions.cancel_registration(row, by=_nobody(request), at=request.standing.at)
        except Closed as problem:
            refusal = problem
        else:
            return see("registration", code)
    localise([row.meeting], _language())
    context = {
        "title": _("Cancel your registration"),
        "crumbs": [
            Link(_("Start"), reverse("public:home")),
            Link(_("Your registration"), reverse("public:registration", args=[code])),
            Link(_("Cancel")),
        ],
        "meeting": row.meeting,
        "code": code,
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "public/registration_cancel.html", context, status=status)


# --- at the door ---------------------------------------------------------------------------------


@login_not_required
@sent_or_shown
@confidential
def door(request: SiteRequest, identifier: str, key: str) -> HttpResponse:
    """Whoever stands at the door enters themselves; no list is shown to anybody."""
    meeting = _behind_door(request, identifier, key)

    def act(data: dict[str, Any], form_key: str) -> HttpResponse:
        actions.enter_by_phone(meeting, **data, form_key=form_key, at=request.standing.at)
        return see("arrived", meeting.identifier, key)

    # Whoever stands here has the key of the door, and others behind them wait.
    form, refusal, answer = sent_once(request, DoorForm, DOOR, {}, act, is_exempt=True)
    if answer is not None:
        return answer
    localise([meeting], _language())
    context = {
        "title": _("I am here"),
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(_("I am here"))],
        "meeting": meeting,
        "form": form,
        "refusal": refusal,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "public/door.html", context, status=status)


@login_not_required
@require_safe
@confidential
def arrived(request: SiteRequest, identifier: str, key: str) -> HttpResponse:
    meeting = _behind_door(request, identifier, key)
    localise([meeting], _language())
    context = {
        "title": _("Welcome. You are on the list."),
        "crumbs": [Link(_("Start"), reverse("public:home")), Link(_("I am here"))],
        "meeting": meeting,
    }
    return render(request, "public/arrived.html", context)


def _behind_door(request: SiteRequest, identifier: str, key: str) -> Meeting:
    at = request.standing.at
    meeting = queries.meeting_behind_door(request.municipality, identifier, key, at=at)
    if meeting is None:
        raise NotThere
    return meeting


def _with_code(request: SiteRequest, code: str) -> Attendance:
    row = queries.registration_with(request.municipality, code)
    if row is None:
        raise NotThere
    return row


def _nobody(request: SiteRequest) -> Standing:
    """Of whoever is signed in by chance nothing is remembered."""
    return Standing(municipality=request.municipality.pk, at=request.standing.at)
