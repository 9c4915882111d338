"""What a ballot is tied to: the session in which a body votes, the resolution it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.adoption import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.adoption.ballots import (
    ballot_crumbs,
    form_view,
    room,
    sought_ballot,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from miteinander.ui.requests import MemberRequest


@form_view
def ballot_place(request: MemberRequest, identifier: str) -> HttpResponse:
    """Put a ballot on the agenda of a session of its body, or take it off again."""
    found = sought_ballot(request, identifier)
    enter(request, "adoption.place_ballot", found)
    day = localdate(request.standing.at)
    form = forms.PlaceForm(typed(request), ballot=found, day=day)

    def act() -> str:
        item = form.cleaned_data["item"]
        actions.place_ballot(found, item=item, by=request.standing, at=request.standing.at)
        return room(found)

    announce = reverse("workspace:meeting_new", args=[found.process.identifier])
    has_points = queries.points_ahead(found, day=day).exists()
    question = Question(
        title=_("Put on an agenda: %(title)s") % {"title": found.title},
        intro=_("The body votes in its session. The point and the ballot lead to each other."),
        submit=_("Save"),
        done=_("Saved."),
        crumbs=ballot_crumbs(Link(found.title, room(found)), Link(_("Agenda"))),
        missing=[]
        if has_points
        else [Link(_("Announce a session of this body, with an agenda."), announce)],
    )
    return ask(request, form, question, act=act)


@form_view
def ballot_decide(request: MemberRequest, identifier: str) -> HttpResponse:
    """Record the resolution that came out of a ballot."""
    found = sought_ballot(request, identifier)
    enter(request, "adoption.decide_ballot", found)
    form = forms.DecideForm(typed(request), process=found.process)

    def act() -> str:
        actions.decide_ballot(
            found,
            resolution=form.cleaned_data["resolution"],
            by=request.standing,
            at=request.standing.at,
        )
        return room(found)

    record = reverse("workspace:resolution_new", args=[found.process.identifier])
    question = Question(
        title=_("Record the resolution on “%(title)s”") % {"title": found.title},
        submit=_("Record the resolution"),
        done=_("The resolution has been recorded."),
        crumbs=ballot_crumbs(Link(found.title, room(found)), Link(_("Resolution"))),
        further=[Link(_("Enter a new resolution"), record)],
    )
    return ask(request, form, question, act=act)
