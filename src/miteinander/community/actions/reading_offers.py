"""Offers from a file: compared first, written when somebody has looked at it, never twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction

from miteinander.community.actions.offers import OfferDetails, change_offer, make_offer
from miteinander.community.actions.sharing import locked
from miteinander.community.models import Offer, Organisation
from miteinander.core.events.record import record
from miteinander.core.models import Municipality
from miteinander.core.standing import Standing

State = Literal["new", "changed", "same", "named_alike", "homeless"]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer as a file tells it."""

    source: str
    title: str
    text: str = ""
    organisation: str = ""
    """The name of the organisation, where the file knows it."""
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedOffer:
    """What taking a row would do."""

    row: OfferRow
    state: State
    organisation: Organisation | None
    offer: Offer | None = None

    @property
    def can_be_taken(self) -> bool:
        return self.state in {"new", "changed"}


def planned(
    municipality: Municipality, rows: Iterable[OfferRow], *, fallback: Organisation | None
) -> list[PlannedOffer]:
    """Compare rows with the register. Two queries, however many rows.

    A row belongs to the organisation that it names, if the register has one of that name, else
    to `fallback`. An offer that somebody typed by hand under the same name is never touched.
    """
    organisations = Organisation.objects.filter(municipality=municipality, retired_on=None)
    by_name = {each.title.casefold(): each for each in organisations.order_by("-pk")}
    known = list(Offer.objects.filter(municipality=municipality).order_by("pk"))
    by_source = {(o.organisation_id, o.source): o for o in known if o.source}
    named = {(o.organisation_id, o.title.casefold()) for o in known if o.retired_on is None}
    found = []
    for row in rows:
        owner = by_name.get(row.organisation.casefold(), fallback)
        if owner is None:
            found.append(PlannedOffer(row, "homeless", None))
            continue
        offer = by_source.get((owner.pk, row.source))
        if offer is not None:
            told = (offer.title, offer.text, offer.ends)
            same = told == (row.title, row.text, row.ends)
            found.append(PlannedOffer(row, "same" if same else "changed", owner, offer))
        elif (owner.pk, row.title.casefold()) in named:
            found.append(PlannedOffer(row, "named_alike", owner))
        else:
            named.add((owner.pk, row.title.casefold()))
            found.append(PlannedOffer(row, "new", owner))
    return found


@transaction.atomic
def take_offers(
    municipality: Municipality,
    rows: Iterable[OfferRow],
    *,
    chosen: Collection[str],
    fallback: Organisation | None,
    by: Standing,
    at: datetime,
) -> tuple[int, int]:
    """Write the chosen rows, by their source; how many are new, how many were changed.

    What people added here (target groups, languages, funding) stays when a row is read again.
    """
    locked(municipality)
    made = changed = 0
    for plan in planned(municipality, rows, fallback=fallback):
        if plan.row.source not in chosen or not plan.can_be_taken or plan.organisation is None:
            continue
        row = plan.row
        if plan.offer is None:
            details = OfferDetails(title=row.title, text=row.text, ends=row.ends)
            offer = make_offer(
                plan.organisation,
                details=details,
                is_public=plan.organisation.is_public,
                by=by,
                at=at,
            )
            offer.source = row.source
            offer.save(update_fields=["source"])
            made += 1
            continue
        kept = plan.offer
        details = OfferDetails(
            title=row.title,
            text=row.text,
            ends=row.ends,
            target_groups=kept.target_groups,
            languages=kept.language_tags,
            neighbourhood=kept.neighbourhood,
            funding=kept.funding,
        )
        change_offer(
            kept, details=details, is_public=kept.is_public, seen=kept.revision, by=by, at=at
        )
        changed += 1
    if made or changed:
        numbers = {"made": made, "changed": changed}
        record("offers.read", None, by=by, at=at, municipality=municipality.pk, data=numbers)
    return made, changed
