"""Days on which an office has other hours than in the week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.community import actions, forms, queries
from miteinander.ui.shapes import Link
from miteinander.workspace.asking import Question, SeeOther, ask, enter, typed

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest

SEE, WRITE, CHANGE = "community.see_register", "community.write_news", "community.change_register"
PER_PAGE = 50
form_view = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(_("Today"), reverse("workspace:today")),
        Link(_("Municipality"), reverse("workspace:community")),
        *more,
    ]


def _files(request: MemberRequest) -> Any:
    return request.FILES if request.method == "POST" else None


@require_GET
def closures(request: MemberRequest, identifier: str) -> HttpResponse:
    enter(request, CHANGE)
    office = get_object_or_404(
        queries.offices_of(request.municipality), organisation__identifier=identifier
    )
    context = {
        "title": _("Days with other hours"),
        "crumbs": _crumbs(
            Link(_("Organisations"), reverse("workspace:organisations")),
            Link(office.organisation.title, reverse("workspace:office_edit", args=[identifier])),
            Link(_("Days with other hours")),
        ),
        "office": office,
        "closures": queries.closures_of(office),
        "today": localdate(request.standing.at),
    }
    return render(request, "workspace/closures.html", context)


@form_view
def closure_new(request: MemberRequest, identifier: str) -> HttpResponse:
    enter(request, CHANGE)
    office = get_object_or_404(
        queries.offices_of(request.municipality), organisation__identifier=identifier
    )
    form = forms.ClosureForm(typed(request))
    address = reverse("workspace:closures", args=[identifier])

    def act() -> str:
        actions.add_closure(
            office, **form.cleaned_data, by=request.standing, at=request.standing.at
        )
        return address

    question = Question(
        title=_("Enter days with other hours"),
        intro=office.organisation.title,
        submit=_("Enter days"),
        done=_("The days have been entered. Pages and footers show them."),
        crumbs=_crumbs(Link(_("Days with other hours"), address), Link(_("New"))),
    )
    return ask(request, form, question, act=act)


@require_POST
def closure_remove(request: MemberRequest, identifier: str) -> HttpResponse:
    enter(request, CHANGE)
    office = get_object_or_404(
        queries.offices_of(request.municipality), organisation__identifier=identifier
    )
    first = request.POST.get("first", "")
    entry = next((c for c in queries.closures_of(office) if c.first.isoformat() == first), None)
    if entry:
        actions.remove_closure(
            office, first=entry.first, by=request.standing, at=request.standing.at
        )
        messages.success(request, _("The entry has been removed."))
    return SeeOther(reverse("workspace:closures", args=[identifier]))
