"""What is published in a call, as files for everybody who may read it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from miteinander.core.errors import NotThere
from miteinander.documents.call_tables import TYPES, as_table
from miteinander.participation import insights
from miteinander.public.views.participation.shared import call_of

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_GET
def call_table(request: SiteRequest, identifier: str, table: str, ending: str) -> HttpResponse:
    """The published rows of one table."""
    found = call_of(request, identifier)
    tables = insights.tables_of(found, "everybody", at=request.standing.at)
    if table not in tables or ending not in TYPES:
        raise NotThere
    made = tables[table].made(found, "everybody")
    content = as_table(
        ending,
        title=str(tables[table].label),
        keys=made.keys,
        heads=made.heads,
        rows=made.rows,
        about={
            "call": request.build_absolute_uri(found.get_absolute_url()),
            "question": found.question,
        },
    )
    response = HttpResponse(content, content_type=TYPES[ending])
    name = f"{table}-{found.identifier}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache" if found.is_public else "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
