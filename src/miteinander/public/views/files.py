"""Pictures and files out of the database, for ever in the browser's memory once public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from miteinander.community.queries import picture_at
from miteinander.core.attachments import content_of
from miteinander.core.built import file_of, files_of
from miteinander.core.errors import NotThere
from miteinander.documents.formats import FORMATS
from miteinander.ui.shapes import File

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

    from miteinander.core.models import Thing
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


def download(
    request: SiteRequest, content: bytes, *, digest: str, name: str, media_type: str, public: bool
) -> HttpResponseBase:
    """Bytes that never change, to be saved under a name; `digest` is their ETag."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = quote_etag(digest)
    answer["Cache-Control"] = f"{'public' if public else 'private'}, {FOR_EVER}"
    answer["X-Content-Type-Options"] = "nosniff"
    unchanged: HttpResponseBase | None = get_conditional_response(
        request, etag=answer["ETag"], response=answer
    )
    return unchanged or answer


def built_file(request: SiteRequest, thing: Thing, ending: str, *, name: str) -> HttpResponseBase:
    """A file that the worker made of something, in the language of its address; else 404."""
    chosen = next((known for known in FORMATS.values() if known.suffix == ending), None)
    if chosen is None:
        raise NotThere
    row = file_of(thing, chosen.name, get_language() or "de")
    if row is None:
        raise NotThere
    return download(
        request,
        bytes(row.content),
        digest=row.digest,
        name=f"{name}.{chosen.suffix}",
        media_type=chosen.media_type,
        public=thing.is_public,
    )


def files_to_load(
    thing: Thing, address: Callable[[str], str], *, language: str
) -> tuple[list[File], list[File]]:
    """What is ready of something: files in the reader's language, and those in others.

    What most people want comes first: the PDF.
    """
    names = dict(settings.LANGUAGES)
    here: list[File] = []
    elsewhere: list[File] = []
    for row in sorted(files_of(thing), key=lambda row: row.format != "pdf"):
        chosen = FORMATS[row.format]
        with override(row.language):  # the language of a file is that of its address
            url = address(chosen.suffix)
        label, is_here = str(chosen.label), row.language == language
        name = label if is_here else f"{label} · {names.get(row.language, row.language)}"
        (here if is_here else elsewhere).append(
            File(name, url, kind=chosen.suffix.upper(), size=row.size, language=row.language)
        )
    return here, elsewhere
