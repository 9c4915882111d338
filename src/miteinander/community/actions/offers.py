"""Offers: made, changed, ended, there again; never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from miteinander.community.actions.sharing import locked
from miteinander.community.models import Offer, Organisation
from miteinander.core.errors import Invalid
from miteinander.core.events.record import advance_public_version, record
from miteinander.core.revisions import save_if_unchanged
from miteinander.core.standing import Standing
from miteinander.core.wordlist import written


@dataclass(frozen=True, slots=True)
class OfferDetails:
    """What an offer says of itself."""

    title: str
    text: str = ""
    target_groups: str = ""
    languages: Iterable[str] = ()
    neighbourhood: str = ""
    funding: str = ""
    ends: date | None = None

    def columns(self) -> dict[str, object]:
        return {
            "title": " ".join(self.title.split()),
            "text": self.text.strip(),
            "target_groups": written(self.target_groups),
            "languages": ", ".join(dict.fromkeys(self.languages)),
            "neighbourhood": " ".join(self.neighbourhood.split()),
            "funding": self.funding.strip(),
            "ends": self.ends,
        }


@transaction.atomic
def make_offer(
    organisation: Organisation,
    *,
    details: OfferDetails,
    by: Standing,
    at: datetime,
    is_public: bool = True,
    is_example: bool = False,
) -> Offer:
    """Note something that an organisation does already."""
    locked(organisation.municipality)
    _refuse_same_offer(organisation, details.title)
    _refuse_unseen_organisation(organisation, is_public=is_public)
    offer = Offer.objects.create(
        municipality=organisation.municipality,
        organisation=organisation,
        language=organisation.language,
        is_public=is_public,
        is_example=is_example,
        happened_on=localdate(at),
        **details.columns(),
    )
    record("offer.made", offer.as_thing(), by=by, at=at, data={"by": organisation.identifier})
    return offer


@transaction.atomic
def change_offer(
    offer: Offer, *, details: OfferDetails, is_public: bool, seen: int, by: Standing, at: datetime
) -> Offer:
    locked(offer.municipality)
    _refuse_same_offer(offer.organisation, details.title, offer)
    _refuse_unseen_organisation(offer.organisation, is_public=is_public)
    was_public = offer.is_public
    offer = save_if_unchanged(offer, {**details.columns(), "is_public": is_public}, seen=seen)
    record("offer.changed", offer.as_thing(), by=by, at=at)
    if was_public and not is_public:
        # Nothing public happened to a public thing, and yet pages show less than before.
        advance_public_version(offer.municipality_id)
    return offer


@transaction.atomic
def end_offer(offer: Offer, *, by: Standing, at: datetime) -> Offer:
    """From today on the offer is no longer there; it stays in the stock-take as ended."""
    locked(offer.municipality)
    offer = offer.refreshed()
    if offer.retired_on is not None:
        return offer
    offer.retired_on = localdate(at)
    offer.save(update_fields=["retired_on"])
    record("offer.ended", offer.as_thing(), by=by, at=at)
    return offer


@transaction.atomic
def resume_offer(offer: Offer, *, by: Standing, at: datetime) -> Offer:
    """Undo an end. A last day that has passed is for the editor to change."""
    locked(offer.municipality)
    offer = offer.refreshed()
    if offer.retired_on is None:
        return offer
    _refuse_same_offer(offer.organisation, offer.title, offer)
    offer.retired_on = None
    offer.save(update_fields=["retired_on"])
    record("offer.resumed", offer.as_thing(), by=by, at=at)
    return offer


def _refuse_same_offer(organisation: Organisation, title: str, own: Offer | None = None) -> None:
    same = organisation.offers.filter(title__iexact=" ".join(title.split()), retired_on=None)
    if own is not None:
        same = same.exclude(pk=own.pk)
    if same.exists():
        sentence = gettext_lazy("This organisation already has an offer of this name.")
        raise Invalid({"title": sentence})


def _refuse_unseen_organisation(organisation: Organisation, *, is_public: bool) -> None:
    if is_public and not organisation.is_public:
        sentence = gettext_lazy(
            "The organisation is not public, so its offers cannot be. "
            "Please do not tick this, or ask the coordination."
        )
        raise Invalid({"is_public": sentence})
