"""Calls: opened, edited, and given another code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from miteinander.community.queries import bodies_visible_to
from miteinander.participation import actions, forms, queries
from miteinander.participation.states import CallMethod
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, typed
from miteinander.workspace.views.participation.rooms import (
    address_of,
    call_of,
    crumbs,
    facts,
    form_view,
    process_of,
)

if TYPE_CHECKING:
    from miteinander.community.models import Body
    from miteinander.ui.requests import MemberRequest


@form_view
def call_new(request: MemberRequest, process: str) -> HttpResponse:
    """A new question: how it is answered, who is asked, and for how long."""
    found = process_of(request, process, "participation.open_call")
    phases = [p for p in found.phases.all() if "contribute" in p.permits and not p.is_closed()]
    initial = forms.CallForm.initial_for(
        phases, at=request.standing.at, method=request.GET.get("beispiel", "")
    )
    form = forms.CallForm(typed(request), phases=phases, bodies=_bodies(request), initial=initial)

    def act() -> str:
        phase = next(p for p in phases if p.pk == form.cleaned_data["phase"])
        made = actions.open_call(
            phase, **_typed_in(form), language=get_language() or "de", **facts(request)
        )
        return address_of("call", made)

    question = Question(
        title=_("Open a call"),
        intro=_("It opens and closes by itself. Until it opens, it is shown as planned."),
        submit=_("Open call"),
        done=_("The call is ready. Here you see how it goes, and what it needs."),
        missing=[]
        if phases
        else [
            Link(
                _("A phase that permits contributions"),
                reverse("workspace:process", args=[found.identifier]),
            )
        ],
        further=[
            Link(
                _("Begin with an example: %(method)s") % {"method": method.label},
                f"?beispiel={method}",
            )
            for method in CallMethod
        ],
        crumbs=crumbs(Link(_("Open a call"))),
        autosave=f"call-{found.identifier}",
    )
    return ask(request, form, question, act=act)


@form_view
def call_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    """Wording and times at any time; method and audience until the first answer."""
    found = call_of(request, identifier)
    is_answered = queries.has_answers(found)
    form = forms.CallForm(
        typed(request),
        phases=[found.phase],
        bodies=_bodies(request),
        is_answered=is_answered,
        initial=forms.CallForm.initial_from(found),
    )

    def act() -> str:
        seen = form.cleaned_data["seen"]
        actions.change_call(
            found,
            changes=_typed_in(form),
            seen=found.revision if seen is None else seen,
            **facts(request),
        )
        return address_of("call", found)

    intro = _("Answers have come in: how it is answered and who is asked stay as they are.")
    question = Question(
        title=_("Edit: %(title)s") % {"title": found.title},
        intro=intro if is_answered else "",
        submit=_("Save"),
        done=_("The call has been changed."),
        crumbs=crumbs(Link(found.title, address_of("call", found)), Link(_("Edit"))),
        autosave=f"call-{found.identifier}",
    )
    return ask(request, form, question, act=act)


@require_POST
def call_code(request: MemberRequest, identifier: str) -> HttpResponse:
    """Another code: whoever has the former one is outside from now on."""
    found = call_of(request, identifier)
    actions.renew_code(found, **facts(request))
    messages.success(request, _("The call has a new code. The former one opens nothing any more."))
    return SeeOther(address_of("call", found))


def _bodies(request: MemberRequest) -> list[Body]:
    return list(bodies_visible_to(request.municipality, request.standing))


def _typed_in(form: forms.CallForm) -> dict[str, Any]:
    return {k: v for k, v in form.cleaned_data.items() if k not in ("seen", "phase")}
