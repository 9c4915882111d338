"""Reading what came in: published, kept with the office, or refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.core.errors import Refusal
from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, typed
from miteinander.workspace.views.participation.rooms import (
    MODERATE,
    address_of,
    contribution_of,
    crumbs,
    facts,
    form_view,
    place_of,
    process_of,
    ticked,
)

if TYPE_CHECKING:
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


@form_view
def moderation(request: MemberRequest, process: str) -> HttpResponse:
    """The queue: publish or keep one with one press, or many that are ticked."""
    found = process_of(request, process, MODERATE)
    if request.method == "POST":
        return _moderate(request, found)
    context = {
        "title": _("Read what came in"),
        "crumbs": crumbs(Link(_("Read"))),
        "process": found,
        "figures": queries.figures(found),
        "contributions": queries.waiting_for_moderation(found, **place_of(request)),
    }
    return render(request, "workspace/moderation.html", context)


def _moderate(request: MemberRequest, process: Process) -> HttpResponse:
    verb, _dot, one = request.POST.get("do", "").partition(".")
    verbs = {"publish": actions.publish_contribution, "keep": actions.keep_internal}
    if verb not in verbs:
        raise Refusal(_("Please choose what to do."), do=_("Go back and press one of the buttons."))
    rows = (
        queries.chosen_contributions(process, request.standing, [one])
        if one
        else ticked(request, process, request.POST)
    )
    done, refusals = 0, []
    for row in rows:
        try:
            verbs[verb](row, **facts(request))
            done += 1
        except Refusal as refusal:
            refusals.append(f"“{row.title}”: {refusal}")
    if done:
        messages.success(
            request,
            ngettext("%(count)s contribution is done.", "%(count)s contributions are done.", done)
            % {"count": done},
        )
    for sentence in refusals:
        messages.warning(request, sentence)
    if not rows:
        messages.warning(request, _("Nothing was ticked."))
    return SeeOther(address_of("moderation", process))


@form_view
def refuse(request: MemberRequest, identifier: str) -> HttpResponse:
    found = contribution_of(request, identifier, MODERATE)
    form = forms.RefuseForm(typed(request))

    def act() -> str:
        actions.refuse_contribution(found, **form.cleaned_data, **facts(request))
        return address_of("moderation", found.process)

    question = Question(
        title=_("Do not publish: %(title)s") % {"title": found.title},
        intro=_(
            "It will not be worked with either. To work with it unseen, keep it with the office."
        ),
        submit=_("Refuse with this reason"),
        done=_("The contribution was refused. Its author can read why."),
        crumbs=crumbs(Link(_("Read"), address_of("moderation", found.process)), Link(found.title)),
    )
    return ask(request, form, question, act=act)
