"""Pictures of the town, and its crest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext_lazy as _

from miteinander.community.actions.municipality import set_municipality
from miteinander.community.queries import pictures_of
from miteinander.core import attachments
from miteinander.core.errors import Closed, Invalid, NotThere, filled
from miteinander.core.events.record import record
from miteinander.core.models import Attachment, Municipality
from miteinander.core.standing import Standing
from miteinander.ui.accent import judge


@transaction.atomic
def receive_picture(
    municipality: Municipality,
    data: bytes,
    *,
    name: str,
    by: Standing,
    at: datetime,
    alternative_text: str = "",
    is_decorative: bool = False,
    language: str = "de",
    is_example: bool = False,
) -> Attachment:
    """Take a picture in. The same picture twice is a form that was sent twice, and refused."""
    picture = attachments.receive_picture(
        municipality,
        data,
        name=name,
        at=at,
        alternative_text=alternative_text,
        is_decorative=is_decorative,
        language=language,
        is_example=is_example,
    )
    if pictures_of(municipality).filter(digest=picture.digest).exclude(pk=picture.pk).exists():
        raise Invalid({"picture": _("This picture is already there. Choose it from the list.")})
    _record("picture.received", picture, by=by, at=at)
    return picture


@transaction.atomic
def describe_picture(
    picture: Attachment,
    *,
    alternative_text: str,
    is_decorative: bool,
    by: Standing,
    at: datetime,
) -> Attachment:
    """Say anew what a picture shows, wherever it is used."""
    wrong = attachments.wrong_description(alternative_text, is_decorative=is_decorative)
    if wrong:
        raise Invalid(wrong)
    picture.alternative_text, picture.is_decorative = alternative_text.strip(), is_decorative
    picture.save(update_fields=["alternative_text", "is_decorative"])
    _record("picture.described", picture, by=by, at=at)
    return picture


@transaction.atomic
def remove_picture(picture: Attachment, *, by: Standing, at: datetime) -> None:
    """Delete a picture for good, bytes and all; only while nothing shows it."""
    if Municipality.objects.filter(crest=picture).exists():
        raise _in_use()
    _record("picture.removed", picture, by=by, at=at)
    try:
        picture.delete()
    except ProtectedError as problem:
        raise _in_use() from problem


@transaction.atomic
def set_appearance(
    municipality: Municipality,
    *,
    name: str,
    accent: str,
    languages: Sequence[str],
    by: Standing,
    at: datetime,
) -> Municipality:
    """Set name, colour and languages; a colour that is hard to read is refused."""
    verdict = judge(accent)
    if not verdict.fits:
        raise Invalid(
            {
                "accent": filled(
                    _(
                        "This colour is too light for words on our paper (contrast %(contrast)s, "
                        "at least 4.5). %(suggestion)s is the same colour, only darker."
                    ),
                    contrast=verdict.contrast,
                    suggestion=verdict.suggestion,
                )
            }
        )
    if not name.strip():
        raise Invalid({"name": _("Please give the municipality a name.")})
    return set_municipality(
        municipality, name=name.strip(), accent=accent, languages=languages, by=by, at=at
    )


@transaction.atomic
def set_crest(
    municipality: Municipality, data: bytes | None, *, by: Standing, at: datetime, name: str = ""
) -> Municipality:
    """Show this crest on every page and document; None goes back to ours. The old one goes."""
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    former = municipality.crest
    municipality.crest = (
        None
        if data is None
        else attachments.receive_picture(
            municipality, data, name=name, at=at, as_crest=True,
            alternative_text=_crest_of(municipality),
        )
    )  # fmt: skip
    municipality.save(update_fields=["crest"])
    if former is not None and former != municipality.crest:
        former.delete()
    record(
        "municipality.crest", None, by=by, at=at, municipality=municipality.pk,
        data={"name": municipality.name},
    )  # fmt: skip
    return municipality


def _crest_of(municipality: Municipality) -> str:
    return f"Wappen: {municipality.name}"


def _in_use() -> Closed:
    return Closed(
        _("This picture is still shown somewhere."),
        do=_("Choose another picture there first, then it can be removed."),
    )


def _record(kind: str, picture: Attachment, *, by: Standing, at: datetime) -> None:
    if picture.municipality_id != by.municipality:
        raise NotThere
    record(kind, None, by=by, at=at, municipality=picture.municipality_id,
           data={"name": picture.name})  # fmt: skip
