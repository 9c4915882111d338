"""Perspectives: named, renamed, put in order, retired."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import locked, refuse_namesake
from miteinander.community.models import Perspective
from miteinander.core.events.record import record
from miteinander.core.models import Municipality
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing


@transaction.atomic
def name_perspective(
    municipality: Municipality,
    *,
    title: str,
    by: Standing,
    at: datetime,
    text: str = "",
    language: str = "de",
    is_public: bool = True,
    is_example: bool = False,
) -> Perspective:
    """Name a view that must be heard."""
    refuse_namesake(Perspective, municipality, title, _PERSPECTIVE_EXISTS)
    perspective = Perspective.objects.create(
        municipality=municipality,
        title=title.strip(),
        text=text,
        language=language,
        is_public=is_public,
        is_example=is_example,
        position=_last_place(municipality) + 1,
    )
    record("perspective.named", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def change_perspective(
    perspective: Perspective,
    *,
    title: str,
    text: str,
    seen: int,
    by: Standing,
    at: datetime,
    place: int | None = None,
) -> Perspective:
    """Rename or describe a perspective, or put it at another place in the list (1 is first)."""
    refuse_namesake(Perspective, perspective.municipality, title, _PERSPECTIVE_EXISTS, perspective)
    perspective = save_if_unchanged(perspective, {"title": title.strip(), "text": text}, seen=seen)
    if place is not None:
        _put(perspective, place)
    record("perspective.changed", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def retire_perspective(perspective: Perspective, *, by: Standing, at: datetime) -> Perspective:
    """Take a perspective out of the choices. Seats and organisations that have it keep it."""
    locked(perspective.municipality)
    perspective = perspective.refreshed()
    if perspective.retired_on is not None:
        return perspective
    perspective.retired_on = localdate(at)
    perspective.save(update_fields=["retired_on"])
    record("perspective.retired", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def take_up_perspective(perspective: Perspective, *, by: Standing, at: datetime) -> Perspective:
    """Use a retired perspective again, unless another took its name meanwhile."""
    refuse_namesake(
        Perspective, perspective.municipality, perspective.title, _PERSPECTIVE_EXISTS, perspective
    )
    perspective = perspective.refreshed()
    if perspective.retired_on is None:
        return perspective
    perspective.retired_on = None
    perspective.save(update_fields=["retired_on"])
    record("perspective.taken_up", perspective.as_thing(), by=by, at=at)
    return perspective


def _last_place(municipality: Municipality) -> int:
    last = Perspective.objects.filter(municipality=municipality).order_by("-position")
    return last.values_list("position", flat=True).first() or 0


def _put(perspective: Perspective, place: int) -> None:
    """Number all of them anew, with this one at its place."""
    others = list(
        Perspective.objects.filter(municipality=perspective.municipality_id, retired_on=None)
        .exclude(pk=perspective.pk)
        .order_by("position", "title", "pk")
    )
    others.insert(max(place, 1) - 1, perspective)
    for position, row in enumerate(others, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


_PERSPECTIVE_EXISTS = gettext_lazy("A perspective of this name is already there.")
