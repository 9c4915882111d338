"""A call as files: everything that is worked with, for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from miteinander.core.errors import NotThere
from miteinander.documents.call_tables import TYPES, as_table
from miteinander.participation import insights
from miteinander.workspace.views.participation.rooms import call_of

if TYPE_CHECKING:
    from miteinander.ui.requests import MemberRequest


@require_GET
def call_table(request: MemberRequest, identifier: str, table: str, ending: str) -> HttpResponse:
    """One table of a call; what was refused or taken back is in none of them."""
    found = call_of(request, identifier)
    tables = insights.tables_of(found, "office", at=request.standing.at)
    if table not in tables or ending not in TYPES:
        raise NotThere
    made = tables[table].made(found, "office")
    content = as_table(
        ending,
        title=str(tables[table].label),
        keys=made.keys,
        heads=made.heads,
        rows=made.rows,
        about={"call": found.identifier, "question": found.question, "method": found.method},
    )
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{table}-{found.identifier}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
