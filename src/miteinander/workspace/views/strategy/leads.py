"""Who takes the lead of a measure: asked, answered, and a wish that is answered in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from miteinander.strategy import actions, forms, queries
from miteinander.ui.shapes import Column
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.strategy.rooms import form_view, measure_of, sheet_address
from miteinander.workspace.views.strategy.sheet import sheet_crumbs

if TYPE_CHECKING:
    from miteinander.strategy.models import Measure
    from miteinander.ui.requests import MemberRequest


@form_view
def measure_ask_lead(request: MemberRequest, identifier: str) -> HttpResponse:
    found = measure_of(request, identifier)
    enter(request, "strategy.ask_lead", found)
    form = forms.AskLeadForm(
        typed(request),
        municipality=request.municipality,
        measure=found,
        initial={"organisation": found.lead_id},
    )

    def act() -> str:
        asked = actions.ask_lead(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        _warn_without_address(request, asked)
        return sheet_address(found)

    title = _("Ask who takes the lead")
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Ask"),
            crumbs=sheet_crumbs(found, title),
            done=_("The question has been asked. The answer will stand on the sheet."),
            intro=found.title,
        ),
        act=act,
    )


def _warn_without_address(request: MemberRequest, asked: Measure) -> None:
    if asked.lead is not None and not asked.lead.email:
        messages.warning(
            request,
            _(
                "%(lead)s has no e-mail address here, so no mail goes out. Please enter one "
                "under Municipality, Organisations, and ask again."
            )
            % {"lead": asked.lead.title},
        )


@form_view
def measure_answer_lead(request: MemberRequest, identifier: str) -> HttpResponse:
    """Answer for one's own organisation, signed in instead of by link."""
    found = measure_of(request, identifier)
    enter(request, "strategy.answer_as_lead", found)
    form = forms.AnswerLeadForm(typed(request), measure=found)

    def act() -> str:
        by, reason = request.standing, form.cleaned_data["reason"]
        answer = form.cleaned_data["answer"]
        if answer == "accept":
            actions.accept_lead(found, by=by, at=by.at)
        elif answer == "wish":
            actions.wish_change(found, reason=reason, terms=form.terms(), by=by, at=by.at)
        else:
            actions.decline_lead(found, reason=reason, by=by, at=by.at)
        return sheet_address(found)

    title = _("Will you take the lead?")
    assert found.lead is not None, "the right to answer comes from the lead"
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Send the answer"),
            crumbs=sheet_crumbs(found, title),
            done=_("Thank you for the answer."),
            # Who belongs to two institutions must see for which one this is.
            intro=_("%(measure)s. You answer for: %(lead)s")
            % {"measure": found.title, "lead": found.lead.title},
        ),
        act=act,
        template="workspace/answer_lead.html",
        more={"measure": found},
    )


@form_view
def measure_answer_wish(request: MemberRequest, identifier: str) -> HttpResponse:
    """What the lead wants to be different beside what stands there; answered by asking again."""
    found = measure_of(request, identifier)
    enter(request, "strategy.answer_wish", found)
    form = forms.AnswerWishForm(typed(request), measure=found)

    def act() -> str:
        asked = actions.answer_wish(
            found,
            note=form.cleaned_data["note"],
            takes_over=form.cleaned_data.get("takes_over", False),
            by=request.standing,
            at=request.standing.at,
        )
        _warn_without_address(request, asked)
        return sheet_address(found)

    title = _("A change before the lead accepts")
    return ask(
        request,
        form,
        Question(
            title=title,
            submit=_("Answer and ask again"),
            crumbs=sheet_crumbs(found, title),
            done=_("The organisation has been asked again. The answer will stand on the sheet."),
        ),
        act=act,
        template="workspace/wish.html",
        more={
            "measure": found,
            "columns": [Column(_("On the sheet")), Column(_("Now")), Column(_("Wished for"))],
            "terms": [[term.label, term.now, term.wanted] for term in queries.terms_of(found)],
        },
    )
