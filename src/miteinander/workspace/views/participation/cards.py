"""Cards from a wall, typed in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from miteinander.participation import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, typed
from miteinander.workspace.views.participation.rooms import (
    address_of,
    crumbs,
    facts,
    form_view,
    process_of,
)

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def cards(request: MemberRequest, process: str) -> HttpResponse:
    """A pinwall typed in: one card per line; sent twice, it is entered once."""
    found = process_of(request, process, "participation.record_contribution")
    calls, meetings = queries.calls_of(found), queries.meetings_of(found)
    initial = {"form_key": actions.fresh_form_key(at=request.standing.at)}
    form = forms.CardsForm(typed(request), calls=calls, meetings=meetings, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        for number, text in enumerate(data["cards"]):
            actions.record_contribution(
                found,
                text=text,
                channel=data["channel"],
                call=next((c for c in calls if c.pk == data["call"]), None),
                meeting=next((m for m in meetings if m.pk == data["meeting"]), None),
                may_publish=data["may_publish"],
                language=data["language"],
                happened_on=data["happened_on"],
                form_key=f"{data['form_key']}:{number}" if data["form_key"] else "",
                **facts(request),
            )
        return address_of("board", found)

    question = Question(
        title=_("Enter cards"),
        intro=_("What was said on cards, on paper or on the phone counts like everything else."),
        submit=_("Enter cards"),
        done=_("The cards have been entered. They can be sorted now."),
        crumbs=crumbs(Link(_("Cards"))),
        autosave=f"cards-{found.identifier}",
    )
    return ask(request, form, question, act=act)
