"""The pictures that came with contributions: for whoever may read the words, while they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.participation import queries

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_safe
def contribution_picture(request: SiteRequest, identifier: str, width: int) -> HttpResponseBase:
    """One query. Whoever keeps it asks each time whether it still stands: its author may go."""
    found = queries.picture_bytes(request.municipality, request.standing, identifier, width)
    if found is None:
        raise NotThere
    etag = quote_etag(f"{found.digest[:32]}-{width}")
    answer = HttpResponse(found.content, content_type="image/webp")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Robots-Tag"] = "noindex"
    unchanged: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, response=answer
    )
    return unchanged or answer
