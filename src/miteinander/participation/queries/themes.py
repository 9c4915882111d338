"""Themes, as somebody may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, CharField, QuerySet

from miteinander.core.models import Municipality
from miteinander.core.prepared import prepared
from miteinander.core.standing import Standing
from miteinander.participation.models import Theme
from miteinander.participation.queries.sight import seen_at
from miteinander.process.models import Process


def themes_visible_to(scope: Municipality | Process, standing: Standing) -> QuerySet[Theme]:
    """For the pages of themes. The twin of ``participation.see_theme``."""
    if isinstance(scope, Municipality):
        here, found = scope.pk, Theme.objects.filter(municipality=scope)
    else:
        here, found = scope.municipality_id, Theme.objects.filter(process=scope)
    if standing.municipality != here:
        return found.none()
    if not standing.is_coordinator:
        found = found.filter(is_public=True)
    return found.select_related("process")


def theme_at(municipality: Municipality, standing: Standing, identifier: str) -> Theme:
    """For the page of a theme; `NotThere` where there is none for this person."""
    found: Theme = seen_at(
        municipality, standing, identifier, _theme_at, right="participation.see_theme"
    )
    return found


@prepared(town=BigIntegerField(), identifier=CharField())
def _theme_at(*, town: Any, identifier: Any) -> QuerySet[Theme]:
    found = Theme.objects.filter(municipality=town, identifier=identifier)
    return found.select_related("process")


def themes_of(process: Process, *, live_only: bool = False) -> list[Theme]:
    """For filters and for the board: themes by name, at most 300."""
    return _themes_of(process=process.pk, live_only=live_only)


@prepared(process=BigIntegerField())
def _themes_of(*, process: Any, live_only: bool) -> QuerySet[Theme]:
    # A theme whose naming was undone is closed and hidden: nobody meets it again.
    found = Theme.objects.filter(process=process).exclude(is_public=False, retired_on__isnull=False)
    if live_only:
        found = found.filter(retired_on=None)
    return found.order_by("title", "pk")[:300]
