"""Pictures and places of contributions: what a call takes, and what may be seen of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from miteinander.core.models import Municipality
from miteinander.core.standing import Standing
from miteinander.participation.models import (
    Call,
    ContributionPicture,
    ContributionPictureSize,
    ContributionPlace,
)
from miteinander.participation.queries.contributions import contributions_visible_to
from miteinander.participation.states import Allowed, ContributionState


def takes_pictures(call: Call) -> bool:
    """Never in protected mode: of what is said there only the text is kept (`Call.allowed`)."""
    return call.allowed(Allowed.PICTURE)


def takes_places(call: Call) -> bool:
    return call.allowed(Allowed.PLACE)


@dataclass(frozen=True, slots=True)
class PictureBytes:
    content: bytes
    digest: str


def picture_bytes(
    municipality: Municipality, standing: Standing, identifier: str, width: int
) -> PictureBytes | None:
    """One size of a contribution's picture, where this reader may see it: one query.

    Whoever may read the contribution, once it is published; before, the coordination alone.
    """
    seen = contributions_visible_to(municipality, standing).filter(identifier=identifier)
    if not standing.is_coordinator:
        seen = seen.filter(state=ContributionState.PUBLISHED)
    found = ContributionPictureSize.objects.filter(picture__contribution__in=seen, width=width)
    row = found.values_list("content", "picture__digest").first()
    return None if row is None else PictureBytes(bytes(row[0]), row[1])


def pictures_without_words(standing: Standing, contributions: Sequence[int]) -> set[int]:
    """Which of these have a picture that nobody has described yet, for the office: one query."""
    found = ContributionPicture.objects.filter(
        contribution__in=contributions, contribution__municipality=standing.municipality
    )
    return set(found.filter(alternative_text="").values_list("contribution_id", flat=True))


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The places of one neighbourhood; the last group has none."""

    neighbourhood: str
    places: Sequence[ContributionPlace]


MOST_PLACES = 500


def places_in(call: Call) -> list[PlaceGroup]:
    """Published contributions of a call by neighbourhood, with their places: one query."""
    found = ContributionPlace.objects.filter(
        contribution__call=call, contribution__state=ContributionState.PUBLISHED
    ).select_related("contribution")
    groups: dict[str, list[ContributionPlace]] = {}
    for place in found.order_by("-contribution_id")[:MOST_PLACES]:
        groups.setdefault(place.neighbourhood, []).append(place)
    named = sorted((name for name in groups if name), key=str.casefold)
    return [PlaceGroup(name, groups[name]) for name in [*named, *([""] if "" in groups else [])]]


def _located(call: Call) -> QuerySet[ContributionPlace]:
    """Published contributions of a call that have a point; never of a protected one."""
    if not takes_places(call):
        return ContributionPlace.objects.none()
    return ContributionPlace.objects.filter(
        contribution__call=call,
        contribution__state=ContributionState.PUBLISHED,
        latitude__isnull=False,
    )


def points_in(call: Call) -> list[tuple[float, float]]:
    """The newest points, to show the part of the world where they lie: one query or two.

    Of the call, or where it has none yet of the whole town.
    """
    of_town = ContributionPlace.objects.filter(
        contribution__municipality=call.municipality_id,
        contribution__is_public=True,
        latitude__isnull=False,
    )
    return _points(_located(call)) or _points(of_town)


def _points(found: QuerySet[ContributionPlace]) -> list[tuple[float, float]]:
    newest = found.order_by("-contribution_id").only("latitude", "longitude")[:MOST_PLACES]
    return [
        (place.latitude, place.longitude)
        for place in newest
        if place.latitude is not None and place.longitude is not None
    ]


def places_to_export(call: Call) -> Iterator[ContributionPlace]:
    """All of them with their contributions, in the order in which they came: one query."""
    found = _located(call).select_related("contribution").order_by("contribution_id")
    return found.iterator(chunk_size=2000)
