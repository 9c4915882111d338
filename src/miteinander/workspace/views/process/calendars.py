"""Own calendar addresses, and calendars of elsewhere."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.core.errors import Invalid, NotThere, Refusal
from miteinander.core.links import address_of
from miteinander.core.uploads import bytes_of
from miteinander.process import actions, forms, queries
from miteinander.process.readers.calendars import Row, read_calendar
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import SeeOther, blame, enter, typed
from miteinander.workspace.views.process.ways import (
    crumbs,
    desk_of,
    form_view,
    process_crumbs,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


@require_GET
def calendars(request: MemberRequest) -> HttpResponse:
    """Own addresses: one for all dates, and one for each body one sits in."""
    enter(request, "community.see_register")
    base = address_of(request.municipality)
    lines = [
        {
            "body": body,
            "made_at": made.made_at if made else None,
            "url": base + reverse("public:own_calendar", args=[queries.token_of(made)])
            if made
            else "",
        }
        for body, made in queries.calendars_of(request.standing)
    ]
    context = {
        "title": _("My calendars"),
        "crumbs": crumbs(Link(_("My calendars"))),
        "lines": lines if request.standing.person is not None else [],
    }
    return render(request, "workspace/calendars.html", context)


@require_POST
def calendar_renew(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    chosen = request.POST.get("body", "")
    own = {str(body.pk): body for body, _made in queries.calendars_of(request.standing) if body}
    if chosen and chosen not in own:
        raise NotThere
    try:
        actions.renew_calendar(body=own.get(chosen), by=request.standing, at=request.standing.at)
    except Refusal as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The address is ready. An older one does not work any more."))
    return SeeOther(reverse("workspace:calendars"))


@form_view
def calendar_read(request: MemberRequest, identifier: str) -> HttpResponse:
    """Read a calendar of elsewhere: first shown, then entered."""
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    if request.method == "POST" and "content" in request.POST:
        return _enter(request, process)
    files = request.FILES if request.method == "POST" else None
    form = forms.CalendarFileForm(typed(request), files, municipality=request.municipality)
    if request.method == "POST" and form.is_valid():
        data = bytes_of(form.cleaned_data["file"])
        try:
            rows = read_calendar(data)
        except Invalid as problem:
            blame(form, problem)
        else:
            return _preview(request, process, data, rows)
    context = _context(process, form=form)
    return render(
        request, "workspace/calendar_read.html", context, status=422 if form.errors else 200
    )


def _preview(
    request: MemberRequest, process: Process, data: bytes, rows: list[Row]
) -> HttpResponse:
    known = queries.known_dates(request.municipality)
    words = {"new": _("new"), "changed": _("has changed, is taken over"), "same": _("known")}
    shown = []
    for row in rows:
        if row.found is None:
            shown.append([Cell(row.title or "–"), Cell(""), Cell(str(row.refusal))])
            continue
        meeting = known.get(row.found.uid)
        state = (
            "new"
            if meeting is None
            else "changed"
            if actions.differs(meeting, row.found)
            else "same"
        )
        clock = f", {row.found.starts_at:%H:%M}" if row.found.starts_at else ""
        remark = f"{words[state]}. {row.remark}" if row.remark else words[state]
        shown.append([Cell(row.title), Cell(written_day(row.found.day) + clock), Cell(remark)])
    context = _context(process) | {
        "columns": [Column(_("Name")), Column(_("Day")), Column(_("What becomes of it"))],
        "rows": shown,
        "taken": sum(row.found is not None for row in rows),
        "content": base64.b64encode(data).decode(),
        "body": request.POST.get("body", ""),
        "kind": request.POST.get("kind", ""),
    }
    return render(request, "workspace/calendar_read.html", context)


def _enter(request: MemberRequest, process: Process) -> HttpResponse:
    form = forms.CalendarEntryForm(request.POST, municipality=request.municipality)
    if form.is_valid():
        try:
            rows = read_calendar(base64.b64decode(form.cleaned_data["content"], validate=True))
        except (Invalid, binascii.Error):
            form.add_error(None, _("The file could not be read again. Please choose it once more."))
        else:
            done = actions.enter_dates(
                process,
                [row.found for row in rows if row.found is not None],
                body=form.cleaned_data["body"],
                kind=form.cleaned_data["kind"] or None,
                by=request.standing,
                at=request.standing.at,
            )
            messages.success(
                request,
                _("Entered: %(new)d new, %(changed)d changed, %(same)d known before.")
                % {"new": done.new, "changed": done.changed, "same": done.same},
            )
            for title, why in done.refused:
                messages.warning(request, f"{title}: {why}")
            return SeeOther(desk_of(process))
    fresh = forms.CalendarFileForm(municipality=request.municipality)
    context = _context(process, form=fresh) | {"problem": form.errors}
    return render(request, "workspace/calendar_read.html", context, status=422)


def _context(process: Process, *, form: forms.CalendarFileForm | None = None) -> dict[str, object]:
    return {
        "title": _("Read a calendar"),
        "crumbs": process_crumbs(process, Link(_("Read a calendar"))),
        "process": process,
        "form": form,
    }
