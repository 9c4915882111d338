"""Minutes: written and approved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.process import actions, forms, queries
from miteinander.process.states import ApprovedBy
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.process.ways import form_view, meeting_crumbs, the_meeting

if TYPE_CHECKING:
    from miteinander.process.models import Meeting, Minutes
    from miteinander.ui.requests import MemberRequest


@form_view
def minutes_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    """Write the minutes, or go on writing them; two editors at once both keep their text."""
    meeting = the_meeting(request, identifier)
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
        crumbs=meeting_crumbs(meeting, Link(_("Minutes"))),
        autosave=f"minutes-{meeting.identifier}",
    )
    return ask(request, form, question, act=act)


@form_view
def minutes_approve(request: MemberRequest, identifier: str) -> HttpResponse:
    """Say how the minutes were approved; with it everything in them is frozen."""
    meeting, minutes = _draft(request, identifier, "process.approve_minutes")
    today = localdate(request.standing.at)
    over = minutes.corrections_until is not None and minutes.corrections_until < today
    form = forms.ApproveForm(
        typed(request),
        meetings=queries.later_meetings(meeting, day=today),
        initial={
            "way": ApprovedBy.SILENCE if over else ApprovedBy.BODY,
            "seen": minutes.revision,
        },
    )

    def act() -> str:
        data = form.cleaned_data
        chosen = data["approved_in"]
        actions.approve_minutes(
            minutes,
            way=data["way"],
            on=data["on"] or (chosen.happened_on if chosen else None),
            approved_in=chosen,
            seen=data["seen"],
            by=request.standing,
            at=request.standing.at,
        )
        return _desk(meeting)

    public = _("With the approval the wording is frozen and everybody can read it.")
    question = Question(
        title=_("Approve: %(title)s") % {"title": minutes.title},
        intro=public if meeting.is_public else _("With the approval the wording is frozen."),
        submit=_("Approve minutes"),
        done=_("The minutes have been approved. Their wording is frozen."),
        crumbs=meeting_crumbs(meeting, Link(_("Approve"))),
    )
    return ask(request, form, question, act=act)


@form_view
def minutes_round(request: MemberRequest, identifier: str) -> HttpResponse:
    """Hand a draft round: from now on members may propose corrections."""
    meeting, minutes = _draft(request, identifier, "process.edit_minutes")
    today = localdate(request.standing.at)
    usual = today + timedelta(days=meeting.body.correction_days)
    form = forms.HandRoundForm(
        typed(request), initial={"until": minutes.corrections_until or usual}
    )

    def act() -> str:
        actions.hand_round_minutes(
            minutes, until=form.cleaned_data["until"], by=request.standing, at=request.standing.at
        )
        return _desk(meeting)

    question = Question(
        title=_("Hand round: %(title)s") % {"title": minutes.title},
        intro=_("The body reads the draft and may propose corrections until this day."),
        submit=_("Hand round"),
        done=_("The minutes have been handed round."),
        crumbs=meeting_crumbs(meeting, Link(_("Hand round"))),
    )
    return ask(request, form, question, act=act)


@form_view
def correction_new(request: MemberRequest, identifier: str) -> HttpResponse:
    meeting, minutes = _draft(request, identifier, "process.propose_correction")
    form = forms.CorrectionForm(typed(request))

    def act() -> str:
        actions.propose_correction(
            minutes, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return _desk(meeting)

    question = Question(
        title=_("Propose a correction"),
        intro=_("It is shown with your function: %(function)s.")
        % {"function": request.standing.function},
        submit=_("Propose"),
        done=_("Your correction has been proposed. You will read here what became of it."),
        crumbs=meeting_crumbs(meeting, Link(_("Correction"))),
        autosave=f"correction-{meeting.identifier}",
    )
    more = {"wording": minutes.text}
    return ask(request, form, question, act=act, template="workspace/correction.html", more=more)


@form_view
def correction_answer(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, "community.see_register")
    correction = get_object_or_404(queries.corrections_in(request.municipality), pk=pk)
    meeting = correction.minutes.meeting
    enter(request, "process.edit_minutes", meeting)
    form = forms.AnswerCorrectionForm(typed(request))

    def act() -> str:
        response, by, at = form.cleaned_data["response"], request.standing, request.standing.at
        if not form.cleaned_data["take"]:
            actions.decline_correction(correction, response=response, by=by, at=at)
            return _desk(meeting)
        if correction.minutes.text.count(correction.passage) != 1:
            messages.warning(
                request,
                _("The passage does not stand once, word for word: please edit the minutes."),
            )
        actions.take_correction(correction, response=response, by=by, at=at)
        return _desk(meeting)

    question = Question(
        title=_("Answer a correction"),
        submit=_("Answer"),
        done=_("The correction has been answered."),
        crumbs=meeting_crumbs(meeting, Link(_("Correction"))),
    )
    more = {"correction": correction}
    return ask(
        request, form, question, act=act, template="workspace/correction_answer.html", more=more
    )


@form_view
def remark_new(request: MemberRequest, identifier: str) -> HttpResponse:
    """Add what was found later to approved minutes."""
    meeting, minutes = _draft(request, identifier, "process.edit_minutes")
    form = forms.RemarkForm(typed(request))

    def act() -> str:
        actions.add_remark(
            minutes, text=form.cleaned_data["text"], by=request.standing, at=request.standing.at
        )
        return _desk(meeting)

    question = Question(
        title=_("Add a remark"),
        intro=_("Approved minutes are never changed. A remark stands beside them."),
        submit=_("Add remark"),
        done=_("The remark has been added."),
        crumbs=meeting_crumbs(meeting, Link(_("Remark"))),
    )
    return ask(request, form, question, act=act)


def _draft(request: MemberRequest, identifier: str, right: str) -> tuple[Meeting, Minutes]:
    meeting = the_meeting(request, identifier)
    enter(request, right, meeting)
    minutes = queries.minutes_of(meeting)
    if minutes is None:
        raise NotThere
    return meeting, minutes


def _desk(meeting: Meeting) -> str:
    return reverse("workspace:meeting", args=[meeting.identifier])
