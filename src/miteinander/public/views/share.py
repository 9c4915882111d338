"""Pictures beside shared links: drawn for what everybody may see, under an address of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override
from django.views.decorators.http import require_safe

from miteinander.core.attachments import content_of
from miteinander.core.directory import shown_to_all
from miteinander.core.translation import localise
from miteinander.public.share import TOWN, picture_of, picture_path
from miteinander.ui.share import drawn

if TYPE_CHECKING:
    from miteinander.ui.requests import SiteRequest


@login_not_required
@require_safe
def share_picture(request: SiteRequest, language: str, name: str, digest: str) -> HttpResponse:
    """Draw what the address says; when it says something else by now, lead to that.

    Nobody can have other words drawn: they come from the thing, the address only names it.
    """
    town = request.municipality
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        thing = None if name == TOWN else shown_to_all(town, name)
        if thing is None and name != TOWN:
            raise Http404
        if thing is not None:
            localise([thing], language)
        picture = picture_of(thing, town)
        if digest != picture.digest:
            return redirect(picture_path(thing, town, language))
    crest = content_of(town.crest) if town.crest else None
    response = HttpResponse(drawn(picture, crest=crest or b""), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
