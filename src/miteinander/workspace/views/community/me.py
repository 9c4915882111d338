"""My own page: what is kept about me, what I agreed to, what I say of myself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from miteinander.community import actions, forms, queries
from miteinander.community.forms.register import LANGUAGES
from miteinander.community.states import ConsentWay
from miteinander.core.errors import NotThere
from miteinander.process.queries import own_numbers
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed
from miteinander.workspace.views.community.crumbs import SEE, form_view

if TYPE_CHECKING:
    from miteinander.community.models import Person
    from miteinander.ui.requests import MemberRequest

OWN = "community.describe_self"


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("My details"), reverse("workspace:me")),
        *more,
    ]


@require_GET
def me(request: MemberRequest) -> HttpResponse:
    """Also who has an account but stands in no register finds out what that means."""
    enter(request, SEE)
    person = queries.own_person(request.municipality, request.standing)
    rows = queries.characteristics_of(request.municipality)
    said = queries.self_description_of(person) if person else None
    spoken = dict(LANGUAGES)
    context = {
        "title": _("My details"),
        "crumbs": _crumbs()[:2],
        "person": person,
        "languages": [spoken.get(tag, tag) for tag in person.languages] if person else [],
        "acts_for": list(person.acts_for.order_by("title")) if person else [],
        "consent": queries.consent_of(person) if person else None,
        "asked": rows,
        "for_draws": bool(said and said.for_draws),
        "numbers": own_numbers(person) if person else [],
        "said": [(row, getattr(said, row.kind)) for row in rows] if said else [],
    }
    return render(request, "workspace/me.html", context)


@form_view
def me_describe(request: MemberRequest) -> HttpResponse:
    person = _own(request)
    rows = queries.characteristics_of(request.municipality)
    said = queries.self_description_of(person)
    form = forms.SelfDescriptionForm(typed(request), rows=rows, said=said)

    def act() -> str:
        actions.describe_self(
            person,
            said=form.said(),
            for_draws=form.cleaned_data["for_draws"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:me")

    question = Question(
        title=_("What I say of myself"),
        intro=_(
            "This is voluntary. It helps to see who is missing at the table. It is shown only as "
            "numbers that are large enough to identify nobody, and you can erase it at any time."
        ),
        submit=_("Save"),
        done=_("Your details have been saved."),
        crumbs=_crumbs(Link(_("What I say of myself"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def me_erase(request: MemberRequest) -> HttpResponse:
    person = _own(request)
    actions.erase_self_description(person, by=request.standing, at=request.standing.at)
    messages.success(request, _("What you said of yourself has been erased."))
    return SeeOther(reverse("workspace:me"))


@require_POST
def me_consent(request: MemberRequest) -> HttpResponse:
    """One button: agree, or take it back (`withdraw` in what was sent)."""
    person = _own(request)
    by, at = request.standing, request.standing.at
    if "withdraw" in request.POST:
        actions.withdraw_consent(person, by=by, at=at)
        messages.success(request, _("From now on we write to you only to let you sign in."))
    else:
        actions.give_consent(person, way=ConsentWay.ONLINE, by=by, at=at)
        messages.success(request, _("Thank you. We may write to you."))
    return SeeOther(reverse("workspace:me"))


def _own(request: MemberRequest) -> Person:
    enter(request, SEE)
    person = queries.own_person(request.municipality, request.standing)
    if person is None:
        raise NotThere
    enter(request, OWN, person)
    return person
