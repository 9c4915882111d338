"""Perspectives, and the organisations that bring them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import refuse_namesake
from miteinander.community.models import Organisation, Perspective
from miteinander.community.states import OrganisationKind
from miteinander.core.events.record import record
from miteinander.core.models import (
    Municipality,
)
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
    )
    record("perspective.named", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def change_perspective(
    perspective: Perspective, *, title: str, text: str, seen: int, by: Standing, at: datetime
) -> Perspective:
    refuse_namesake(Perspective, perspective.municipality, title, _PERSPECTIVE_EXISTS, perspective)
    perspective = save_if_unchanged(perspective, {"title": title.strip(), "text": text}, seen=seen)
    record("perspective.changed", perspective.as_thing(), by=by, at=at)
    return perspective


@transaction.atomic
def register_organisation(
    municipality: Municipality,
    *,
    title: str,
    by: Standing,
    at: datetime,
    kind: OrganisationKind | str = OrganisationKind.ASSOCIATION,
    text: str = "",
    email: str = "",
    perspectives: Iterable[Perspective] = (),
    language: str = "de",
    is_public: bool = True,
    is_example: bool = False,
) -> Organisation:
    """Enter an institution that takes part, with the perspectives it brings."""
    refuse_namesake(Organisation, municipality, title, _ORGANISATION_EXISTS)
    organisation = Organisation.objects.create(
        municipality=municipality,
        title=title.strip(),
        organisation_kind=OrganisationKind(kind),
        text=text,
        email=email,
        language=language,
        is_public=is_public,
        is_example=is_example,
    )
    organisation.perspectives.set(_of_town(perspectives, municipality.pk))
    record("organisation.registered", organisation.as_thing(), by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    *,
    title: str,
    kind: OrganisationKind | str,
    text: str,
    email: str,
    perspectives: Iterable[Perspective],
    seen: int,
    by: Standing,
    at: datetime,
) -> Organisation:
    town = organisation.municipality
    refuse_namesake(Organisation, town, title, _ORGANISATION_EXISTS, organisation)
    changes = {
        "title": title.strip(),
        "organisation_kind": OrganisationKind(kind),
        "text": text,
        "email": email,
    }
    organisation = save_if_unchanged(organisation, changes, seen=seen)
    organisation.perspectives.set(_of_town(perspectives, town.pk))
    record("organisation.changed", organisation.as_thing(), by=by, at=at)
    return organisation


_PERSPECTIVE_EXISTS = gettext_lazy("A perspective of this name is already there.")


_ORGANISATION_EXISTS = gettext_lazy("An organisation of this name is already there.")


def _of_town(rows: Iterable[Perspective], town: int) -> list[Perspective]:
    found = list(rows)
    assert all(row.municipality_id == town for row in found), "rows of another municipality"
    return found
