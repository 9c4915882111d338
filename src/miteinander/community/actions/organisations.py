"""Organisations: entered and changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import own_row, refuse_namesake
from miteinander.community.models import Organisation, Person, Perspective
from miteinander.community.states import OrganisationKind
from miteinander.core.events.record import record
from miteinander.core.models import (
    Municipality,
)
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.core.wordlist import written


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """Where an organisation is, for whom it is there, and how to reach it."""

    neighbourhood: str = ""
    target_groups: str = ""
    contact: Person | None = None
    phone: str = ""
    website: str = ""
    address: str = ""
    shows_contact: bool = False

    def columns(self, town: int) -> dict[str, object]:
        return {
            "neighbourhood": " ".join(self.neighbourhood.split()),
            "target_groups": written(self.target_groups),
            "contact": own_row(self.contact, town),
            "phone": self.phone.strip(),
            "website": self.website,
            "address": self.address.strip(),
            "shows_contact": self.shows_contact,
        }


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
    details: OrganisationDetails | None = None,
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
        **(details or OrganisationDetails()).columns(municipality.pk),
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
    details: OrganisationDetails | None = None,
) -> Organisation:
    """Change what is known of an organisation; without `details` those stay as they are."""
    town = organisation.municipality
    refuse_namesake(Organisation, town, title, _ORGANISATION_EXISTS, organisation)
    changes = {
        "title": title.strip(),
        "organisation_kind": OrganisationKind(kind),
        "text": text,
        "email": email,
        **(details.columns(town.pk) if details else {}),
    }
    organisation = save_if_unchanged(organisation, changes, seen=seen)
    organisation.perspectives.set(_of_town(perspectives, town.pk))
    record("organisation.changed", organisation.as_thing(), by=by, at=at)
    return organisation


_ORGANISATION_EXISTS = gettext_lazy("An organisation of this name is already there.")


def _of_town(rows: Iterable[Perspective], town: int) -> list[Perspective]:
    found = list(rows)
    assert all(row.municipality_id == town for row in found), "rows of another municipality"
    return found
