"""All that everybody may open, and what it led to: for sitemaps, feeds and shared pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from miteinander.core.identifiers import typed
from miteinander.core.models import Event, Link, Municipality, Relation, Thing
from miteinander.core.models.things import address_of
from miteinander.core.standing import Standing


class Listed(NamedTuple):
    """One public thing, and when something public last happened to it."""

    kind: str
    identifier: str
    changed: datetime

    def path(self) -> str:
        """Where it is, in the language that is active."""
        return address_of(self.kind, self.identifier)


def count_listed(town: Municipality) -> int:
    return _listed(town).count()


def listed(town: Municipality, *, start: int, most: int) -> list[Listed]:
    """Public things in the order in which they came, so that a page of them stays the same."""
    last = Event.objects.filter(thing=OuterRef("pk"), is_public=True).order_by("-at")
    rows = _listed(town).annotate(changed=Coalesce(Subquery(last.values("at")[:1]), "created"))
    found = rows.order_by("pk").values_list("kind", "identifier", "changed")
    return [Listed(*row) for row in found[start : start + most]]


def _listed(town: Municipality) -> QuerySet[Thing]:
    """What was taken back keeps its address, and nobody is led there."""
    return Thing.objects.filter(municipality=town, is_public=True).exclude(title="")


def shown_to_all(town: Municipality, identifier: str) -> Thing | None:
    """A thing by its lasting identifier, if everybody may see it."""
    return Thing.objects.filter(municipality=town, identifier=identifier, is_public=True).first()


def with_code(town: Municipality, code: str, standing: Standing) -> Thing | None:
    """What a short code from paper leads to, however it was typed; nothing one may not know of."""
    thing = Thing.objects.filter(municipality=town, identifier=typed(code)).first()
    return thing if thing and (thing.is_public or standing.is_member) else None


def led_to(thing: Thing) -> QuerySet[Any, Any]:
    """The keys of a thing, of what it led to, and of what was decided on that (its feed)."""
    links = Link.objects.filter(undone_at=None)
    versions = links.filter(source=thing.pk, relation=Relation.FROZEN_IN).values("target")
    decided = links.filter(source__in=versions, relation=Relation.DECIDED_BY).values("target")
    onwards = links.filter(source=thing.pk).values("target")
    return Thing.objects.filter(Q(pk=thing.pk) | Q(pk__in=onwards) | Q(pk__in=decided)).values("pk")
