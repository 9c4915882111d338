"""What the command line asks about the whole installation, across its municipalities."""

from __future__ import annotations

from django.db.models import QuerySet

from miteinander.adoption.models import ConceptVersion
from miteinander.core.models import Municipality


def municipalities() -> list[Municipality]:
    """Return all tenants by name; fifty are more than anybody lists in a sentence."""
    return list(Municipality.objects.order_by("name")[:50])


def versions(municipality: Municipality) -> QuerySet[ConceptVersion]:
    """Every frozen version of a municipality, public or not, the latest first."""
    return (
        ConceptVersion.objects.filter(municipality=municipality)
        .select_related("concept")
        .order_by("-frozen_at", "-pk")
    )
