"""People."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import actions, forms, queries
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed
from miteinander.workspace.views.community.crumbs import (
    CHANGE,
    PER_PAGE,
    SEE,
    edit_address,
    form_view,
    register_crumbs,
)

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def people(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    rows = queries.with_consents(queries.people_of(request.municipality))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_change = allowed(request.standing, CHANGE)
    context = {
        "title": _("People"),
        "intro": _("Public pages and records show the function only."),
        "crumbs": register_crumbs(Link(_("People"))),
        "columns": [
            Column(_("Function")),
            Column(_("Name")),
            Column(_("Organisation")),
            Column(_("Access")),
            *([Column(_("Consent")), Column(_("Erase"))] if may_change else []),
        ],
        "rows": [
            [
                Cell(row.function, url=edit_address("person", row.pk, may_change=may_change)),
                # Names and addresses are for those who keep the register.
                Cell(row.name or _("not given") if may_change else _("not shown")),
                Cell(row.organisation.title if row.organisation else _("none")),
                Cell(
                    _("has access") if row.user_id else _("invite"),
                    url=reverse("workspace:person_invite", args=[row.pk])
                    if may_change and not row.user_id
                    else "",
                )
                if may_change
                else Cell(_("has access") if row.user_id else _("no access")),
                *(
                    [
                        _consent_cell(row),
                        Cell(_("erase …"), url=reverse("workspace:person_forget", args=[row.pk])),
                    ]
                    if may_change
                    else []
                ),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Enter a person"), reverse("workspace:person_new")) if may_change else None,
        "empty": (
            _("Nobody has been entered yet."),
            _("People hold seats, take over tasks and receive invitations."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def person_new(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    form = forms.PersonForm(typed(request), municipality=request.municipality)

    def act() -> str:
        actions.register_person(
            request.municipality, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:people")

    question = Question(
        title=_("Enter a person"),
        submit=_("Enter person"),
        done=_("The person has been entered."),
        crumbs=register_crumbs(Link(_("People"), reverse("workspace:people")), Link(_("New"))),
    )
    return ask(request, form, question, act=act)


@form_view
def person_edit(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, CHANGE)
    person = get_object_or_404(queries.people_of(request.municipality), pk=pk)
    form = forms.PersonForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.PersonForm.initial_from(person),
    )

    def act() -> str:
        actions.change_person(
            person, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:people")

    question = Question(
        title=person.function,
        submit=_("Save person"),
        done=_("The person has been saved."),
        crumbs=register_crumbs(
            Link(_("People"), reverse("workspace:people")), Link(person.function)
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def person_invite(request: MemberRequest, pk: int) -> HttpResponse:
    enter(request, CHANGE)
    person = get_object_or_404(queries.people_of(request.municipality), pk=pk)
    form = forms.InvitationForm(typed(request), initial={"email": person.email})

    def act() -> str:
        actions.invite_person(
            person,
            email=form.cleaned_data["email"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:people")

    question = Question(
        title=_("Invite: %(function)s") % {"function": person.function},
        submit=_("Send invitation"),
        done=_("The invitation lies in the outbox and is being sent."),
        crumbs=register_crumbs(
            Link(_("People"), reverse("workspace:people")), Link(person.function)
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def person_forget(request: MemberRequest, pk: int) -> HttpResponse:
    """Erasing cannot be undone, so it is the one thing that asks before."""
    enter(request, CHANGE)
    person = get_object_or_404(queries.people_of(request.municipality), pk=pk)
    form = forms.ForgetForm(typed(request))

    def act() -> str:
        actions.forget_person(person, by=request.standing, at=request.standing.at)
        return reverse("workspace:people")

    question = Question(
        title=_("Erase: %(function)s") % {"function": person.function},
        submit=_("Erase for good"),
        done=_("Name, address and access have been erased."),
        crumbs=register_crumbs(
            Link(_("People"), reverse("workspace:people")), Link(person.function)
        ),
        intro=_(
            "Name, address and access go, also from the records. The function stays, seats fall "
            "vacant. This cannot be undone."
        ),
    )
    return ask(request, form, question, act=act)


def _consent_cell(person: Any) -> Cell:
    """Whether we may write to somebody; whoever keeps the register notes it there."""
    if person.agreed_on is None:
        said = _("none noted")
    elif person.withdrew_on:
        said = _("withdrawn %(day)s") % {"day": written_day(person.withdrew_on)}
    else:
        said = _("given %(day)s") % {"day": written_day(person.agreed_on)}
    return Cell(said, url=reverse("workspace:person_consent", args=[person.pk]))
