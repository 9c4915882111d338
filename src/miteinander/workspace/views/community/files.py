"""The register given out as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from miteinander.community import queries
from miteinander.core.errors import NotThere
from miteinander.documents.lists import LIST_TYPES
from miteinander.documents.registers import as_file
from miteinander.workspace.asking import enter
from miteinander.workspace.views.community.crumbs import CHANGE

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest

LISTS = {
    "personen": queries.people_given,
    "organisationen": queries.organisations_given,
    "gremien": queries.bodies_given,
}


@require_GET
def register_file(request: MemberRequest, what: str, ending: str) -> HttpResponse:
    """Names and addresses: for the coordination, never kept by anything on the way."""
    enter(request, CHANGE)
    if what not in LISTS or ending not in LIST_TYPES:
        raise NotThere
    given = LISTS[what](request.municipality)
    answer = HttpResponse(
        as_file(given.title, given.heads, given.rows, ending), content_type=LIST_TYPES[ending]
    )
    answer["Content-Disposition"] = f'attachment; filename="{what}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
