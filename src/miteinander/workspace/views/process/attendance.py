"""Who came: ticked off with one thumb or typed from the paper list; and what it adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from miteinander.community.actions import set_municipality
from miteinander.core.errors import NotThere, Refusal
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.process import actions, forms, queries
from miteinander.process.states import NotedBy
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.community.crumbs import register_crumbs
from miteinander.workspace.views.process.registrations import KEEP, door_address
from miteinander.workspace.views.process.ways import (
    form_view,
    meeting_crumbs,
    process_crumbs,
    the_meeting,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import Meeting
    from miteinander.ui.requests import MemberRequest

LISTS = tuple(LIST_TYPES)


@form_view
def attendance(request: MemberRequest, identifier: str) -> HttpResponse:
    """The list to tick off. A form for each tick, so that it works on every phone."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    form = forms.GuestForm(typed(request), auto_id="guest_%s")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            _note(request, meeting, queries.Entry(**form.cleaned_data))
            messages.success(
                request, _("%(name)s is on the list.") % {"name": form.cleaned_data["name"]}
            )
            return SeeOther(_address(meeting))
    lines = _lines(request, meeting)
    sought = request.GET.get("q", "").strip()
    words = queries.plain(sought)
    shown = [line for line in lines if words in line.words] if words else lines
    context = {
        "title": _("Who is here?"),
        "crumbs": meeting_crumbs(meeting, Link(_("Attendance"))),
        "meeting": meeting,
        "lines": shown,
        "all": len(lines),
        "came": sum(bool(line.came) for line in lines),
        "sought": sought,
        "form": form,
        "lists": LISTS,
        "undo": request.GET.get("undo", ""),
    }
    return render(request, "workspace/attendance.html", context, status=status)


@require_POST
def attendance_tick(request: MemberRequest, identifier: str) -> HttpResponse:
    """One tick, or one taken back; the page then offers to undo it."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    key, came = request.POST.get("who", ""), request.POST.get("came") == "yes"
    if not key:
        return SeeOther(_address(meeting))
    [noted] = _note(request, meeting, queries.Entry(key=key, came=came or None))
    if noted.sort == "unknown":
        raise NotThere
    return SeeOther(f"{_address(meeting)}?{urlencode({'undo': key})}#{key}")


@require_POST
def attendance_strike(request: MemberRequest, identifier: str) -> HttpResponse:
    """Take a guest off the list who was entered by mistake."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    who = request.POST.get("who", "")
    try:
        actions.strike_guest(meeting, who, by=request.standing, at=request.standing.at)
    except Refusal as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The guest has been taken off the list."))
    return SeeOther(_address(meeting))


@form_view
def attendance_typed(request: MemberRequest, identifier: str) -> HttpResponse:
    """The paper list, typed in: tab, tab, enter."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    form = forms.PaperForm(typed(request))

    def act() -> str:
        done = _note(request, meeting, *form.cleaned_data["lines"], how=NotedBy.PAPER)
        guests = sum(line.is_written and not line.is_expected for line in done)
        known = sum(not line.is_written for line in done)
        found = len(done) - guests - known
        words = [
            ngettext("%(n)s was on the list", "%(n)s were on the list", found) % {"n": found},
            ngettext("%(n)s came as a guest", "%(n)s came as guests", guests) % {"n": guests},
            ngettext("%(n)s was noted before", "%(n)s were noted before", known) % {"n": known},
        ]
        messages.info(request, ", ".join(words) + ".")
        return _address(meeting)

    question = Question(
        title=_("Type in the paper list"),
        submit=_("Enter these lines"),
        done=_("The lines have been entered."),
        crumbs=meeting_crumbs(
            meeting, Link(_("Attendance"), _address(meeting)), Link(_("Paper list"))
        ),
        intro=_(
            "Name, tab, institution, tab. Who is on the list is ticked off, everybody else comes "
            "in as a guest. Typed twice changes nothing."
        ),
    )
    return ask(request, form, question, act=act, template="workspace/attendance_typed.html")


@require_GET
def door(request: MemberRequest, identifier: str) -> HttpResponse:
    """The code to show at the door or on the screen: whoever comes enters themselves."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    context = {
        "title": _("I am here"),
        "crumbs": meeting_crumbs(
            meeting, Link(_("Attendance"), _address(meeting)), Link(_("Code for the door"))
        ),
        "meeting": meeting,
        "address": door_address(meeting),
        "is_open": queries.door_is_open(meeting, request.standing.at),
    }
    return render(request, "workspace/door.html", context)


