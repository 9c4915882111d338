"""Finding a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.core.errors import Invalid, NotThere, Refusal
from miteinander.process import actions, forms, queries
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.process.ways import (
    PER_PAGE,
    crumbs,
    form_view,
    process_crumbs,
    the_process,
)

if TYPE_CHECKING:
    from miteinander.process.models import DatePoll, PollVoter
    from miteinander.ui.requests import MemberRequest


@require_GET
def polls(request: MemberRequest) -> HttpResponse:
    enter(request, "community.see_register")
    rows = queries.polls_visible_to(request.municipality, request.standing)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Date polls"),
        "crumbs": crumbs(Link(_("Date polls"))),
        "columns": [
            Column(_("Meeting")),
            Column(_("Body")),
            Column(_("Answers until")),
            Column(_("State")),
        ],
        "rows": [
            [
                Cell(poll.title, url=reverse("workspace:poll", args=[poll.pk])),
                Cell(poll.body.title),
                Cell(written_day(poll.closes_on)),
                Cell(poll.get_state_display()),
            ]
            for poll in page
        ],
        "page": page,
        "empty": (
            _("Nobody looks for a date at the moment."),
            _("Open a process to propose some."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def poll_new(request: MemberRequest, identifier: str) -> HttpResponse:
    process = the_process(request, identifier)
    enter(request, "process.change", process)
    form = forms.PollForm(typed(request), municipality=request.municipality)

    def act() -> str:
        poll = actions.open_poll(
            process, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:poll", args=[poll.pk])

    question = Question(
        title=_("Find a date"),
        intro=_(
            "Everybody who sits in the body is asked by mail, and answers without an account. "
            "Only the body sees the answers."
        ),
        submit=_("Ask for the date"),
        done=_("The question is on its way."),
        crumbs=process_crumbs(process, Link(_("Find a date"))),
        autosave=f"poll-new-{process.identifier}",
    )
    return ask(request, form, question, act=act)


def _poll(request: MemberRequest, pk: int) -> DatePoll:
    """A poll of one's own body; that there are others is nobody's business."""
    if not request.standing.is_member:
        raise NotThere
    return get_object_or_404(
        queries.polls_visible_to(request.municipality, request.standing), pk=pk
    )


@form_view
def poll(request: MemberRequest, pk: int) -> HttpResponse:
    """How it stands, for the body; and one's own answer."""
    found = _poll(request, pk)
    enter(request, "process.see_poll", found)
    voice = queries.own_voice(found, request.standing)
    page = queries.poll_page(found)
    form = None
    refusal: Refusal | None = None
    if voice is not None:
        form = forms.PollAnswerForm(
            typed(request),
            options=[line.option for line in page.options],
            given=queries.answers_of(voice),
        )
        if request.method == "POST" and form.is_valid():
            try:
                actions.answer_poll(
                    voice, form.answers(), by=request.standing, at=request.standing.at
                )
            except Refusal as problem:
                refusal = problem
            else:
                messages.success(request, _("Thank you. Your answer has been noted."))
                return SeeOther(reverse("workspace:poll", args=[found.pk]))
    return _show(request, page, form=form, refusal=refusal)


def _show(
    request: MemberRequest,
    page: queries.PollPage,
    *,
    form: forms.PollAnswerForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    found = page.poll
    words = {"yes": _("yes"), "maybe": _("if need be"), "no": _("no"), "": "–"}
    context = {
        "title": found.title,
        "crumbs": crumbs(Link(_("Date polls"), reverse("workspace:polls")), Link(found.title)),
        "poll": found,
        "page": page,
        "form": form,
        "is_open": found.is_open(localdate(request.standing.at)),
        "columns": [
            Column(_("Who")),
            *(Column(line.written) for line in page.options),
        ],
        "rows": [
            [
                Cell(_who(line.voter)),
                *(Cell(words[answer]) for answer in line.answers),
            ]
            for line in page.voters
        ],
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form is not None and form.errors else 200
    return render(request, "workspace/poll.html", context, status=status)


def _who(voter: PollVoter) -> str:
    """By function; whoever was not reached by mail has to be asked in another way."""
    if voter.is_asked or voter.answered_at is not None:
        return voter.function
    return _("%(function)s (not reached by mail)") % {"function": voter.function}


@require_POST
def poll_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose a date: the meeting is announced, the invitations go out."""
    found = _poll(request, pk)
    enter(request, "process.decide_poll", found)
    chosen = request.POST.get("option", "")
    option = found.options.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if option is None:
        problem = Invalid({"option": _("Please choose one of the proposed dates.")})
        return _show(request, queries.poll_page(found), refusal=problem)
    try:
        meeting, _invited = actions.decide_poll(
            found, option, by=request.standing, at=request.standing.at
        )
    except Refusal as problem:
        return _show(request, queries.poll_page(found), refusal=problem)
    messages.success(request, _("The date is set, and the invitations are on their way."))
    return SeeOther(reverse("workspace:meeting", args=[meeting.identifier]))


@require_POST
def poll_drop(request: MemberRequest, pk: int) -> HttpResponse:
    found = _poll(request, pk)
    enter(request, "process.decide_poll", found)
    try:
        actions.drop_poll(found, by=request.standing, at=request.standing.at)
    except Refusal as problem:
        return _show(request, queries.poll_page(found), refusal=problem)
    messages.success(request, _("The question has been given up."))
    return SeeOther(reverse("workspace:polls"))
