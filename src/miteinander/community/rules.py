"""Who may do what with the community. Predicates that every later stage builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from miteinander.core.models import Thing
from miteinander.core.standing import Standing

if TYPE_CHECKING:
    from miteinander.community.models import News, Offer, Person, SheetImport


@rules.predicate
def is_coordinator(standing: Standing, thing: Thing | None = None) -> bool:
    """Coordinators act in their own municipality only."""
    return standing.is_coordinator and (
        thing is None or thing.municipality_id == standing.municipality
    )


@rules.predicate
def is_coordinator_here(standing: Standing) -> bool:
    return standing.is_coordinator


@rules.predicate
def is_member(standing: Standing, thing: Thing | None = None) -> bool:
    return standing.is_member and (thing is None or thing.municipality_id == standing.municipality)


@rules.predicate
def is_public(standing: Standing, thing: Thing | None = None) -> bool:
    return thing is not None and thing.is_public


@rules.predicate
def has_appeared(standing: Standing, news: News | None = None) -> bool:
    """News that was published, or whose moment has come, is for everybody."""
    return news is not None and news.has_appeared(standing.at)


@rules.predicate
def is_own_list(standing: Standing, found: SheetImport | None = None) -> bool:
    """A preview holds names that nobody has confirmed: it is for whoever sent the list."""
    return (
        found is not None
        and found.municipality_id == standing.municipality
        and found.owner_id == standing.user
    )


@rules.predicate
def is_self(standing: Standing, person: Person | None = None) -> bool:
    """What people say of themselves, and what they agree to online, is theirs alone."""
    return person is not None and standing.person == person.pk


@rules.predicate
def acts_for_somebody(standing: Standing, thing: Thing | None = None) -> bool:
    return bool(standing.organisations)


@rules.predicate
def acts_for_it(standing: Standing, offer: Offer | None = None) -> bool:
    """An offer is kept by whoever acts for its organisation."""
    return offer is not None and offer.organisation_id in standing.organisations


@rules.predicate
def sits_there(standing: Standing, body: Thing | None = None) -> bool:
    """Holder or deputy of any seat of the body."""
    return body is not None and any(seat.body == body.pk for seat in standing.seats)


@rules.predicate
def leads_there(standing: Standing, body: Thing | None = None) -> bool:
    return body is not None and any(seat.body == body.pk and seat.leads for seat in standing.seats)


# The radar shows figures that tell on nobody; whom to invite is for whoever invites.
rules.add_perm("community.see_radar", is_coordinator | sits_there)
rules.add_perm("community.see_proposals", is_coordinator | leads_there)
rules.add_perm("community.set_targets", is_coordinator)
rules.add_perm("community.make_offer", is_coordinator | (is_member & acts_for_somebody))
rules.add_perm("community.change_offer", is_coordinator | (is_member & acts_for_it))
rules.add_perm("community.see_import", is_coordinator_here & is_own_list)
rules.add_perm("community.describe_self", is_self)
rules.add_perm("community.see_register", is_member)
rules.add_perm("community.change_register", is_coordinator)
rules.add_perm("community.see_thing", is_public | is_member)
rules.add_perm("community.see_news", has_appeared | is_member)
rules.add_perm("community.write_news", is_coordinator)
rules.add_perm("community.translate", is_coordinator)
