"""Picture and place beside the words: kept with them, gone with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from miteinander.core.attachments import LONGEST_TEXT, wrong_description
from miteinander.core.errors import Closed, Invalid
from miteinander.core.events.record import record
from miteinander.core.pictures import Picture
from miteinander.core.standing import Standing
from miteinander.participation.models import (
    Call,
    Contribution,
    ContributionPicture,
    ContributionPictureSize,
    ContributionPlace,
)
from miteinander.participation.queries.beside import takes_pictures, takes_places

PLACES_AFTER_THE_POINT = 3
"""Of a degree: about 100 metres, a block of houses and not a door."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is about: any of the three, or none."""

    neighbourhood: str = ""
    words: str = ""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""

    def __bool__(self) -> bool:
        return bool(self.neighbourhood or self.words or self.point)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is sent with the words. A picture of this type has been cleaned already."""

    picture: Picture | None = None
    picture_text: str = ""
    place: Place = Place()

    def parts(self) -> list[str]:
        """What makes two forms with the same words different ones; nothing where there is none."""
        parts = []
        if self.picture:
            parts += [_digest(self.picture), self.picture_text]
        if self.place:
            parts.append(repr(self.place))
        return parts


def keep_beside(contribution: Contribution, beside: Beside, call: Call) -> None:
    """Keep what came with a new contribution; part of the caller's transaction.

    What the call does not take is left out rather than refused: its form has no field for it.
    """
    if beside.picture and takes_pictures(call):
        _keep_picture(contribution, beside.picture, beside.picture_text)
    place = beside.place
    if place and takes_places(call):
        latitude, longitude = blurred(place.point) if place.point else (None, None)
        ContributionPlace.objects.create(
            contribution=contribution,
            neighbourhood=place.neighbourhood,
            words=place.words,
            latitude=latitude,
            longitude=longitude,
        )


def _keep_picture(contribution: Contribution, picture: Picture, said: str) -> None:
    large, small = picture.largest, picture.sizes[0]
    kept = ContributionPicture.objects.create(
        contribution=contribution,
        alternative_text=said.strip()[:LONGEST_TEXT],
        language=contribution.language,
        digest=_digest(picture),
        width=large.width,
        height=large.height,
        small_width=small.width,
        small_height=small.height,
    )
    ContributionPictureSize.objects.bulk_create(
        ContributionPictureSize(picture=kept, width=size.width, content=size.content)
        for size in {size.width: size for size in (small, large)}.values()
    )


def _digest(picture: Picture) -> str:
    return hashlib.sha256(picture.largest.content).hexdigest()


def blurred(point: tuple[float, float]) -> tuple[float, float]:
    """As exact as a place is kept: nobody is led to a door."""
    latitude, longitude = (round(value, PLACES_AFTER_THE_POINT) for value in point)
    return latitude, longitude


@transaction.atomic
def describe_picture(
    contribution: Contribution, *, text: str, by: Standing, at: datetime, language: str = "de"
) -> ContributionPicture:
    """Say what can be seen, for people who do not see it; the same twice changes nothing."""
    text = text.strip()
    if wrong := wrong_description(text, is_decorative=False):
        raise Invalid({"text": wrong["alternative_text"]})
    picture = _picture_of(contribution)
    if (picture.alternative_text, picture.language) != (text, language):
        picture.alternative_text, picture.language = text, language
        picture.save(update_fields=["alternative_text", "language"])
        record("contribution.picture_described", contribution, by=by, at=at)
    return picture


@transaction.atomic
def leave_picture_out(contribution: Contribution, *, by: Standing, at: datetime) -> None:
    """Delete the picture for good, the words stay; possible at any time."""
    gone, _kinds = ContributionPicture.objects.filter(contribution=contribution).delete()
    if gone:
        record("contribution.picture_left_out", contribution, by=by, at=at)


def _picture_of(contribution: Contribution) -> ContributionPicture:
    found = (
        ContributionPicture.objects.select_for_update().filter(contribution=contribution).first()
    )
    if found is None:
        raise Closed(
            _("This contribution has no picture any more."),
            do=_("Somebody may have been faster. Please reload the list."),
        )
    return found


def require_described(contribution: Contribution) -> None:
    """Nothing is shown that only some can see: refuse to publish a picture without words."""
    if ContributionPicture.objects.filter(contribution=contribution, alternative_text="").exists():
        raise Closed(
            _("Its picture has no description yet."),
            do=_("Say what can be seen in it, or leave the picture out. Then publish."),
        )


def drop_pictures(contributions: Iterable[Contribution]) -> None:
    """Refused or withdrawn: the pixels leave the database; part of the caller's transaction."""
    ids = [contribution.pk for contribution in contributions]
    ContributionPicture.objects.filter(contribution__in=ids).delete()


def drop_places(contributions: Iterable[Contribution]) -> None:
    """Withdrawn: nobody learns any more where it was; part of the caller's transaction."""
    ids = [contribution.pk for contribution in contributions]
    ContributionPlace.objects.filter(contribution__in=ids).delete()
