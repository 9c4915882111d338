"""The process's room: mandate, phases, meetings, minutes, tasks, resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community.queries import bodies_of, offices_of, seats_of
from miteinander.core.errors import NotThere, Refusal
from miteinander.core.rights import allowed
from miteinander.documents.apart import render_apart
from miteinander.documents.formats import FORMATS
from miteinander.documents.meetings import Expected, attendance_of, minutes_of
from miteinander.participation.actions import close_phase
from miteinander.participation.queries import open_answers
from miteinander.process import actions, forms, queries
from miteinander.process.states import Permit
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, SeeOther, ask, enter, sought, typed
from miteinander.workspace.building import PAPERS

if TYPE_CHECKING:
    from miteinander.documents.shapes import Document
    from miteinander.process.models import Meeting, Phase, Process
    from miteinander.ui.requests import MemberRequest

PER_PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Processes"), reverse("workspace:processes")),
        *more,
    ]


def _process_crumbs(process: Process, *more: Link) -> list[Link]:
    return _crumbs(Link(process.title, _desk(process)), *more)


def _meeting_crumbs(meeting: Meeting, *more: Link) -> list[Link]:
    address = reverse("workspace:meeting", args=[meeting.identifier])
    return _process_crumbs(meeting.process, Link(meeting.title, address), *more)


def _desk(process: Process) -> str:
    return reverse("workspace:process", args=[process.identifier])


def _process(request: MemberRequest, identifier: str) -> Process:
    return sought(
        request, queries.processes_visible_to(request.municipality, request.standing), identifier
    )


def _meeting(request: MemberRequest, identifier: str) -> Meeting:
    return sought(
        request, queries.meetings_visible_to(request.municipality, request.standing), identifier
    )


# --- processes -------------------------------------------------------------------------------


@require_GET
def processes(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.processes_visible_to(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    day = localdate(request.standing.at)
    durations = {row.pk: queries.duration_of(row, day) for row in page}
    may_create = allowed(request.standing, "process.create")
    context = {
        "title": _("Processes"),
        "intro": _("From the mandate to the resolution, and on to the next edition."),
        "crumbs": _crumbs(),
        "columns": [
            Column(_("Process")),
            Column(_("State")),
            Column(_("Starts on")),
            Column(_("Planned (months)"), is_number=True),
            Column(_("Actual (months)"), is_number=True),
        ],
        "rows": [
            [
                Cell(row.title, url=_desk(row)),
                Cell(row.get_state_display() if row.is_public else _("not public yet")),
                Cell(written_day(row.starts, row.precision)),
                Cell(durations[row.pk].planned),
                Cell(durations[row.pk].actual),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Set up a process"), reverse("workspace:process_new"))
        if may_create
        else None,
        "empty": (
            _("No process has been set up yet."),
            _("A process begins with a mandate and one question that everybody can answer."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def process_new(request: MemberRequest) -> HttpResponse:
    enter(request, "process.create")
    town = request.municipality
    form = forms.NewProcessForm(typed(request), municipality=town)

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if not k.startswith("mandate_")}
        del data["seen"]
        process = actions.create_process(
            town, **data, mandate=form.mandate(), by=request.standing, at=request.standing.at
        )
        return _desk(process)

    missing = []
    if not offices_of(town).exists():
        missing.append(
            Link(
                _("Enter the office that leads the process, with its address."),
                reverse("workspace:organisations"),
            )
        )
    if not bodies_of(town).exists():
        missing.append(
            Link(_("Form the body that gave the mandate."), reverse("workspace:body_new"))
        )
    question = Question(
        title=_("Set up a process"),
        intro=_("With its mandate. Nobody sees it in public until you publish it."),
        submit=_("Set up process"),
        done=_("The process has been set up. Next: plan its phases."),
        crumbs=_crumbs(Link(_("New"))),
        missing=missing,
        autosave="process-new",
    )
    return ask(request, form, question, act=act)


@require_GET
def process_desk(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    return _process_page(request, process)


def _process_page(
    request: MemberRequest, process: Process, *, refusal: Refusal | None = None
) -> HttpResponse:
    day = localdate(request.standing.at)
    page = queries.process_page(process, request.standing, day=day)
    may_change = allowed(request.standing, "process.change", process)
    context = {
        "title": process.title,
        "crumbs": _process_crumbs(process),
        "process": process,
        "page": page,
        "phases": [
            {
                "phase": each.phase,
                "position": each.position,
                "permits": [Permit(permit).label for permit in each.phase.permits],
                "is_late": each.position == "past" and not each.phase.is_closed(),
            }
            for each in page.phases
        ],
        "meetings": [h for h in page.happenings if h.kind == "meeting"],
        "resolutions": [h for h in page.happenings if h.kind == "resolution"],
        "attach": forms.AttachBodyForm(process=process) if may_change else None,
        "refusal": refusal,
        "day": day,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/process.html", context, status=status)


@form_view
def process_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    form = forms.ProcessForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.ProcessForm.initial_from(process),
    )

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_process(process, **data, by=request.standing, at=request.standing.at)
        return _desk(process)

    question = Question(
        title=_("Edit: %(title)s") % {"title": process.title},
        submit=_("Save process"),
        done=_("The process has been saved."),
        crumbs=_process_crumbs(process, Link(_("Edit"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def process_publish(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    try:
        actions.publish_process(process, by=request.standing, at=request.standing.at)
    except Refusal as refusal:
        return _process_page(request, process, refusal=refusal)
    messages.success(request, _("The process is public now."))
    return SeeOther(_desk(process))


@form_view
def process_body(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    form = forms.AttachBodyForm(typed(request), process=process)

    def act() -> str:
        actions.attach_body(
            process, body=form.cleaned_data["body"], by=request.standing, at=request.standing.at
        )
        return _desk(process)

    question = Question(
        title=_("Which body takes part in the process?"),
        submit=_("Add body"),
        done=_("The body takes part from now on."),
        crumbs=_process_crumbs(process, Link(_("Add body"))),
    )
    return ask(request, form, question, act=act)


@form_view
def milestone_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    form = forms.MilestoneForm(typed(request))

    def act() -> str:
        actions.set_milestone(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _desk(process)

    question = Question(
        title=_("Set a milestone"),
        intro=_("A milestone of the same name is moved."),
        submit=_("Set milestone"),
        done=_("The milestone has been set."),
        crumbs=_process_crumbs(process, Link(_("Milestone"))),
    )
    return ask(request, form, question, act=act)


# --- phases ----------------------------------------------------------------------------------


@form_view
def phase_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    form = forms.PhaseForm(typed(request))

    def act() -> str:
        actions.plan_phase(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _desk(process)

    question = Question(
        title=_("Plan a phase"),
        submit=_("Plan phase"),
        done=_("The phase has been planned."),
        crumbs=_process_crumbs(process, Link(_("New phase"))),
    )
    return ask(request, form, question, act=act)


@form_view
def phase_edit(request: MemberRequest, pk: int) -> HttpResponse:
    phase = _phase(request, pk)
    form = forms.PhaseForm(typed(request), initial=forms.PhaseForm.initial_from(phase))

    def act() -> str:
        actions.change_phase(
            phase, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _desk(phase.process)

    question = Question(
        title=_("Edit: %(title)s") % {"title": phase.title},
        submit=_("Save phase"),
        done=_("The phase has been saved."),
        crumbs=_process_crumbs(phase.process, Link(phase.title)),
    )
    return ask(request, form, question, act=act)


@form_view
def phase_close(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a phase; while contributions wait for an answer, only with a public reason."""
    phase = _phase(request, pk)
    form = forms.ClosePhaseForm(typed(request))

    def act() -> str:
        close_phase(
            phase,
            despite=form.cleaned_data["despite"],
            by=request.standing,
            at=request.standing.at,
        )
        return _desk(phase.process)

    question = Question(
        title=_("Close: %(title)s") % {"title": phase.title},
        intro=_("From tomorrow on this phase permits nothing any more. This cannot be undone."),
        submit=_("Close phase"),
        done=_("The phase has been closed."),
        missing=[
            Link(
                _("Answer the contributions that wait"),
                reverse("workspace:answers", args=[phase.process.identifier]),
            )
        ]
        if open_answers(phase)
        else [],
        crumbs=_process_crumbs(phase.process, Link(phase.title)),
    )
    return ask(request, form, question, act=act)


