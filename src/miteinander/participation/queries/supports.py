"""What can be supported, and what one participant stands behind."""

from __future__ import annotations

from collections.abc import Iterable

from miteinander.participation.models import Call, Contribution, Participant, Support
from miteinander.participation.states import Allowed, ContributionState


def supported_by(
    participant: Participant | None, contributions: Iterable[Contribution]
) -> set[int]:
    """Which of these somebody supports, by key: one query, none for whoever never took part."""
    if participant is None:
        return set()
    found = Support.objects.filter(participant=participant, contribution__in=list(contributions))
    return set(found.values_list("contribution_id", flat=True))


def can_be_supported(contribution: Contribution, call: Call, *, is_open: bool) -> bool:
    """Whether a page shows the button; no query. What the action refuses has none."""
    return (
        is_open
        and call.allowed(Allowed.SUPPORT)
        and contribution.state == ContributionState.PUBLISHED
        and not contribution.is_merged
        and not contribution.is_split
    )
