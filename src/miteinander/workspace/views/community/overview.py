"""The overview of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.community import queries
from miteinander.ui.shapes import Cell, Column
from miteinander.workspace.asking import enter
from miteinander.workspace.views.community.crumbs import PER_PAGE, SEE, register_crumbs

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def overview(request: MemberRequest) -> HttpResponse:
    enter(request, SEE)
    town = request.municipality
    bodies = queries.bodies_with_seats(town, request.standing)
    page = Paginator(bodies, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Municipality"),
        "crumbs": register_crumbs(),
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