@require_GET
def attendance_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The list as a file, for whoever holds the meeting."""
    meeting = the_meeting(request, identifier)
    enter(request, KEEP, meeting)
    if ending not in LIST_TYPES:
        raise NotThere
    heads = [
        _("Name"), _("Function"), _("Organisation"), _("Answer given"), _("Was there"), _("Noted"),
        _("Deputy"), _("Guest"),
    ]  # fmt: skip
    yes = _("yes")
    rows = [
        [
            line.name,
            line.function,
            line.institution,
            line.answer,
            yes if line.came else "",
            line.noted_by,
            yes if line.is_deputy else "",
            yes if line.is_guest else "",
        ]
        for line in _lines(request, meeting)
    ]
    content = as_list(ending, title=_("Attendance"), heads=heads, rows=rows)
    response = HttpResponse(content, content_type=LIST_TYPES[ending])
    name = f"teilnahme-{meeting.identifier}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_GET
def turnout(request: MemberRequest, identifier: str) -> HttpResponse:
    """What the attendance of all meetings adds up to; figures only."""
    process = the_process(request, identifier)
    enter(request, "process.see", process)
    found = queries.turnout_of(process)
    heads = [
        _("Registered"), _("Came"), _("Of them deputies"), _("Of them guests"), _("Institutions"),
    ]  # fmt: skip
    context = {
        "title": _("Who took part"),
        "crumbs": process_crumbs(process, Link(_("Who took part"))),
        "process": process,
        "turnout": found,
        "columns": [
            Column(_("Meeting")),
            Column(_("Day")),
            *(Column(head, is_number=True) for head in heads),
        ],
        "rows": [
            [
                Cell(
                    row.meeting.title,
                    url=reverse("workspace:meeting", args=[row.meeting.identifier]),
                ),
                Cell(
                    written_day(row.meeting.happened_on, row.meeting.precision)
                    if row.meeting.happened_on
                    else ""
                ),
                *map(Cell, (row.registered, row.came, row.deputies, row.guests, row.institutions)),
            ]
            for row in found.rows
        ],
    }
    return render(request, "workspace/turnout.html", context)


@form_view
def keeping(request: MemberRequest) -> HttpResponse:
    """How long the names of guests are kept."""
    enter(request, "community.change_register")
    town = request.municipality
    form = forms.KeepingForm(typed(request), initial={"guest_months": town.guest_months})

    def act() -> str:
        set_municipality(
            town,
            guest_months=form.cleaned_data["guest_months"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:keeping")

    question = Question(
        title=_("How long what is kept"),
        submit=_("Save period"),
        done=_("The period has been saved."),
        crumbs=register_crumbs(Link(_("How long what is kept"))),
        intro=_(
            "What somebody needs to take part is always erased a month after the meeting. What "
            "people of the register have entered goes when they are erased."
        ),
    )
    return ask(request, form, question, act=act)


def _lines(request: MemberRequest, meeting: Meeting) -> list[queries.Expected]:
    """Everybody by name, those who stand by for somebody at the end.

    Guests who cancelled have no name any more: nobody could say of a line that it is theirs.
    """
    day = meeting.happened_on or localdate(request.standing.at)
    everybody = queries.everybody_at(meeting, day=day)
    return sorted(
        (line for line in everybody if line.name or not (line.is_guest and line.is_out)),
        key=lambda line: (line.is_deputy and not line.is_coming, line.words),
    )


def _note(
    request: MemberRequest, meeting: Meeting, *entries: queries.Entry, how: NotedBy = NotedBy.TICK
) -> list[queries.AttendanceChange]:
    return actions.note_came(meeting, entries, how=how, by=request.standing, at=request.standing.at)


def _address(meeting: Meeting) -> str:
    return reverse("workspace:attendance", args=[meeting.identifier])
