"""Publishing with parts blacked out: what goes is chosen, seen as everybody will see it, sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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
    understood,
)

if TYPE_CHECKING:
    from miteinander.participation.forms import BlackOutForm
    from miteinander.participation.models import Contribution
    from miteinander.ui.requests import MemberRequest


@form_view
def black_out(request: MemberRequest, identifier: str) -> HttpResponse:
    found = contribution_of(request, identifier, MODERATE)
    understood([found])
    kept = getattr(found, "blacked_out", None)
    written = queries.written_in(found)
    form = forms.BlackOutForm(
        typed(request),
        initial={"words": kept.words, "reason": kept.reason} if kept else None,
        reasons=queries.refusal_reasons(request.municipality),
        found=queries.telling_parts(written.whole),
    )

    def act() -> str:
        actions.black_out(found, **form.cleaned_data, **facts(request))
        return address_of("moderation", found.process)

    question = Question(
        title=_("Black out names and numbers"),
        intro=_(
            "Everybody reads the contribution without these words. What was written stays here, "
            "for the coordination only. The author learns it by the receipt."
        ),
        submit=_("Publish like this"),
        done=_("Published with parts blacked out."),
        crumbs=crumbs(
            Link(_("Read"), address_of("moderation", found.process)), Link(_("Black out"))
        ),
        undo=lambda: address_of("show_again", found),
    )
    more = {"contribution": found, "said": written.whole, "kept": kept, **_seen(form, found)}
    return ask(request, form, question, act=act, template="workspace/black_out.html", more=more)


def _seen(form: BlackOutForm, found: Contribution) -> dict[str, Any]:
    """How everybody would read it, as soon as words were chosen."""
    if not form.is_bound:
        return {}
    form.is_valid()
    words = form.cleaned_data.get("words") or []
    if not words:
        return {}
    return {"seen": queries.written_in(found).without(words, language=found.language).whole}


@require_POST
def show_again(request: MemberRequest, identifier: str) -> HttpResponse:
    """What was written is back in its place; what was not public before waits to be read."""
    found = contribution_of(request, identifier, MODERATE)
    try:
        actions.show_again(found, **facts(request))
    except Refusal as problem:
        messages.warning(request, f"{problem.what} {problem.do}")
    else:
        messages.success(request, _("Undone."))
    return SeeOther(address_of("contribution", found))
