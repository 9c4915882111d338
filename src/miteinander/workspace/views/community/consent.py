"""Consent that somebody gave or took back elsewhere, noted by the coordination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from miteinander.community import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.crumbs import CHANGE, form_view, register_crumbs

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@form_view
def person_consent(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that somebody agreed, or, while an agreement holds, that it was taken back."""
    enter(request, CHANGE)
    person = get_object_or_404(queries.people_of(request.municipality), pk=pk)
    consent = queries.consent_of(person)
    by, at = request.standing, request.standing.at
    today = {"given_on": localdate(at), "withdrawn_on": localdate(at)}
    crumbs = register_crumbs(Link(_("People"), reverse("workspace:people")), Link(person.function))
    if consent is None or consent.withdrawn_on:
        given = forms.ConsentForm(typed(request), initial=today)

        def agree() -> str:
            way, on = given.cleaned_data["way"], given.cleaned_data["given_on"]
            actions.give_consent(person, way=way, on=on, by=by, at=at)
            return reverse("workspace:people")

        question = Question(
            title=_("Consent: %(function)s") % {"function": person.function},
            intro=_(
                "Without a consent we write to nobody, except to let them sign in. "
                "People can also agree themselves, under “My details”."
            ),
            submit=_("Note consent"),
            done=_("The consent has been noted."),
            crumbs=crumbs,
        )
        return ask(request, given, question, act=agree)
    taken = forms.WithdrawalForm(typed(request), initial=today)

    def take_back() -> str:
        on = taken.cleaned_data["withdrawn_on"]
        actions.withdraw_consent(person, on=on, by=by, at=at)
        return reverse("workspace:people")

    question = Question(
        title=_("Withdrawal: %(function)s") % {"function": person.function},
        intro=_(
            "Given on %(day)s (%(way)s). After a withdrawal we write to this person only to let "
            "them sign in. Seats and functions stay; to erase the person as well, choose “erase” "
            "in the list of people."
        )
        % {"day": written_day(consent.given_on), "way": consent.get_way_display()},
        submit=_("Note withdrawal"),
        done=_("The withdrawal has been noted."),
        crumbs=crumbs,
    )
    return ask(request, taken, question, act=take_back)
