"""Support goes along when contributions are merged, and comes back when that is undone.

Worked out anew from what is merged at this moment, so that the order of merging and undoing does
not matter and nobody counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from miteinander.core.models import Link, Relation
from miteinander.participation.models import Contribution, Support


def carry_supports(changed: Iterable[int]) -> None:
    """Bring contributions in step with what was merged into them, and what they went into.

    Part of the caller's transaction; a few queries for each step of a chain of merges.
    """
    front = sorted(set(changed))
    while front:
        for into in front:
            _carry(into)
        front = sorted(targets_of(front))


def targets_of(contributions: Iterable[int]) -> set[int]:
    """What these were merged into."""
    found = Link.objects.filter(
        source__in=set(contributions), relation=Relation.MERGED_INTO, undone_at=None
    )
    return set(found.values_list("target_id", flat=True))


def sources_of(contribution: int) -> set[int]:
    """What was merged into this one, also on the way through others."""
    found: set[int] = set()
    front = {contribution}
    while front:
        links = Link.objects.filter(target__in=front, relation=Relation.MERGED_INTO, undone_at=None)
        front = set(links.values_list("source_id", flat=True)) - found
        found |= front
    return found


def _carry(into: int) -> None:
    sources = Link.objects.filter(target=into, relation=Relation.MERGED_INTO, undone_at=None)
    rows = Support.objects.filter(contribution=into)
    behind = Support.objects.filter(contribution__in=sources.values("source_id"))
    wanted = set(behind.values_list("participant_id", flat=True))
    own = set(rows.filter(came_along=False).values_list("participant_id", flat=True))
    rows.filter(came_along=True).exclude(participant__in=wanted - own).delete()
    Support.objects.bulk_create(
        [
            Support(contribution_id=into, participant_id=who, came_along=True)
            for who in sorted(wanted - own)
        ],
        ignore_conflicts=True,
    )
    Contribution.objects.filter(pk=into).update(supports=rows.count())
