"""What the pages of a process share: crumbs, and the ways to a process and a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miteinander.process import queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import sought

if TYPE_CHECKING:
    from miteinander.process.models import Meeting, Process
    from miteinander.ui.requests import MemberRequest


PER_PAGE = 50


form_view = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Processes"), reverse("workspace:processes")),
        *more,
    ]


def process_crumbs(process: Process, *more: Link) -> list[Link]:
    return crumbs(Link(process.title, desk_of(process)), *more)


def meeting_crumbs(meeting: Meeting, *more: Link) -> list[Link]:
    address = reverse("workspace:meeting", args=[meeting.identifier])
    return process_crumbs(meeting.process, Link(meeting.title, address), *more)


def desk_of(process: Process) -> str:
    return reverse("workspace:process", args=[process.identifier])


def the_process(request: MemberRequest, identifier: str) -> Process:
    return sought(
        request, queries.processes_visible_to(request.municipality, request.standing), identifier
    )


def the_meeting(request: MemberRequest, identifier: str) -> Meeting:
    return sought(
        request, queries.meetings_visible_to(request.municipality, request.standing), identifier
    )