def _phase(request: MemberRequest, pk: int) -> Phase:
    enter(request, "community.see_register")
    phase = get_object_or_404(queries.phases_in(request.municipality), pk=pk)
    enter(request, "process.change", phase.process)
    return phase


# --- meetings and minutes --------------------------------------------------------------------


@require_GET
def meetings(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.meetings_visible_to(request.municipality, request.standing)
    page = Paginator(rows.order_by("-happened_on", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": _("Meetings"),
        "crumbs": _crumbs(Link(_("Meetings"))),
        "columns": [Column(_("Meeting")), Column(_("Day")), Column(_("Body"))],
        "rows": [
            [
                Cell(row.title, url=reverse("workspace:meeting", args=[row.identifier])),
                Cell(written_day(row.happened_on, row.precision) if row.happened_on else ""),
                Cell(row.body.title),
            ]
            for row in page
        ],
        "page": page,
        "empty": (
            _("No meeting has been announced yet."),
            _("Open a process to announce one."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def meeting_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    form = forms.NewMeetingForm(typed(request), municipality=request.municipality)

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        meeting = actions.announce_meeting(
            process, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:meeting", args=[meeting.identifier])

    missing = (
        []
        if bodies_of(request.municipality).exists()
        else [Link(_("Form the body that meets."), reverse("workspace:body_new"))]
    )
    question = Question(
        title=_("Announce a meeting"),
        submit=_("Announce meeting"),
        done=_("The meeting has been announced."),
        crumbs=_process_crumbs(process, Link(_("New meeting"))),
        missing=missing,
        autosave=f"meeting-new-{process.identifier}",
    )
    return ask(request, form, question, act=act)


@require_GET
def meeting_desk(request: MemberRequest, identifier: str) -> HttpResponse:
    return _meeting_page(request, _meeting(request, identifier))


def _meeting_page(
    request: MemberRequest, meeting: Meeting, *, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "title": meeting.title,
        "crumbs": _meeting_crumbs(meeting),
        "meeting": meeting,
        "page": queries.meeting_page(meeting, request.standing),
        "papers": PAPERS,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "workspace/meeting.html", context, status=status)


@form_view
def meeting_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = _meeting(request, identifier)
    enter(request, "process.change", meeting.process)
    form = forms.MeetingForm(typed(request), initial=forms.MeetingForm.initial_from(meeting))

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_meeting(meeting, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:meeting", args=[meeting.identifier])

    question = Question(
        title=_("Edit: %(title)s") % {"title": meeting.title},
        submit=_("Save meeting"),
        done=_("The meeting has been saved."),
        crumbs=_meeting_crumbs(meeting, Link(_("Edit"))),
    )
    return ask(request, form, question, act=act)


@form_view
def minutes_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    """Write the minutes, or go on writing them; two editors at once both keep their text."""
    meeting = _meeting(request, identifier)
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
        crumbs=_meeting_crumbs(meeting, Link(_("Minutes"))),
        autosave=f"minutes-{meeting.identifier}",
    )
    return ask(request, form, question, act=act)


@require_POST
def minutes_approve(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting = _meeting(request, identifier)
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
        return _meeting_page(request, meeting, refusal=refusal)
    messages.success(request, _("The minutes have been approved. Their wording is frozen."))
    return SeeOther(reverse("workspace:meeting", args=[meeting.identifier]))


# --- tasks and resolutions -------------------------------------------------------------------


# --- papers: made while one waits, in a process of their own ----------------------------------


@require_GET
def minutes_paper(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """The minutes as they stand, a draft too: for those who may read them."""
    meeting = _meeting(request, identifier)
    page = queries.meeting_page(meeting, request.standing)
    if page.minutes is None:
        raise NotThere
    document = minutes_of(page, language=get_language() or "de")
    return _paper(document, ending, name=f"protokoll-{meeting.identifier}")


@require_GET
def attendance_paper(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """A list to sign, for whoever keeps the minutes; nobody else is told who is expected."""
    meeting = _meeting(request, identifier)
    enter(request, "process.edit_minutes", meeting)
    day = meeting.happened_on or localdate(request.standing.at)
    expected = [
        Expected(seat.function, seat.organisation.title if seat.organisation else "")
        for seat in seats_of(meeting.body)
        if seat.in_term(day)
    ]
    document = attendance_of(meeting, expected, language=get_language() or "de")
    return _paper(document, ending, name=f"anwesenheit-{meeting.identifier}")


def _paper(document: Document, ending: str, *, name: str) -> HttpResponse:
    if ending not in PAPERS:
        raise NotThere
    chosen = FORMATS[ending]
    response = HttpResponse(render_apart(document, chosen.name), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{chosen.suffix}"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_GET
def tasks(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.open_tasks_for(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Open tasks"),
        "crumbs": _crumbs(Link(_("Open tasks"))),
        "page": page,
        "day": localdate(request.standing.at),
    }
    return render(request, "workspace/tasks.html", context)


@require_POST
def task_done(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, "community.see_register")
    task = get_object_or_404(queries.tasks_in(request.municipality), pk=pk)
    enter(request, "process.finish_task", task.meeting)
    actions.finish_task(task, by=request.standing, at=request.standing.at)
    messages.success(request, _("Done: %(task)s") % {"task": task.what})
    if request.POST.get("back") == "meeting":
        return SeeOther(reverse("workspace:meeting", args=[task.meeting.identifier]))
    return SeeOther(reverse("workspace:tasks"))


@form_view
def resolution_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = _process(request, identifier)
    enter(request, "process.change", process)
    form = forms.ResolutionForm(typed(request), process=process)

    def act() -> str:
        actions.resolve(process, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return _desk(process)

    question = Question(
        title=_("Record a resolution"),
        submit=_("Record resolution"),
        done=_("The resolution has been recorded."),
        crumbs=_process_crumbs(process, Link(_("New resolution"))),
        autosave=f"resolution-new-{process.identifier}",
    )
    return ask(request, form, question, act=act)
