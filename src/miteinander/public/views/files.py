"""Pictures out of the database, for ever in the browser's memory once everybody may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from miteinander.community.queries import picture_at
from miteinander.core.attachments import content_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from miteinander.ui.requests import SiteRequest

FOR_EVER = "max-age=31536000, immutable"


@login_not_required
@require_safe
def picture(request: SiteRequest, identifier: str, width: int, suffix: str) -> HttpResponseBase:
    """One size of a picture: two queries, one where the browser has it already.

    The bytes behind an address never change, so its name is its ETag. What a visitor gets,
    anybody may keep; what a member gets, only that browser.
    """
    town = request.municipality
    found = picture_at(town, request.standing, identifier)
    if found is None or suffix != found.suffix:
        raise Http404
    etag = quote_etag(f"{identifier}-{width}")
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        content = content_of(found, width=width)
        if content is None:
            raise Http404
        answer = HttpResponse(content, content_type=found.media_type)
    answer["ETag"] = etag
    whose = "private" if request.standing.is_member else "public"
    answer["Cache-Control"] = f"{whose}, {FOR_EVER}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
