"""Answering an invitation or a date poll without an account; own calendars; files of meetings."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from miteinander.core.attachments import content_of
from miteinander.core.calendars import MEDIA_TYPE, calendar
from miteinander.core.errors import LinkForged, NotThere, Refusal
from miteinander.core.standing import Standing
from miteinander.process import actions, forms, queries
from miteinander.public.views.files import download

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from miteinander.core.links import SignedLink
    from miteinander.process.models import MeetingFile
    from miteinander.ui.requests import SiteRequest


def _number(function: str) -> int:
    if not function.isdecimal():
        raise LinkForged
    return int(function)


def _by(request: SiteRequest, link: SignedLink, *, person: int | None, function: str) -> Standing:
    return Standing(
        municipality=request.municipality.pk,
        at=request.standing.at,
        person=person,
        link=(link.purpose, link.thing),
        function=function,
    )


def answer_meeting_page(request: SiteRequest, link: SignedLink) -> HttpResponse:
    """Say yes or no with one button. Looking changes nothing: mail scanners look, too."""
    row = queries.invitation_of_link(request.municipality, link.thing, _number(link.function))
    if row is None:
        raise LinkForged
    meeting = row.meeting
    refusal: Refusal | None = None
    is_answered = False
    if request.method == "POST" and request.POST.get("answer") in ("coming", "declined"):
        try:
            row = actions.answer_invitation(
                row,
                is_coming=request.POST["answer"] == "coming",
                by=_by(request, link, person=row.person_id, function=row.function),
                at=request.standing.at,
            )
            is_answered = True
        except Refusal as problem:
            refusal = problem
    context = {
        "title": _("Will you come?"),
        "row": row,
        "meeting": meeting,
        "when": queries.when_of(meeting),
        "where": queries.where_of(meeting),
        "agenda": queries.agenda_lines(meeting, queries.points_of(meeting)),
        "is_answered": is_answered,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "public/invitation.html", context, status=status)


def answer_poll_page(request: SiteRequest, link: SignedLink) -> HttpResponse:
    """Say for each proposed date whether one can; what others said is not shown here."""
    voice = queries.voice_of_link(request.municipality, link.thing, _number(link.function))
    if voice is None:
        raise LinkForged
    options = list(voice.poll.options.all())
    data = request.POST if request.method == "POST" else None
    form = forms.PollAnswerForm(data, options=options, given=queries.answers_of(voice))
    refusal: Refusal | None = None
    is_answered = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_poll(
                voice,
                form.answers(),
                by=_by(request, link, person=voice.person_id, function=voice.function),
                at=request.standing.at,
            )
            is_answered = True
        except Refusal as problem:
            refusal = problem
    poll = voice.poll
    context = {
        "title": _("When can you?"),
        "poll": poll,
        "voice": voice,
        "form": form,
        "is_open": poll.is_open(localdate(request.standing.at)),
        "is_answered": is_answered,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "public/poll.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def own_calendar(request: SiteRequest, token: str) -> HttpResponse:
    """Somebody's dates under their private address: read by a calendar, without a session."""
    address = queries.calendar_at(request.municipality, token)
    if address is None:
        raise NotThere
    entries = queries.entries_of(address, at=request.standing.at)
    name = address.body.title if address.body else _("My dates")
    name = f"{name} · {request.municipality.name}"
    response = HttpResponse(calendar(entries, name=name), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="meine-termine.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def meeting_file(request: SiteRequest, identifier: str) -> HttpResponseBase:
    """A file of a meeting, for whoever may load it: members, and everybody where it is public."""
    row = queries.file_at(request.municipality, request.standing, identifier)
    if row is None:
        raise NotThere
    attachment = row.attachment
    content = content_of(attachment)
    assert content is not None, "the largest size is always there"
    response = download(
        request,
        content,
        digest=attachment.digest,
        name="unterlage",
        media_type=attachment.media_type,
        public=False,
    )
    # It may be closed again: browsers ask each time.
    response["Cache-Control"] = "private, no-cache"
    if response.status_code == 200:
        response["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=_name_of(row)) or "attachment"
        )
    return response


def _name_of(row: MeetingFile) -> str:
    """What a file is called on another computer: as it is called here, not as on the sender's."""
    return f"{row.title}{PurePosixPath(row.attachment.name).suffix}"
