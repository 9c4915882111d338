"""Files of the town, kept in the database. Stage actions call this inside their transaction.

    receive_picture(town, data, name="fest.jpg", alternative_text="…", at=at)
    keep_file(town, data, name="konzept.pdf", media_type="application/pdf", at=at, thing=version)
    content_of(attachment)

Nothing here records an event: the action that takes a file in says what it was for.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Invalid
from miteinander.core.models import Attachment, Municipality, Rendition, Thing
from miteinander.core.pictures import Picture, read_picture

if TYPE_CHECKING:
    from miteinander.core.errors import Text

LONGEST_TEXT = 400


def receive_picture(
    municipality: Municipality,
    data: bytes,
    *,
    name: str,
    at: datetime,
    alternative_text: str = "",
    is_decorative: bool = False,
    as_crest: bool = False,
    is_example: bool = False,
    language: str = "de",
) -> Attachment:
    """Clean, scale and keep a picture; every reason against it is named at once (`Invalid`)."""
    wrong = wrong_description(alternative_text, is_decorative=is_decorative)
    try:
        picture = read_picture(data, as_crest=as_crest)
    except Invalid as refusal:
        raise Invalid({**refusal.fields, **wrong}) from refusal
    if wrong:
        raise Invalid(wrong)
    largest = picture.largest
    kept = keep_file(
        municipality,
        largest.content,
        name=_named(name, picture),
        media_type=picture.media_type,
        at=at,
        width=largest.width,
        height=largest.height,
        alternative_text=alternative_text.strip(),
        is_decorative=is_decorative,
        is_example=is_example,
        language=language,
    )
    Rendition.objects.bulk_create(
        Rendition(
            attachment=kept,
            width=size.width,
            height=size.height,
            size=len(size.content),
            content=size.content,
        )
        for size in picture.sizes[:-1]
    )
    return kept


def keep_file(
    municipality: Municipality,
    data: bytes,
    *,
    name: str,
    media_type: str,
    at: datetime,
    thing: Thing | None = None,
    width: int | None = None,
    height: int | None = None,
    alternative_text: str = "",
    is_decorative: bool = False,
    is_example: bool = False,
    language: str = "de",
) -> Attachment:
    """Keep bytes that we made ourselves or have checked; what people send goes another way."""
    return Attachment.objects.create(
        municipality=municipality,
        thing=thing,
        name=plain_name(name),
        media_type=media_type,
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        width=width,
        height=height,
        alternative_text=alternative_text,
        is_decorative=is_decorative,
        is_example=is_example,
        language=language,
        created_at=at,
        content=data,
    )


def content_of(attachment: Attachment, *, width: int | None = None) -> bytes | None:
    """The bytes, or those of a smaller size; None where there is no such size. One query."""
    found: models.QuerySet[Any] = Attachment.objects.filter(pk=attachment.pk)
    if width is not None and width != attachment.width:
        found = Rendition.objects.filter(attachment=attachment, width=width)
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def wrong_description(alternative_text: str, *, is_decorative: bool) -> dict[str, Text]:
    """What is wrong with how a picture is described, by field: nothing, or one sentence."""
    words = alternative_text.strip()
    if is_decorative and words:
        return {"is_decorative": _BOTH}
    if not is_decorative and not words:
        return {"alternative_text": _NO_TEXT}
    if not is_decorative and PurePosixPath(words).suffix.lower() in _FILES:
        return {"alternative_text": _A_FILE_NAME}
    if len(words) > LONGEST_TEXT:
        return {"alternative_text": _TOO_LONG}
    return {}


def plain_name(name: str) -> str:
    """A file name without folders and without anything that could end a header or a line."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    return plain[-160:] or "datei"


def _named(name: str, picture: Picture) -> str:
    """The name that was sent, with the ending of what is kept."""
    stem = PurePosixPath(plain_name(name)).stem[:120] or "bild"
    return f"{stem}.{picture.media_type.rsplit('/', 1)[-1]}"


_FILES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic"}
_NO_TEXT = _(
    "Please say in a sentence what the picture shows, for people who do not see it. If it says "
    "nothing that the text does not say, tick “only decoration”."
)
_BOTH = _("A picture that is only decoration has no alternative text. Please choose one of both.")
_A_FILE_NAME = _("This is the name of a file. Please say in a sentence what the picture shows.")
_TOO_LONG = _("Please keep the alternative text to 400 letters. More belongs into the text itself.")
