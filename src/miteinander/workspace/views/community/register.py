"""The municipality's room: organisations, people, perspectives, bodies and their seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.community import actions, forms, queries
from miteinander.core.rights import allowed
from miteinander.ui.shapes import Cell, Column, Link
from miteinander.ui.words import written_day
from miteinander.workspace.asking import Question, ask, enter, typed

if TYPE_CHECKING:
    from miteinander.community.models import Body, Seat
    from miteinander.ui.requests import MemberRequest

SEE, CHANGE = "community.see_register", "community.change_register"
PER_PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Municipality"), reverse("workspace:community")),
        *more,
    ]


@require_GET
def overview(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    town = request.municipality
    bodies = queries.bodies_with_seats(town, request.standing)
    page = Paginator(bodies, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Municipality"),
        "crumbs": _crumbs(),
        "counts": {
            "organisations": queries.organisations_of(town).count(),
            "people": queries.people_of(town).count(),
            "perspectives": queries.perspectives_of(town).count(),
        },
        "columns": [
            Column(_("Body")),
            Column(_("Kind")),
            Column(_("Seats"), is_number=True),
            Column(_("Vacant"), is_number=True),
        ],
        "rows": [
            [
                Cell(body.title, url=reverse("workspace:body", args=[body.identifier])),
                Cell(body.get_body_kind_display()),
                Cell(body.seat_count),  # type: ignore[attr-defined]  # annotated by the query
                Cell(body.vacant_count),  # type: ignore[attr-defined]  # likewise
            ]
            for body in page
        ],
        "page": page,
    }
    return render(request, "workspace/community.html", context)


# --- organisations and offices ---------------------------------------------------------------


@require_GET
def organisations(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    rows = queries.organisations_of(request.municipality).select_related("office")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_change = allowed(request.standing, CHANGE)
    context = {
        "title": _("Organisations"),
        "intro": _("Institutions, associations and offices that take part or take the lead."),
        "crumbs": _crumbs(Link(_("Organisations"))),
        "columns": [Column(_("Name")), Column(_("Kind")), Column(_("Office"))],
        "rows": [
            [
                Cell(row.title, url=_edit("organisation", row.identifier, may_change=may_change)),
                Cell(row.get_organisation_kind_display()),
                Cell(
                    _("Address and opening hours") if hasattr(row, "office") else _("no office"),
                    url=_edit("office", row.identifier, may_change=may_change),
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
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        actions.register_organisation(
            request.municipality, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:organisations")

    question = Question(
        title=_("Enter an organisation"),
        submit=_("Enter organisation"),
        done=_("The organisation has been entered."),
        crumbs=_crumbs(
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
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_organisation(
            organisation, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:organisations")

    question = Question(
        title=organisation.title,
        submit=_("Save organisation"),
        done=_("The organisation has been saved."),
        crumbs=_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")), Link(organisation.title)
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
        crumbs=_crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")), Link(organisation.title)
        ),
    )
    return ask(request, form, question, act=act)


# --- people ----------------------------------------------------------------------------------


@require_GET
def people(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    page = Paginator(queries.people_of(request.municipality), PER_PAGE).get_page(
        request.GET.get("page")
    )
    may_change = allowed(request.standing, CHANGE)
    context = {
        "title": _("People"),
        "intro": _("Public pages and records show the function only."),
        "crumbs": _crumbs(Link(_("People"))),
        "columns": [
            Column(_("Function")),
            Column(_("Name")),
            Column(_("Organisation")),
            Column(_("Access")),
            *([Column(_("Erase"))] if may_change else []),
        ],
        "rows": [
            [
                Cell(row.function, url=_edit("person", row.pk, may_change=may_change)),
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
                    [Cell(_("erase …"), url=reverse("workspace:person_forget", args=[row.pk]))]
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
        crumbs=_crumbs(Link(_("People"), reverse("workspace:people")), Link(_("New"))),
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
        crumbs=_crumbs(Link(_("People"), reverse("workspace:people")), Link(person.function)),
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
        crumbs=_crumbs(Link(_("People"), reverse("workspace:people")), Link(person.function)),
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
        crumbs=_crumbs(Link(_("People"), reverse("workspace:people")), Link(person.function)),
        intro=_(
            "Name, address and access go, also from the records. The function stays, seats fall "
            "vacant. This cannot be undone."
        ),
    )
    return ask(request, form, question, act=act)


# --- perspectives ----------------------------------------------------------------------------


@require_GET
def perspectives(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    page = Paginator(queries.perspectives_of(request.municipality), PER_PAGE).get_page(
        request.GET.get("page")
    )
    may_change = allowed(request.standing, CHANGE)
    context = {
        "title": _("Perspectives"),
        "intro": _("Views that must be heard, whoever sits at the table."),
        "crumbs": _crumbs(Link(_("Perspectives"))),
        "columns": [Column(_("Name")), Column(_("What this view brings in"))],
        "rows": [
            [
                Cell(row.title, url=_edit("perspective", row.identifier, may_change=may_change)),
                Cell(row.text),
            ]
            for row in page
        ],
        "page": page,
        "add": Link(_("Name a perspective"), reverse("workspace:perspective_new"))
        if may_change
        else None,
        "empty": (
            _("No perspective has been named yet."),
            _("Which views must be heard before the town decides? Seats stand for them."),
        ),
    }
    return render(request, "workspace/register.html", context)


@form_view
def perspective_new(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    form = forms.PerspectiveForm(typed(request))

    def act() -> str:
        actions.name_perspective(
            request.municipality,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            by=request.standing,
            at=request.standing.at,
        )
        return reverse("workspace:perspectives")

    question = Question(
        title=_("Name a perspective"),
        submit=_("Name perspective"),
        done=_("The perspective has been named."),
        crumbs=_crumbs(Link(_("Perspectives"), reverse("workspace:perspectives")), Link(_("New"))),
    )
    return ask(request, form, question, act=act)


@form_view
def perspective_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = queries.perspectives_visible_to(request.municipality, request.standing)
    perspective = get_object_or_404(found, identifier=identifier)
    enter(request, CHANGE, perspective)
    form = forms.PerspectiveForm(
        typed(request), initial=forms.PerspectiveForm.initial_from(perspective)
    )

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_perspective(perspective, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:perspectives")

    question = Question(
        title=perspective.title,
        submit=_("Save perspective"),
        done=_("The perspective has been saved."),
        crumbs=_crumbs(
            Link(_("Perspectives"), reverse("workspace:perspectives")), Link(perspective.title)
        ),
    )
    return ask(request, form, question, act=act)


# --- bodies and seats ------------------------------------------------------------------------


@form_view
def body_new(request: MemberRequest) -> HttpResponse:
    enter(request, CHANGE)
    form = forms.NewBodyForm(typed(request))

    def act() -> str:
        data = {k: v for k, v in form.cleaned_data.items() if k != "seen"}
        body = actions.form_body(
            request.municipality, **data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:body", args=[body.identifier])

    question = Question(
        title=_("Form a body"),
        submit=_("Form body"),
        done=_("The body has been formed. Now it needs seats."),
        crumbs=_crumbs(Link(_("New body"))),
    )
    return ask(request, form, question, act=act)


@require_GET
def body(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, SEE, found)
    may_change = allowed(request.standing, CHANGE, found)
    context = {
        "title": found.title,
        "crumbs": _crumbs(Link(found.title)),
        "body": found,
        "columns": [
            Column(_("Seat")),
            Column(_("Perspective")),
            Column(_("Holder")),
            Column(_("Deputy")),
            Column(_("Absence")),
        ],
        "rows": [
            _seat_row(request, seat, may_change=may_change) for seat in queries.seats_of(found)
        ],
    }
    return render(request, "workspace/body.html", context)


def _seat_row(request: MemberRequest, seat: Seat, *, may_change: bool) -> list[Cell]:
    absent = ""
    if seat.absent_from and seat.absent_until:
        absent = _("%(first)s to %(last)s") % {
            "first": written_day(seat.absent_from),
            "last": written_day(seat.absent_until),
        }
    elif seat.absent_from:
        absent = _("from %(first)s") % {"first": written_day(seat.absent_from)}
    if seat.holder and seat.holder_is_absent(localdate(request.standing.at)):
        absent = _("%(when)s: the deputy speaks") % {"when": absent}
    marks = [
        *([_("leads")] if seat.leads else []),
        *([] if seat.has_voice else [_("without a voice")]),
    ]
    function = f"{seat.function} ({', '.join(marks)})" if marks else seat.function

    def to(name: str) -> str:
        return reverse(f"workspace:{name}", args=[seat.pk]) if may_change else ""

    return [
        Cell(function, url=to("seat_edit")),
        Cell(seat.perspective.title if seat.perspective else _("none")),
        Cell(seat.holder.function if seat.holder else _("vacant"), url=to("seat_fill")),
        Cell(seat.deputy.function if seat.deputy else _("none"), url=to("seat_fill")),
        Cell(absent or _("none noted"), url=to("seat_absence") if seat.holder else ""),
    ]


@form_view
def body_edit(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, CHANGE, found)
    initial = {
        "title": found.title,
        "kind": found.body_kind,
        "text": found.text,
        "seen": found.revision,
    }
    form = forms.BodyForm(typed(request), initial=initial)

    def act() -> str:
        data = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        actions.change_body(found, **data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[found.identifier])

    question = Question(
        title=_("Edit: %(title)s") % {"title": found.title},
        submit=_("Save body"),
        done=_("The body has been saved."),
        crumbs=_body_crumbs(found, _("Edit")),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_new(request: MemberRequest, identifier: str) -> HttpResponse:
    found = _body(request, identifier)
    enter(request, CHANGE, found)
    form = forms.SeatForm(typed(request), municipality=request.municipality)

    def act() -> str:
        seat = actions.create_seat(
            found, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return reverse("workspace:seat_fill", args=[seat.pk])

    question = Question(
        title=_("New seat: %(body)s") % {"body": found.title},
        submit=_("Add seat"),
        done=_("The seat has been added. Who holds it?"),
        crumbs=_body_crumbs(found, _("New seat")),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_edit(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.SeatForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.SeatForm.initial_from(seat),
    )

    def act() -> str:
        actions.change_seat(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    question = Question(
        title=_("Seat: %(function)s") % {"function": seat.function},
        submit=_("Save seat"),
        done=_("The seat has been saved."),
        crumbs=_body_crumbs(seat.body, seat.function),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_fill(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.FillForm(
        typed(request),
        municipality=request.municipality,
        initial=forms.FillForm.initial_from(seat),
    )

    def act() -> str:
        actions.fill_seat(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    question = Question(
        title=_("Who holds this seat: %(function)s") % {"function": seat.function},
        submit=_("Save"),
        done=_("The seat has been saved."),
        crumbs=_body_crumbs(seat.body, seat.function),
    )
    return ask(request, form, question, act=act)


@form_view
def seat_absence(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(request, pk)
    form = forms.AbsenceForm(typed(request), initial=forms.AbsenceForm.initial_from(seat))

    def act() -> str:
        actions.note_absence(seat, **form.cleaned_data, by=request.standing, at=request.standing.at)
        return reverse("workspace:body", args=[seat.body.identifier])

    question = Question(
        title=_("Absence: %(function)s") % {"function": seat.function},
        intro=_("In this time the deputy speaks with the voice of the seat."),
        submit=_("Save"),
        done=_("The absence has been noted."),
        crumbs=_body_crumbs(seat.body, seat.function),
    )
    return ask(request, form, question, act=act)


def _body(request: MemberRequest, identifier: str) -> Body:
    found = queries.bodies_visible_to(request.municipality, request.standing)
    return get_object_or_404(found, identifier=identifier)


def _seat(request: MemberRequest, pk: int) -> Seat:
    enter(request, CHANGE)
    return get_object_or_404(queries.seats_in(request.municipality), pk=pk)


def _body_crumbs(body: Body, here: str) -> list[Link]:
    return _crumbs(Link(body.title, reverse("workspace:body", args=[body.identifier])), Link(here))


def _edit(name: str, key: object, *, may_change: bool) -> str:
    return reverse(f"workspace:{name}_edit", args=[key]) if may_change else ""
