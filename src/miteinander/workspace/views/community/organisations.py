"""Organisations and offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import actions, forms, queries
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
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
def organisations(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    rows = queries.organisations_of(request.municipality).select_related("office")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_change = allowed(request.standing, CHANGE)
    context = {
        "title": _("Organisations"),
        "intro": _("Institutions, associations and offices that take part or take the lead."),
        "crumbs": register_crumbs(Link(_("Organisations"))),
        "columns": [
            Column(_("Name")),
            Column(_("Kind")),
            Column(_("Neighbourhood")),
            Column(_("Office")),
        ],
        "rows": [
            [
                Cell(row.title, url=reverse("workspace:organisation", args=[row.identifier])),
                Cell(row.get_organisation_kind_display()),
                Cell(row.neighbourhood or _("not said")),
                Cell(
                    _("Address and opening hours")
                    if hasattr(row, "office")
                    else _("enter as an office")
                    if may_change
                    else _("no office"),
                    url=edit_address("office", row.identifier, may_change=may_change),
                ),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Enter an organisation"), reverse("workspace:organisation_new"))
        if may_change
        else None,
        "empty": (
            _("No organisation has been entered yet."),
            _("Begin with the office that leads the process."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def organisation_new(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    form = forms.OrganisationForm(typed(request), municipality=request.municipality)

    def act() -> str:
        data = {k: v for k, v in form.data_for_action().items() if k != "seen"}
        actions.register_organisation(
            request.municipality, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:organisations")

    question = Question(
        title=_("Enter an organisation"),
        submit=_("Enter organisation"),
        done=_("The organisation has been entered."),
        crumbs=register_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")), Link(_("New"))
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def organisation_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = queries.organisations_visible_to(request.municipality, request.standing)
    organisation = get_object_or_404(found, identifier=identifier)
    enter(request, CHANGE, organisation)
    form = forms.OrganisationForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.OrganisationForm.initial_from(organisation),
    )

    def act() -> str:
        data = {**form.data_for_action(), "seen": form.cleaned_data["seen"] or 0}
        actions.change_organisation(
            organisation, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:organisation", args=[identifier])

    question = Question(
        title=organisation.title,
        submit=_("Save organisation"),
        done=_("The organisation has been saved."),
        further=(
            Link(
                _("Does it still exist?"), reverse("workspace:organisation_end", args=[identifier])
            ),
        ),
        crumbs=register_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")), Link(organisation.title)
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def organisation_end(request: MemberRequest, identifier: str) -> HttpResponse:
    """Say that an organisation does not exist any more, or that it does after all."""
    found = queries.organisations_visible_to(request.municipality, request.standing)
    organisation = get_object_or_404(found, identifier=identifier)
    enter(request, CHANGE, organisation)
    form = forms.EndForm(typed(request), initial={"ended": organisation.retired_on is not None})
    address = reverse("workspace:organisation", args=[identifier])

    def act() -> str:
        ended = form.cleaned_data["ended"]
        do = actions.end_organisation if ended else actions.resume_organisation
        do(organisation, by=request.standing, at=request.standing.at)
        return address

    question = Question(
        title=_("Does it still exist?"),
        intro=organisation.title,
        submit=_("Save organisation"),
        done=_("The organisation has been saved."),
        crumbs=register_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")),
            Link(organisation.title, address),
            Link(_("Does it still exist?")),
        ),
    )
    return ask(request, form, question, act=act)


@form_view
def office_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = queries.organisations_visible_to(request.municipality, request.standing)
    organisation = get_object_or_404(found.select_related("office"), identifier=identifier)
    enter(request, CHANGE, organisation)
    office = getattr(organisation, "office", None)
    initial = forms.OfficeForm.initial_from(office) if office else None
    form = forms.OfficeForm(typed(request), initial=initial)

    def act() -> str:
        actions.register_office(
            organisation, **form.details(), by=request.standing, at=request.standing.at
        )
        return reverse("workspace:organisations")

    question = Question(
        title=_("Address and opening hours: %(name)s") % {"name": organisation.title},
        intro=_("The office stands at the foot of every public page."),
        further=(
            Link(_("Days with other hours"), reverse("workspace:closures", args=[identifier])),
        )
        if office
        else (),
        submit=_("Save office"),
        done=_("Address and opening hours have been saved."),
        crumbs=register_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")), Link(organisation.title)
        ),
    )
    return ask(request, form, question, act=act)
