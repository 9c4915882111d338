"""The overview of participation, and calls: opened and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.words import languages_for
from miteinander.workspace.views.participation.methods import rooms_of
from miteinander.workspace.views.participation.rooms import crumbs, facts, form_view, process_of

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_safe
def calls(request: MemberRequest) -> HttpResponse:
    """Every process with its calls and with what waits in it."""
    enter(request, "community.see_register")
    processes = list(queries.processes_taking_part(request.municipality, request.standing)[:20])
    everything = queries.calls_of_all(processes, request.standing)
    numbers = queries.figures_of([*processes, *everything])
    at, day = request.standing.at, localdate(request.standing.at)
    rooms = [
        {
            "process": process,
            "figures": numbers[process.pk],
            "may_collect": process.permits("contribute", day),
            "calls": [
                {"call": c, "figures": numbers[c.pk], "is_open": c.is_open(at, day)}
                for c in everything
                if c.process_id == process.pk
            ],
        }
        for process in processes
    ]
    context = {"title": _("Participation"), "crumbs": crumbs(), "rooms": rooms}
    return render(request, "workspace/calls.html", context)


@form_view
def call_new(request: MemberRequest, process: str) -> HttpResponse:
    found = process_of(request, process, "participation.open_call")
    phases = [p for p in found.phases.all() if "contribute" in p.permits and not p.is_closed()]
    form = forms.CallForm(typed(request), phases=phases)

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k not in ("seen", "phase")}
        phase = next(p for p in phases if p.pk == form.cleaned_data["phase"])
        actions.open_call(phase, **data, language=get_language() or "de", **facts(request))
        return reverse("workspace:calls")

    question = Question(
        title=_("Open a call"),
        intro=_("Everybody can read it at once, and answer it as soon as it opens."),
        submit=_("Open call"),
        done=_("The call is public now."),
        missing=[]
        if phases
        else [
            Link(
                _("A phase that permits contributions"),
                reverse("workspace:process", args=[found.identifier]),
            )
        ],
        crumbs=crumbs(Link(_("Open a call"))),
        autosave=f"call-{found.identifier}",
    )
    return ask(request, form, question, act=act)


@require_safe
def call(request: MemberRequest, identifier: str) -> HttpResponse:
    """One call: how it goes, and everything that the office does with it."""
    enter(request, "participation.open_call")
    visible = queries.calls_visible_to(request.municipality, request.standing)
    found = get_object_or_404(visible, identifier=identifier)
    at = request.standing.at
    context = {
        "title": found.title,
        "crumbs": crumbs(Link(found.title)),
        "call": found,
        "figures": queries.figures(found),
        "is_open": found.is_open(at, localdate(at)),
        "rooms": rooms_of(found),
        "languages": languages_for(found),
    }
    return render(request, "workspace/call.html", context)


@form_view
def call_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    enter(request, "participation.open_call")
    visible = queries.calls_visible_to(request.municipality, request.standing)
    found = get_object_or_404(visible, identifier=identifier)
    form = forms.CallForm(
        typed(request), phases=[found.phase], initial=forms.CallForm.initial_from(found)
    )

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k not in ("seen", "phase")}
        seen = form.cleaned_data["seen"]
        actions.change_call(
            found, changes=data, seen=found.revision if seen is None else seen, **facts(request)
        )
        return reverse("workspace:calls")

    question = Question(
        title=_("Edit: %(title)s") % {"title": found.title},
        submit=_("Save"),
        done=_("The call has been changed."),
        crumbs=crumbs(Link(found.title)),
        autosave=f"call-{found.identifier}",
    )
    return ask(request, form, question, act=act)
