"""What was cut out of a contribution and still holds its author's words."""

from __future__ import annotations

from miteinander.core.models import Link, Relation
from miteinander.participation.models import Contribution
from miteinander.participation.states import ContributionState


def parts_of(contribution: Contribution) -> list[Contribution]:
    """All parts, and parts of parts, locked: for actions that change them with the whole."""
    found: list[Contribution] = []
    front = [contribution.pk]
    while front:
        links = Link.objects.filter(
            source_id__in=front, relation=Relation.SPLIT_INTO, undone_at=None
        )
        rows = Contribution.objects.select_for_update(of=("self",)).filter(
            pk__in=links.values("target_id"), is_part=True
        )
        new = [row for row in rows.order_by("pk") if row.state != ContributionState.WITHDRAWN]
        found += new
        front = [row.pk for row in new]
    return found
