"""What people may say of themselves: the municipality chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.community import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.crumbs import CHANGE, form_view, register_crumbs

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def characteristics(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    rows = queries.characteristics_of(request.municipality)
    form = forms.CharacteristicsForm(typed(request), rows=rows)

    def act() -> str:
        actions.choose_characteristics(
            request.municipality, words=form.words(), by=request.standing, at=request.standing.at
        )
        return reverse("workspace:community")

    question = Question(
        title=_("What people may say of themselves"),
        intro=_(
            "So that it can be seen who is missing at the table. Everybody decides for themselves "
            "whether to say it, and can erase it. Ask only for what you will act upon. What you "
            "no longer ask for is erased at once."
        ),
        submit=_("Save"),
        done=_("It has been saved what people may say of themselves."),
        crumbs=register_crumbs(Link(_("What people may say of themselves"))),
    )
    return ask(request, form, question, act=act)
