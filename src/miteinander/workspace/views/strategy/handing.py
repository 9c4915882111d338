"""Handing in a field, or goals and measures of it, and what the review makes of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed, require
from miteinander.strategy import actions, forms, insights, queries
from miteinander.strategy.states import HAND_OVER_RIGHTS, HAND_OVER_ROADS, HandOverState
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.strategy.rooms import concept_crumbs, field_of, form_view

if TYPE_CHECKING:
    from miteinander.strategy.queries import Part
    from miteinander.ui.requests import MemberRequest


@form_view
def field_hand_in(request: MemberRequest, identifier: str) -> HttpResponse:
    """Everything is ticked that still lies with the group; it may leave something out."""
    found = field_of(request, identifier)
    enter(request, "strategy.work_on_field", found)
    rows = queries.parts_to_hand_in(found)
    form = forms.HandInForm(typed(request), rows=rows)

    def act() -> str:
        made = actions.hand_in(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:hand_over", args=[made.pk])

    title = _("Hand in: %(title)s") % {"title": found.title}
    may = allowed(request.standing, "strategy.hand_in", found)
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Hand in"),
            crumbs=concept_crumbs(found.concept, Link(title)),
            done=_("It has been handed in. Its wording stays as it is until it is answered."),
            intro=_(
                "The coordination and the steering group look at it. Until they answer nobody "
                "changes the wording; remarks and proposals are possible. Everybody can read "
                "measures that were handed in."
            ),
            nothing=""
            if (rows and may) or form.is_bound
            else _("There is nothing to hand in now."),
        ),
        act=act,
    )


@form_view
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """What was handed in, as it read then beside how it reads now; and the next step."""
    standing = request.standing
    if not standing.is_member:
        raise NotThere
    found = get_object_or_404(queries.hand_overs_visible_to(request.municipality, standing), pk=pk)
    steps = [
        step
        for step in HAND_OVER_ROADS[found.state]
        if allowed(standing, HAND_OVER_RIGHTS[step], found)
    ]
    if request.method == "POST":
        if request.POST.get("to") == found.state in HAND_OVER_RIGHTS:
            steps = [HandOverState(found.state)]  # sent twice: it stands there already
        elif not steps:
            _refuse(request, found)
    form = forms.HandOverForm(typed(request), steps=steps)
    here = reverse("workspace:hand_over", args=[pk])

    def act() -> str:
        actions.answer_hand_over(found, **form.cleaned_data, by=standing, at=standing.at)
        return here

    parts = queries.parts_of(found)
    title = _("Handed in: %(title)s") % {"title": found.field.title}
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Say so"),
            crumbs=concept_crumbs(found.field.concept, Link(title)),
            done=_("It has been noted, and those concerned are told."),
        ),
        act=act,
        template="workspace/hand_over.html",
        more={
            "found": found,
            "may_step": bool(steps) or form.is_bound,
            "parts": [(part, _texts(part)) for part in parts],
        },
    )


def _refuse(request: MemberRequest, found: object) -> None:
    """Nothing is left to be done by this person; who may, is told that it is over."""
    if not allowed(request.standing, "strategy.review_hand_over", found):
        require(request.standing, "strategy.take_back_hand_over", found)


def _texts(part: Part) -> list[tuple[str, str, list[insights.Run]]]:
    """Each entry that said something: its label, its words then, and what changed since."""
    found = []
    for name, label in part.labels.items():
        then, now = part.part.words.get(name, ""), part.now.get(name, "")
        words = (queries.shown(part.row, name, then), queries.shown(part.row, name, now))
        if then or now:
            found.append((label, words[0], insights.what_changed(*words) if then != now else []))
    return found
