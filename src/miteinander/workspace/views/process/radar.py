"""Who is missing at a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from miteinander.core.rights import allowed
from miteinander.process import insights
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import enter
from miteinander.workspace.radar import file_links, file_of, proposal_rows
from miteinander.workspace.views.community.radar import radar_context
from miteinander.workspace.views.process.ways import meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from miteinander.process.insights import MeetingRadar
    from miteinander.process.models import Meeting
    from miteinander.ui.requests import MemberRequest

SEE, INVITE = "process.see_radar", "process.invite"


@require_GET
def meeting_radar(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = _meeting(request, identifier)
    today = localdate(request.standing.at)
    found = insights.radar_of_meeting(meeting, day=today)
    has_time = meeting.happened_on is not None and meeting.happened_on >= today
    shows_proposals = (
        allowed(request.standing, INVITE, meeting)
        and bool(found.radar.all_missing)
        and has_time
        and not meeting.is_cancelled
    )
    proposals = []
    if shows_proposals:
        with_people = allowed(request.standing, "community.change_register", meeting.body)
        proposals = insights.proposals_for_meeting(meeting, found, with_people=with_people)
    invite = reverse("workspace:invitations", args=[meeting.identifier])
    context = {
        **radar_context(request, found.radar),
        "title": meeting.title,
        "lead": _lead(found, has_time=has_time),
        "crumbs": meeting_crumbs(meeting, Link(_("Who is missing"))),
        "first_step": Link(_("Invite"), invite)
        if has_time and allowed(request.standing, INVITE, meeting)
        else None,
        "files": file_links("meeting_radar_file", meeting.identifier),
        "shows_proposals": shows_proposals,
        "proposals": proposal_rows(request, proposals, body=None, invite=invite),
        "remarks": [
            _("Guests who are not in the register count with their organisation only."),
        ]
        if len(found.present.voices) > len(found.present.people)
        else [],
    }
    return render(request, "workspace/radar.html", context)


def _lead(found: MeetingRadar, *, has_time: bool) -> str:
    count = {"n": found.radar.people}
    if found.present.is_noted:
        return ngettext("%(n)s person came.", "%(n)s people came.", count["n"]) % count
    expected = ngettext("%(n)s person is expected.", "%(n)s people are expected.", count["n"])
    if has_time:
        return expected % count
    was = ngettext(
        "It is not noted yet who came; %(n)s person was expected.",
        "It is not noted yet who came; %(n)s people were expected.",
        count["n"],
    )
    return was % count


@require_GET
def meeting_radar_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    meeting = _meeting(request, identifier)
    found = insights.radar_of_meeting(meeting, day=localdate(request.standing.at))
    return file_of(request, found.radar, title=meeting.identifier, ending=ending)


def _meeting(request: MemberRequest, identifier: str) -> Meeting:
    meeting = the_meeting(request, identifier)
    enter(request, SEE, meeting)
    return meeting
