"""Reading what came in: published, kept with the office, or refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from miteinander.core.errors import Refusal
from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
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
    understood,
)

if TYPE_CHECKING:
    from miteinander.participation.models import Contribution
    from miteinander.process.models import Process
    from miteinander.ui.requests import MemberRequest


@form_view
def moderation(request: MemberRequest, process: str) -> HttpResponse:
    """The queue, the oldest first: publish or keep one with one press, or many that are ticked."""
    found = process_of(request, process, MODERATE)
    if request.method == "POST":
        return _moderate(request, found)
    waiting = queries.waiting_for_moderation(found, after=place_of(request).get("newer", 0))
    understood(waiting.rows)
    day = localdate(request.standing.at)
    rows = [
        {
            "contribution": row,
            "flags": queries.looked_at_twice(row.text),
            "language": settings.LANGUAGE_NAMES.get(row.language, row.language),
            "days": (day - row.happened_on).days if row.happened_on else 0,
        }
        for row in waiting.rows
    ]
    context = {
        "title": _("Read what came in"),
        "crumbs": crumbs(Link(_("Read"))),
        "process": found,
        "figures": queries.figures(found),
        "waiting": waiting,
        "rows": rows,
        "languages": forms.LANGUAGES,
    }
    return render(request, "workspace/moderation.html", context)


def _moderate(request: MemberRequest, process: Process) -> HttpResponse:
    verb, _dot, one = request.POST.get("do", "").partition(".")
    if verb == "language":
        return _speaks(request, process, one)
    verbs = {"publish": actions.publish_contribution, "keep": actions.keep_internal}
    if verb not in verbs:
        raise Refusal(_("Please choose what to do."), do=_("Go back and press one of the buttons."))
    rows = (
        queries.chosen_contributions(process, request.standing, [one])
        if one
        else ticked(request, process, request.POST)
    )
    done: list[Contribution] = []
    refusals = []
    for row in rows:
        try:
            verbs[verb](row, **facts(request))
            done.append(row)
        except Refusal as refusal:
            refusals.append(f"“{row.title}”: {refusal}")
    if done:
        count = len(done)
        messages.success(
            request,
            ngettext("%(count)s contribution is done.", "%(count)s contributions are done.", count)
            % {"count": count},
            extra_tags=_back(process, done),
        )
    for sentence in refusals:
        messages.warning(request, sentence)
    if not rows:
        messages.warning(request, _("Nothing was ticked."))
    return SeeOther(address_of("moderation", process))


def _speaks(request: MemberRequest, process: Process, identifier: str) -> HttpResponse:
    """The language of one contribution was chosen anew."""
    chosen = request.POST.get(f"language-{identifier}", "")
    rows = queries.chosen_contributions(process, request.standing, [identifier])
    if not rows or chosen not in dict(forms.LANGUAGES):
        raise Refusal(_("Please choose a language."), do=_("Go back and choose one of the list."))
    actions.correct_language(rows[0], language=chosen, **facts(request))
    messages.success(request, _("The language is corrected."))
    return SeeOther(address_of("moderation", process))


def _back(process: Process, rows: list[Contribution]) -> str:
    """Where the button sends that undoes a decision."""
    chosen = urlencode([("c", row.identifier) for row in rows])
    return f"{address_of('reconsider', process)}?{chosen}"


@require_POST
def reconsider(request: MemberRequest, process: str) -> HttpResponse:
    """A wrong press: these wait to be read once more."""
    found = process_of(request, process, MODERATE)
    rows = ticked(request, found, request.GET)
    try:
        done = actions.reconsider(rows, **facts(request))
    except Refusal as problem:
        messages.warning(request, str(problem))
    else:
        if done:
            messages.success(request, _("Undone."))
        else:
            messages.info(request, _("There is nothing here that could be undone."))
    return SeeOther(address_of("moderation", found))


@form_view
def refuse(request: MemberRequest, identifier: str) -> HttpResponse:
    found = contribution_of(request, identifier, MODERATE)
    reasons = queries.refusal_reasons(request.municipality)
    form = forms.RefuseForm(typed(request), reasons=reasons)

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
        undo=lambda: _back(found.process, [found]),
    )
    return ask(request, form, question, act=act)


@form_view
def refusal_reasons(request: MemberRequest, process: str) -> HttpResponse:
    """The short reasons of the town: one on each line."""
    enter(request, MODERATE)
    found = process_of(request, process, MODERATE)
    lines = queries.refusal_reasons(request.municipality)
    form = forms.ReasonsForm(typed(request), initial={"lines": "\n".join(lines)})

    def act() -> str:
        written = form.cleaned_data["lines"].splitlines()
        actions.write_refusal_reasons(request.municipality, written)
        return address_of("moderation", found)

    question = Question(
        title=_("Reasons for not publishing"),
        intro=_("From these the office chooses. They hold for all processes of the town."),
        submit=_("Save the reasons"),
        done=_("The reasons are saved."),
        crumbs=crumbs(Link(_("Read"), address_of("moderation", found)), Link(_("Reasons"))),
    )
    return ask(request, form, question, act=act)
